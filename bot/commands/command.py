"""What a command is: a row of the table, the call of one, and the answer it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.events import Said, Tapped
from bot.messages import Attachment, Choice, Delivery
from bot.model import Record
from bot.snapshots import Desk
from bot.texts import Program
from bot.texts.catalogue import Value


Rows: TypeAlias = tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answers in the directors' room, and what it changes."""

    text: str
    rows: Rows = ()
    attachment: Attachment | None = None
    saves: tuple[Record, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    drops: tuple[Record, ...] = ()
    erasures: tuple[int, ...] = ()
    #: What is written to the audit log, ids only; "" when nothing was changed.
    audit: str = ""
    about: str = ""
    #: It could not be done: nothing is changed and nothing waits for a yes.
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One command of one director, with all it may look at."""

    event: Said | Tapped
    desk: Desk
    program: Program
    commands: Mapping[str, Command]
    args: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    #: Why `help` answers instead of what was typed, and what was not understood (see `Parsed`).
    doubt: str = ""
    what: str = ""

    @property
    def page(self) -> int:
        """The page that was asked for, 1 or more."""
        return page_of(self.options)

    @property
    def language(self) -> str:
        """The language that is spoken with the director: dates and names are in it, too."""
        return self.program.texts.spoken(self.desk.director.language)

    def say(self, key: str, /, **values: Value) -> str:
        """Give the words of `directors.<key>` in the director's language."""
        return self.program.say(self.language, f"directors.{key}", **values)

    def answer(self, key: str, /, **values: Value) -> Answer:
        """Answer with the words of `directors.<key>`."""
        return Answer(self.say(key, **values))

    def refuse(self, key: str, /, **values: Value) -> Answer:
        """Answer why it cannot be done, and change nothing."""
        return Answer(self.say(key, **values), refused=True)

    def label(self, key: str, /, **values: Value) -> str:
        """Give the words of a button."""
        return self.say(f"buttons.{key}", **values)


Act: TypeAlias = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the table.

    `usage` is what is shown and what is read: small words stand for themselves, a word in capitals for
    an argument (`bot.commands.grammar`), brackets for what may be left out.
    """

    usage: str
    example: str
    #: Where help shows it.
    chapter: str
    run: Act
    #: The parts of a Desk it looks at (`bot.ports.Needs`).
    parts: frozenset[str] = frozenset()
    #: Names of `name=value` options.
    options: tuple[str, ...] = ()
    #: Given where it cannot be undone: what would happen, in figures, or a refusal. Then it waits for a yes.
    preview: Act | None = None
    #: How many entries of a list it looks at: with the option `page`, how many a page has.
    limit: int = 100

    @property
    def name(self) -> str:
        """The small words of the usage: "round new", "case take"."""
        return " ".join(word for word in self.usage.split() if word.islower() and word[0].isalpha())


def page_of(options: Mapping[str, str]) -> int:
    """Give the page an option names; 1 when it names none."""
    page = options.get("page", "1")
    return max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1
