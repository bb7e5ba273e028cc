"""From rows to the matching people read: trios, reasons, the unplaced and the report."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import overload

import numpy as np

from bot.matching.columns import Ints
from bot.matching.model import Matching, Pair, Reason, Report, Unplaced, Value
from bot.matching.plan import Plan
from bot.matching.pool import Pool
from bot.matching.reasons import priority_points, reasons_of, score_of_fit
from bot.matching.trios import Trio, everybody, thirds, trio_cap
from bot.matching.unplaced import all_unplaced, odd_one
from bot.matching.words import in_short


MOST_HELD = 100_000  # pairs with all their reasons in memory: 300 MB


def finished(pool: Pool, plan: Plan, began: float, *, most_held: int = MOST_HELD) -> Matching:
    """Give the matching of a plan and the pinned pairs."""
    kept = plan.kept
    rows = np.concatenate([kept, plan.pairs])
    left = np.setdiff1d(everybody(pool), rows.ravel()).tolist()
    places = thirds(pool, rows, left, trio_cap(pool.rules.trio_percent, len(rows)))
    drawn = ManyPairs(pool, rows, len(kept), {place.pair: place for place in places})
    alone = sorted(set(left) - {place.third for place in places})
    unplaced = all_unplaced(pool, alone)
    if sum(each.rule == "contested" for each in unplaced) == 1:
        unplaced = [odd_one(each) for each in unplaced]
    unplaced.sort(key=lambda each: each.id)
    pairs, tally = _told(drawn, most_held)
    return Matching(pairs, tuple(unplaced), _report(pool, plan, tally, unplaced, began))


@dataclass(frozen=True, slots=True, eq=False)
class ManyPairs(Sequence[Pair]):
    """Pairs that are put together when they are asked for, sorted by the members' ids."""

    pool: Pool
    rows: Ints
    pinned: int  # how many of the first rows are
    thirds: Mapping[int, Trio]
    order: list[int] = field(default_factory=list)
    told: list[tuple[tuple[str, ...], int, str]] = field(default_factory=list)  # what the files need of each

    def __post_init__(self) -> None:
        """Put them in the order of ids."""
        ids = self.pool.ids
        firsts = [min(ids[a], ids[b]) for a, b in self.rows.tolist()]
        self.order.extend(sorted(range(len(firsts)), key=firsts.__getitem__))

    def __len__(self) -> int:
        """Give the number of pairs."""
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> Pair: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Pair, ...]: ...

    def __getitem__(self, place: int | slice) -> Pair | tuple[Pair, ...]:
        """Give one pair, or some."""
        if isinstance(place, slice):
            return tuple(self._pair(k) for k in self.order[place])
        return self._pair(self.order[place])

    def __iter__(self) -> Iterator[Pair]:
        """Give one after the other."""
        return map(self._pair, self.order)

    def in_short(self) -> Iterator[tuple[tuple[str, ...], int, str]]:
        """Give members, score and reasons in short."""
        return iter(self.told)

    def _pair(self, k: int) -> Pair:
        return pair_of(self.pool, self.rows[k], self.thirds.get(k), pinned=k < self.pinned)


@dataclass(slots=True)
class _Tally:
    """What the report says of all pairs, counted one after the other."""

    scores: list[int] = field(default_factory=list)
    fits: list[int] = field(default_factory=list)
    kinds: Counter[tuple[str, Value | None]] = field(default_factory=Counter)
    members: list[tuple[str, ...]] = field(default_factory=list)
    pinned: list[int] = field(default_factory=list)

    def add(self, pair: Pair) -> None:
        self.scores.append(pair.score)
        self.fits.append(pair.fit)
        self.kinds.update((reason.kind, reason.values.get("rule")) for reason in pair.reasons)
        self.members.append(pair.members)
        if pair.pinned:
            self.pinned.append(pair.score)


def _told(drawn: ManyPairs, most_held: int) -> tuple[Sequence[Pair], _Tally]:
    """Give the pairs, of very many only with what the files need, and what they add up to."""
    tally = _Tally()
    held: list[Pair] = []
    for pair in drawn:
        tally.add(pair)
        if len(drawn) <= most_held:
            held.append(pair)
            continue
        drawn.told.append((pair.members, pair.score, in_short(pair)))
    return (drawn if drawn.told else tuple(held)), tally


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


def _report(pool: Pool, plan: Plan, tally: _Tally, unplaced: list[Unplaced], began: float) -> Report:
    scores, fits = np.array(tally.scores or [0]), np.array(tally.fits or [0])
    total = int(scores.sum())
    bound = plan.upper_bound + sum(tally.pinned)
    kinds = tally.kinds
    met, missed = kinds["wish", None], kinds["missed", None]
    country = {name: pool.countries[pool.country[row]] for name, row in pool.index.items()}
    links = {tuple(sorted(country[name] for name in members[:2])) for members in tally.members}
    trios = sum(len(members) == 3 for members in tally.members)
    return Report(
        people=len(pool),
        pairs=len(tally.members) - trios,
        trios=trios,
        unplaced=len(unplaced),
        placed=len(pool) - len(unplaced),
        placed_max=2 * (plan.pairs_max + len(tally.pinned)) + max(trios, plan.thirds),
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
        relaxed={rule: kinds["relaxed", rule] for rule, _ in pool.rules.relaxations},
        countries=len({country[name] for members in tally.members for name in members}),
        country_links=len(links),
        seed=pool.seed,
        seconds=round(perf_counter() - began, 3),
        confidence=plan.confidence,
    )


def at_percent(values: Ints, percent: int) -> int:
    """Give the value that so many percent of the values do not reach (the lower neighbour)."""
    ordered = np.sort(values)
    return int(ordered[(len(ordered) - 1) * percent // 100])
