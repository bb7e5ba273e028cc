"""A pool.

The people of one matching, encoded once as arrays, so that any question about any two of them is quick.

Its order is a shuffle by the seed and the ids: neither the file's order nor the machine can break a tie.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import blake2b

import numpy as np

from bot.matching.columns import Bits, Column, ColumnBuilder, Ints, set_bits
from bot.matching.hours import REFERENCE_DAY, free_hours, offset_minutes
from bot.matching.model import Applicant
from bot.matching.rules import Rules
from bot.matching.wishes import Facts, Wishes, WishesBuilder


@dataclass(frozen=True, eq=False)
class Pool:
    """People as rows; `index` finds a row by id. Made by `pool_of`."""

    rules: Rules
    on: date
    seed: int
    ids: tuple[str, ...]
    countries: tuple[str, ...]
    country: Ints
    languages: Column
    rooms: Column
    interests: Column
    interest_points: Ints
    interest_counts: Ints
    counted: int  # people among whom the interests were counted
    goals: Column
    sectors: tuple[str, ...]
    sector: Ints  # -1 when not told, as with stage and years
    stages: tuple[str, ...]
    stage: Ints
    years: Ints
    hours: Bits  # people x 3 words: the 168 hours of a week in UTC
    offset: Ints  # minutes ahead of UTC
    wishes: Wishes
    met: Bits  # people x words over `countries`
    priority: Ints
    bans: Mapping[tuple[int, int], str]  # (lower row, higher row) -> history | blocked | forbidden

    def __len__(self) -> int:
        """Give the number of people."""
        return len(self.ids)

    @cached_property
    def index(self) -> dict[str, int]:
        """Give the row of each id."""
        return {name: row for row, name in enumerate(self.ids)}

    def ban(self, one: int, other: int) -> str | None:
        """Give the rule that keeps two rows apart, if any does by name."""
        return self.bans.get((one, other) if one < other else (other, one))

    @cached_property
    def ban_arrays(self) -> tuple[Ints, Ints]:
        """Starts and partners of the bans, both ways, sorted within a row."""
        both = np.array(
            [(a, b) for one, other in self.bans for a, b in ((one, other), (other, one))], np.int32
        ).reshape(-1, 2)
        both = both[np.lexsort((both[:, 1], both[:, 0]))]
        starts = np.searchsorted(both[:, 0], np.arange(len(self) + 1)).astype(np.int32)
        return starts, np.ascontiguousarray(both[:, 1])


def only(pool: Pool, rows: Ints) -> Pool:
    """Give a pool of some rows of another, in their order, with everything worth the same."""
    place = {row: k for k, row in enumerate(rows.tolist())}
    starts, partners = pool.ban_arrays
    bans = {}
    for row, k in place.items():
        for other in partners[starts[row] : starts[row + 1]].tolist():
            if k < place.get(other, -1):
                bans[k, place[other]] = pool.ban(row, other) or ""
    return replace(
        pool,
        ids=tuple(pool.ids[row] for row in place),
        country=pool.country[rows],
        sector=pool.sector[rows],
        stage=pool.stage[rows],
        years=pool.years[rows],
        hours=pool.hours[rows],
        offset=pool.offset[rows],
        wishes=pool.wishes.only(rows),
        met=pool.met[rows],
        priority=pool.priority[rows],
        bans=bans,
        languages=pool.languages.only(rows),
        rooms=pool.rooms.only(rows),
        interests=pool.interests.only(rows),
        goals=pool.goals.only(rows),
    )


def pool_of(
    applicants: Iterable[Applicant],
    *,
    met_before: Collection[tuple[str, str]] = (),
    blocked: Collection[tuple[str, str]] = (),
    forbidden: Collection[tuple[str, str]] = (),
    seed: int = 0,
    on: date | None = None,
    rules: Rules | None = None,
) -> Pool:
    """Encode people (once through, they may come from a generator). Pairs that name strangers are ignored.

    Raises ValueError for an id that comes twice and ZoneInfoNotFoundError for an unknown zone.
    """
    builder = _Builder(rules or Rules(), on or REFERENCE_DAY)
    for applicant in applicants:
        builder.add(applicant)
    bans = {"forbidden": forbidden, "blocked": blocked, "history": met_before}
    return builder.build(seed, bans)


class _Builder:
    def __init__(self, rules: Rules, on: date) -> None:
        self.rules, self.on = rules, on
        self.ids: list[str] = []
        self.columns = {name: ColumnBuilder() for name in ("languages", "rooms", "interests", "goals", "met")}
        self.single: dict[str, list[str]] = {"country": [], "sector": [], "stage": []}
        self.years: list[int] = []
        self.hours: list[bytes] = []
        self.offset: list[int] = []
        self.priority: list[int] = []
        self.wishes = WishesBuilder(self.rules)

    def add(self, one: Applicant) -> None:
        offset = offset_minutes(one.zone, self.on)
        self.ids.append(one.id)
        self.columns["languages"].add(one.languages)
        self.columns["rooms"].add(_rooms(one.platforms, self.rules.bridges))
        self.columns["interests"].add(one.interests)
        self.columns["goals"].add(one.goals)
        self.columns["met"].add(one.met_countries)
        for name, value in (("country", one.country), ("sector", one.sector), ("stage", one.stage)):
            self.single[name].append(value)
        self.years.append(-1 if one.years is None else min(one.years, 99))
        self.hours.append(free_hours(one.hours, offset).to_bytes(24, "little"))
        self.offset.append(offset)
        self.priority.append(min(max(one.priority, 0), 2))
        self.wishes.add(one)

    def build(self, seed: int, bans: Mapping[str, Collection[tuple[str, str]]]) -> Pool:
        order = _shuffled(self.ids, seed)
        ids = tuple(self.ids[row] for row in order.tolist())
        index = {name: row for row, name in enumerate(ids)}
        if len(index) != len(ids):
            raise ValueError("An id comes twice among the applicants.")
        wishes = self.wishes.build(self._facts(), order)
        columns = {
            name: each.build(at_least=_AT_LEAST.get(name, 1)).only(order)
            for name, each in self.columns.items()
        }
        countries, country = _coded(self.single["country"], order)
        sectors, sector = _coded(self.single["sector"], order)
        stages, stage = _coded(self.single["stage"], order)
        counts = columns["interests"].counts()
        hours = np.frombuffer(b"".join(self.hours), "<u8").reshape(-1, 3).astype(np.uint64)
        return Pool(
            rules=self.rules,
            on=self.on,
            seed=seed,
            ids=ids,
            countries=countries,
            country=country,
            languages=columns["languages"],
            rooms=columns["rooms"],
            interests=columns["interests"],
            interest_counts=counts,
            counted=len(ids),
            interest_points=_points(counts, len(ids), self.rules.interest_rarity),
            goals=columns["goals"],
            sectors=sectors,
            sector=sector,
            stages=stages,
            stage=stage,
            years=np.array(self.years, np.int32)[order],
            hours=hours[order],
            offset=np.array(self.offset, np.int32)[order],
            wishes=wishes,
            met=_with_history(_by_country(columns["met"], countries), bans["history"], index, country),
            priority=np.array(self.priority, np.int32)[order],
            bans=_bans(bans, index),
        )

    def _facts(self) -> Facts:
        return Facts(
            country=np.array(self.single["country"], np.str_),
            sector=np.array(self.single["sector"], np.str_),
            stage=np.array(self.single["stage"], np.str_),
            years=np.array(self.years, np.int32),
            languages=self.columns["languages"].build(),
            interests=self.columns["interests"].build(),
            goals=self.columns["goals"].build(),
        )


_AT_LEAST = {"interests": 2}  # a word that only one person has can be shared with nobody


def _rooms(platforms: tuple[str, ...], bridges: tuple[tuple[str, str], ...]) -> list[str]:
    """Give a person's platforms, and the bridges they can stand on.

    Two people with one in common can share a room.
    """
    on = {each.partition(":")[0] for each in platforms}  # "slack:T012" is one workspace of Slack
    spans = [f"{one}+{other}" for one, other in bridges if one in on or other in on]
    return [*platforms, *spans]


def _shuffled(ids: list[str], seed: int) -> Ints:
    """Give the same shuffle on every machine: by a hash of seed and id."""
    salt = str(seed).encode()
    keys = b"".join(blake2b(name.encode(), digest_size=8, key=salt[:64]).digest() for name in ids)
    hashes = np.frombuffer(keys, "<u8")
    return np.argsort(hashes, kind="stable").astype(np.int32)


def _coded(values: list[str], order: Ints) -> tuple[tuple[str, ...], Ints]:
    """Give distinct non-empty values in alphabetical order, and each person's place among them or -1."""
    names = tuple(sorted(set(values) - {""}))
    place = {name: k for k, name in enumerate(names)}
    return names, np.array([place.get(value, -1) for value in values], np.int32)[order]


