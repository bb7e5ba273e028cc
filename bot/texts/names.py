"""Names of countries, languages, days and hours in a person's language, from the Unicode CLDR.

Everything is kept once it was looked up: a decision may ask for the same names a thousand times a second.
"""

from datetime import date, datetime
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date


@lru_cache(maxsize=4096)
def country_name(code: str, language: str = "en") -> str:
    """Give the country's name; a code that is none stands for itself."""
    return _locale(language).territories.get(code) or _locale("en").territories.get(code) or code


@lru_cache(maxsize=4096)
def language_name(code: str, language: str = "en") -> str:
    """Give the language's name as one writes it in a list; a code that is none stands for itself."""
    own = _locale(language).languages
    base, _, territory = code.partition("-")
    return own.get(f"{base}_{territory.upper()}") or own.get(base) or code


@lru_cache(maxsize=256)
def own_name(code: str) -> str:
    """Give the language's name in the language itself, with a capital letter."""
    name = language_name(code, code)
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=1024)
def weekday_name(weekday: int, language: str = "en") -> str:
    """Give the short name of a weekday, 0 is Monday ("Mon")."""
    return str(_locale(language).days["stand-alone"]["abbreviated"][weekday])


@lru_cache(maxsize=4096)
def day_name(day: date, language: str = "en") -> str:
    """Give a day with its weekday and month ("Tue 3 Mar")."""
    month = _locale(language).months["format"]["abbreviated"][day.month]
    return f"{weekday_name(day.weekday(), language)} {day.day} {month}"


@lru_cache(maxsize=4096)
def full_date(day: date, language: str = "en") -> str:
    """Give a date as it is written out in the language ("3 March 2027")."""
    locale = _locale(language)
    return format_date(day, "d MMMM y" if locale.language == "en" else "long", locale=locale)


def clock(there: datetime, language: str = "en") -> str:
    """Give the weekday and hour of a moment that is in its reader's zone already ("Tue 18:05")."""
    return f"{weekday_name(there.weekday(), language)} {there:%H:%M}"


def city_of(zone: str) -> str:
    """Give the place a zone is named after ("Sao Paulo" for America/Sao_Paulo)."""
    return zone.rpartition("/")[2].replace("_", " ")


@lru_cache(maxsize=256)
def _locale(language: str) -> Locale:
    """Give the locale of a language, English for one that nobody knows."""
    try:
        return Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
