"""The plan for the people who are free: which rows pair, and the bound no plan can pass."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from bot.matching.columns import Ints
from bot.matching.exact import Solved, solve_table
from bot.matching.scoring import Scorer
from bot.matching.sparse import Longs


BLOCK = 256
LARGEST_TABLE = 5_000  # people whose pairs all fit in a table of scores; 100 MB


def no_pairs() -> Ints:
    """Give an empty list of pairs."""
    return np.zeros((0, 2), np.int32)


Progress: TypeAlias = Callable[[str], None]


def silent(_line: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Pairs of rows with their scores; `pairs_max` and `upper_bound` hold for all legal pairs."""

    pairs: Ints  # pairs x 2, the lower row first, in order
    scores: Ints
    pairs_max: int
    upper_bound: int
    certificate: str  # proved | sampled
    table: Ints | None = None  # all scores of the rows, when they were few enough to keep
    kept: Ints = field(default_factory=no_pairs)  # pinned pairs, beside `pairs` and their scores
    confidence: float = 1.0  # of the bound; a sampled one may fail
    thirds: int = 0  # people who can be placed beside the most pairs, as thirds


def solve(scorer: Scorer, rows: Ints, progress: Progress = silent) -> Plan:
    """Find the best plan for some rows of a pool."""
    progress("Scoring all pairs.")
    table = score_table(scorer, rows)
    progress("Solving.")
    found = solve_table(table)
    return planned(rows, found.mate, table, found)


def planned(rows: Ints, mate: Longs, table: Ints, found: Solved) -> Plan:
    """Give the plan of a solution, back in the pool's rows."""
    first = np.flatnonzero(mate > np.arange(len(rows)))
    pairs = np.stack([first, mate[first]], axis=1)
    scores = table[pairs[:, 0], pairs[:, 1]]
    ordered = np.sort(rows[pairs], axis=1).astype(np.int32)
    by_row = np.argsort(ordered[:, 0], kind="stable")
    return Plan(ordered[by_row], scores[by_row], found.pairs, found.upper_bound, "proved", table)


def score_table(scorer: Scorer, rows: Ints) -> Ints:
    """Give the scores of all pairs of some rows, -1 where not legal."""
    table = np.empty((len(rows), len(rows)), np.int32)
    for start in range(0, len(rows), BLOCK):
        block = scorer.scores(rows[start : start + BLOCK], rows[start:])
        table[start : start + BLOCK, start:] = block
        table[start:, start : start + BLOCK] = block.T
    return table
