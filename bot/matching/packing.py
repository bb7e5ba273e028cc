"""A pool's people as the rows that `bot.matching.kernels` reads."""

import numpy as np

from bot.matching import kernels
from bot.matching.columns import Ints, set_bits
from bot.matching.kernels import FULL, Packed, Shorts
from bot.matching.planes import FORBIDDEN
from bot.matching.pool import Pool
from bot.matching.scoring import curve
from bot.matching.sparse import Longs


MOST_KINDS = 1_000


def packed(pool: Pool, rows: Ints, *, most_kinds: int = MOST_KINDS) -> Packed:
    """Pack some rows of a pool, in the order given."""
    wishes = pool.wishes
    home = np.zeros_like(pool.met)
    set_bits(home, np.arange(len(pool), dtype=np.int32), pool.country)
    fields = (  # in the order of their places
        pool.languages.bits,
        pool.rooms.bits,
        pool.hours,
        pool.interests.bits,
        pool.goals.bits,
        wishes.wished,
        wishes.fulfils,
        pool.met,
        home,
    )
    words = np.concatenate([bits[rows] for bits in fields], axis=1)
    starts = np.cumsum([0, *(bits.shape[1] for bits in fields)])
    kind, legal = _kinds(pool, rows, most_kinds)
    wishing, points = _ways_of_wishing(pool, rows, most_kinds)
    told = [pool.country, pool.sector, pool.stage, wishes.each, wishes.base, pool.priority]
    numbers = np.column_stack([*(each[rows] for each in told), kind, wishing]).astype(np.int32)
    return Packed(words.T, numbers.T, wishes.firm, _sheet(pool, starts), _bans(pool, rows), legal, points)


def _kinds(pool: Pool, rows: Ints, most: int) -> tuple[Longs, Shorts]:
    """Give everybody's kind, and which kinds may be paired; of too many kinds only the country counts."""
    columns = [pool.country[:, None].astype(np.uint64), pool.languages.bits, pool.rooms.bits]
    kinds, kind = np.unique(np.hstack(columns)[rows], axis=0, return_inverse=True)
    if len(kinds) > most:
        kinds, kind = np.unique(columns[0][rows], axis=0, return_inverse=True)
    legal = kinds[:, None, 0] != kinds[None, :, 0]
    spoken = 1 + pool.languages.bits.shape[1]
    for part in (kinds[:, 1:spoken], kinds[:, spoken:]):
        shared = [part[:, None, word] & part[None, :, word] for word in range(part.shape[1])]
        legal &= np.logical_or.reduce([each != 0 for each in shared], initial=not shared)
    return kind.ravel(), np.where(legal, 0, FORBIDDEN).astype(np.int16)


def _ways_of_wishing(pool: Pool, rows: Ints, most: int) -> tuple[Longs, Shorts]:
    """Give everybody's way of wishing, and the most points two ways can get of each other.

    Of too many ways only the firm wishes count, and the others are taken as met.
    """
    wishes, half = pool.wishes, pool.rules.wishes // 2
    worth = np.column_stack([wishes.each, wishes.base]).astype(np.uint64)
    ways, way = np.unique(
        np.hstack([wishes.wished, wishes.fulfils, worth])[rows], axis=0, return_inverse=True
    )
    size = wishes.wished.shape[1]
    if len(ways) > most:
        firm = np.hstack([wishes.wished & wishes.firm, wishes.fulfils & wishes.firm])
        ways, way = np.unique(firm[rows], axis=0, return_inverse=True)
        ways = np.hstack([ways, np.tile(np.array([0, half], np.uint64), (len(ways), 1))])
    wished, fulfils = ways[:, :size], ways[:, size : 2 * size]
    each, base = ways[:, -2].astype(np.int64), ways[:, -1].astype(np.int64)
    points = np.zeros((len(ways), len(ways)), np.int64)
    for word in range(size):
        mine, theirs = wished[:, word][:, None], fulfils[:, word][None, :]
        points += each[:, None] * np.bitwise_count(mine & theirs)
        points -= wishes.firm_cost * np.bitwise_count(mine & wishes.firm[word] & ~theirs).astype(np.int64)
    points += base[:, None]
    return way.ravel(), np.clip(points + points.T, 0, FULL).astype(np.int16)


def reordered(people: Packed, order: Longs) -> Packed:
    """Give the same people in another order."""
    count = len(order)
    place = np.empty_like(order)
    place[order] = np.arange(count)
    owner = np.repeat(np.arange(count), np.diff(people.bans[: count + 1]))
    bans = _lists(place[owner], place[people.bans[count + 1 :]], count)
    return people._replace(words=people.words.T[order].T, numbers=people.numbers.T[order].T, bans=bans)


def _sheet(pool: Pool, starts: Longs) -> Longs:
    rules = pool.rules
    sheet = np.zeros(kernels.POINTS + 64 * pool.interests.bits.shape[1], np.int64)
    sheet[: len(starts)] = starts
    told = {
        kernels.W_INTERESTS: rules.interests,
        kernels.W_HOURS: rules.hours // rules.hours_enough,
        kernels.HOURS_ENOUGH: rules.hours_enough,
        kernels.NO_HOURS: rules.cost("hours"),
        kernels.W_GOALS: rules.goals // rules.goals_enough,
        kernels.GOALS_ENOUGH: rules.goals_enough,
        kernels.W_SECTOR: rules.sector,
        kernels.W_STAGE: rules.stage,
        kernels.W_NEW: rules.new_country,
        kernels.FIRM: pool.wishes.firm_cost,
        kernels.W_PRIORITY: rules.priority,
        kernels.FAIRNESS: rules.fairness,
    }
    sheet[list(told)] = list(told.values())
    sheet[kernels.CURVE : kernels.POINTS] = curve(rules)
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
