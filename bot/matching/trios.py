"""Thirds: who is over joins the pair that suits best.

A trio needs all three legal with each other, one language and one room common to all, and, if any such pair
exists, an hour that is day (08:00-22:00) for all three, so that nobody is written to at night.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.matching.columns import Bits, Ints
from bot.matching.hours import day_hours
from bot.matching.pool import Pool, only
from bot.matching.scoring import Scorer
from bot.matching.unplaced import with_partners


BLOCK = 256
MOST_PAIRS, MOST_LOOSE = 3_000, 500
PairRows = NDArray[np.int32]  # pairs x 2


@dataclass(frozen=True, slots=True)
class Trio:
    """A third's place: the pair's number, the third's scores with its two, and hours that are day for all."""

    pair: int
    third: int
    scores: tuple[int, int]
    day_hours: int


def trio_cap(percent: int, pairs: int) -> int:
    """How many trios the rules allow among so many pairs; one always."""
    return max(1, pairs * percent // 100)


def thirds(pool: Pool, pairs: PairRows, left: list[int], cap: int) -> list[Trio]:
    """Place those left over who have legal partners; of very many pairs the first thousands are looked at."""
    loose = with_partners(pool, left)[:MOST_LOOSE]
    some = pairs[:MOST_PAIRS]
    if not loose or not len(some):
        return []
    small = only(pool, np.concatenate([np.array(loose, np.int32), some.ravel()]))
    local = np.arange(len(loose), len(small), dtype=np.int32).reshape(-1, 2)
    found = best_trios(small, Scorer(small), local, list(range(len(loose))), cap)
    return [replace(place, third=loose[place.third]) for place in found]


def best_trios(pool: Pool, scorer: Scorer, pairs: PairRows, thirds: list[int], cap: int) -> list[Trio]:
    """Place as many thirds as there is room for, the ones with fewest possible pairs first."""
    if not len(pairs) or not thirds:
        return []
    choices = [trio_choices(pool, scorer, pairs, third) for third in thirds]
    choices.sort(key=lambda found: (len(found), [each.third for each in found[:1]]))
    taken: set[int] = set()
    placed: list[Trio] = []
    for found in choices:
        free = next((each for each in found if each.pair not in taken), None)
        if free and len(placed) < cap:
            taken.add(free.pair)
            placed.append(free)
    return placed


def trio_choices(pool: Pool, scorer: Scorer, pairs: PairRows, third: int) -> list[Trio]:
    """Give all legal places of one third, the best first.

    Common daytime, then the worse of its two scores, then both.
    """
    row = np.array([third], np.int32)
    first, second = scorer.scores(row, pairs[:, 0])[0], scorer.scores(row, pairs[:, 1])[0]
    legal = (first >= 0) & (second >= 0)
    for bits in (pool.languages.bits, pool.rooms.bits):
        legal &= _common_to_three(bits, pairs, third)
    found = [
        Trio(k, third, (int(first[k]), int(second[k])), common_day_hours(pool, (*pairs[k].tolist(), third)))
        for k in np.flatnonzero(legal).tolist()
    ]
    found.sort(key=lambda each: (each.day_hours == 0, -min(each.scores), -sum(each.scores), each.pair))
    return found


def who_fits(pool: Pool, scorer: Scorer, pairs: PairRows, rows: Ints) -> NDArray[np.bool_]:
    """Say which rows could be the third of at least one of the pairs (rows in a pair: of another one)."""
    found = np.zeros(len(rows), np.bool_)
    for start in range(0, len(rows), BLOCK):
        some = rows[start : start + BLOCK]
        fits = scorer.legal(some, pairs[:, 0]) & scorer.legal(some, pairs[:, 1])
        for bits in (pool.languages.bits, pool.rooms.bits):
            both = bits[pairs[:, 0]] & bits[pairs[:, 1]]
            common = [(bits[some, word][:, None] & both[:, word]) != 0 for word in range(bits.shape[1])]
            fits &= np.logical_or.reduce(common)
        found[start : start + BLOCK] = fits.any(axis=1)
    return found


def in_one_room(pool: Pool, rows: Ints) -> bool:
    """Say whether a language and a room are common to all of some rows."""
    return all(
        bool(np.bitwise_and.reduce(bits[rows]).any()) for bits in (pool.languages.bits, pool.rooms.bits)
    )


def everybody(pool: Pool) -> Ints:
    """Give all rows."""
    return np.arange(len(pool), dtype=np.int32)


def common_day_hours(pool: Pool, rows: tuple[int, ...]) -> int:
    """Give the hours of the day in which it is day for all."""
    common = (1 << 24) - 1
    for row in rows:
        common &= day_hours(int(pool.offset[row]))
    return common.bit_count()


def _common_to_three(bits: Bits, pairs: Ints, third: int) -> NDArray[np.bool_]:
    common: NDArray[np.bool_] = (bits[pairs[:, 0]] & bits[pairs[:, 1]] & bits[third]).any(axis=1)
    return common
