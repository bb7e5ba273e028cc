"""The proved optimum over all pairs of a table of scores, by pricing.

Solve on few edges, look at all, add, repeat.

Every person's best candidates first. Their fractional optimum gives prices; every legal pair worth more than
the prices of its two joins the edges until no pair is. Then the blossom searches make it integral, and their
prices are held against all pairs again. When no pair is worth more, the plan is the best over all legal
pairs.
"""

from dataclasses import dataclass

import numpy as np

from bot.matching.blossom_state import FAR
from bot.matching.columns import Ints
from bot.matching.sparse import Halves, Longs, Wholes, halves, wholes


CANDIDATES = 10  # per person at first; the optimum is 0.05 % away with 10, and pricing adds what is missing
ADDED = 6  # per person and round
NEAR = 300  # half points: pairs so little short of the prices join too, before the searches; it saves rounds
BLOCK = 256


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """A plan that no other has more pairs than, nor, with as many, a greater total than `upper_bound`."""

    mate: Longs  # of each place, or -1
    pairs: int
    total: int
    upper_bound: int


def solve_table(scores: Ints) -> Solved:
    """Find the best plan for a symmetric table of scores (-1: not legal)."""
    people = len(scores)
    edges = best_candidates(scores, CANDIDATES)
    if not len(edges):
        return Solved(np.full(people, -1, np.int64), 0, 0, 0)
    bonus = int(scores.max()) * (people // 2) + 1  # a pair more is worth more than all else
    edges, half = _priced_halves(scores, edges, bonus)
    while True:
        whole = wholes(people, _lifted(edges, bonus), half)
        missing = missing_pairs(scores, bonus, whole.prices, whole.order, whole.inside)
        if not len(missing):
            return _proved(whole, scores, bonus)
        edges = _grown(edges, missing)


def _priced_halves(scores: Ints, edges: Longs, bonus: int) -> tuple[Longs, Halves]:
    """Add edges until the fractional optimum is the one of all legal pairs."""
    people = len(scores)
    order, nothing = np.arange(people), np.zeros(people, np.int64)
    half: Halves | None = None
    while True:
        half = halves(people, _lifted(edges, bonus), half)
        missing = missing_pairs(scores, bonus, half.prices, order, nothing)
        if not len(missing):
            near = missing_pairs(scores, bonus, half.prices, order, nothing, lowest=-NEAR)
            return np.unique(np.concatenate([edges, near]), axis=0), half
        edges = _grown(edges, missing)


def _grown(edges: Longs, missing: Longs) -> Longs:
    grown = np.unique(np.concatenate([edges, missing]), axis=0)
    assert len(grown) > len(edges), "An edge of the solver is worth more than its prices."
    return grown


def best_candidates(scores: Ints, count: int) -> Longs:
    """Give each person's best legal candidates as edges (a, b, score), each once; equal scores by place."""
    people = len(scores)
    found = [np.zeros((0, 3), np.int64)]
    for start in range(0, people, BLOCK):
        keyed = scores[start : start + BLOCK].astype(np.int64) << 32 | np.arange(people)[::-1]
        if people > count:  # keys are all different, so that every machine picks the same
            keyed = np.partition(keyed, people - count, axis=1)[:, people - count :]
        row, column = np.nonzero(keyed >= 0)
        kept = keyed[row, column]
        found.append(_edges(row + start, people - 1 - (kept & 0xFFFFFFFF), kept >> 32))
    return np.unique(np.concatenate(found), axis=0)


def _lifted(edges: Longs, bonus: int) -> Longs:
    lifted: Longs = edges + np.array([0, 0, bonus])
    return lifted


def _edges(one: Longs, other: Longs, score: Longs) -> Longs:
    return np.stack([np.minimum(one, other), np.maximum(one, other), score], axis=1)


def missing_pairs(
    scores: Ints, bonus: int, prices: Longs, order: Longs, inside: Longs, *, lowest: int = 0
) -> Longs:
    """Give the legal pairs worth more than the prices of their two and of the blossoms around both.

    The worst few of each. With `lowest` below 0 also pairs that are so little short of it.
    """
    flat = not inside.any()
    as_they_are = np.array_equal(order, np.arange(len(order)))
    mine = prices[order] - bonus
    found = [np.zeros((0, 3), np.int64)]
    for start in range(0, len(order), BLOCK):
        rows = order[start : start + BLOCK]
        block = scores[start : start + BLOCK, start:] if as_they_are else scores[rows][:, order[start:]]
        excess = 2 * block - mine[start : start + BLOCK, None] - mine[start:]
        if not flat:
            _take_blossoms(excess, inside[start:])
        row, column = np.nonzero((excess > lowest) & (block >= 0))
        kept = column > row
        row, column = row[kept], column[kept]
        worst = _worst_of_rows(row, excess[row, column])
        row, column = row[worst], column[worst]
        found.append(_edges(order[row + start], order[column + start], block[row, column].astype(np.int64)))
    return np.unique(np.concatenate(found), axis=0)


def _take_blossoms(excess: Longs, inside: Longs) -> None:
    """Take off each row what the blossoms around it and each later place are worth: a running minimum.

    Earlier places are not asked.
    """
    rows = np.arange(len(excess))
    near = np.where(rows > rows[:, None], inside[rows - 1], FAR)
    near = np.minimum.accumulate(near, axis=1)
    excess[:, : len(rows)] -= near
    far = np.minimum.accumulate(inside[len(rows) - 1 : -1])
    excess[:, len(rows) :] -= np.minimum(near[:, -1:], far)


def _worst_of_rows(row: Longs, excess: Longs) -> Longs:
    """Give the places of the few greatest of each row (rows come in order)."""
    order = np.lexsort((-excess, row))
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    return order[rank < ADDED]


def _proved(whole: Wholes, scores: Ints, bonus: int) -> Solved:
    placed = np.flatnonzero(whole.mate >= 0)
    total = int(scores[placed, whole.mate[placed]].sum()) // 2
    return Solved(whole.mate, len(placed) // 2, total, whole.bound(bonus))
