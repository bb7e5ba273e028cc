"""The introduction: who they are, why they were paired, their clocks, house rules, who writes first.

A partner sees the fields a person ticked, their local time, and nothing else: a reason that tells a field
is said only when everybody ticked it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.answers import Told, told
from bot.deliveries import mention
from bot.markup import Markup, escape
from bot.messages import Delivery, Message
from bot.model import Partnership, Person
from bot.rooms import post
from bot.rooms.pair import names
from bot.snapshots import Book
from bot.texts import Program
from bot.texts.names import language_name
from bot.timetable import WEEK
from bot.wording import in_words, local_time, shown_to_partner


#: How much of one field is shown: an introduction has to fit into one message of every platform.
LONGEST_FIELD = 400
MOST_REASONS = 5


def introduce(book: Book, now: datetime, program: Program) -> tuple[Delivery, ...]:
    """Introduce the partners to each other, pinned where they have a room."""

    def say(language: str) -> Message:
        return Message(introduction(book, now, language, program))

    key = f"introduction/{book.partnership.id}"
    return post(book, key, say, now, program, pin=True, patience=WEEK)


def introduction(book: Book, now: datetime, language: str, program: Program) -> str:
    """Give the whole introduction in a language."""
    people = book.members
    parts = [program.say(language, "introductions.heading", names=names(people, language, program))]
    parts += [who(person, language, program) for person in people]
    parts.append(why(book.partnership, people, language, program))
    parts.append(clocks(people, now, language, program))
    parts.append(rules(language, program))
    if len(people) > 2:
        parts.append(program.say(language, "introductions.three"))
    starter = next((person for person in people if person.id == book.partnership.starter), people[0])
    parts.append(program.say(language, "introductions.starter", starter=mention(starter)))
    return "\n\n".join(part for part in parts if part)


def who(person: Person, language: str, program: Program) -> str:
    """Give what a person wants their partner to know."""
    fields = shown_to_partner(person, language, program)
    lines = [
        program.say(language, "introductions.field", label=label, words=_short(words))
        for label, words in fields
        if words != person.name
    ]
    name = escape(person.name or "…")
    return "\n".join((f"**{name}**", *lines)) if lines else ""


def why(partnership: Partnership, people: Sequence[Person], language: str, program: Program) -> str:
    """Give why they were paired, in words; "" when nothing may be told."""
    profiles = [told(person.profile) for person in people]
    said: list[str] = []
    for kind, kept in partnership.reasons:
        values = json.loads(kept)
        if kind in _SAID and _may_tell(kind, values, profiles):
            said.append(_SAID[kind](values, language, program))
    if not said:
        return ""
    lines = "\n".join(f"• {line}" for line in dict.fromkeys(said[:MOST_REASONS]))
    return program.say(language, "introductions.why", reasons=Markup(lines))


def _may_tell(kind: str, values: Mapping[str, object], profiles: Sequence[Told]) -> bool:
    """Tell whether everybody ticked the field that a reason tells, and it is true of all of them.

    A trio's reasons are of the first two: what the third does not share is not said.
    """
    field = _FIELDS[kind]
    if not all(field in profile.share for profile in profiles):
        return False
    if kind in _OF_TWO:
        return len(profiles) == 2
    value = values.get(kind) or values.get(field)
    wanted = set(map(str, value)) if isinstance(value, list) else {str(value)}
    return all(wanted <= _given(profile, field) for profile in profiles)


def _given(profile: Told, field: str) -> set[str]:
    value = getattr(profile, field)
    return set(value) if isinstance(value, tuple) else {value}


def clocks(people: Sequence[Person], now: datetime, language: str, program: Program) -> str:
    """Give everybody's local time at the same moment, a full hour."""
    hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    lines = [
        program.say(
            language,
            "introductions.clock",
            name=person.name or "…",
            time=local_time(hour, person.zone or "UTC", program.texts.spoken(language)),
        )
        for person in people
    ]
    return program.say(language, "introductions.clocks", clocks=Markup("\n".join(lines)))


def rules(language: str, program: Program) -> str:
    """Give the house rules: the short form of the code of conduct."""
    lines = [f"• {line}" for line in program.notice("conduct", language).short.splitlines() if line.strip()]
    return program.say(language, "introductions.rules", rules=Markup("\n".join(lines)))


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_FIELD else words[: LONGEST_FIELD - 1] + "…"


def _label(question: str, value: object, language: str, program: Program) -> str:
    found = next((each for each in program.questions("application", language) if each.id == question), None)
    listed = [value] if found is not None and found.kind == "choices" else value
    return in_words(found, listed, language, program) if found is not None else str(value)


def _interest(values: Mapping[str, object], language: str, program: Program) -> str:
    label = _label("interests", values["interest"], language, program)
    return program.say(language, "introductions.reason.interest", value=label)


def _goal(values: Mapping[str, object], language: str, program: Program) -> str:
    return program.say(
        language, "introductions.reason.goal", value=_label("goals", values["goal"], language, program)
    )


def _sector(values: Mapping[str, object], language: str, program: Program) -> str:
    label = _label("sector", values["sector"], language, program)
    return program.say(language, "introductions.reason.sector", value=label)


def _stage(values: Mapping[str, object], language: str, program: Program) -> str:
    label = _label("stage", values["stage"], language, program)
    return program.say(language, "introductions.reason.stage", value=label)


def _hours(values: Mapping[str, object], language: str, program: Program) -> str:
    return program.say(language, "introductions.reason.hours", n=int(str(values["hours"])))


def _country(_: Mapping[str, object], language: str, program: Program) -> str:
    return program.say(language, "introductions.reason.country")


def _language(values: Mapping[str, object], language: str, program: Program) -> str:
    codes = values["languages"]
    assert isinstance(codes, list)
    said = ", ".join(language_name(str(code), program.texts.spoken(language)) for code in codes)
    return program.say(language, "introductions.reason.language", value=said)


#: The field of the application that a reason would tell.
_FIELDS: Mapping[str, str] = {
    "interest": "interests",
    "goal": "goals",
    "sector": "sector",
    "stage": "stage",
    "hours": "hours",
    "new_country": "country",
    "language": "languages",
}
#: Reasons that are about exactly two people.
_OF_TWO = frozenset({"hours", "new_country"})
_SAID: Mapping[str, Callable[[Mapping[str, object], str, Program], str]] = {
    "interest": _interest,
    "goal": _goal,
    "sector": _sector,
    "stage": _stage,
    "hours": _hours,
    "new_country": _country,
    "language": _language,
}
