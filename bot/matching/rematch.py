"""Matching again in the middle of a round.

People left alone, the waiting list, pairs willing to take a third.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.matching.finish import pair_of
from bot.matching.model import Pair, Unplaced
from bot.matching.plan import solve
from bot.matching.pool import Pool, only
from bot.matching.scoring import Scorer
from bot.matching.trios import best_trios
from bot.matching.unplaced import why_unplaced


MOST_PRIORITY = 2


@dataclass(frozen=True, slots=True)
class Rematch:
    """New pairs, willing pairs with their third, and who is still alone with the rule that stops them."""

    pairs: tuple[Pair, ...]
    trios: tuple[Pair, ...]
    unplaced: tuple[Unplaced, ...]


def rematch(
    pool: Pool,
    *,
    alone: Collection[str],
    waiting: Collection[str] = (),
    willing: Sequence[tuple[str, str]] = (),
    met_before: Collection[tuple[str, str]] = (),
) -> Rematch:
    """Pair the people left alone and those waiting with each other, by the same rules.

    Who is over joins a willing pair.

    The alone come before the waiting. `met_before` adds to the pool's history (the partners they just
    lost). Raises KeyError for an id that is not in the pool.
    """
    loose = sorted({*alone, *waiting})
    names = [*loose, *(name for two in willing for name in two)]
    small = _prepared(
        only(pool, np.array([pool.index[name] for name in names], np.int32)), set(alone), met_before
    )
    scorer, free = Scorer(small), np.arange(len(loose), dtype=np.int32)
    plan = solve(scorer, free)
    pairs = [pair_of(small, rows, None) for rows in plan.pairs]
    left = np.setdiff1d(free, plan.pairs.ravel()).tolist()
    open_pairs = np.arange(len(loose), len(names), dtype=np.int32).reshape(-1, 2)
    places = best_trios(small, scorer, open_pairs, left, len(open_pairs))
    trios = [pair_of(small, open_pairs[place.pair], place) for place in places]
    still = sorted(set(left) - {place.third for place in places})
    unplaced = [why_unplaced(small, row) for row in still]
    return Rematch(_sorted(pairs), _sorted(trios), tuple(sorted(unplaced, key=lambda each: each.id)))


def _prepared(pool: Pool, alone: set[str], met_before: Collection[tuple[str, str]]) -> Pool:
    """Let the alone come first, and add to the history."""
    raised = [
        MOST_PRIORITY if name in alone else row
        for name, row in zip(pool.ids, pool.priority.tolist(), strict=True)
    ]
    bans = dict(pool.bans)
    for one, other in met_before:
        if one in pool.index and other in pool.index:
            a, b = pool.index[one], pool.index[other]
            bans[min(a, b), max(a, b)] = "history"
    return replace(pool, priority=np.array(raised, np.int32), bans=bans)


def _sorted(pairs: list[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: pair.members))
