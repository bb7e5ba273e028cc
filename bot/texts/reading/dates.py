"""Reads a day, such as until when somebody is away, as an ISO date; the caller says which day is today."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from bot.texts.reading import data
from bot.texts.reading.answers import Read, Understood, unclear
from bot.texts.reading.folding import Word, cut, words_of
from bot.texts.reading.phrases import Hit, find


_ISO = re.compile(r"(?<!\d)(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})(?!\d)", re.ASCII)
_NUMERIC = re.compile(
    r"(?<![\d.:])(\d{1,2})\s?([./-])\s?(\d{1,2})(?:\s?\2\s?(\d{4}|\d{2})|\.)?(?![\d:])", re.ASCII
)
_EASTERN = re.compile(r"(?<!\d)(\d{1,2})[月월]\s?(\d{1,2})[日일]?")
_ENDING = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|º|ª|°|\.)(?=\W|$)", re.IGNORECASE)
_FARTHEST = 5 * 366


def read_date(text: str, today: date) -> Read:
    """Give `2026-12-01`: written so, "3 March", "next Friday", "in two weeks", "until Monday", "end of May".

    A day without a year is the next such day, today included; a weekday is the next after today. "01/02/2027"
    is Unclear with both readings, while "13/02/2027" and "1.2.2027" (dots: day first) are sure.
    """
    looked_at = cut(text)
    days = _days(looked_at, today)
    if len(days) == 1:
        return Understood(days[0].isoformat())
    return unclear(looked_at, [day.isoformat() for day in days])


def _days(text: str, today: date) -> tuple[date, ...]:
    """Give the days the text may mean: one if it is sure."""
    numeric = _by_numbers(text, today)
    if numeric is not None:
        return tuple(dict.fromkeys(day for day in numeric if day))
    words = words_of(_ENDING.sub(" ", text))
    found = _by_month(words, today) or _by_span(words, today) or _by_weekday(words, today)
    return tuple(dict.fromkeys(found))


def _by_numbers(text: str, today: date) -> list[date | None] | None:
    """Read a date of numbers alone; None where there is none."""
    iso = _ISO.search(text)
    if iso:
        return [_date(int(iso[1]), int(iso[2]), int(iso[3]))]
    eastern = _EASTERN.search(text)
    if eastern:
        return [_coming(int(eastern[1]), int(eastern[2]), None, today)]
    found = _NUMERIC.search(text)
    if not found or (found[2] == "-" and not found[4]):
        return None
    first, second, year = int(found[1]), int(found[3]), _year(found[4])
    day_first = _coming(second, first, year, today)
    return [day_first] if found[2] == "." else [day_first, _coming(first, second, year, today)]


def _year(written: str | None) -> int | None:
    return None if not written else int(written) + 2000 * (len(written) == 2)


def _by_month(words: list[Word], today: date) -> list[date]:
    """Read "3 March", "March 3rd 2027", "end of March"."""
    months = find(words, lambda phrase: _numbered("calendar", "months").get(phrase))
    if not months:
        return []
    month = months[0]
    numbers = [int(word.folded) for word in words if word.folded.isdecimal() and len(word.folded) <= 4]
    year = next((number for number in numbers if number > 1900), None)
    days = [number for number in numbers if 1 <= number <= 31]
    if not days:
        return [_last_day(month.value, year, today)] if _has("end", words[: month.first]) else []
    paired = zip(days, [hit.value for hit in months] + [months[-1].value] * len(days), strict=False)
    return [day for number, of in paired if (day := _coming(of, number, year, today))]


def _by_span(words: list[Word], today: date) -> list[date]:
    """Read "tomorrow", "in two weeks", "for 10 days", "end of the month"."""
    if _has("end", words):
        named = [months for name, months in (("next_month", 1), ("this_month", 0)) if _has(name, words)]
        if named:
            later = _months_later(today.replace(day=1), named[0])
            return [_last_day(later.month, later.year, today)]
        if _has("this_year", words):
            return [date(today.year, 12, 31)]
    if _has("next_month", words):
        return [_months_later(today, 1)]
    counted = list(_counted(words, today))
    named_days = find(words, lambda phrase: _numbered("dates", "days").get(phrase))
    return counted[:1] or [today + timedelta(days=hit.value) for hit in named_days[:1]]


def _counted(words: list[Word], today: date) -> Iterator[date]:
    """Give the day after a number of days, weeks or months."""
    for first, word in enumerate(words[:-1]):
        for unit in _units(words[first + 1 :][:2]):
            number = (
                int(word.folded)
                if word.folded.isdecimal()
                else _numbered("dates", "numbers").get(word.folded, 0)
            )
            days, months = unit
            if 0 < number * (days + months * 31) <= _FARTHEST:
                yield _months_later(today, number * months) + timedelta(days=number * days)


def _units(words: list[Word]) -> Iterator[tuple[int, int]]:
    for word in words:
        days, months = (
            _numbered("dates", "units").get(word.folded),
            _numbered("dates", "months").get(word.folded),
        )
        if days or months:
            yield days or 0, months or 0


def _by_weekday(words: list[Word], today: date) -> list[date]:
    hits: list[Hit[int]] = find(words, lambda phrase: _numbered("calendar", "days").get(phrase))
    return [today + timedelta(days=(hit.value - today.weekday() - 1) % 7 + 1) for hit in hits]


def _has(name: str, words: list[Word]) -> bool:
    return bool(find(words, lambda phrase: phrase in _phrases()[name] or None))


def _coming(month: int, day: int, year: int | None, today: date) -> date | None:
    """Give the day in that year, or without one the next such day."""
    if year:
        return _date(year, month, day)
    # Up to eight years lie between two 29ths of February.
    days = (_date(today.year + ahead, month, day) for ahead in range(9))
    return next((found for found in days if found and found >= today), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last_day(month: int, year: int | None, today: date) -> date:
    chosen = year or today.year + (month < today.month)
    return date(chosen, month, calendar.monthrange(chosen, month)[1])


def _months_later(day: date, months: int) -> date:
    """Give the same day of a later month, or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@cache
def _numbered(file: str, table: str) -> dict[str, int]:
    return {phrase: int(values[0]) for phrase, values in data.keyed(data.words(file)[table]).items()}


@cache
def _phrases() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(data.keyed({name: group})) for name, group in data.words("dates")["phrases"].items()
    }
