"""A pool's people as the rows that `bot.matching.kernels` reads."""

import numpy as np

from bot.matching import kernels
from bot.matching.columns import Bits, Ints
from bot.matching.kernels import Packed
from bot.matching.pool import Pool
from bot.matching.rules import FULL
from bot.matching.scoring import curve
from bot.matching.sparse import Longs


def packed(pool: Pool, rows: Ints) -> Packed:
    """Pack some rows of a pool, in the order given."""
    wishes = pool.wishes
    fields = (  # where the first words go, how many may go there, and all the words
        (kernels.LANGUAGES, 1, pool.languages.bits),
        (kernels.ROOMS, 1, pool.rooms.bits),
        (kernels.GOALS, 1, pool.goals.bits),
        (kernels.INTERESTS, 2, pool.interests.bits),
        (kernels.WISHED, 2, wishes.wished),
        (kernels.FULFILS, 2, wishes.fulfils),
    )
    starts = kernels.FIXED + np.cumsum([0, *(max(0, bits.shape[1] - most) for _, most, bits in fields)])
    words = np.zeros((starts[-1], len(rows) + 1), np.uint64)
    words[kernels.HOURS : kernels.HOURS + 3, :-1] = pool.hours[rows].T
    words[kernels.MET : kernels.MET + pool.met.shape[1], :-1] = pool.met[rows].T
    for (place, most, bits), more in zip(fields, starts.tolist(), strict=False):
        _put(words[:, :-1], place, most, more, bits[rows])
    _put(words[:, -1:], kernels.WISHED, 2, int(starts[4]), wishes.firm[None, :])
    numbers = [pool.country, pool.sector, pool.stage, wishes.each, wishes.base, pool.priority]
    return Packed(words, np.stack(numbers)[:, rows].astype(np.int32), _sheet(pool, starts), _bans(pool, rows))


def _put(words: Bits, place: int, most: int, more: int, bits: Bits) -> None:
    """Put a field's first words at its place, and the others where it goes on."""
    first = min(most, bits.shape[1])
    words[place : place + first] = bits[:, :first].T
    words[more : more + bits.shape[1] - first] = bits[:, first:].T


def reordered(people: Packed, order: Longs) -> Packed:
    """Give the same people in another order."""
    count = len(order)
    place = np.empty_like(order)
    place[order] = np.arange(count)
    owner = np.repeat(np.arange(count), np.diff(people.bans[: count + 1]))
    bans = _lists(place[owner], place[people.bans[count + 1 :]], count)
    return Packed(
        np.ascontiguousarray(people.words[:, np.append(order, count)]),
        np.ascontiguousarray(people.numbers[:, order]),
        people.sheet,
        bans,
    )


def _sheet(pool: Pool, starts: Longs) -> Longs:
    rules = pool.rules
    sheet = np.zeros(kernels.POINTS + 64 * max(2, pool.interests.bits.shape[1]), np.int64)
    sheet[: len(starts)] = starts
    sheet[kernels.W_INTERESTS] = rules.interests
    sheet[kernels.W_HOURS], sheet[kernels.HOURS_ENOUGH] = (
        rules.hours // rules.hours_enough,
        rules.hours_enough,
    )
    sheet[kernels.NO_HOURS] = rules.cost("hours")
    sheet[kernels.W_GOALS], sheet[kernels.GOALS_ENOUGH] = (
        rules.goals // rules.goals_enough,
        rules.goals_enough,
    )
    sheet[kernels.W_SECTOR], sheet[kernels.W_STAGE] = rules.sector, rules.stage
    sheet[kernels.W_NEW], sheet[kernels.FIRM] = rules.new_country, pool.wishes.firm_cost
    sheet[kernels.W_PRIORITY] = rules.priority
    sheet[kernels.W_SAME] = rules.goals + rules.sector + rules.stage + rules.new_country
    sheet[kernels.W_REST] = sheet[kernels.W_SAME] + rules.hours + rules.interests
    scores = curve(rules).astype(np.int64)
    sheet[kernels.CURVE : kernels.NEEDED] = scores
    sheet[kernels.NEEDED : kernels.POINTS] = np.searchsorted(scores, np.arange(-1, FULL + 1), side="right")
    sheet[kernels.NEEDED] = kernels.NEVER
    sheet[kernels.POINTS : kernels.POINTS + len(pool.interest_points)] = pool.interest_points
    return sheet


def _bans(pool: Pool, rows: Ints) -> Longs:
    place = np.full(len(pool), -1, np.int64)
    place[rows] = np.arange(len(rows))
    starts, partners = pool.ban_arrays
    one, other = place[np.repeat(np.arange(len(pool)), np.diff(starts))], place[partners]
    kept = (one >= 0) & (other >= 0)
    return _lists(one[kept], other[kept], len(rows))


def _lists(one: Longs, other: Longs, count: int) -> Longs:
    """Lay out who is kept from whom: starts for everybody and one more, then the partners in order."""
    order = np.lexsort((other, one))
    starts = np.searchsorted(one[order], np.arange(count + 1)) + count + 1
    return np.concatenate([starts, other[order]]).astype(np.int64)
