"""The questions of a conversation as data, read from a content file that a director can edit.

`<language>/application.toml` holds `[[question]]` tables in the order they are asked; another language's
file gives other words for the same ids. A survey is a file of the same form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from string import Formatter

from bot.texts.catalogue import read_toml


#: What can be put into a question's words.
PLACES = frozenset({"name", "notice", "what"})


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose: what is kept, what the button says, other words for it."""

    id: str
    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question: how it is asked, how its answer is read, what is said when it could not be read."""

    id: str
    #: The reader: "consent", "line", "country", "zone", "languages", "choice", "choices", "hours",
    #: "wish", "years", "date", "yes-no", "fields" or "text".
    kind: str
    ask: str
    #: Said with {what} when the answer was not understood.
    again: str
    #: The few words for it in the summary.
    label: str
    options: tuple[Option, ...] = ()
    optional: bool = False
    #: People may add words of their own to the options.
    own: bool = False
    #: The most characters of a line or text, the most entries of a list.
    most: int = 0
    #: Shown to the partner only when ticked in the question of this kind ("fields").
    shareable: bool = False
    #: How it is asked in a form; without it, as in the conversation.
    form: str = ""
    #: The few words under it in a form.
    hint: str = ""


def read_questions(folder: Path, name: str) -> dict[str, tuple[Question, ...]]:
    """Read `<folder>/<language>/<name>.toml` of every language; raises ValueError with file and reason."""
    found: dict[str, tuple[Question, ...]] = {}
    for file in sorted(folder.glob(f"*/{name}.toml")):
        tables = read_toml(file).get("question", [])
        if not isinstance(tables, list):
            raise ValueError(f"{file}: questions are written as [[question]] tables.")
        found[file.parent.name.lower()] = tuple(_question(file, table) for table in tables)
    return found


def translated(base: tuple[Question, ...], words: tuple[Question, ...]) -> tuple[Question, ...]:
    """Give the base's questions with the words of another language where it has them."""
    other = {question.id: question for question in words}
    return tuple(
        _worded(question, other[question.id]) if question.id in other else question for question in base
    )


def _worded(question: Question, words: Question) -> Question:
    labels = {option.id: option for option in words.options}
    return replace(
        question,
        ask=words.ask or question.ask,
        again=words.again or question.again,
        label=words.label or question.label,
        form=words.form or ("" if words.ask else question.form),
        hint=words.hint or ("" if words.ask else question.hint),
        options=tuple(labels.get(option.id, option) for option in question.options),
    )


def _check_places(file: Path, table: Mapping[str, object]) -> None:
    """Refuse a text with a place that nothing is put into: it would fail when somebody is asked."""
    for name in ("ask", "again", "form", "hint"):
        try:
            places = {
                place for _, place, _, _ in Formatter().parse(str(table.get(name, ""))) if place is not None
            }
        except ValueError as error:
            raise ValueError(f"{file}: {table.get('id')}.{name}: {error}.") from error
        if places - PLACES:
            raise ValueError(f"{file}: {table.get('id')}.{name}: only {sorted(PLACES)} can stand in braces.")


def _question(file: Path, table: Mapping[str, object]) -> Question:
    options = table.get("option", [])
    assert isinstance(options, list)
    _check_places(file, table)
    try:
        return Question(
            id=str(table["id"]),
            kind=str(table.get("kind", "text")),
            ask=str(table.get("ask", "")).strip(),
            again=str(table.get("again", "")).strip(),
            label=str(table.get("label", table["id"])),
            options=tuple(Option(str(o["id"]), str(o["label"]), tuple(o.get("words", ()))) for o in options),
            optional=bool(table.get("optional", False)),
            own=bool(table.get("own", False)),
            most=int(str(table.get("most", 0))),
            shareable=bool(table.get("shareable", False)),
            form=str(table.get("form", "")).strip(),
            hint=str(table.get("hint", "")).strip(),
        )
    except KeyError as missing:
        raise ValueError(f"{file}: a question lacks {missing}.") from missing
