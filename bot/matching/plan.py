"""The plan for the people who are free: which rows pair, and the bound no plan can pass."""

from dataclasses import dataclass

import numpy as np

from bot.matching.columns import Ints
from bot.matching.exact import solve_table
from bot.matching.scoring import Scorer


BLOCK = 256


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Pairs of rows with their scores; `pairs_max` and `upper_bound` hold for all legal pairs."""

    pairs: Ints  # pairs x 2, the lower row first, in order
    scores: Ints
    pairs_max: int
    upper_bound: int
    certificate: str  # proved | sampled
    contested: Ints  # rows that are without a partner in some plan with as many pairs, as the prices tell


def solve(scorer: Scorer, rows: Ints) -> Plan:
    """Find the best plan for some rows of a pool."""
    table = score_table(scorer, rows)
    found = solve_table(table)
    first = np.flatnonzero(found.mate > np.arange(len(rows)))
    pairs = np.stack([first, found.mate[first]], axis=1)
    scores = table[pairs[:, 0], pairs[:, 1]]
    ordered = np.sort(rows[pairs], axis=1).astype(np.int32)
    by_row = np.argsort(ordered[:, 0], kind="stable")
    contested = rows[found.contested]
    return Plan(ordered[by_row], scores[by_row], found.pairs, found.upper_bound, "proved", contested)


def score_table(scorer: Scorer, rows: Ints) -> Ints:
    """Give the scores of all pairs of some rows, -1 where not legal."""
    table = np.empty((len(rows), len(rows)), np.int32)
    for start in range(0, len(rows), BLOCK):
        block = scorer.scores(rows[start : start + BLOCK], rows[start:])
        table[start : start + BLOCK, start:] = block
        table[start:, start : start + BLOCK] = block.T
    return table
