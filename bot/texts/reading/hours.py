"""Reads at which hours of the week somebody is free, in their local time."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bot.texts.reading import data
from bot.texts.reading.answers import Read, Understood, unclear
from bot.texts.reading.clauses import Days, Hours, Item, Join, Meaning, Part, free_hours
from bot.texts.reading.clocks import CLOCK, Clock, clock
from bot.texts.reading.folding import Word, cut, words_of
from bot.texts.reading.near import meant
from bot.texts.reading.phrases import find
from bot.texts.reading.slots import parse_hours, slots_of


_DURATION = re.compile(r"(?<!\w)[1-4]\s?(?:hours?|hrs?|stunden?|horas?|heures?)\b", re.IGNORECASE)
_TIME = "#"
"""Begins the word that stands for a time of the clock: no word people type has it."""


def read_hours(text: str) -> Read:
    """Give a list of slots (see `slots`) for "weekday evenings", "Tue and Thu after 7pm" or "Mo09+2".

    A day alone is free from 8 to 22, a time alone on every day; what is excepted is taken away.
    """
    looked_at = cut(text)
    slots = parse_hours(looked_at) or slots_of(_hours(looked_at))
    return Understood(slots) if slots else unclear(looked_at)


@lru_cache(maxsize=4096)
def _hours(text: str) -> Hours:
    items = _items(_DURATION.sub(lambda match: " " * len(match.group()), text))
    if all(isinstance(item.meaning, Clock | Join) for item in items) and _only_numbers(items):
        return frozenset()
    return free_hours(items)


def _only_numbers(items: list[Item]) -> bool:
    """Tell whether there are but numbers that nothing shows to be times."""
    joins = any(
        item.meaning.roles & {"after", "before", "between"}
        for item in items
        if isinstance(item.meaning, Join)
    )
    times = [item.meaning for item in items if isinstance(item.meaning, Clock)]
    return not joins and len(times) < 2 and not any(time.half or time.exact for time in times)


def _items(text: str) -> list[Item]:
    """Give what the text says in its order: days, parts of days, times, and the words that join them."""
    times = {match: found for match in CLOCK.finditer(text) if (found := clock(match))}
    by_word = {f"{_TIME}{match.start()}": found for match, found in times.items()}
    words = [
        word
        for word in words_of(text)
        if not any(match.start() <= word.start < match.end() for match in times)
    ]
    words = [_mended(word) for word in words]
    words += [Word(f"{_TIME}{match.start()}", match.start(), match.end()) for match in times]
    words.sort(key=lambda word: word.start)
    items: list[Item] = []
    end = 0
    for hit in find(words, lambda phrase: by_word.get(phrase) or _phrases().get(phrase)):
        items.append(Item(hit.value, text[end : words[hit.first].start]))
        end = words[hit.last - 1].end
    return items


def _mended(word: Word) -> Word:
    """Put a word with a slip of the pen right, if it is sure which was meant."""
    if len(word.folded) < 5 or word.folded in _known_words() or word.folded in data.fillers("hours"):
        return word
    mended, sure = meant(word.folded, _itself(), _pool())
    return Word(mended[0], word.start, word.end) if sure else word


@cache
def _phrases() -> dict[str, Meaning]:
    words, found = data.words("hours"), dict[str, Meaning]()
    roles = data.keyed(words["words"])
    found |= {phrase: Join(frozenset(values)) for phrase, values in roles.items()}
    days = data.keyed(data.words("calendar")["days"]) | data.keyed(words["days"])
    for phrase, values in days.items():
        found[phrase] = found[phrase + "s"] = Days(frozenset(map(int, values[0].split())))
    for phrase, values in data.keyed(words["times"]).items():
        start, end = map(int, values[0].split())
        found[phrase] = Part((start, end))
    return found


@cache
def _known_words() -> frozenset[str]:
    return frozenset(word for phrase in _phrases() for word in phrase.split())


@cache
def _pool() -> tuple[str, ...]:
    return tuple(word for word in _known_words() if len(word) > 4)


@cache
def _itself() -> dict[str, list[str]]:
    return {word: [word] for word in _pool()}
