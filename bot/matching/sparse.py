"""Solving on a sparse graph: edges in, partners and prices out, by plain Python or compiled code."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching import assignment, blossom
from bot.matching.assignment import Cover
from bot.matching.blossom_state import State, fresh, laminar


Longs = NDArray[np.int64]
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Code:
    """The solvers' functions, plain on lists or compiled on arrays, and what lays an array out for them."""

    assign: Callable[[Cover, int, int], None]
    open_cycles: Callable[[list[int], list[int], list[int], int], None]
    solve: Callable[[State, int], int]
    laminar: Callable[[State, int, list[int], list[int]], int]
    lay: Callable[[Longs], list[int]]


PLAIN = Code(assignment.assign, assignment.open_cycles, blossom.solve, laminar, lambda each: each.tolist())


@dataclass(frozen=True, slots=True, eq=False)
class Halves:
    """The fractional optimum. `prices` are doubled: y(a) + y(b) >= 2 w(a, b); `mate` opens each odd cycle."""

    out_prices: Longs
    back_prices: Longs
    partner: Longs
    mate: Longs

    @property
    def prices(self) -> Longs:
        """Give the doubled prices of the people."""
        return self.out_prices + self.back_prices


@dataclass(frozen=True, slots=True, eq=False)
class Wholes:
    """The optimum on the edges, with doubled prices of people and of odd sets.

    The odd sets are laid out as `blossom_state.laminar` does; `dual` is the doubled worth of all prices,
    which no plan on these edges can pass.
    """

    mate: Longs
    prices: Longs
    order: Longs
    inside: Longs
    dual: int

    def bound(self, bonus: int, excess: int = 0) -> int:
        """Give what no plan with as many pairs can pass when `excess` (doubled) is owed beside the prices."""
        pairs = int(np.count_nonzero(self.mate != NOBODY)) // 2
        return -(-(self.dual + excess) // 2) - bonus * pairs


def halves(
    people: int, edges: Longs, before: Halves | None = None, code: Code = PLAIN, *, enough: int = 0
) -> Halves:
    """Solve the fractional problem on edges (a, b, weight), from an earlier solution if there is one.

    With `enough` up to so many people may be left out of it; the prices hold, but prove a little less.
    """
    start, to, weight = both_ways(people, edges)
    if before is None:
        best = np.zeros(people, np.int64)
        np.maximum.at(best, edges[:, :2].ravel(), np.repeat(edges[:, 2], 2))
        before = Halves(best, best // 2, np.full(people, NOBODY), np.full(people, NOBODY))
    back = np.full(people, NOBODY)
    taken = np.flatnonzero(before.partner != NOBODY)
    back[before.partner[taken]] = taken
    arrays = [start, to, weight, before.out_prices, before.back_prices, before.partner, back]
    arrays += [np.zeros(size, np.int64) for size in (people, 2 * people, *[people] * 4)]
    cover = Cover(*(code.lay(each) for each in arrays))
    code.assign(cover, people, enough)
    mate = code.lay(np.full(people, NOBODY))
    code.open_cycles(cover.out, mate, code.lay(np.zeros(people, np.int64)), people)
    return Halves(np.array(cover.p), np.array(cover.q), np.array(cover.out), np.array(mate))


def wholes(people: int, edges: Longs, start_from: Halves, code: Code = PLAIN) -> Wholes:
    """Solve the whole problem on edges (a, b, weight), from the fractional optimum on the same edges."""
    start, to, weight = both_ways(people, edges)
    arrays = [
        start,
        to,
        2 * weight,
        start_from.prices,
        start_from.mate,
        *(np.array(each) for each in fresh(people)),
    ]
    state = State(*(code.lay(each) for each in arrays))
    code.solve(state, people)
    order, inside = code.lay(np.zeros(people, np.int64)), code.lay(np.zeros(people, np.int64))
    odd_worth = code.laminar(state, people, order, inside)
    prices = np.array(state.y)
    dual = int(prices.sum()) + int(odd_worth)
    return Wholes(np.array(state.mate), prices, np.array(order), np.array(inside), dual)


def both_ways(people: int, edges: Longs) -> tuple[Longs, Longs, Longs]:
    """Give the neighbours of everybody: starts, neighbours, weights."""
    one = np.concatenate([edges[:, 0], edges[:, 1]])
    order = np.argsort(one, kind="stable")
    start = np.searchsorted(one[order], np.arange(people + 1))
    return (
        start,
        np.concatenate([edges[:, 1], edges[:, 0]])[order],
        np.concatenate([edges[:, 2], edges[:, 2]])[order],
    )
