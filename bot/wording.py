"""Answers in words: what an answer says in a person's language, for summaries and for partners."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TypeAlias

from bot.answers import OWN, Span, listed, merged, spans, told, wishes_in
from bot.markup import plain
from bot.model import Answers, Person
from bot.texts import Program, Question
from bot.texts.names import city_of, clock, country_name, language_name, weekday_name
from bot.timetable import zone_of


Worder: TypeAlias = Callable[[Question, object, str, Program], str]


def in_words(question: Question, value: object, language: str, program: Program) -> str:
    """Give an answer in words, not yet escaped; "" when nothing was answered."""
    if value in ("", None, []):
        return ""
    return _WORDERS.get(question.kind, _as_text)(question, value, language, program)


def shown_to_partner(
    person: Person, language: str, program: Program, answers: Answers | None = None
) -> list[tuple[str, str]]:
    """Give (label, words) of the fields the person ticked for the partner, in the reader's language.

    `answers` are those of the application when it is at hand, else what the person last applied with.
    The words are plain: say them through `program.say`, which escapes them.
    """
    given = person.profile if answers is None else answers
    ticked = set(told(given).share)
    fields = [
        (question.label, in_words(question, given.get(question.id), language, program))
        for question in program.questions("application", language)
        if question.shareable and question.id in ticked
    ]
    return [(label, words) for label, words in fields if words]


def local_time(at: datetime, zone: str, language: str) -> str:
    """Give the weekday and hour it is in a zone ("Sat 14:05")."""
    return clock(at.astimezone(zone_of(zone)), language)


def hours_in_words(hours: Sequence[Span], language: str) -> str:
    """Give free hours, days with the same hours together ("Mon–Fri 18–21, Sat 9–13")."""
    days: dict[tuple[int, int], list[int]] = {}
    for span in merged(hours):
        days.setdefault((span.start, span.length), []).append(span.weekday)
    return ", ".join(
        f"{_days_in_words(weekdays, language)} {start}–{(start + length - 1) % 24 + 1}"
        for (start, length), weekdays in days.items()
    )


def _days_in_words(weekdays: Sequence[int], language: str) -> str:
    first, last = weekdays[0], weekdays[-1]
    if len(weekdays) > 2 and last - first == len(weekdays) - 1:
        return f"{weekday_name(first, language)}–{weekday_name(last, language)}"
    return " ".join(weekday_name(weekday, language) for weekday in weekdays)


def _as_text(_: Question, value: object, __: str, ___: Program) -> str:
    return str(value)


def _as_consent(_: Question, value: object, language: str, program: Program) -> str:
    return plain(program.say(language, "application.agreed", version=str(value)))


def _as_country(_: Question, value: object, language: str, program: Program) -> str:
    return country_name(str(value), program.texts.spoken(language))


def _as_zone(_: Question, value: object, __: str, ___: Program) -> str:
    return f"{city_of(str(value))} ({value})"


def _as_languages(_: Question, value: object, language: str, program: Program) -> str:
    spoken = program.texts.spoken(language)
    return ", ".join(language_name(code, spoken) for code in listed(value))


def _as_choice(question: Question, value: object, _: str, __: Program) -> str:
    return _label(question, str(value))


def _as_choices(question: Question, value: object, _: str, __: Program) -> str:
    return ", ".join(_label(question, one) for one in listed(value))


def _as_hours(_: Question, value: object, language: str, program: Program) -> str:
    return hours_in_words(spans(listed(value)), program.texts.spoken(language))


def _as_wishes(question: Question, value: object, language: str, program: Program) -> str:
    return "; ".join(wish_in_words(question, *wish, language, program) for wish in wishes_in(value))


def wish_in_words(question: Question, about: str, value: str, language: str, program: Program) -> str:
    """Give one wish about the partner in words: the option's label, else a few words of the texts."""
    label = _label(question, f"{about}={value}")
    if label != f"{about}={value}":
        return label
    name = {"country": country_name, "language": language_name}.get(about)
    words = (
        name(value, program.texts.spoken(language))
        if name
        else _option_label(about, value, language, program)
    )
    said = f"people.wish.{about}"
    if program.texts.has(f"{said}.{value}"):
        return plain(program.say(language, f"{said}.{value}"))
    return plain(program.say(language, said, value=words)) if program.texts.has(said) else words


def _option_label(about: str, value: str, language: str, program: Program) -> str:
    """Give the label of an option of the question the wish is about ("interest" is of "interests")."""
    for question in program.questions("application", language):
        if question.id in (about, f"{about}s"):
            return _label(question, value)
    return value


def _as_fields(_: Question, value: object, language: str, program: Program) -> str:
    ticked = listed(value)
    table = program.questions("application", language)
    return ", ".join(question.label for question in table if question.id in ticked)


def _label(question: Question, value: str) -> str:
    found = next((option.label for option in question.options if option.id == value), value)
    return found.removeprefix(OWN)


_WORDERS: Mapping[str, Worder] = MappingProxyType(
    {
        "consent": _as_consent,
        "country": _as_country,
        "zone": _as_zone,
        "languages": _as_languages,
        "choice": _as_choice,
        "yes-no": _as_choice,
        "choices": _as_choices,
        "hours": _as_hours,
        "wish": _as_wishes,
        "fields": _as_fields,
    }
)
