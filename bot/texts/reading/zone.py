"""Reads in which time zone somebody lives, as an IANA name: from a town, a zone, a clock, an offset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from bot.texts.reading import cities, data
from bot.texts.reading.answers import Read, Understood, unclear
from bot.texts.reading.country import find_countries
from bot.texts.reading.folding import Word, cut, key, said, words_of
from bot.texts.reading.near import meant
from bot.texts.reading.phrases import Hit, find, joined, rest
from bot.texts.reading.places import clock_names, countries, main_zone, shows, unlike, zone_names, zones_of


_OFFSET = re.compile(
    r"(?:\b(?:utc|gmt)\s*(?:time)?|(?P<bare>^))\s*(?:(?P<sign>[+\-−–])\s*(?P<hours>\d{1,2})(?:[:.]?(?P<minutes>\d{2}))?)?(?![\w])",
    re.IGNORECASE,
)


def read_zone(text: str, country: str | None, *, today: date | None = None) -> Read:
    """Give the IANA zone the text names; the country (ISO 3166 alpha-2) says which of several towns is meant.

    "UTC+3" is taken when the country has one such clock: on the day given, or else at any time of the year.
    """
    return _read(cut(text), country if country and zones_of(country) else None, today)


def _read(text: str, country: str | None, today: date | None) -> Read:
    words = words_of(text)
    if not words:
        return unclear(text, _choices(country))
    by_name = {hit.value for hit in find(words, zone_names().get)}
    if by_name:
        return _settled(text, sorted(by_name))
    return (
        _by_offset(text, country, today) or _by_clock(text, words, country) or _by_place(text, words, country)
    )


def _settled(what: str, zones: Sequence[str]) -> Read:
    return Understood(zones[0]) if len(zones) == 1 else unclear(what, list(zones))


def _choices(country: str | None) -> list[str]:
    return unlike(zones_of(country)) if country else []


def _by_offset(text: str, country: str | None, today: date | None) -> Read | None:
    found = _OFFSET.search(text)
    if not found or (found["bare"] is not None and not found["sign"]):
        return None
    minutes = int(found["hours"] or 0) * 60 + int(found["minutes"] or 0)
    east = minutes if found["sign"] == "+" else -minutes
    if country:
        zones = unlike(zone for zone in zones_of(country) if shows(zone, east, today))
        return (
            _settled(found.group().strip(), zones or _choices(country))
            if zones
            else unclear(text, _choices(country))
        )
    mains = (zone for place in _by_size() if (zone := main_zone(place)))
    return unclear(found.group().strip(), [zone for zone in mains if shows(zone, east, today)])


@cache
def _by_size() -> tuple[str, ...]:
    """Give the countries, those with the largest towns first."""
    return tuple(dict.fromkeys((*cities.countries_by_size(), *countries())))


def _by_clock(text: str, words: list[Word], country: str | None) -> Read | None:
    hits = find(words, _clocks().get)
    content = [word for word in rest(words, hits) if word.folded not in data.fillers("zone")]
    if not hits or content:
        return None
    name = hits[0].value
    what = said(text, words[hits[0].first : hits[0].last])
    offered = data.words("zone")["clocks"][name]
    if not country:
        return _settled(what, offered)
    own = [zone for zone in zones_of(country) if name in clock_names(zone) or zone in offered]
    return _settled(what, unlike(own)) if own else unclear(what, [*_choices(country), *offered])


@cache
def _clocks() -> dict[str, str]:
    words = data.words("zone")
    in_words = {name: values[0] for name, values in data.keyed(words["clock_words"]).items()}
    return in_words | {key(name): name for name in words["clocks"]}


def _by_place(text: str, words: list[Word], country: str | None) -> Read:
    named = [hit for hit in find_countries(words) if not _is_inside(words, hit, country)]
    codes = list(dict.fromkeys(code for hit in named for code in hit.value))
    within = codes[0] if len(codes) == 1 else country
    others = rest(words, named)
    zones = _zones_named(others, within)
    if within and not zones and not _content(others):
        return _in(text, unlike(zones_of(within)), country, within)
    zones = zones or _zones_named(words, within)
    if zones:
        return _in(text, zones, country, within)
    return _elsewhere_or_slip(text, words, within)


def _is_inside(words: list[Word], hit: Hit[tuple[str, ...]], country: str | None) -> bool:
    """Tell whether a country's name is here that of a town: "Salvador" in Brazil, Mexico in "Mexico City"."""
    within = country or hit.value[0]
    begin = max(0, hit.first - 3)
    first, last = hit.first - begin, hit.last - begin
    towns = find(words[begin : hit.last + 2], lambda phrase: _zones_at(phrase, within, alone=phrase))
    around = [town for town in towns if town.first <= first and last <= town.last]
    same = any((town.first, town.last) == (first, last) for town in around)
    return bool(around) and not (same and hit.value == (within,))


