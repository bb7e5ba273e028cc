"""What one pair is worth, for programs too large for a table of scores.

Meant to be compiled (see `bot.matching.compiled`); as plain Python it gives the same, slowly. A person is a
column of 64-bit words and a column of numbers, each of them together in memory. `tests/matching` holds it
against `bot.matching.scoring`.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray


COUNTRY, SECTOR, STAGE, EACH, BASE, PRIORITY, KIND, WISHING = range(8)  # rows of the numbers
# in the sheet: where each field's rows of words begin (it ends where the next one begins) ...
LANGUAGES, ROOMS, HOURS, INTERESTS, GOALS, WISHED, FULFILS, MET, HOME, WORDS = range(10)
# ... the points of the rules ...
W_INTERESTS, W_HOURS, HOURS_ENOUGH, NO_HOURS, W_GOALS, GOALS_ENOUGH, W_SECTOR, W_STAGE = range(10, 18)
W_NEW, FIRM, W_PRIORITY, FAIRNESS = range(18, 22)
CURVE = 32  # ... the score of each fit ...
FULL = 10_000
POINTS = CURVE + FULL + 1  # ... and the points of each interest

ILLEGAL = -1

Words: TypeAlias = NDArray[np.uint64]
Numbers: TypeAlias = NDArray[np.int32]
Shorts: TypeAlias = NDArray[np.int16]
Sheet: TypeAlias = NDArray[np.int64]
Whole: TypeAlias = int | np.int64

M1, M2, M4 = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F)
BYTES = np.uint64(0x0101010101010101)
ZERO, ONE, TWO, FOUR, TOP_BYTE = np.uint64(0), np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(56)


class Packed(NamedTuple):
    """People in one order, and the sheet of everything that is the same for all."""

    words: Words  # words x people
    numbers: Numbers  # numbers x people
    firm: Words  # the wishes about experience, as a field of WISHED
    sheet: Sheet
    bans: Sheet  # people + 1 starts, then the partners who are kept apart, in order for each
    legal: Shorts  # kinds of people x kinds: 0, or far below it where a rule forbids them
    wishes: Shorts  # ways of wishing x ways: the most points for the wishes of two such people


def popcount(x: np.uint64) -> Whole:
    """Count the bits that are set (compilers make one instruction of it)."""
    x = x - ((x >> ONE) & M1)
    x = (x & M2) + ((x >> TWO) & M2)
    x = (x + (x >> FOUR)) & M4
    return np.int64((x * BYTES) >> TOP_BYTE)


def score_of(people: Packed, a: int, b: int) -> Whole:
    """Give the score of two rows, or -1 when they share no language or room or live in one country.

    Bans are not looked at.
    """
    words, numbers, firm, sheet = people.words, people.numbers, people.firm, people.sheet
    if numbers[COUNTRY, a] == numbers[COUNTRY, b]:
        return ILLEGAL
    if not in_common(words, sheet[LANGUAGES], sheet[ROOMS], a, b):
        return ILLEGAL
    if not in_common(words, sheet[ROOMS], sheet[HOURS], a, b):
        return ILLEGAL
    fit = np.int64(numbers[BASE, a]) + np.int64(numbers[BASE, b])
    fit += wish_points(words, numbers, firm, sheet, a, b) + wish_points(words, numbers, firm, sheet, b, a)
    hours = counted(words, sheet[HOURS], sheet[INTERESTS], a, b)
    fit += min(hours, sheet[HOURS_ENOUGH]) * sheet[W_HOURS] if hours > 0 else -sheet[NO_HOURS]
    named, place = np.int64(0), np.int64(POINTS)
    for k in range(sheet[INTERESTS], sheet[GOALS]):
        named += points_of(sheet, words[k, a] & words[k, b], place)
        place += 64
    fit += min(named, sheet[W_INTERESTS])
    goals = counted(words, sheet[GOALS], sheet[WISHED], a, b)
    fit += min(goals, sheet[GOALS_ENOUGH]) * sheet[W_GOALS]
    if numbers[SECTOR, a] == numbers[SECTOR, b] and numbers[SECTOR, a] >= 0:
        fit += sheet[W_SECTOR]
    if numbers[STAGE, a] == numbers[STAGE, b] and numbers[STAGE, a] >= 0:
        fit += sheet[W_STAGE]
    if not has_met(words, sheet, a, b) and not has_met(words, sheet, b, a):
        fit += sheet[W_NEW]
    score: np.int64 = sheet[CURVE + min(max(fit, 0), FULL)]
    first = np.int64(numbers[PRIORITY, a]) + np.int64(numbers[PRIORITY, b])
    more: np.int64 = first * (sheet[W_PRIORITY] + score // 2)
    return score + more


def in_common(words: Words, start: int, stop: int, a: int, b: int) -> bool:
    """Say whether two rows share a bit of some words."""
    shared = ZERO
    for k in range(start, stop):
        shared |= words[k, a] & words[k, b]
    return bool(shared != ZERO)


def counted(words: Words, start: int, stop: int, a: int, b: int) -> Whole:
    """Count the bits that two rows share in some words."""
    count = np.int64(0)
    for k in range(start, stop):
        count += popcount(words[k, a] & words[k, b])
    return count


def wish_points(words: Words, numbers: Numbers, firm: Words, sheet: Sheet, a: int, b: int) -> Whole:  # noqa: PLR0917  # arrays and places, no objects
    """Give the points of what one row wishes for and the other fulfils, less the cost of missed firm ones."""
    points = np.int64(0)
    shift = sheet[FULFILS] - sheet[WISHED]
    for k in range(sheet[WISHED], sheet[FULFILS]):
        wished, fulfils = words[k, a], words[k + shift, b]
        points += np.int64(numbers[EACH, a]) * popcount(wished & fulfils)
        points -= sheet[FIRM] * popcount(wished & firm[k - sheet[WISHED]] & ~fulfils)
    return points


def points_of(sheet: Sheet, common: np.uint64, place: Whole) -> Whole:
    """Give the points of shared interests, of which the first has its points at a place of the sheet."""
    points = np.int64(0)
    while common != ZERO:
        low = common & (~common + ONE)
        points += sheet[place + popcount(low - ONE)]
        common = common ^ low
    return points


def has_met(words: Words, sheet: Sheet, a: int, b: int) -> bool:
    """Say whether the first has had a partner in the country of the second."""
    shared = ZERO
    shift = sheet[HOME] - sheet[MET]
    for k in range(sheet[MET], sheet[HOME]):
        shared |= words[k, a] & words[k + shift, b]
    return bool(shared != ZERO)


def is_banned(bans: Sheet, a: int, b: int) -> bool:
    """Say whether history, a block or the directors keep two rows apart."""
    low, stop = bans[a], bans[a + 1]
    high = stop
    while low < high:
        middle = (low + high) // 2
        if bans[middle] < b:
            low = middle + 1
        else:
            high = middle
    return bool(low < stop and bans[low] == b)
