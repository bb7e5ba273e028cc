"""The world's towns of 15,000 people and more, by any of their names (GeoNames, CC BY 4.0)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bot.texts.reading import data
from bot.texts.reading.folding import key
from bot.texts.reading.places import offsets, zones_of


@dataclass(frozen=True, slots=True)
class City:
    """A town; `rank` 0 is the world's largest."""

    name: str
    country: str
    zone: str
    rank: int


@dataclass(frozen=True, slots=True)
class _Atlas:
    cities: tuple[City, ...]
    first_names: dict[str, tuple[int, ...]]
    other_names: dict[str, tuple[int, ...]]


def named(phrase: str, country: str | None = None) -> list[City]:
    """Give the towns of this folded name, largest first; those it is the usual name of outrank the others."""
    atlas = _atlas()
    usual = _within(atlas.first_names.get(phrase, ()), country)
    return usual + [city for city in _within(atlas.other_names.get(phrase, ()), country) if city not in usual]


def called(phrase: str, country: str | None = None) -> list[City]:
    """Give the towns whose usual name this is, or if there are none, those that have it as another name."""
    atlas = _atlas()
    return _within(atlas.first_names.get(phrase, ()), country) or _within(
        atlas.other_names.get(phrase, ()), country
    )


def countries_by_size() -> list[str]:
    """Give the countries by their largest town, largest first."""
    return list(dict.fromkeys(city.country for city in _atlas().cities))


@dataclass(frozen=True, slots=True)
class ZonesOf:
    """The zones of the towns of a name, looked up as in a mapping."""

    country: str | None

    def __getitem__(self, name: str) -> list[str]:
        """Give the zones of the country's towns of this name, or without a country those of all."""
        return [city.zone for city in called(name, self.country)]


def _within(ranks: Iterable[int], country: str | None) -> list[City]:
    cities = _atlas().cities
    return [cities[rank] for rank in ranks if country in (None, cities[rank].country)]


@cache
def names_in(country: str | None) -> tuple[str, ...]:
    """Give the folded names of a country's towns, or of the world's 3,000 largest: the pool for slips."""
    atlas = _atlas()
    return tuple(
        name
        for name, ranks in atlas.first_names.items()
        if any(atlas.cities[rank].country == country if country else rank < 3000 for rank in ranks)
    )


@cache
def _own(zone: str, country: str) -> str:
    """Give the country's own zone of the same clock: GeoNames has Hanoi in Asia/Bangkok."""
    own = zones_of(country)
    if zone in own:
        return zone
    return next((other for other in own if offsets(other) == offsets(zone)), zone)


@cache
def _atlas() -> _Atlas:
    cities: list[City] = []
    first: dict[str, tuple[int, ...]] = {}
    other: dict[str, tuple[int, ...]] = {}
    for rank, (name, country, zone, _, others) in enumerate(data.rows("cities")):
        cities.append(City(name, country, _own(zone, country), rank))
        folded = key(name)
        alone = (rank,)
        first[folded] = first[folded] + alone if folded in first else alone
        for another in others.split("|") if others else ():
            other[another] = other[another] + alone if another in other else alone
    return _Atlas(tuple(cities), first, other)
