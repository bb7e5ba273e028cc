"""Which clock somebody lives by."""

from datetime import date
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.texts.reading import Unclear, Understood, continent_of, main_zone, read_zone, zones_of
from bot.texts.reading.places import countries, shows


AMERICAN = ("America/New_York", "America/Chicago", "America/Los_Angeles", "America/Denver", "America/Phoenix")

# fmt: off
READ = [
    # towns, in any spelling; the country says which
    ("Melbourne", "AU", "Australia/Melbourne"), ("Melbourne", "US", "America/New_York"),
    ("Melbourne, Australia", None, "Australia/Melbourne"), ("Lima, Peru", None, "America/Lima"),
    ("München", None, "Europe/Berlin"), ("Munchen", "DE", "Europe/Berlin"), ("Москва", "RU", "Europe/Moscow"),
    ("東京", "JP", "Asia/Tokyo"), ("東京に住んでいます", "JP", "Asia/Tokyo"),
    ("القاهرة", "EG", "Africa/Cairo"),
    ("I live near Lyon", "FR", "Europe/Paris"), ("Xi'an", "CN", "Asia/Shanghai"),
    ("NYC", "US", "America/New_York"),
    ("LA", "US", "America/Los_Angeles"), ("Reading", "GB", "Europe/London"),
    ("Same time as Berlin", "DE", "Europe/Berlin"),
    # a town and its region, a region, a country that is a region elsewhere
    ("Springfield, Illinois", "US", "America/Chicago"), ("Paris, Texas", "US", "America/Chicago"),
    ("Atlanta, Georgia", "US", "America/New_York"), ("Tbilisi, Georgia", None, "Asia/Tbilisi"),
    ("Salvador", "BR", "America/Bahia"), ("California", "US", "America/Los_Angeles"),
    ("Bali", "ID", "Asia/Makassar"),
    ("Tenerife", "ES", "Atlantic/Canary"), ("Victoria", "AU", "Australia/Melbourne"),
    ("Ciudad de México", "MX", "America/Mexico_City"), ("Mexico City", None, "America/Mexico_City"),
    ("Hanoi", "VN", "Asia/Ho_Chi_Minh"),
    # countries of one clock
    ("Kenya", None, "Africa/Nairobi"), ("Kenya", "KE", "Africa/Nairobi"), ("Germany", "DE", "Europe/Berlin"),
    # slips
    ("Nairobbi", "KE", "Africa/Nairobi"), ("sao paolo", "BR", "America/Sao_Paulo"),
    ("Philadelpia", "US", "America/New_York"),
    ("Nairobbi", None, "Africa/Nairobi"),
    # zones by name
    ("Europe/Berlin", None, "Europe/Berlin"), ("europe/berlin", "DE", "Europe/Berlin"),
    ("America/New York", "US", "America/New_York"), ("Asia/Calcutta", "IN", "Asia/Kolkata"),
    ("US/Eastern", "US", "America/New_York"),
    # clocks by name and by offset
    ("EST", "US", "America/New_York"), ("CET", "DE", "Europe/Berlin"), ("IST", "IN", "Asia/Kolkata"),
    ("eastern time", "US", "America/New_York"), ("JST", None, "Asia/Tokyo"), ("PST", "PH", "Asia/Manila"),
    ("UTC+3", "KE", "Africa/Nairobi"), ("GMT-5", "PE", "America/Lima"), ("+5:30", "IN", "Asia/Kolkata"),
    ("GMT", "GH", "Africa/Accra"), ("UTC-3", "AR", "America/Argentina/Buenos_Aires"),
]

