"""What is known of a country's place on earth: its continent and its time zones (zones.tsv)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from bot.texts.reading import data
from bot.texts.reading.folding import key


# Beyond the tables of the zone database only a zone's standing rule counts, summer time or none.
_SEASONS = (datetime(2037, 1, 15, 12, tzinfo=UTC), datetime(2037, 7, 15, 12, tzinfo=UTC))


def zones_of(country: str) -> tuple[str, ...]:
    """Give the IANA zones of a country (ISO 3166 alpha-2), that of most people first; () if it is none."""
    return _places().get(country, ("", ()))[1]


def main_zone(country: str) -> str | None:
    """Give the zone in which most people of the country live."""
    return next(iter(zones_of(country)), None)


def continent_of(country: str) -> str | None:
    """Give AF, AN, AS, EU, NA, OC or SA, as GeoNames has it (Russia EU, Turkey AS, Mexico NA, Cyprus EU)."""
    return _places().get(country, (None, ()))[0]


def countries() -> tuple[str, ...]:
    """Give the codes of all countries, in alphabetical order."""
    return tuple(_places())


@cache
def _places() -> dict[str, tuple[str, tuple[str, ...]]]:
    return {country: (continent, tuple(zones.split())) for country, continent, zones in data.rows("zones")}


def unlike(zones: Iterable[str]) -> list[str]:
    """Give the first of the zones whose clocks always agree, for each such group."""
    first: dict[tuple[int, ...], str] = {}
    for zone in zones:
        first.setdefault(offsets(zone), zone)
    return list(first.values())


@cache
def offsets(zone: str) -> tuple[int, ...]:
    """Give the minutes east of UTC in January and in July by the zone's standing rule."""
    return tuple(_minutes(zone, moment) for moment in _SEASONS)


@cache
def clock_names(zone: str) -> frozenset[str]:
    """Give what the zone's clock is called over the year ("EST", "EDT")."""
    return frozenset(moment.astimezone(ZoneInfo(zone)).tzname() or "" for moment in _SEASONS)


def shows(zone: str, minutes: int, today: date | None) -> bool:
    """Tell whether the zone is so many minutes east of UTC at noon of that day, or without one: ever."""
    if today is None:
        return minutes in offsets(zone)
    return _minutes(zone, datetime(today.year, today.month, today.day, 12, tzinfo=UTC)) == minutes


def _minutes(zone: str, moment: datetime) -> int:
    return int((moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()).total_seconds()) // 60


@cache
def zone_names() -> dict[str, str]:
    """Give `folded name -> zone` for every name of the zone database with an area, old ones included."""
    current = {zone for _, zones in _places().values() for zone in zones}
    names = {key(zone.replace("_", " ")): zone for zone in current}
    text = resources.files("tzdata").joinpath("zoneinfo/tzdata.zi").read_text(encoding="utf-8")
    for line in text.splitlines():
        kind, *cells = line.split()
        if kind == "L" and "/" in cells[1] and cells[0] in current:
            names.setdefault(key(cells[1].replace("_", " ")), cells[0])
    return names