def _in(text: str, zones: list[str], country: str | None, within: str | None) -> Read:
    """Settle on zones, but ask when the text names another country than the person did."""
    if country and within != country:
        return unclear(text, zones)
    return _settled(text, zones)


def _content(words: Iterable[Word]) -> list[Word]:
    return [word for word in words if word.folded not in data.fillers("zone")]


def _zones_named(words: list[Word], country: str | None) -> list[str]:
    """Give the zones in which all the towns and regions named may lie."""
    alone = joined(_content(words) or words)
    hits = find(words, lambda phrase: _zones_at(phrase, country, alone))
    if not hits:
        return []
    common = [zone for zone in hits[0].value if all(zone in hit.value for hit in hits)]
    found = common or list(dict.fromkeys(zone for hit in hits for zone in hit.value))
    return unlike(found) if country else found


def _zones_at(phrase: str, country: str | None, alone: str) -> tuple[str, ...] | None:
    if phrase != alone and (phrase in _common() or phrase in data.fillers("zone") or len(phrase) < 2):
        return None
    ours = _towns().get((phrase, country)) or _regions(country).get(phrase)
    if ours:
        return ours
    towns = cities.called(phrase, country)
    return tuple(dict.fromkeys(town.zone for town in towns)) or None


def _elsewhere_or_slip(text: str, words: list[Word], country: str | None) -> Read:
    content = _content(words) or words
    what = said(text, content)
    elsewhere = _zones_named(words, None) if country else []
    if elsewhere:
        return unclear(what, elsewhere)
    zones, sure = _slip(joined(content), country) if len(content) < 8 else ([], False)
    if sure:
        return _settled(text, unlike(zones[:1]))
    return unclear(what, [*zones, *_choices(country)])


def _slip(phrase: str, country: str | None) -> tuple[list[str], bool]:
    pool = cities.names_in(country)
    return meant(phrase, cities.ZonesOf(country), pool)


@cache
def _common() -> frozenset[str]:
    return frozenset(data.words("zone")["common"].split())


@cache
def _regions(country: str | None) -> dict[str, tuple[str, ...]]:
    """Give `folded region -> zones` of a country; without one, of all, but for names of two letters."""
    regions = data.words("zone")["regions"]
    if country:
        return {name: tuple(zones[0].split()) for name, zones in data.keyed(regions.get(country, {})).items()}
    return {
        name: tuple(zone for group in zones for zone in group.split())
        for place in regions
        for name, zones in data.keyed(regions[place]).items()
        if len(name) > 3
    }


@cache
def _towns() -> dict[tuple[str, str | None], tuple[str, ...]]:
    found: dict[tuple[str, str | None], tuple[str, ...]] = {}
    for place, names in data.words("zone")["towns"].items():
        country, zone = place.split()
        for name in names:
            found[key(name), country] = (zone,)
            found[key(name), None] = (*found.get((key(name), None), ()), zone)
    return found
