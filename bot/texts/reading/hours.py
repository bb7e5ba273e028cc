"""Reads at which hours of the week somebody is free, in their local time."""

from __future__ import annotations

import re
from functools import cache

from bot.texts.reading import data
from bot.texts.reading.answers import Read, Understood, unclear
from bot.texts.reading.clauses import Days, Hours, Item, Join, Meaning, Part, free_hours
from bot.texts.reading.clocks import CLOCK, Clock, clock
from bot.texts.reading.folding import Word, cut, words_of
from bot.texts.reading.near import meant
from bot.texts.reading.phrases import Hit, find
from bot.texts.reading.slots import parse_hours, slots_of


_DURATION = re.compile(r"(?<!\w)[1-4]\s?(?:hours?|hrs?|stunden?|horas?|heures?)\b", re.IGNORECASE)
_TIME = "#"
"""Begins the word that stands for a time of the clock: no word people type has it."""


def read_hours(text: str) -> Read:
    """Give a list of slots (see `slots`) for "weekday evenings", "Tue and Thu after 7pm" or "Mo09+2".

    A day alone is free from 8 to 22, a time alone on every day; what is excepted is taken away.
    """
    looked_at = cut(text)
    compact = parse_hours(looked_at)
    if compact:
        return Understood(compact)
    hours, doubtful = _hours(looked_at)
    return unclear(doubtful or looked_at) if doubtful or not hours else Understood(slots_of(hours))


def _hours(text: str) -> tuple[Hours, str]:
    """Give the free hours, and a word that looks like a day but may be two of them."""
    items, doubtful = _items(_DURATION.sub(lambda match: " " * len(match.group()), text))
    if doubtful or _only_numbers(items):
        return frozenset(), doubtful
    return free_hours(items), ""


def _only_numbers(items: list[Item]) -> bool:
    """Tell whether there are but numbers that nothing shows to be times."""
    meanings = [item.meaning for item in items]
    if any(isinstance(meaning, Days | Part) for meaning in meanings):
        return False
    times = [meaning for meaning in meanings if isinstance(meaning, Clock)]
    joins = [meaning for meaning in meanings if isinstance(meaning, Join)]
    placed = any(join.roles & {"after", "before", "between"} for join in joins)
    return len(times) < 2 and not placed and not any(time.exact for time in times)


def _items(text: str) -> tuple[list[Item], str]:
    """Give what the text says in its order: days, parts of days, times, and the words that join them."""
    times = {match: found for match in CLOCK.finditer(text) if (found := clock(match))}
    by_word: dict[str, Meaning] = {f"{_TIME}{match.start()}": found for match, found in times.items()}
    words = [
        word
        for word in words_of(text)
        if not any(match.start() <= word.start < match.end() for match in times)
    ]
    mended = [_mended(word) for word in words]
    doubtful = next(
        (text[word.start : word.end] for word, mend in zip(words, mended, strict=True) if not mend), ""
    )
    spoken = [word for word in mended if word] + [
        Word(f"{_TIME}{match.start()}", match.start(), match.end()) for match in times
    ]
    spoken.sort(key=lambda word: word.start)
    return _in_order(text, spoken, by_word), doubtful


def _in_order(text: str, words: list[Word], times: dict[str, Meaning]) -> list[Item]:
    items: list[Item] = []
    end = 0
    hits: list[Hit[Meaning]] = find(words, lambda phrase: times.get(phrase) or _phrases().get(phrase))
    for hit in hits:
        items.append(Item(hit.value, text[end : words[hit.first].start]))
        end = words[hit.last - 1].end
    return items


def _mended(word: Word) -> Word | None:
    """Put a slip of the pen right; None for a word that may be one of two days."""
    if len(word.folded) < 5 or word.folded in _known_words() or word.folded in data.fillers("hours"):
        return word
    guesses, sure = meant(word.folded, _usual(), _pool(word.folded[0]))
    if sure:
        return Word(guesses[0], word.start, word.end)
    near_a_day = len(word.folded) > 5 and any(isinstance(_phrases()[guess], Days) for guess in guesses[:1])
    return None if near_a_day else word


@cache
def _phrases() -> dict[str, Meaning]:
    words, found = data.words("hours"), dict[str, Meaning]()
    roles = data.keyed(words["words"])
    found |= {phrase: Join(frozenset(values)) for phrase, values in roles.items()}
    days = data.keyed(data.words("calendar")["days"]) | data.keyed(words["days"])
    for phrase, values in days.items():
        found[phrase] = found[phrase + "s"] = Days(frozenset(map(int, values[0].split())))
    for phrase, values in data.keyed(words["clocks"]).items():
        found[phrase] = Clock(int(values[0]), 0, "", plain=True, exact=True)
    for phrase, values in data.keyed(words["times"]).items():
        start, end = map(int, values[0].split())
        found[phrase] = Part((start, end))
    return found


@cache
def _known_words() -> frozenset[str]:
    return frozenset(word for phrase in _phrases() for word in phrase.split())


@cache
def _usual() -> dict[str, list[str]]:
    """Give for each single word the first word of the same meaning: "Montag" and "lundi" are no rivals."""
    first: dict[Meaning, str] = {}
    words = [word for word in _phrases() if len(word) > 4 and " " not in word]
    return {word: [first.setdefault(_phrases()[word], word)] for word in words}


@cache
def _pool(initial: str) -> tuple[str, ...]:
    """Give the words a slip may mean: hardly anybody mistakes the first letter; "banana" is no morning."""
    return tuple(word for word in _usual() if word.startswith(initial))