ASKED_AGAIN = [
    ("Melbourne", None, "Melbourne", ("Australia/Melbourne", "America/New_York"), "two countries have one"),
    ("London", None, "London", ("Europe/London", "America/Toronto"), "two countries have one"),
    ("Portland", "US", "Portland", ("America/Los_Angeles", "America/New_York", "America/Chicago"),
     "three coasts"),
    ("Lima, Peru", "ES", "Lima, Peru", ("America/Lima",), "the person said Spain before"),
    ("Nairobi", "DE", "Nairobi", ("Africa/Nairobi",), "the person said Germany before"),
    ("Peru", "KE", "Peru", ("America/Lima",), "the person said Kenya before"),
    ("USA", "US", "USA", AMERICAN, "several clocks"),
    ("Florida", "US", "Florida", ("America/New_York", "America/Chicago"), "two clocks"),
    ("GMT-5", "US", "GMT-5", ("America/New_York", "America/Chicago"), "one in summer, one in winter"),
    ("UTC+9", "KE", "UTC+9", ("Africa/Nairobi",), "no clock of that country"),
    ("JST", "KE", "JST", ("Africa/Nairobi", "Asia/Tokyo"), "no clock of that country"),
    ("CET", None, "CET", ("Europe/Berlin", "Europe/Paris", "Europe/Rome", "Europe/Madrid", "Europe/Warsaw"),
     "many"),
    ("Europe/Berlin or Asia/Tokyo", None, "Europe/Berlin or Asia/Tokyo", ("Asia/Tokyo", "Europe/Berlin"),
     "two"),
    ("asdfghjk", "KE", "asdfghjk", ("Africa/Nairobi",), "nonsense"),
    ("asdfghjk", None, "asdfghjk", (), "nonsense"),
    ("", "US", "", AMERICAN, "nothing said"),
    ("a wood that no town of any size is near and nobody ever found", None,
     "wood that no town of any size is near and nobody ever found", (), "talk"),
]
# fmt: on


@pytest.mark.parametrize(("said", "country", "zone"), READ)
def test_a_zone_is_read(said: str, country: str | None, zone: str) -> None:
    assert read_zone(said, country) == Understood(zone)


@pytest.mark.parametrize(("said", "country", "what", "guesses", "why"), ASKED_AGAIN)
def test_an_unclear_zone_is_asked_again(
    said: str, country: str | None, what: str, guesses: tuple[str, ...], why: str
) -> None:
    assert read_zone(said, country) == Unclear(what, guesses), why


def test_an_offset_without_a_country_offers_the_largest_places() -> None:
    read = read_zone("UTC+3", None)

    assert isinstance(read, Unclear)
    assert len(read.guesses) == 5
    assert all(shows(zone, 180, None) for zone in read.guesses)


def test_an_offset_is_sure_on_a_given_day() -> None:
    assert read_zone("UTC-5", "US", today=date(2026, 12, 1)) == Understood("America/New_York")
    assert read_zone("UTC-5", "US", today=date(2026, 7, 1)) == Understood("America/Chicago")


def test_every_country_has_zones_that_the_database_knows() -> None:
    known = available_timezones()

    assert all(set(zones_of(country)) <= known for country in countries())
    assert all(ZoneInfo(main_zone(country) or "") for country in countries() if zones_of(country))


def test_the_main_zone_is_where_most_people_live() -> None:
    mains = {country: main_zone(country) for country in ("US", "AU", "BR", "CA", "CN", "RU", "ES", "PT")}

    assert mains == {
        "US": "America/New_York",
        "AU": "Australia/Sydney",
        "BR": "America/Sao_Paulo",
        "CA": "America/Toronto",
        "CN": "Asia/Shanghai",
        "RU": "Europe/Moscow",
        "ES": "Europe/Madrid",
        "PT": "Europe/Lisbon",
    }


def test_what_is_no_country_has_no_zone_and_no_continent() -> None:
    assert zones_of("ZZ") == ()
    assert main_zone("ZZ") is None
    assert continent_of("ZZ") is None
    assert read_zone("Berlin, Germany", "ZZ") == Understood("Europe/Berlin")


@pytest.mark.parametrize(
    ("country", "continent"),
    [("KE", "AF"), ("BR", "SA"), ("MX", "NA"), ("JP", "AS"), ("FJ", "OC"), ("RU", "EU")],
)
def test_a_country_lies_on_a_continent(country: str, continent: str) -> None:
    assert continent_of(country) == continent