def _points(counts: Ints, people: int, rarity: int) -> Ints:
    """Give points of a shared interest.

    `rarity` for each halving of the share, in sixteenths, by whole numbers only.
    """
    sixteenths = [((people**16) // (count**16)).bit_length() - 1 for count in counts.tolist()]
    return np.array([rarity * part // 16 for part in sixteenths], np.int32)


def _by_country(met: Column, countries: tuple[str, ...]) -> Bits:
    """Give former partners' countries as bits over the countries of these people."""
    place = {name: k for k, name in enumerate(countries)}
    bits = np.zeros((len(met.bits), max(1, -(-len(countries) // 64))), np.uint64)
    dense = met.dense()
    for k, name in enumerate(met.names):
        if name in place:
            rows = np.flatnonzero(dense[:, k]).astype(np.int32)
            set_bits(bits, rows, np.full(len(rows), place[name], np.int32))
    return bits


def _with_history(
    met: Bits, history: Collection[tuple[str, str]], index: Mapping[str, int], country: Ints
) -> Bits:
    """Add the countries of those former partners who are among these people."""
    known = [(index[one], index[other]) for one, other in history if one in index and other in index]
    if known:
        one, other = np.array(known, np.int32).T
        set_bits(met, np.concatenate([one, other]), country[np.concatenate([other, one])])
    return met


def _bans(
    bans: Mapping[str, Collection[tuple[str, str]]], index: Mapping[str, int]
) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for rule, pairs in bans.items():
        for one, other in pairs:
            a, b = index.get(one), index.get(other)
            if a is not None and b is not None and a != b:
                found[min(a, b), max(a, b)] = rule
    return dict(sorted(found.items()))
