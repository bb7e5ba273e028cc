"""What simpler ways of pairing would have given on the same people.

At random among the legal, and best pair first.
"""

from dataclasses import dataclass
from random import Random

import numpy as np

from bot.matching.columns import Ints


@dataclass(frozen=True, slots=True)
class Baseline:
    """Pairs, total and worst score of a simple way."""

    pairs: int
    total: int
    worst: int


def random_legal(table: Ints, seed: int) -> Baseline:
    """Let people in random order take a random legal partner who is free."""
    chance = Random(seed)
    free = np.ones(len(table), np.bool_)
    scores = []
    for row in chance.sample(range(len(table)), len(table)):
        partners = np.flatnonzero((table[row] >= 0) & free) if free[row] else np.zeros(0, np.intp)
        if len(partners):
            partner = int(partners[chance.randrange(len(partners))])
            free[[row, partner]] = False
            scores.append(int(table[row, partner]))
    return _baseline(scores)


def greedy(table: Ints) -> Baseline:
    """Take the best pair there is, and again, until no legal pair is left.

    Pairs who are best for each other are taken together, which gives the same.
    """
    rest = np.arange(len(table))
    scores: list[int] = []
    while len(rest):
        left = table[np.ix_(rest, rest)]
        best = left.argmax(axis=1)  # the first of equals, so that the first best pair of all is always mutual
        mutual = (best[best] == np.arange(len(rest))) & (left[np.arange(len(rest)), best] >= 0)
        if not mutual.any():
            break
        scores += left[mutual, best[mutual]][best[mutual] > np.flatnonzero(mutual)].tolist()
        rest = rest[~mutual]
    return _baseline(scores)


def _baseline(scores: list[int]) -> Baseline:
    return Baseline(len(scores), sum(scores), min(scores, default=0))
