"""A look at all pairs, at about a nanosecond each: everybody's best candidates, and pricing.

Meant to be compiled (see `bot.matching.compiled`); as plain Python it gives the same, slowly. A block of
people is laid out as planes of 16-bit points, one for each interest, hour, goal and so on: what each of the
block would bring to somebody who has it too. Somebody's planes added up are a limit of what each of the
block can be worth to them, by short loops that compilers turn into vector instructions. The few above what
is needed are looked at whole (`bot.matching.kernels`).
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.matching.kernels import (
    FAIRNESS,
    FULL,
    GOALS,
    GOALS_ENOUGH,
    HOURS,
    HOURS_ENOUGH,
    INTERESTS,
    KIND,
    NO_HOURS,
    SECTOR,
    STAGE,
    W_GOALS,
    W_HOURS,
    W_INTERESTS,
    W_NEW,
    WISHING,
    ZERO,
    Numbers,
    Packed,
    Sheet,
    Shorts,
    Whole,
    is_banned,
    score_of,
)
from bot.matching.planes import (
    FIELD_GOALS,
    FIELD_HOURS,
    FIELD_INTERESTS,
    FIELD_SECTORS,
    FIELD_STAGES,
    GROUP,
    LEAST_NEED,
    MOST_LOST,
    MOST_NEED,
    SIGNS,
    listed,
    plane_of,
)


Reals: TypeAlias = NDArray[np.float64]


class Held(NamedTuple):
    """What pairs are held against, for people in one order.

    Prices are doubled and less the bonus of a pair. The blossoms around two people are worth the least of
    `inside` between their places, and nothing when they differ in `outer` (see `blossom_state.laminar`);
    row j of `inside` has the least of each 2 ** j places running, because blossoms nest thousands deep.
    """

    prices: Sheet
    due: Reals  # half of it, and for people let down before less by what is added for them at most
    low: Reals  # the least of `due` in each group
    usual: float
    place: Sheet
    inside: Sheet
    outer: Sheet
    names: Sheet  # how rows are called where they are kept
    nested: bool  # whether the rows lie as the blossoms do, so that a whole group is as far inside them
    later: bool  # whether each pair is looked at once, from its first row, or from both


def add_four(sums: Shorts, planes: Shorts, of: Sheet, k: int, most: np.int16) -> None:
    """Add four planes to the sums, which stay below a limit."""
    one, two, three, four = planes[of[k]], planes[of[k + 1]], planes[of[k + 2]], planes[of[k + 3]]
    for b in range(len(sums)):
        sums[b] = min(np.int16(sums[b] + one[b] + two[b]), most)
        sums[b] = min(np.int16(sums[b] + three[b] + four[b]), most)


def add_rest(  # noqa: PLR0917  # arrays and places, no objects
    sums: Shorts,
    hours: Shorts,
    goals: Shorts,
    kind: Shorts,
    wish: Shorts,
    sector: Shorts,
    stage: Shorts,
    none: np.int16,
) -> None:
    """Add everything else to the sums."""
    for b in range(len(sums)):
        free = hours[b] if hours[b] != 0 else none
        sums[b] = np.int16(sums[b] + free + goals[b] + kind[b] + wish[b] + sector[b] + stage[b])


def limits(  # noqa: PLR0917  # arrays and places, no objects
    people: Packed, a: int, planes: Shorts, kinds: Shorts, wishes: Shorts, found: Sheet, sums: Shorts,
    hours: Shorts, goals: Shorts,
) -> None:  # fmt: skip
    """Set `sums` to the most that everybody of the block can fit a person, but for a new country."""
    words, numbers, sheet = people.words, people.numbers, people.sheet
    sums[:], hours[:], goals[:] = 0, 0, 0
    most = np.int16(sheet[W_INTERESTS])
    for k in range(0, listed(words, sheet, a, INTERESTS, FIELD_INTERESTS, found), 4):
        add_four(sums, planes, found, k, most)
    most = np.int16(sheet[W_HOURS] * sheet[HOURS_ENOUGH])
    for k in range(0, listed(words, sheet, a, HOURS, FIELD_HOURS, found), 4):
        add_four(hours, planes, found, k, most)
    most = np.int16(sheet[W_GOALS] * sheet[GOALS_ENOUGH])
    for k in range(0, listed(words, sheet, a, GOALS, FIELD_GOALS, found), 4):
        add_four(goals, planes, found, k, most)
    sector = plane_of(FIELD_SECTORS, numbers[SECTOR, a]) if numbers[SECTOR, a] >= 0 else 0
    stage = plane_of(FIELD_STAGES, numbers[STAGE, a]) if numbers[STAGE, a] >= 0 else 0
    none = np.int16(-min(sheet[NO_HOURS], MOST_LOST))
    kind, wish = kinds[numbers[KIND, a]], wishes[numbers[WISHING, a]]
    add_rest(sums, hours, goals, kind, wish, planes[sector], planes[stage], none)


def visit(  # noqa: C901, PLR0912, PLR0917  # calls that pass all these arrays would cost more than the work
    people: Packed, begin: int, end: int, planes: Shorts, kinds: Shorts, wishes: Shorts,
    start: int, stop: int, held: Held, ids: Numbers, scores: Numbers, excess: Sheet,
) -> None:  # fmt: skip
    """Find for each row from start to stop the partners from begin to end worth most beyond the prices.

    The best first, and equal ones in the order of rows. An excess is twice the score less the prices, and
    must be above what `excess` holds: give -1 for every legal pair.
    """
    sheet, bans, prices, inside, low = people.sheet, people.bans, held.prices, held.inside, held.low
    names = held.names
    most, width, odd_sets = ids.shape[1] - 1, planes.shape[1], inside.shape[1] > 0
    sums, hours, goals = np.zeros(width, np.int16), np.zeros(width, np.int16), np.zeros(width, np.int16)
    found, folded = np.zeros(64 * len(people.words) + 4, np.int64), np.zeros(GROUP, np.int16)
    packs = folded.view(np.uint64)
    for a in range(start, stop):
        if held.later and a + 1 >= end:
            continue
        limits(people, a, planes, kinds, wishes, found, sums, hours, goals)
        first, span = 0, GROUP if ids[a, most] < 0 else width
        while first < end - begin:  # at first a little at a time, because what is needed grows quickly
            last, span = min(first + span, end - begin), 2 * span
            at, slope = needed(sheet, held.due[a] + excess[a, most] / 2, held.usual)
            if held.nested:
                fold_nested(sums, first, last, at - sheet[W_NEW], slope, held, a, begin, folded)
            else:
                fold(sums, first, last, at - sheet[W_NEW], slope, low, begin // GROUP, folded)
            for place in range(GROUP):
                if packs[place // 4] & SIGNS == ZERO or folded[place] >= 0:
                    continue
                for one in range(first + place, last, GROUP):
                    b = begin + one
                    if sums[one] >= 0 or b >= end or (b <= a if held.later else b == a):
                        continue
                    score = score_of(people, a, b)
                    more = 2 * score - prices[a] - prices[b]
                    if score < 0 or more < excess[a, most]:
                        continue
                    if odd_sets:
                        more -= around(held, a, b)
                    if more < excess[a, most] or is_banned(bans, a, b):
                        continue
                    name, k = names[b], most + 1
                    while (
                        k > 0
                        and more >= excess[a, k - 1]
                        and (more > excess[a, k - 1] or name <= ids[a, k - 1])
                    ):
                        k -= 1
                    if k <= most and (ids[a, k] != name or excess[a, k] != more):
                        for j in range(most, k, -1):
                            ids[a, j], scores[a, j], excess[a, j] = (
                                ids[a, j - 1],
                                scores[a, j - 1],
                                excess[a, j - 1],
                            )
                        ids[a, k], scores[a, k], excess[a, k] = name, score, more
            first = last


def fold(  # noqa: PLR0917  # arrays and places, no objects
    sums: Shorts, first: int, last: int, at: float, slope: float, low: Reals, group: int, folded: Shorts
) -> None:
    """Set `sums` to what each is short of the need, and `folded` below 0 where one in its column is."""
    folded[:] = 0
    for k in range(first, last, GROUP):
        need = np.int16(min(max(at + slope * low[group + k // GROUP], LEAST_NEED), MOST_NEED) - 1)
        for j in range(GROUP):
            sums[k + j] = np.int16(need - sums[k + j])
            folded[j] |= sums[k + j]


def fold_nested(  # noqa: PLR0917  # arrays and places, no objects
    sums: Shorts,
    first: int,
    last: int,
    at: float,
    slope: float,
    held: Held,
    a: int,
    begin: int,
    folded: Shorts,
) -> None:
    """Do as `fold`, by what is due for each: deep in a blossom that differs more than among neighbours."""
    folded[:] = 0
    for k in range(first, last, GROUP):
        size = min(GROUP, len(held.due) - begin - k)
        within = at + slope * around(held, a, begin + k + size - 1) / 2
        dues = held.due[begin + k : begin + k + size]
        for j in range(size):
            need = min(max(within + slope * dues[j], LEAST_NEED), MOST_NEED) - 1
            sums[k + j] = np.int16(np.int32(need) - sums[k + j])
            folded[j] |= sums[k + j]


def around(held: Held, a: int, b: int) -> Whole:
    """Give what the blossoms around two rows are worth: the least of `inside` between their places."""
    k, last = min(held.place[a], held.place[b]), max(held.place[a], held.place[b])
    if held.outer[k] != held.outer[last]:
        return 0
    level, step = 0, 1
    while 2 * step <= last - k:
        level, step = level + 1, 2 * step
    least: np.int64 = min(held.inside[level, k], held.inside[level, last - step])
    return least


def needed(sheet: Sheet, mine: float, usual: float) -> tuple[float, float]:
    """Give a straight line, at + slope * (half of what is due for the partner), that no fit needed is below.

    The fit that a score needs is a convex curve of the score, and so above its tangents; this is the one
    for a partner at the usual price. Two points and one are for what the curve rounds.
    """
    part = min(max((mine + usual) / FULL, 0.0), 0.999)
    lack = (1.0 - part) ** (1.0 / sheet[FAIRNESS])
    slope = lack / (1.0 - part) / sheet[FAIRNESS]
    return FULL * (1.0 - lack - slope * part) - 2.0 + slope * (mine - 1.0), slope
