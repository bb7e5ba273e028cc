"""Making room for thirds: who is left over should be somebody whom a pair can take.

The best pairs may leave over a person who fits no pair as a third, although another could be left over
instead. So the plan is solved again with stand-ins, whom only people can have that fit a pair; whoever gets a
stand-in is a third.
"""

from dataclasses import replace

import numpy as np

from bot.matching.columns import Ints
from bot.matching.exact import solve_table
from bot.matching.plan import LARGEST_TABLE, Plan, planned, score_table
from bot.matching.pool import Pool
from bot.matching.scoring import Scorer
from bot.matching.trios import everybody, who_fits


def misfits(pool: Pool, scorer: Scorer, pairs: Ints, rows: Ints) -> tuple[int, int]:
    """Count who is left over in spite of legal partners, and how many of them fit no pair as a third."""
    left = np.setdiff1d(rows, pairs.ravel()).astype(np.int32)
    left = left[scorer.legal(left, everybody(pool)).any(axis=1)]
    return len(left), len(left) - int(who_fits(pool, scorer, pairs, left).sum())


def with_thirds(scorer: Scorer, rows: Ints, plan: Plan, thirds: int) -> Plan:
    """Solve again so that up to so many people are left over who fit a pair.

    The bound stays that of all plans.
    """
    if len(rows) > LARGEST_TABLE:
        return plan
    fits = who_fits(scorer.pool, scorer, plan.pairs, rows)
    people = len(rows)
    table = np.full((people + thirds, people + thirds), -1, np.int32)
    table[:people, :people] = score_table(scorer, rows)
    table[:people, people:][fits] = 0
    table[people:, :people] = table[:people, people:].T
    found = solve_table(table)
    mate = found.mate[:people].copy()
    stands_in = mate >= people
    mate[stands_in] = -1
    again = planned(rows, mate, table[:people, :people], found)
    return replace(plan, pairs=again.pairs, scores=again.scores, thirds=int(stands_in.sum()))
