"""Why somebody has no partner: a funnel of the hard rules, and what one change would bring.

| rule | it stops because | values |
| --- | --- | --- |
| `alone` | there is nobody else | the same as below |
| `language` | nobody else speaks one of theirs | `languages`, `country`, `platforms`, `speakers` |
| `country` | all of those live in the same country | and `abroad` (of those, in other countries) |
| `platform` | none of those can share a room | and `reachable` (of those, with a room in common) |
| `history`, `blocked`, `forbidden` | all of those are kept apart by that | and `legal`: what is left |
| `contested` | possible partners exist, but all are needed by others | the same |
| `odd` | one is over because the number is odd | the same |

`add_language` with `add_language_gives`, `add_platform` with `add_platform_gives`: the one more language or
platform that would bring most possible partners, and how many; left out when none would bring any.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.matching.columns import Column
from bot.matching.model import Unplaced, Value
from bot.matching.pool import Pool
from bot.matching.words import helping, why


Mask: TypeAlias = NDArray[np.bool_]
MANY = 50_000  # people


def why_unplaced(pool: Pool, row: int) -> Unplaced:
    """Give the rule that leaves a row without a partner."""
    speakers, abroad, reachable, legal = _funnel(pool, row)
    banned, kinds = _banned(pool, row)
    values: dict[str, Value] = {
        "languages": pool.languages.of(row),
        "country": pool.countries[pool.country[row]],
        "platforms": pool.rooms.of(row),
        "speakers": int(speakers.sum()),
        "abroad": int(abroad.sum()),
        "reachable": int(reachable.sum()),
        "legal": int(legal.sum()),
    }
    values |= _help(pool, row, banned)
    rule = _rule(pool, values, kinds)
    return Unplaced(pool.ids[row], rule, values, why(rule, values), helping(values))


def all_unplaced(pool: Pool, rows: list[int]) -> list[Unplaced]:
    """Give the rule for each of some rows; people alike in everything that counts here are looked at once."""
    known: dict[_Alike, Unplaced] = {}
    found = []
    for row, alike in _by_likeness(pool, rows):
        if alike not in known:
            known[alike] = why_unplaced(pool, row)
        found.append(replace(known[alike], id=pool.ids[row]))
    return found


def with_partners(pool: Pool, rows: list[int]) -> list[int]:
    """Give those who have any legal partner; people alike are looked at once."""
    known: dict[_Alike, bool] = {}
    found = []
    for row, alike in _by_likeness(pool, rows):
        if alike not in known:
            known[alike] = bool(_funnel(pool, row)[-1].any())
        if known[alike]:
            found.append(row)
    return found


_Alike: TypeAlias = tuple[bytes, int, bytes, int]


def _by_likeness(pool: Pool, rows: list[int]) -> Iterator[tuple[int, _Alike]]:
    """Give rows with everything that counts for the rules.

    Who is kept apart from somebody by name is like nobody; among very many people only if that could leave
    them without anybody, because a count less by one or two is worth no second look.
    """
    starts = pool.ban_arrays[0]
    reached: dict[tuple[bytes, int, bytes], int] = {}
    for row in rows:
        kind = pool.languages.bits[row].tobytes(), int(pool.country[row]), pool.rooms.bits[row].tobytes()
        apart = int(starts[row + 1] - starts[row])
        if apart and len(pool) > MANY and kind not in reached:
            reached[kind] = int(_funnel(pool, row)[2].sum())
        alone = apart and (len(pool) <= MANY or 0 < reached[kind] <= apart)
        yield row, (*kind, row if alone else -1)


def _funnel(pool: Pool, row: int) -> tuple[Mask, Mask, Mask, Mask]:
    """Give who speaks a common language; of those who lives abroad, can share a room, is not kept apart."""
    speakers = _common(pool.languages, row)
    abroad = speakers & (pool.country != pool.country[row])
    reachable = abroad & _common(pool.rooms, row)
    return speakers, abroad, reachable, reachable & ~_banned(pool, row)[0]


def odd_one(one: Unplaced) -> Unplaced:
    """Say of the only one left over that the number is odd, rather than that others were preferred."""
    return replace(one, rule="odd", why=why("odd", one.values)) if one.rule == "contested" else one


def _rule(pool: Pool, values: dict[str, Value], kinds: set[str]) -> str:
    if len(pool) == 1:
        return "alone"
    for count, rule in (("speakers", "language"), ("abroad", "country"), ("reachable", "platform")):
        if not values[count]:
            return rule
    if values["legal"]:
        return "contested"
    return next(rule for rule in ("forbidden", "blocked", "history") if rule in kinds)


def _common(column: Column, row: int) -> Mask:
    """Say who else has something in common with the row."""
    common: Mask = (column.bits & column.bits[row]).any(axis=1)
    common[row] = False
    return common


def _banned(pool: Pool, row: int) -> tuple[Mask, set[str]]:
    starts, partners = pool.ban_arrays
    mine = partners[starts[row] : starts[row + 1]]
    mask = np.zeros(len(pool), np.bool_)
    mask[mine] = True
    return mask, {rule for other in mine.tolist() if (rule := pool.ban(row, other))}


def _help(pool: Pool, row: int, banned: Mask) -> dict[str, Value]:
    """Give the language and the platform that would bring most partners, if any would."""
    abroad = (pool.country != pool.country[row]) & ~banned
    found: dict[str, Value] = {}
    rooms, languages = _common(pool.rooms, row), _common(pool.languages, row)
    for name, column, rest in (
        ("language", pool.languages, abroad & rooms),
        ("platform", pool.rooms, abroad & languages),
    ):
        gains = column.dense()[rest & ~_common(column, row)].sum(axis=0)
        if gains.size and gains.max() > 0:
            best = int(gains.argmax())
            found |= {f"add_{name}": column.names[best], f"add_{name}_gives": int(gains[best])}
    return found
