"""Reads a page of a form that was sent in: by the readers of the conversation, an error for a field.

Pure, and without a snapshot: a platform wants the errors at once, before anything is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.answers import OWN, listed
from bot.conversations.asked import Asked
from bot.conversations.readers import reader_of
from bot.conversations.tables import LONG
from bot.markup import plain
from bot.texts import Program, Question
from bot.texts.catalogue import fill
from bot.texts.reading.answers import Unclear


#: Behind a question's id: the field for words of one's own beside its options.
OWN_WORDS = "+"
#: Options of these can always be added to in words.
OPEN_LISTS = frozenset({"languages", "hours", "wish"})
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Page:
    """What was read: values by question, and what is to be said at a field that was not understood."""

    values: Mapping[str, object] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """A page as it came in, with what reading it needs."""

    program: Program
    language: str
    today: date
    table: tuple[Question, ...]
    values: Mapping[str, tuple[str, ...]]
    #: The country, where it was told before.
    country: str = ""

    def words(self, field_id: str) -> str:
        """Give the text of a field."""
        return next(iter(self.values.get(field_id, ())), "").strip()


def errors(
    form: str,
    values: Mapping[str, tuple[str, ...]],
    program: Program,
    *,
    language: str,
    today: date,
    country: str = "",
) -> Mapping[str, str]:
    """Give what is to be said at each field that cannot be read; nothing for a form that is none of ours."""
    if form not in LONG:
        return {}
    table = program.questions(form, language)
    return read_page(Given(program, language, today, table, values, country)).errors


def read_page(given: Given) -> Page:
    """Read every question that the page has a field of."""
    values: dict[str, object] = {}
    wrong: dict[str, str] = {}
    known = {"country": given.country}
    for question in given.table:
        own = question.id + OWN_WORDS
        if question.id not in given.values and own not in given.values:
            continue
        asked = Asked(question, {**known, **values}, given.language, given.today, given.table)
        value, said = _read(asked, given)
        if said:
            at = own if own in given.values and given.words(own) else question.id
            wrong[at] = said
            continue
        values[question.id] = value
    return Page(values, wrong)


def takes_words(question: Question) -> bool:
    """Tell whether an answer can be put in words beside the options."""
    return question.own or question.kind in OPEN_LISTS


def _read(asked: Asked, given: Given) -> tuple[object, str]:
    """Give the value, or what to say when there is none."""
    question = asked.question
    if question.kind == "consent":
        agreed = given.words(question.id) == "yes"
        return given.program.version(question.id), "" if agreed else _again(asked, given, "")
    reader = reader_of(question)
    if reader.several:
        return _several(asked, given)
    text = given.words(question.id)
    if not text:
        return "", "" if question.optional else given.program.say(given.language, "forms.needed")
    if question.options:
        return text, "" if reader.takes(asked, text) else _again(asked, given, text)
    read = reader.words(asked, text)
    return ("", _again(asked, given, read.what)) if isinstance(read, Unclear) else (read.value, "")


def _several(asked: Asked, given: Given) -> tuple[object, str]:
    question, reader = asked.question, reader_of(asked.question)
    ticked = [pick for pick in given.values.get(question.id, ()) if _is_pick(asked, pick)]
    named: tuple[str, ...] = ()
    if text := given.words(question.id + OWN_WORDS):
        read = reader.words(asked, text)
        if isinstance(read, Unclear):
            return (), _again(asked, given, read.what)
        named = listed(read.value)
    picks = tuple(dict.fromkeys((*ticked, *named)))
    if not picks and question.kind != "fields" and not question.optional:
        return (), plain(given.program.say(given.language, "forms.at-least-one"))
    if question.most and len(picks) > question.most:
        return (), plain(given.program.say(given.language, "forms.too-many", most=question.most))
    return reader.value(asked, picks), ""


def _is_pick(asked: Asked, pick: str) -> bool:
    own = asked.question.own and pick.startswith(OWN)
    return own or reader_of(asked.question).takes(asked, pick)


def _again(asked: Asked, given: Given, what: str) -> str:
    question = asked.question
    shown = what if len(what) <= _SHOWN else what[: _SHOWN - 1] + "…"
    values = {"what": shown or "…", "name": "", "notice": ""}
    return plain(fill(question.again or question.ask, values))
