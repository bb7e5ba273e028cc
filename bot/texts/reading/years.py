"""Reads for how many whole years somebody has been in the field."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from bot.texts.reading import data
from bot.texts.reading.answers import Read, Understood, unclear
from bot.texts.reading.folding import Word, cut, key, words_of
from bot.texts.reading.phrases import find


MOST = 70
_EARLIEST_YEAR = 1940
_GLUED = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=\d)[.,]\d+|[¼½¾]")
_BELOW_ZERO = re.compile(r"[-−]\d")


def read_years(text: str, today: date | None = None) -> Read:
    """Give the number: "ten years", "5+" and "5-7" (5), "6 months" (0), "just started" (0), "since 2015".

    Without `today` a calendar year is Unclear. Several numbers that are no range are Unclear with each.
    """
    looked_at = cut(text)
    words = words_of(_GLUED.sub(" ", looked_at))
    numbers = _numbers_in(words)
    years = [today.year - number if number >= _EARLIEST_YEAR and today else number for number in numbers]
    if _BELOW_ZERO.match(looked_at):
        return unclear(looked_at)
    if not years:
        return Understood(0) if _none(words) else unclear(looked_at)
    possible = [year for year in dict.fromkeys(years) if 0 <= year <= MOST]
    if len(possible) == 1 == len(set(years)) or (possible and _is_range(words)):
        return Understood(min(possible))
    return unclear(looked_at, [str(year) for year in possible])


def _none(words: list[Word]) -> bool:
    """Tell whether they say that it is not a year yet."""
    if len(words) == 1 and words[0].folded in _phrases("alone"):
        return True
    return bool(find(words, lambda phrase: phrase in _phrases("zero") or None))


def _numbers_in(words: list[Word]) -> list[int]:
    """Give the numbers in years; those of months count as none of a year each twelve."""
    numbers: list[int] = []
    hits = find(words, _number)
    for hit in hits:
        following = words[hit.last].folded if hit.last < len(words) else ""
        numbers.append(hit.value // 12 if following in _phrases("month") else hit.value)
    return numbers


def _number(phrase: str) -> int | None:
    if phrase.isdecimal() and len(phrase) <= 4:
        return int(phrase)
    if " " in phrase and phrase in _phrases("zero"):
        return 0
    return _number_words().get(phrase)


def _is_range(words: list[Word]) -> bool:
    """Tell whether there are but two numbers with a word like "to" or nothing between."""
    content = [word for word in words if word.folded not in _phrases("year") | _phrases("to")]
    hits = find(content, _number)
    return len(hits) == 2 and hits[0].last == hits[1].first and hits[0].value < hits[1].value


@cache
def _number_words() -> dict[str, int]:
    return {phrase: int(values[0]) for phrase, values in data.keyed(data.words("years")["numbers"]).items()}


@cache
def _phrases(name: str) -> frozenset[str]:
    return frozenset(key(phrase) for phrase in data.words("years")[name])
