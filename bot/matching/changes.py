"""The directors' hand: what exchanging two people does, and what pinning or forbidding pairs costs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from bot.matching.engine import match_pool
from bot.matching.model import Matching
from bot.matching.pool import Pool
from bot.matching.reasons import Explanation, explain
from bot.matching.trios import in_one_room


@dataclass(frozen=True, slots=True)
class Change:
    """Groups before and after, the points won (or lost, below 0), and the hard rules the new groups break."""

    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]
    points: int
    broken: tuple[tuple[str, str, str], ...]  # one, other, rule; empty when the change is legal


def swap(pool: Pool, groups: Iterable[tuple[str, ...]], one: str, other: str) -> Change:
    """Say what happens when two people take each other's places.

    Raises KeyError for somebody without a partner.
    """
    found = {name: group for group in groups for name in group if name in (one, other)}
    before = tuple(dict.fromkeys((found[one], found[other])))
    places = {one: other, other: one}
    after = tuple(tuple(places.get(name, name) for name in group) for group in before)
    points = sum(_score(pool, group) for group in after) - sum(_score(pool, group) for group in before)
    return Change(before, after, points, tuple(rule for group in after for rule in _broken(pool, group)))


def price_of(
    pool: Pool,
    matching: Matching,
    *,
    pinned: Collection[tuple[str, str]] = (),
    forbidden: Collection[tuple[str, str]] = (),
) -> tuple[int, Matching]:
    """Match again with more pairs pinned or forbidden; give the points it costs in all, and the new matching.

    Pairs pinned before stay pinned. Raises PinnedIllegal.
    """
    kept = [pair.members[:2] for pair in matching.pairs if pair.pinned]
    bans = dict(pool.bans)
    for one, other in forbidden:
        a, b = pool.index[one], pool.index[other]
        bans[min(a, b), max(a, b)] = "forbidden"
    again = match_pool(
        replace(pool, bans=dict(sorted(bans.items()))), pinned=[*((a, b) for a, b in kept), *pinned]
    )
    return matching.report.total - again.report.total, again


def _score(pool: Pool, group: tuple[str, ...]) -> int:
    """Give the score of a pair, or the mean of a trio's three."""
    scores = [explain(pool, a, b).score for a, b in combinations(group, 2)]
    return sum(scores) // len(scores)


def _broken(pool: Pool, group: tuple[str, ...]) -> list[tuple[str, str, str]]:
    seen: list[Explanation] = [explain(pool, a, b) for a, b in combinations(group, 2)]
    found = [(*each.members, rule) for each in seen for rule in each.broken]
    rows = np.array([pool.index[name] for name in group], np.int32)
    if not found and not in_one_room(pool, rows):
        found.append((group[0], group[-1], "language"))
    return found
