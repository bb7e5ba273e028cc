"""From rows to the matching people read: trios, reasons, the unplaced and the report."""

from time import perf_counter

import numpy as np

from bot.matching.columns import Ints
from bot.matching.model import Matching, Pair, Reason, Report, Unplaced, Value
from bot.matching.plan import Plan
from bot.matching.pool import Pool
from bot.matching.reasons import priority_points, reasons_of, score_of_fit
from bot.matching.trios import Trio, everybody, thirds, trio_cap
from bot.matching.unplaced import all_unplaced, odd_one


def finished(pool: Pool, plan: Plan, began: float) -> Matching:
    """Give the matching of a plan and the pinned pairs."""
    kept = plan.kept
    rows = np.concatenate([kept, plan.pairs])
    left = np.setdiff1d(everybody(pool), rows.ravel()).tolist()
    places = thirds(pool, rows, left, trio_cap(pool.rules.trio_percent, len(rows)))
    third_of = {place.pair: place for place in places}
    pairs = [pair_of(pool, rows[k], third_of.get(k), pinned=k < len(kept)) for k in range(len(rows))]
    alone = sorted(set(left) - {place.third for place in places})
    unplaced = all_unplaced(pool, alone)
    if sum(each.rule == "contested" for each in unplaced) == 1:
        unplaced = [odd_one(each) for each in unplaced]
    pairs.sort(key=lambda pair: pair.members)
    unplaced.sort(key=lambda each: each.id)
    report = _report(pool, plan, pairs, unplaced, began)
    return Matching(tuple(pairs), tuple(unplaced), report)


def pair_of(pool: Pool, rows: Ints, trio: Trio | None, *, pinned: bool = False) -> Pair:
    """Give two rows, and the third of a trio, with the reasons for the two."""
    a, b = sorted(rows.tolist(), key=lambda row: pool.ids[row])
    reasons = reasons_of(pool, a, b)
    fit = sum(reason.points for reason in reasons)
    score = score_of_fit(pool, fit)
    first = priority_points(pool, a, b, score)
    if first:
        who: Value = tuple(pool.ids[row] for row in (a, b) if pool.priority[row])
        reasons = (*reasons, Reason("priority", {"who": who}, first))
    members = (pool.ids[a], pool.ids[b])
    if trio is None:
        return Pair(members, score + first, fit, reasons, pinned=pinned)
    thirds = trio.scores if rows.tolist() == [a, b] else trio.scores[::-1]
    return Pair((*members, pool.ids[trio.third]), score + first, fit, reasons, thirds, trio.day_hours, pinned)


def _report(pool: Pool, plan: Plan, pairs: list[Pair], unplaced: list[Unplaced], began: float) -> Report:
    scores = np.array([pair.score for pair in pairs] or [0])
    fits = np.array([pair.fit for pair in pairs] or [0])
    total = int(scores.sum())
    bound = plan.upper_bound + sum(pair.score for pair in pairs if pair.pinned)
    kinds = [(reason.kind, reason.values.get("rule")) for pair in pairs for reason in pair.reasons]
    met, missed = kinds.count(("wish", None)), kinds.count(("missed", None))
    country = {name: pool.countries[pool.country[row]] for name, row in pool.index.items()}
    links = {tuple(sorted(country[name] for name in pair.members[:2])) for pair in pairs}
    trios = sum(len(pair.members) == 3 for pair in pairs)
    return Report(
        people=len(pool),
        pairs=len(pairs) - trios,
        trios=trios,
        unplaced=len(unplaced),
        placed=len(pool) - len(unplaced),
        placed_max=2 * (plan.pairs_max + sum(pair.pinned for pair in pairs)) + max(trios, plan.thirds),
        total=total,
        upper_bound=bound,
        gap_percent=round(100 * (bound - total) / bound, 6) if bound else 0.0,
        certificate=plan.certificate,
        worst=int(scores.min()),
        p5=at_percent(scores, 5),
        median=at_percent(scores, 50),
        fit_worst=int(fits.min()),
        fit_p5=at_percent(fits, 5),
        fit_median=at_percent(fits, 50),
        fit_mean=int(fits.mean()),
        wishes=met + missed,
        wishes_met=met,
        relaxed={rule: kinds.count(("relaxed", rule)) for rule, _ in pool.rules.relaxations},
        countries=len({country[name] for pair in pairs for name in pair.members}),
        country_links=len(links),
        seed=pool.seed,
        seconds=round(perf_counter() - began, 3),
    )


def at_percent(values: Ints, percent: int) -> int:
    """Give the value that so many percent of the values do not reach (the lower neighbour)."""
    ordered = np.sort(values)
    return int(ordered[(len(ordered) - 1) * percent // 100])
