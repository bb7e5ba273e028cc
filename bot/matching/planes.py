"""People laid out as planes of 16-bit points: what each of a block would bring to somebody who has it too.

Compiled for `bot.matching.sweep`, which adds them up.
"""

import numpy as np

from bot.matching.kernels import (
    FULL,
    GOALS,
    HOURS,
    INTERESTS,
    KIND,
    ONE,
    POINTS,
    SECTOR,
    STAGE,
    W_GOALS,
    W_HOURS,
    W_INTERESTS,
    W_SECTOR,
    W_STAGE,
    WISHING,
    ZERO,
    Packed,
    Sheet,
    Shorts,
    Whole,
    Words,
    popcount,
)  # fmt: skip


BLOCK = 2_048  # people who stay in the processor's cache
GROUP = 64  # of them share what is needed
# planes: none, then of each field so many; a field of more names shares planes, which only lifts the limit
FIELD_INTERESTS, FIELD_HOURS, FIELD_GOALS, FIELD_SECTORS, FIELD_STAGES = 1, 513, 681, 745, 809
PLANES = 873
FORBIDDEN = -14_000  # so far below 0 that nothing lifts it to what is needed; all sums stay in 16 bits
LEAST_NEED, MOST_NEED = -3_000, 11_000
SIGNS = np.uint64(0x8000800080008000)  # of four sums side by side
MOST_LOST = 2_000  # of the cost of no common hour counts here at most


def lay(people: Packed, begin: int, end: int, planes: Shorts, kinds: Shorts, wishes: Shorts) -> None:  # noqa: PLR0917  # arrays and places, no objects
    """Lay the people from begin to end out as planes."""
    numbers, sheet = people.numbers, people.sheet
    planes[:] = 0
    for b in range(begin, end):
        k = b - begin
        set_points(people, b, k, INTERESTS, FIELD_INTERESTS, planes)
        set_points(people, b, k, HOURS, FIELD_HOURS, planes)
        set_points(people, b, k, GOALS, FIELD_GOALS, planes)
        if numbers[SECTOR, b] >= 0:
            planes[plane_of(FIELD_SECTORS, numbers[SECTOR, b]), k] = sheet[W_SECTOR]
        if numbers[STAGE, b] >= 0:
            planes[plane_of(FIELD_STAGES, numbers[STAGE, b]), k] = sheet[W_STAGE]
    for kind in range(len(kinds)):
        for b in range(begin, end):
            kinds[kind, b - begin] = people.legal[kind, numbers[KIND, b]]
    for wish in range(len(wishes)):
        for b in range(begin, end):
            wishes[wish, b - begin] = people.wishes[wish, numbers[WISHING, b]]


def plane_of(field: int, name: Whole) -> Whole:
    """Give the plane of one of a field's names."""
    if field == FIELD_INTERESTS:
        return FIELD_INTERESTS + name % (FIELD_HOURS - FIELD_INTERESTS)
    if field == FIELD_HOURS:
        return FIELD_HOURS + name
    return field + name % 64


def set_points(people: Packed, b: int, k: int, words_of: int, field: int, planes: Shorts) -> None:  # noqa: PLR0917  # arrays and places, no objects
    """Set what the names of a person bring, at place k of their planes."""
    words, sheet = people.words, people.sheet
    first = sheet[words_of]
    for word in range(first, sheet[words_of + 1]):
        left = words[word, b]
        while left != ZERO:
            low = left & (~left + ONE)
            name = (word - first) * 64 + popcount(low - ONE)
            if field == FIELD_INTERESTS:
                points = min(sheet[POINTS + name], sheet[W_INTERESTS])
            else:
                points = sheet[W_HOURS] if field == FIELD_HOURS else sheet[W_GOALS]
            plane = plane_of(field, name)
            planes[plane, k] = min(planes[plane, k] + points, FULL)
            left = left ^ low


def listed(words: Words, sheet: Sheet, a: int, words_of: int, field: int, found: Sheet) -> int:  # noqa: PLR0917  # arrays and places, no objects
    """Set the planes of a person's names in a field; give how many, filled up to a multiple of four."""
    count, first = 0, sheet[words_of]
    for word in range(first, sheet[words_of + 1]):
        left = words[word, a]
        while left != ZERO:
            low = left & (~left + ONE)
            found[count] = plane_of(field, (word - first) * 64 + popcount(low - ONE))
            count += 1
            left = left ^ low
    while count % 4 != 0:
        found[count] = 0
        count += 1
    return count
