"""How each kind of question reads its answer: one row for a kind, for words and for taps.

A question with one answer gives its value at once. One with several collects `picks` (texts: codes,
option ids, hours, "about=value") until Done, and turns them into its value then.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias

from bot.answers import WEEKDAYS, listed, spans, wishes_in
from bot.conversations.asked import Asked
from bot.conversations.fields import named_in
from bot.conversations.own_words import own_name_in
from bot.conversations.wishing import read_wishes
from bot.texts import Option, Question
from bot.texts.reading.answers import Read, Unclear, Understood
from bot.texts.reading.choice import read_choice
from bot.texts.reading.choices import read_choices
from bot.texts.reading.country import read_country
from bot.texts.reading.dates import read_date
from bot.texts.reading.folding import key
from bot.texts.reading.hours import read_hours
from bot.texts.reading.languages import read_languages
from bot.texts.reading.line import read_line
from bot.texts.reading.places import zone_names, zones_of
from bot.texts.reading.years import read_years
from bot.texts.reading.yes_no import read_yes_no
from bot.texts.reading.zone import read_zone


Words: TypeAlias = Callable[[Asked, str], Read]
Taps: TypeAlias = Callable[[Asked, str], bool]


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of question is answered."""

    #: Reads words; for a kind with several answers the value is the list of picks.
    words: Words
    #: Tells whether the option of a tap is one.
    takes: Taps = lambda _, __: False
    several: bool = False
    #: Turns picks into the value that is kept, and back.
    value: Callable[[Asked, tuple[str, ...]], object] = lambda _, picks: list(picks)
    picks: Callable[[Asked, object], tuple[str, ...]] = lambda _, value: listed(value)


_COMMA = re.compile(r"[,;\n]")


def reader_of(question: Question) -> Reader:
    """Give the reader of a question; an unknown kind is read as a text."""
    return READERS.get(question.kind, READERS["text"])


def _option(asked: Asked, option: str) -> bool:
    return any(one.id == option for one in asked.question.options)


def _yes_no(asked: Asked, text: str) -> Read:
    named = read_choice(text, asked.options) if asked.options else Unclear(text)
    if isinstance(named, Understood):
        return named
    answer = read_yes_no(text)
    return Understood("yes" if answer.value else "no") if isinstance(answer, Understood) else answer


def _line(asked: Asked, text: str) -> Read:
    return read_line(text, asked.question.most or 80)


def _text(asked: Asked, text: str) -> Read:
    written = text.strip()
    most = asked.question.most or 1000
    return Understood(written) if 0 < len(written) <= most else Unclear(written[:40])


def _country(asked: Asked, text: str) -> Read:
    return read_country(text, (asked.language.partition("-")[0],))


def _zone(asked: Asked, text: str) -> Read:
    return read_zone(text, str(asked.answers.get("country", "")) or None, today=asked.today)


def _languages(asked: Asked, text: str) -> Read:
    return read_languages(text, asked.language.partition("-")[0])


def _choice(asked: Asked, text: str) -> Read:
    return read_choice(text, asked.options)


def _choices(asked: Asked, text: str) -> Read:
    """Read options: what is exactly one of their words counts first, even where it says little ("learn")."""
    exact = _exact(asked.question.options)
    pieces = [piece for piece in _COMMA.split(text) if piece.strip()]
    taken = {piece: exact.get(key(piece)) or _own(asked, piece, exact) for piece in pieces}
    found = [taken[piece] for piece in pieces if taken[piece]]
    rest = ", ".join(piece for piece in pieces if not taken[piece])
    if found and not rest:
        return Understood(list(dict.fromkeys(found)))
    read = read_choices(rest or text, asked.options, own=asked.question.own)
    if isinstance(read, Unclear):
        return Unclear(read.what, read.guesses, (*found, *read.kept))
    named = read.value if isinstance(read.value, list) else []
    return Understood(list(dict.fromkeys((*found, *map(str, named)))))


@lru_cache(maxsize=256)
def _exact(options: tuple[Option, ...]) -> Mapping[str, str]:
    """Give the option of each of its words, as they are compared."""
    return {key(word): one.id for one in options for word in (one.id, one.label, *one.words)}


def _own(asked: Asked, piece: str, exact: Mapping[str, str]) -> str:
    return own_name_in(piece, asked.options, exact) if asked.question.own else ""


def _fields(asked: Asked, text: str) -> Read:
    shareable = [one for one in asked.table if one.shareable]
    read = read_choices(text, {one.id: (one.label,) for one in shareable})
    named = named_in(text, shareable)
    found = read.value if isinstance(read, Understood) and isinstance(read.value, list) else ()
    return Understood(list(named)) if len(named) > len(found) else read


def _hours(asked: Asked, text: str) -> Read:
    read = read_hours(text)
    if isinstance(read, Unclear):
        return read
    slots = [one for one in read.value if isinstance(one, dict)] if isinstance(read.value, list) else []
    return Understood([f"{WEEKDAYS[int(one['day'])]}{int(one['start']):02}+{one['length']}" for one in slots])


def _hours_kept(asked: Asked, picks: tuple[str, ...]) -> list[str]:
    words = {option.id: option.words for option in asked.question.options}
    found = [hour for pick in picks for hour in words.get(pick, (pick,))]
    return list(dict.fromkeys(hour for hour in found if spans((hour,))))


def _hours_picked(asked: Asked, value: object) -> tuple[str, ...]:
    hours = listed(value)
    whole = [option for option in asked.question.options if set(option.words) <= set(hours)]
    covered = {hour for option in whole for hour in option.words}
    return (*(option.id for option in whole), *(hour for hour in hours if hour not in covered))


def _wishes_kept(_: Asked, picks: tuple[str, ...]) -> list[dict[str, str]]:
    parted = (pick.partition("=") for pick in picks if "=" in pick)
    return [{"about": about, "value": value} for about, _, value in parted]


def _wishes_picked(_: Asked, value: object) -> tuple[str, ...]:
    return tuple(f"{about}={of}" for about, of in wishes_in(value))


def _is_country(_: Asked, option: str) -> bool:
    return bool(zones_of(option))


def _is_zone(_: Asked, option: str) -> bool:
    return option in _zones()


def _zones() -> frozenset[str]:
    return frozenset(zone_names().values())


def _is_field(asked: Asked, option: str) -> bool:
    return any(one.id == option and one.shareable for one in asked.table)


def _is_pick(asked: Asked, option: str) -> bool:
    return _option(asked, option) or (2 <= len(option) <= 3 and option.isalpha() and option.islower())


def _is_hour(asked: Asked, option: str) -> bool:
    return _option(asked, option) or bool(spans((option,)))


def _is_wish(asked: Asked, option: str) -> bool:
    return _option(asked, option) or "=" in option


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "consent": Reader(_yes_no, _option),
        "yes-no": Reader(_yes_no, _option),
        "line": Reader(_line),
        "text": Reader(_text),
        "country": Reader(_country, _is_country),
        "zone": Reader(_zone, _is_zone),
        "choice": Reader(_choice, _option),
        "years": Reader(lambda asked, text: read_years(text, asked.today)),
        "date": Reader(lambda asked, text: read_date(text, asked.today)),
        "languages": Reader(_languages, _is_pick, several=True),
        "choices": Reader(_choices, _option, several=True),
        "fields": Reader(_fields, _is_field, several=True),
        "hours": Reader(_hours, _is_hour, several=True, value=_hours_kept, picks=_hours_picked),
        "wish": Reader(read_wishes, _is_wish, several=True, value=_wishes_kept, picks=_wishes_picked),
    }
)
