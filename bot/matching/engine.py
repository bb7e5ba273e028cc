"""`pair_up`: from people to a matching with its report."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from time import perf_counter

import numpy as np

from bot.matching.columns import Ints
from bot.matching.compiled import is_compiled
from bot.matching.finish import finished
from bot.matching.huge import MOST_PROVED, solve_huge
from bot.matching.large import solve_large
from bot.matching.model import Applicant, Matching
from bot.matching.plan import LARGEST_TABLE, Plan, Progress, silent, solve
from bot.matching.pool import Pool, pool_of
from bot.matching.reasons import broken_rules
from bot.matching.rescue import misfits, with_thirds
from bot.matching.rules import Rules
from bot.matching.scoring import Scorer
from bot.matching.trios import everybody, trio_cap


class PinnedIllegal(ValueError):
    """A pinned pair breaks a hard rule or names somebody twice; `members` and `rules` say which."""

    def __init__(self, members: tuple[str, str], rules: tuple[str, ...]) -> None:
        super().__init__(f"{members[0]} and {members[1]} cannot be pinned: {', '.join(rules)}.")
        self.members, self.rules = members, rules


def pair_up(
    applicants: Iterable[Applicant],
    *,
    met_before: Collection[tuple[str, str]] = (),
    blocked: Collection[tuple[str, str]] = (),
    pinned: Collection[tuple[str, str]] = (),
    forbidden: Collection[tuple[str, str]] = (),
    seed: int,
    on: date | None = None,
    rules: Rules | None = None,
) -> Matching:
    """Give the best pairs over all legal pairs, with reasons for all and the proof in the report.

    `on` is the day whose UTC offsets count (the round's dates). Raises PinnedIllegal, ValueError for an
    id that comes twice and ZoneInfoNotFoundError. The same people and seed give the same result in any
    order, on any machine.
    """
    started = perf_counter()
    pool = pool_of(
        applicants, met_before=met_before, blocked=blocked, forbidden=forbidden, seed=seed, on=on, rules=rules
    )
    return match_pool(pool, pinned=pinned, started=started)


def match_pool(
    pool: Pool, *, pinned: Collection[tuple[str, str]] = (), started: float | None = None
) -> Matching:
    """Match people who are encoded already, as `pair_up` does."""
    began = perf_counter() if started is None else started
    return finished(pool, planned_pool(pool, pinned=pinned), began)


def planned_pool(
    pool: Pool, *, pinned: Collection[tuple[str, str]] = (), progress: Progress = silent
) -> Plan:
    """Give the plan around the pinned pairs, with room for thirds where needed. Raises PinnedIllegal."""
    kept = pinned_rows(pool, pinned)
    free = np.setdiff1d(everybody(pool), kept.ravel()).astype(np.int32)
    if len(free) > LARGEST_TABLE and not is_compiled():
        progress("Compiling for this machine, which takes half a minute, this first time only.")
    if len(free) > MOST_PROVED:
        return replace(solve_huge(pool, free, progress), kept=kept)
    if len(free) > LARGEST_TABLE:
        return replace(solve_large(pool, free, progress), kept=kept)
    scorer = Scorer(pool)
    plan = replace(solve(scorer, free, progress), kept=kept)
    over, unfit = misfits(pool, scorer, plan.pairs, free)
    if unfit and not pool.rules.rescue:
        progress(f"{unfit} left over fit no pair as a third; the rule `rescue` could place some of them.")
    if unfit and pool.rules.rescue:
        progress(f"Making room for {unfit} who fit no pair.")
        room = min(over, trio_cap(pool.rules.trio_percent, len(kept) + len(plan.pairs)))
        rescued = with_thirds(scorer, free, plan, room)
        if 2 * len(rescued.pairs) + rescued.thirds > 2 * len(plan.pairs) + min(room, over - unfit):
            plan = rescued
    return plan


def pinned_rows(pool: Pool, pinned: Collection[tuple[str, str]]) -> Ints:
    """Pinned pairs as rows (pairs x 2); those that name a stranger are left out. Raises PinnedIllegal."""
    rows: list[tuple[int, int]] = []
    taken: set[int] = set()
    for one, other in pinned:
        a, b = pool.index.get(one), pool.index.get(other)
        if a is None or b is None or (min(a, b), max(a, b)) in rows:
            continue
        broken = broken_rules(pool, a, b) or (("pinned",) if a in taken or b in taken else ())
        if broken:
            raise PinnedIllegal((one, other), broken)
        rows.append((min(a, b), max(a, b)))
        taken |= {a, b}
    return np.array(sorted(rows), np.int32).reshape(-1, 2)
