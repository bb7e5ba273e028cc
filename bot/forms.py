"""Forms as data: one page of questions to be filled in together, where a platform has such a thing.

An adapter renders a page and gives back what was filled in as texts by field (`bot.events.Filled`). Which
platforms can, is the table `CAN`: a rule asks it and never the platform's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias


Pairs: TypeAlias = tuple[tuple[str, str], ...]
"""(label, value) of options or buttons."""


@dataclass(frozen=True, slots=True)
class Able:
    """What a platform can show besides messages."""

    forms: bool = False
    #: A page of their own for each person.
    home: bool = False


CAN: Mapping[str, Able] = MappingProxyType({"slack": Able(forms=True, home=True)})
_NOTHING = Able()


def able(platform: str) -> Able:
    """Give what the platform can show besides messages."""
    return CAN.get(platform, _NOTHING)


class FieldKind(StrEnum):
    """How a field is filled in."""

    NOTE = "note"  # words to read, in the bot's markup; nothing is filled in
    LINE = "line"
    TEXT = "text"  # several lines
    ONE = "one"  # one of the options
    MANY = "many"  # any of the options
    AGREE = "agree"  # one box, its only option, that must be ticked
    DAY = "day"  # a date, given back as 2027-03-15


@dataclass(frozen=True, slots=True)
class Field:
    """One field; label and help are plain words, not markup."""

    id: str
    kind: FieldKind
    label: str
    help: str = ""
    options: Pairs = ()
    #: What stands in it already: the text, or the values of options.
    initial: tuple[str, ...] = ()
    optional: bool = False
    #: The most characters of a text, 0 for no limit.
    most: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """One page of a form."""

    #: Which table of questions it is of ("application").
    id: str
    title: str
    fields: tuple[Field, ...]
    page: int = 0
    #: The labels of the buttons that send it in and that close it; without `submit` it is only read.
    submit: str = ""
    close: str = ""
    #: Buttons that send nothing in: (label, value) as of a message's buttons.
    buttons: Pairs = ()
    language: str = "en"
    #: The country as far as it is known: a city is read by it.
    country: str = ""


def form_to_json(form: Form) -> dict[str, object]:
    """Give the form as plain JSON, without what is empty."""
    kept = {name: getattr(form, name) for name in _FORM if getattr(form, name)}
    return kept | {
        "fields": [_field_to_json(each) for each in form.fields],
        "buttons": [list(pair) for pair in form.buttons],
    }


def form_from_json(kept: Mapping[str, object]) -> Form:
    """Give the form that `form_to_json` was given."""
    fields = kept["fields"]
    assert isinstance(fields, list)
    plain = {name: str(kept.get(name, "")) for name in _FORM if name != "page"}
    return Form(
        fields=tuple(_field(each) for each in fields),
        page=int(str(kept.get("page", 0))),
        buttons=_pairs(kept.get("buttons")),
        **plain,
    )


def _field_to_json(field: Field) -> dict[str, object]:
    kept = {name: getattr(field, name) for name in _FIELD}
    kept["options"] = [list(pair) for pair in field.options]
    kept["initial"] = list(field.initial)
    return {name: value for name, value in kept.items() if value}


def _field(kept: Mapping[str, object]) -> Field:
    initial = kept.get("initial", [])
    assert isinstance(initial, list)
    return Field(
        id=str(kept.get("id", "")),
        kind=FieldKind(str(kept["kind"])),
        label=str(kept.get("label", "")),
        help=str(kept.get("help", "")),
        options=_pairs(kept.get("options")),
        initial=tuple(initial),
        optional=bool(kept.get("optional", False)),
        most=int(str(kept.get("most", 0))),
    )


def _pairs(kept: object) -> Pairs:
    return tuple((str(label), str(value)) for label, value in kept) if isinstance(kept, list) else ()


_FORM = ("id", "title", "page", "submit", "close", "language", "country")
_FIELD = ("id", "kind", "label", "help", "optional", "most")
