"""Pairs at nanoseconds each, for programs too large for a table of scores: best candidates, and pricing.

Meant to be compiled (see `bot.matching.compiled`); as plain Python it gives the same, slowly. A person is a
row of 64-bit words and a row of numbers; a block of people stays in the processor's cache while others are
held against it, and a pair is left as soon as it cannot be worth enough. `tests/matching` holds it against
`bot.matching.scoring`.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray


COUNTRY, SECTOR, STAGE, EACH, BASE, PRIORITY = range(6)  # columns of the numbers
# rows of the words: the first of each field; if a field needs more words, the sheet tells where it goes on
LANGUAGES, ROOMS, GOALS, HOURS, INTERESTS, WISHED, FULFILS, MET, FIXED = 0, 1, 2, 3, 6, 8, 10, 12, 16
MORE_LANGUAGES, MORE_ROOMS, MORE_GOALS, MORE_INTERESTS, MORE_WISHED, MORE_FULFILS, WORDS = range(
    7
)  # in the sheet
W_INTERESTS, W_HOURS, HOURS_ENOUGH, NO_HOURS, W_GOALS, GOALS_ENOUGH, W_SECTOR, W_STAGE, W_NEW, FIRM = range(
    7, 17
)
W_PRIORITY, W_SAME, W_REST = range(17, 20)

FULL = 10_000
CURVE = 32  # in the sheet: score of each fit
NEEDED = CURVE + FULL + 1  # least fit whose score is above an index less 1
POINTS = NEEDED + FULL + 2  # of each interest
NEVER = -(10**9)
BLOCK = 1024  # people who stay in the cache

Words: TypeAlias = NDArray[np.uint64]
Numbers: TypeAlias = NDArray[np.int32]
Sheet: TypeAlias = NDArray[np.int64]
Whole: TypeAlias = int | np.int64

M1, M2, M4 = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F)
BYTES = np.uint64(0x0101010101010101)
ZERO, ONE, TWO, FOUR, TOP_BYTE = np.uint64(0), np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(56)


class Packed(NamedTuple):
    """People in one order, and the sheet of everything that is the same for all."""

    words: Words  # words x people; one person more has the wishes about experience in the words of WISHED
    numbers: Numbers  # numbers x people
    sheet: Sheet
    bans: Sheet  # people + 1 starts, then the partners who are kept apart, in order for each


def popcount(x: np.uint64) -> Whole:
    """Count the bits that are set (compilers make one instruction of it)."""
    x = x - ((x >> ONE) & M1)
    x = (x & M2) + ((x >> TWO) & M2)
    x = (x + (x >> FOUR)) & M4
    return np.int64((x * BYTES) >> TOP_BYTE)


def common(words: Words, sheet: Sheet, a: int, b: int) -> bool:
    """Say whether two rows share a language and a room, wherever their words are."""
    spoken, met_on = words[LANGUAGES, a] & words[LANGUAGES, b], words[ROOMS, a] & words[ROOMS, b]
    for k in range(sheet[MORE_LANGUAGES], sheet[MORE_ROOMS]):
        spoken |= words[k, a] & words[k, b]
    for k in range(sheet[MORE_ROOMS], sheet[MORE_GOALS]):
        met_on |= words[k, a] & words[k, b]
    return bool(spoken) and bool(met_on)


def more_wish_points(words: Words, numbers: Numbers, sheet: Sheet, a: int, b: int) -> Whole:
    """Give one side's points for the wishes beyond the first two words, less the cost of missed firm ones."""
    rules = words.shape[1] - 1
    points: Whole = 0
    shift = sheet[MORE_FULFILS] - sheet[MORE_WISHED]
    for k in range(sheet[MORE_WISHED], sheet[MORE_FULFILS]):
        wished, fulfils = words[k, a], words[k + shift, b]
        points += np.int64(numbers[EACH, a]) * popcount(wished & fulfils)
        points -= sheet[FIRM] * popcount(wished & words[k, rules] & ~fulfils)
    return points


def points_of(sheet: Sheet, common: np.uint64, place: int) -> Whole:
    """Give the points of shared interests, of which the first has its points at a place of the sheet."""
    points: Whole = 0
    while common != ZERO:
        low = common & (~common + ONE)
        points += sheet[place + popcount(low - ONE)]
        common = common ^ low
    return points


def more_interest_points(words: Words, sheet: Sheet, a: int, b: int) -> Whole:
    """Give the points of shared interests beyond the first two words."""
    place = POINTS + 128
    points: Whole = 0
    for k in range(sheet[MORE_INTERESTS], sheet[MORE_WISHED]):
        points += points_of(sheet, words[k, a] & words[k, b], place)
        place += 64
    return points


def same_points(words: Words, numbers: Numbers, sheet: Sheet, a: int, b: int) -> Whole:
    """Give the points for goals, sector, stage and a country new to both."""
    goals = popcount(words[GOALS, a] & words[GOALS, b])
    for k in range(sheet[MORE_GOALS], sheet[MORE_INTERESTS]):
        goals += popcount(words[k, a] & words[k, b])
    points: Whole = min(goals, sheet[GOALS_ENOUGH]) * sheet[W_GOALS]
    if numbers[SECTOR, a] == numbers[SECTOR, b] and numbers[SECTOR, a] >= 0:
        points += sheet[W_SECTOR]
    if numbers[STAGE, a] == numbers[STAGE, b] and numbers[STAGE, a] >= 0:
        points += sheet[W_STAGE]
    if not has_met(words, a, numbers[COUNTRY, b]) and not has_met(words, b, numbers[COUNTRY, a]):
        points += sheet[W_NEW]
    return points


