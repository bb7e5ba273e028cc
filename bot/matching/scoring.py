"""Scores of many pairs at once, by matrix products of whole numbers (exact in float32 below 2**24).

`bot.matching.reasons` tells the same points of one pair term by term; a test holds the two together.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.matching.columns import Ints, unpacked
from bot.matching.hours import WEEK
from bot.matching.pool import Pool
from bot.matching.rules import FULL, Rules


Floats: TypeAlias = NDArray[np.float32]
ILLEGAL = -1


def curve(rules: Rules) -> Ints:
    """Give the score of each fit 0-10,000: what a pair lacks counts with the exponent of fairness."""
    lacks = [FULL - fit for fit in range(FULL + 1)]
    power = rules.fairness
    return np.array([FULL - FULL * lack**power // FULL**power for lack in lacks], np.int32)


class Scorer:
    """Scores rows of a pool against columns of it; -1 where a hard rule forbids the pair."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self._curve = curve(pool.rules)
        wishes, width = pool.wishes, len(pool.wishes.targets)
        wished, fulfils = _f32(unpacked(wishes.wished, width)), _f32(unpacked(wishes.fulfils, width))
        firm = unpacked(wishes.firm[None, :], width)[0].astype(np.float32) * wishes.firm_cost
        worth = wished * (wishes.each[:, None] + firm)
        sector, stage = _one_hot(pool.sector, len(pool.sectors)), _one_hot(pool.stage, len(pool.stages))
        ones = np.ones((len(pool), 1), np.float32)
        base = (wishes.base[:, None] - (wished * firm).sum(axis=1, keepdims=True)).astype(np.float32)
        self._left = np.hstack(
            [worth, fulfils, sector * pool.rules.sector, stage * pool.rules.stage, base, ones]
        )
        self._right = np.hstack([fulfils, worth, sector, stage, ones, base])
        self._interests = _f32(pool.interests.dense())
        self._goals = _f32(pool.goals.dense())
        self._hours = _f32(unpacked(pool.hours, WEEK))
        self._met = unpacked(pool.met, len(pool.countries)).astype(np.bool_)

    def scores(self, rows: Ints, columns: Ints) -> Ints:
        """Give scores as rows x columns."""
        fit = self.fits(rows, columns)
        score = self._curve[fit]
        if self.pool.priority.any():
            score += self._priority(score, rows, columns)
        score[~self.legal(rows, columns)] = ILLEGAL
        return score

    def fits(self, rows: Ints, columns: Ints) -> Ints:
        """Give fits as rows x columns, 0-10,000, whether legal or not."""
        rules = self.pool.rules
        fit = self._left[rows] @ self._right[columns].T
        shared = (self._interests[rows] * self.pool.interest_points) @ self._interests[columns].T
        fit += np.minimum(shared, rules.interests)
        fit += np.minimum(self._goals[rows] @ self._goals[columns].T, rules.goals_enough) * (
            rules.goals // rules.goals_enough
        )
        fit += self._hour_points()[
            np.minimum(self._hours[rows] @ self._hours[columns].T, rules.hours_enough).astype(np.int8)
        ]
        fit += self._new_to_both(rows, columns) * np.float32(rules.new_country)
        fits: Ints = np.clip(fit, 0, FULL).astype(np.int32)
        return fits

    def legal(self, rows: Ints, columns: Ints) -> NDArray[np.bool_]:
        """Say where no hard rule forbids the pair, as rows x columns."""
        pool = self.pool
        legal: NDArray[np.bool_] = pool.country[rows][:, None] != pool.country[columns][None, :]
        legal &= _in_common(pool.languages.bits, rows, columns)
        legal &= _in_common(pool.rooms.bits, rows, columns)
        place = np.full(len(pool), -1, np.int32)
        place[columns] = np.arange(len(columns), dtype=np.int32)
        starts, partners = pool.ban_arrays
        for k, row in enumerate(rows.tolist()):
            banned = place[partners[starts[row] : starts[row + 1]]]
            legal[k, banned[banned >= 0]] = False
        return legal

    def _hour_points(self) -> Floats:
        rules = self.pool.rules
        each = rules.hours // rules.hours_enough
        points = [each * hours for hours in range(rules.hours_enough + 1)]
        points[0] = -rules.cost("hours")
        return np.array(points, np.float32)

    def _new_to_both(self, rows: Ints, columns: Ints) -> NDArray[np.bool_]:
        country = self.pool.country
        new: NDArray[np.bool_] = ~(
            self._met[rows][:, country[columns]] | self._met[columns][:, country[rows]].T
        )
        return new

    def _priority(self, score: Ints, rows: Ints, columns: Ints) -> Ints:
        both = self.pool.priority[rows][:, None] + self.pool.priority[columns][None, :]
        return both * (self.pool.rules.priority + score // 2)


def _f32(matrix: NDArray[np.uint8]) -> Floats:
    return matrix.astype(np.float32)


def _one_hot(codes: Ints, width: int) -> Floats:
    hot: Floats = np.equal(codes[:, None], np.arange(width, dtype=np.int32)).astype(np.float32)
    return hot


def _in_common(bits: NDArray[np.uint64], rows: Ints, columns: Ints) -> NDArray[np.bool_]:
    common: NDArray[np.bool_] = (bits[rows, 0][:, None] & bits[columns, 0][None, :]) != 0
    for word in range(1, bits.shape[1]):
        common |= (bits[rows, word][:, None] & bits[columns, word][None, :]) != 0
    return common
