"""A look at many pairs with all processors, block by block; the result does not depend on who does what."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.columns import Ints
from bot.matching.compiled import Tools
from bot.matching.kernels import FULL, PRIORITY, W_PRIORITY, Packed
from bot.matching.planes import BLOCK, GROUP, PLANES
from bot.matching.sparse import Longs
from bot.matching.sweep import Held


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The partners that rows found worth most, the best first: rows x so many, with -1 for none."""

    ids: Ints
    scores: Ints
    excess: Longs

    @property
    def pairs(self) -> Longs:
        """Give the pairs (a, b, score) once each, in order."""
        row, place = np.nonzero(self.ids >= 0)
        one, other = row.astype(np.int64), self.ids[row, place].astype(np.int64)
        size = max(len(self.ids), int(other.max(initial=0)) + 1)
        keys, first = np.unique(np.minimum(one, other) * size + np.maximum(one, other), return_index=True)
        return np.column_stack([keys // size, keys % size, self.scores[row, place][first]])


def held_against(
    people: Packed,
    prices: Longs,
    place: Longs | None = None,
    inside: Longs | None = None,
    names: Longs | None = None,
) -> Held:
    """Give what pairs are held against; without places each pair is looked at from both sides.

    Prices are doubled and less the bonus of a pair.
    """
    nothing = np.zeros(0, np.int64)
    due = prices / 2 - people.numbers[PRIORITY] * (people.sheet[W_PRIORITY] + FULL / 2)
    low = np.minimum.reduceat(due, np.arange(0, len(due), GROUP)) if len(due) else due
    usual = float(np.median(due)) if len(due) else 0.0
    names = np.arange(len(due)) if names is None else names
    if place is None or inside is None:
        return Held(
            prices, due, low, usual, nothing, nothing[None, :], nothing, names, nested=False, later=False
        )
    nested = bool((np.diff(place) == 1).all())
    usual += float(np.median(inside)) / 2 if nested else 0.0  # one blossom around nearly all is worth a bonus
    outer = np.concatenate([[0], np.cumsum(inside == 0)])[: len(inside)]
    return Held(
        prices, due, low, usual, place, least_of_runs(inside), outer, names, nested=nested, later=True
    )


def least_of_runs(numbers: Longs) -> Longs:
    """Give the least of each 1, 2, 4, 8 … numbers running, from each place on."""
    rows = [numbers]
    while 2 ** len(rows) <= len(numbers):
        least, step = rows[-1].copy(), 2 ** (len(rows) - 1)
        np.minimum(least[:-step], rows[-1][step:], out=least[:-step])
        rows.append(least)
    return np.stack(rows)


def nobody_yet(rows: int, most: int, lowest: int) -> Kept:
    """Give room for partners of so many rows, who must be worth more beyond the prices than `lowest`."""
    ids, scores = np.full((rows, most), -1, np.int32), np.full((rows, most), -1, np.int32)
    return Kept(ids, scores, np.full((rows, most), lowest, np.int64))


def look(
    tools: Tools,
    people: Packed,
    held: Held,
    *,
    most: int,
    lowest: int,
    rows: int | None = None,
    kept: Kept | None = None,
    chosen: NDArray[np.bool_] | None = None,
) -> Kept:
    """Find for the first rows the partners worth more beyond the prices than `lowest`, at most so many each.

    With `chosen` (blocks of rows x blocks of partners) they look at some blocks only.
    """
    count = len(held.prices)
    rows = count if rows is None else rows
    if kept is None:
        kept = nobody_yet(rows, most, lowest)
    step = BLOCK if chosen is not None or rows > 4 * BLOCK else max(GROUP, -(-rows // 4))
    width = min(BLOCK, -(-count // GROUP) * GROUP)
    planes = np.zeros((PLANES, width), np.int16)
    kinds, wishes = (np.zeros((len(each), width), np.int16) for each in (people.legal, people.wishes))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for number, begin in enumerate(range(0, count, BLOCK)):
            end = min(begin + BLOCK, count)
            last = min(end, rows) if held.later else rows
            starts = [
                start for start in range(0, last, BLOCK) if chosen is None or chosen[start // BLOCK, number]
            ]
            tools.lay(people, begin, end, planes, kinds, wishes)

            def task(start: int, begin: int = begin, end: int = end, last: int = last) -> None:
                stop = min(start + step, last)
                arrays = (planes, kinds, wishes, start, stop, held, kept.ids, kept.scores, kept.excess)
                tools.visit(people, begin, end, *arrays)

            list(pool.map(task, starts))
    return kept
