"""Wishes about the partner as bits: each different thing anybody wished for is one bit.

A person's wish is a mask of bits, and a person is a mask of the bits they fulfil, so that counting the wishes
that one person fulfils of another is an AND. Wishes that follow from the person ("same sector", "similar
experience") become plain ones ("sector academic", "experience similar to 5 years").
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.columns import Bits, Column, ColumnBuilder, Ints, ones, set_bits
from bot.matching.model import Applicant, Wish
from bot.matching.places import CONTINENT, REGION
from bot.matching.rules import Rules


@dataclass(frozen=True, slots=True, eq=False)
class Wishes:
    """Masks over `targets` (`about=value`), with the points of the parts."""

    targets: tuple[str, ...]
    wished: Bits  # people x words
    fulfils: Bits  # people x words
    firm: Bits  # words: the targets about experience, which cost points when missed
    each: Ints  # points of a person for each wish met
    base: Ints  # points of a person before any wish is met: all of them for the open
    firm_cost: int

    def only(self, rows: Ints) -> "Wishes":
        """Give the wishes of some rows."""
        parts = (self.wished[rows], self.fulfils[rows], self.firm, self.each[rows], self.base[rows])
        return Wishes(self.targets, *parts, self.firm_cost)


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What people are, in one order, for finding who fulfils a wish."""

    country: NDArray[np.str_]
    sector: NDArray[np.str_]
    stage: NDArray[np.str_]
    years: Ints
    languages: Column
    interests: Column
    goals: Column

    def fulfilling(self, target: str, rules: Rules) -> NDArray[np.bool_]:
        """Say who fulfils a target, as a mask over the people."""
        about, _, value = target.partition("=")
        match about:
            case "experience" | "seniority":
                return _by_years(self.years, value, rules)
            case "sector" | "stage":
                mine = self.sector if about == "sector" else self.stage
                other = np.not_equal(mine, "") & np.not_equal(mine, value[1:])
                return other if value.startswith("!") else np.equal(mine, value)
            case "country":
                return np.equal(self.country, value)
            case "continent" | "region":
                codes = CONTINENT if about == "continent" else REGION
                return np.isin(self.country, [code for code, place in codes.items() if place == value])
            case _:
                column = {"language": self.languages, "interest": self.interests, "goal": self.goals}.get(
                    about
                )
                return _having(column, value) if column else np.zeros(len(self.years), np.bool_)


class WishesBuilder:
    """Collects people's wishes one person after the other."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._wished = ColumnBuilder()

    def add(self, one: Applicant) -> None:
        """Append the next person's wishes."""
        self._wished.add(dict.fromkeys(_targets(one)))

    def build(self, facts: Facts, order: Ints) -> Wishes:
        """Give everybody's masks in the given order of rows; the facts are in the order of adding."""
        wished = self._wished.build()
        fulfils = np.zeros_like(wished.bits)
        for k, target in enumerate(wished.names):
            rows = np.flatnonzero(facts.fulfilling(target, self._rules)).astype(np.int32)
            set_bits(fulfils, rows, np.full(len(rows), k, np.int32))
        return self._finished(wished, fulfils, order)

    def _finished(self, wished: Column, fulfils: Bits, order: Ints) -> Wishes:
        half, cost = self._rules.wishes // 2, self._rules.cost("experience")
        firm = np.zeros((1, wished.bits.shape[1]), np.uint64)
        about = np.array(
            [k for k, name in enumerate(wished.names) if name.startswith("experience=")], np.int32
        )
        set_bits(firm, np.zeros(len(about), np.int32), about)
        asked = np.bitwise_count(wished.bits).sum(axis=1, dtype=np.int32)
        each = np.where(asked > 0, half // np.maximum(asked, 1), 0).astype(np.int32)
        base = np.where(asked > 0, 0, half).astype(np.int32)
        return Wishes(
            wished.names, wished.bits[order], fulfils[order], firm[0], each[order], base[order], cost
        )


def _targets(one: Applicant) -> list[str]:
    """Give the person's wishes with everything relative made plain; what cannot be made plain is no wish."""
    targets = [_plain(wish, one) for wish in one.wishes]
    if one.experience_wish in ("similar", "different") and one.years is not None:
        targets.append(f"experience={one.experience_wish}:{min(one.years, 99)}")
    return [target for target in targets if target]


def _plain(wish: Wish, one: Applicant) -> str:
    if wish.about == "seniority":
        return f"seniority={wish.value}:{min(one.years, 99)}" if one.years is not None else ""
    own = {"sector": one.sector, "stage": one.stage}.get(wish.about)
    if wish.value in ("same", "other") and own is not None:
        return f"{wish.about}={'' if wish.value == 'same' else '!'}{own}" if own else ""
    return f"{wish.about}={wish.value}"


def _by_years(years: Ints, value: str, rules: Rules) -> NDArray[np.bool_]:
    kind, _, own = value.partition(":")
    more = years - int(own)
    match kind:
        case "similar":
            suits = np.abs(more) <= rules.similar_years
        case "different":
            suits = np.abs(more) >= rules.different_years
        case "more":
            suits = more >= rules.senior_years
        case _:
            suits = -more >= rules.senior_years
    return (years >= 0) & suits


def _having(column: Column, name: str) -> NDArray[np.bool_]:
    if name not in column.names:
        return np.zeros(len(column.bits), np.bool_)
    k = column.names.index(name)
    has: NDArray[np.bool_] = (column.bits[:, k >> 6] >> np.uint64(k & 63)) & np.uint64(1) != 0
    return has


def wishes_of(wishes: Wishes, person: int, partner: int) -> list[tuple[str, str, bool]]:
    """Give a person's wishes as (about, value, whether the partner fulfils it)."""
    met = wishes.wished[person] & wishes.fulfils[partner]
    fulfilled = set(ones(met))
    found = []
    for k in ones(wishes.wished[person]):
        about, _, value = wishes.targets[k].partition("=")
        found.append((about, value, k in fulfilled))
    return found