def has_met(words: Words, a: int, country: int) -> bool:
    """Say whether a person has had a partner in a country."""
    return bool((words[MET + (country >> 6), a] >> np.uint64(country & 63)) & ONE != ZERO)


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


def scan(  # noqa: C901, PLR0915, PLR0917  # in one place it is four times as quick
    people: Packed,
    start: int,
    stop: int,
    prices: Sheet,
    inside: Sheet,
    ids: Numbers,
    scores: Numbers,
    excess: Sheet,
) -> None:
    """Find for each row from start to stop the partners worth most beyond the prices, the best first.

    With `inside` (laid out as `blossom.laminar` does) only later rows are asked, and what the blossoms
    around both are worth is taken off. Prices are doubled and less the bonus of a pair; an excess is
    twice the score less the prices, and must be above what `excess` holds: give -1 for every legal pair.
    Equal ones come in the order of rows.
    """
    words, numbers, sheet, bans = people
    count, most, later = numbers.shape[1], ids.shape[1] - 1, len(inside) > 0
    spoken, met_on = words[LANGUAGES], words[ROOMS]
    hours_0, hours_1, hours_2 = words[HOURS], words[HOURS + 1], words[HOURS + 2]
    named_0, named_1 = words[INTERESTS], words[INTERESTS + 1]
    wished_0, wished_1, fulfils_0, fulfils_1 = (
        words[WISHED],
        words[WISHED + 1],
        words[FULFILS],
        words[FULFILS + 1],
    )
    country, each, base, priority = numbers[COUNTRY], numbers[EACH], numbers[BASE], numbers[PRIORITY]
    firm, firm_0, firm_1 = sheet[FIRM], wished_0[count], wished_1[count]
    w_hours, enough, no_hours, w_interests = (
        sheet[W_HOURS],
        sheet[HOURS_ENOUGH],
        sheet[NO_HOURS],
        sheet[W_INTERESTS],
    )
    w_same, w_first = sheet[W_SAME], sheet[W_PRIORITY]
    w_talk, w_rest = w_same + w_interests, sheet[W_REST]
    longer = sheet[WORDS] > FIXED
    around = np.zeros(stop - start, np.int64)
    for block in range(0, count, BLOCK):
        end = min(block + BLOCK, count)
        for a in range(start, stop):
            spoken_a, met_on_a, home = spoken[a], met_on[a], country[a]
            free_0, free_1, free_2, mine_0, mine_1 = (
                hours_0[a],
                hours_1[a],
                hours_2[a],
                named_0[a],
                named_1[a],
            )
            wish_0, wish_1, give_0, give_1 = wished_0[a], wished_1[a], fulfils_0[a], fulfils_1[a]
            each_a, base_a, first_a, price = np.int64(each[a]), np.int64(base[a]), priority[a], prices[a]
            ask_0, ask_1 = wish_0 & firm_0, wish_1 & firm_1
            least, floor = around[a - start], excess[a, most]
            for b in range(max(block, a + 1) if later else block, end):
                if later:
                    least = min(least, inside[b - 1]) if b > a + 1 else inside[a]
                due = price + prices[b] + least
                first = np.int64(first_a + priority[b])
                give, gave, wish, wants = fulfils_0[b], fulfils_1[b], wished_0[b], wished_1[b]
                fit = base_a + base[b]
                fit += each_a * (popcount(wish_0 & give) + popcount(wish_1 & gave))
                fit += each[b] * (popcount(wish & give_0) + popcount(wants & give_1))
                fit -= firm * (popcount(ask_0 & ~give) + popcount(ask_1 & ~gave))
                fit -= firm * (popcount(wish & firm_0 & ~give_0) + popcount(wants & firm_1 & ~give_1))
                need = sheet[NEEDED + min(max((due + floor) >> 1, -1), FULL) + 1]
                legal = (country[b] != home) & (spoken_a & spoken[b] != ZERO) & (met_on_a & met_on[b] != ZERO)
                if longer or first != 0:
                    need = need if first == 0 else NEVER
                    fit += more_wish_points(words, numbers, sheet, a, b) + more_wish_points(
                        words, numbers, sheet, b, a
                    )
                    legal = country[b] != home and common(words, sheet, a, b)
                if not legal & (fit + w_rest >= need):  # one branch for all that is seen quickly
                    continue
                hours = (
                    popcount(free_0 & hours_0[b])
                    + popcount(free_1 & hours_1[b])
                    + popcount(free_2 & hours_2[b])
                )
                fit += min(hours, enough) * w_hours if hours > 0 else -no_hours
                if fit + w_talk < need:
                    continue
                named = points_of(sheet, mine_0 & named_0[b], POINTS) + points_of(
                    sheet, mine_1 & named_1[b], POINTS + 64
                )
                if longer:
                    named += more_interest_points(words, sheet, a, b)
                fit += min(named, w_interests)
                if fit + w_same < need:
                    continue
                fit += same_points(words, numbers, sheet, a, b)
                score = sheet[CURVE + min(max(fit, 0), FULL)]
                score += first * (w_first + score // 2)
                more = 2 * score - due
                if more <= floor or is_banned(bans, a, b):
                    continue
                k = most
                while k > 0 and excess[a, k - 1] < more:
                    scores[a, k], ids[a, k], excess[a, k] = scores[a, k - 1], ids[a, k - 1], excess[a, k - 1]
                    k -= 1
                scores[a, k], ids[a, k], excess[a, k] = score, b, more
                floor = excess[a, most]
            around[a - start] = least
