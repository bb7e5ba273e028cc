"""Bounds for programs in which not all pairs can be looked at: by a sample of people, and by kinds of people.

Prices that every legal pair is worth at most prove a bound. Where a pair is worth more, the excess is lacking
in it; half of everybody's greatest excess, added to their prices, mends all pairs. A few people of the lowest
prices look at everybody, and so do people drawn at random, with the same chance each time; the mean of their
greatest excess gives the sum for all with the confidence told (A. Maurer and M. Pontil, *Empirical Bernstein
bounds and sample variance penalization*, 2009, theorem 4):

    mean of all <= mean of the sample + sqrt(2 V ln(2 / d) / m) + 7 R ln(2 / d) / (3 (m - 1))

with m people drawn, their variance V, an excess never above R, and d = 1 - confidence.
"""

from itertools import pairwise
from math import log, sqrt
from random import Random

import numpy as np
from numpy.typing import NDArray

from bot.matching.compiled import Tools
from bot.matching.kernels import FULL, KIND, PRIORITY, W_PRIORITY, Packed
from bot.matching.looking import held_against, look
from bot.matching.packing import reordered
from bot.matching.sparse import Longs


DRAWN = 20_000  # people who look at everybody
LOWEST = 2_000  # people of the lowest prices who look at everybody, so that R is not theirs
CONFIDENCE = 0.999


def worth_of_all(  # noqa: PLR0917  # one fact each
    tools: Tools,
    people: Packed,
    prices: Longs,
    bonus: int,
    seed: int,
    drawn: int = DRAWN,
    lowest: int = LOWEST,
) -> int:
    """Give what all prices (doubled) are worth when they pass every legal pair, with the confidence.

    A pair is worth its score and the bonus. People whom no rule lets be paired are worth nothing.
    """
    active = np.flatnonzero((people.legal == 0).any(axis=1)[people.numbers[KIND]])
    active = active[np.argsort(prices[active], kind="stable")]
    low, rest = active[:lowest], active[lowest:]
    less = prices - bonus
    less[low] += greatest_excess(tools, people, less, low)
    worth = int(less[active].sum()) + bonus * len(active)
    if not len(rest):
        return worth
    chance = Random(f"sample {seed}")
    sample = rest[np.array([chance.randrange(len(rest)) for _ in range(drawn)])]
    several, times = np.unique(sample, return_counts=True)
    excess = np.repeat(greatest_excess(tools, people, less, several), times) / 2
    most = max(0, top_score(people) - int(less[rest].min()))
    return worth + int(upper_mean(excess, most) * len(rest)) + 1


def top_score(people: Packed) -> int:
    """Give what no pair can be worth more than."""
    highest = int(np.sort(people.numbers[PRIORITY])[-2:].sum())
    return FULL + highest * (int(people.sheet[W_PRIORITY]) + FULL // 2)


def upper_mean(sample: NDArray[np.float64], most: float, confidence: float = CONFIDENCE) -> float:
    """Give what the mean of all is below, with the confidence, when none is above `most` or below 0."""
    count, spread = len(sample), log(2 / (1 - confidence))
    by_chance = sqrt(2 * float(sample.var(ddof=1)) * spread / count)
    return float(sample.mean()) + by_chance + 7 * most * spread / (3 * (count - 1))


def greatest_excess(tools: Tools, people: Packed, prices: Longs, rows: Longs) -> Longs:
    """Give by how much a legal pair of each of some rows is worth more than its prices at most, doubled."""
    rest = np.delete(np.arange(len(prices)), rows)
    by_price = [part[np.argsort(prices[part], kind="stable")] for part in (rows, rest)]
    order = np.concatenate(by_price)
    held = held_against(people := reordered(people, order), prices[order])
    found = look(tools, people, held, most=1, lowest=0, rows=len(rows)).excess[:, 0]
    excess = np.zeros(len(prices), np.int64)
    excess[by_price[0]] = found
    return excess[rows]


def most_pairs(people: Packed) -> int:
    """Give what no number of pairs can pass: as many as kinds of people could fill with halves of pairs.

    The greatest flow from kinds to kinds that may be paired, along shortest ways, from a first filling in
    which those go first who suit the fewest.
    """
    kinds = people.numbers[KIND]
    left = np.bincount(kinds, minlength=len(people.legal)).astype(np.int64)
    right, legal = left.copy(), people.legal == 0
    flow = np.zeros(legal.shape, np.int64)
    for kind in np.argsort((legal * right).sum(axis=1), kind="stable").tolist():
        for other in np.flatnonzero(legal[kind])[
            np.argsort((legal * left).sum(axis=1)[legal[kind]])
        ].tolist():
            send(flow, left, right, kind, other, int(min(left[kind], right[other])))
    while widen(flow, left, right, legal):
        pass
    return int(flow.sum()) // 2


def send(flow: Longs, left: Longs, right: Longs, one: int, other: int, amount: int) -> None:  # noqa: PLR0917  # arrays and places
    """Let some of a kind be paired with another kind."""
    flow[one, other] += amount
    left[one] -= amount
    right[other] -= amount


def widen(flow: Longs, left: Longs, right: Longs, legal: NDArray[np.bool_]) -> bool:
    """Find a way from a kind with people over to one with room, over pairs that change partners."""
    came = np.full(len(left), -1)  # the kind before, on the right
    back = np.full(len(left), -1)  # the kind on the right that sent us to a kind on the left
    waiting = np.flatnonzero(left > 0).tolist()
    seen = left > 0
    for one in waiting:
        for other in np.flatnonzero(legal[one] & (came < 0)).tolist():
            came[other] = one
            if right[other] > 0:
                change(flow, left, right, came, back, other)
                return True
            for again in np.flatnonzero((flow[:, other] > 0) & ~seen).tolist():
                seen[again], back[again] = True, other
                waiting.append(again)
    return False


def change(flow: Longs, left: Longs, right: Longs, came: Longs, back: Longs, last: int) -> None:  # noqa: PLR0917  # arrays and places
    """Send as much as fits along a way that was found."""
    way, other = [], last
    while other >= 0:
        way.append((int(came[other]), other))
        other = int(back[came[other]])
    first = way[-1][0]
    taken = [int(flow[one, far]) for (one, _), (_, far) in pairwise(way)]
    amount = min(int(left[first]), int(right[last]), *taken)
    for one, other in way:
        flow[one, other] += amount
    for (one, _), (_, far) in pairwise(way):
        flow[one, far] -= amount
    left[first] -= amount
    right[last] -= amount
