"""A command as it came in, and the one reply to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.conversations.stand import closed, replied, walk_of
from bot.events import Exchange
from bot.messages import Attachment, Choice, Message
from bot.model import Record
from bot.outcome import Outcome
from bot.snapshots import Turn
from bot.texts import Program


Rows: TypeAlias = tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A participant's command with what stood after its word."""

    event: Exchange
    turn: Turn
    program: Program
    args: str = ""

    @property
    def language(self) -> str:
        """The person's language."""
        return self.turn.person.language

    @property
    def spoken(self) -> str:
        """The language the words are in: the person's own, or English where it has none."""
        return self.program.texts.spoken(self.language)

    def say(self, key: str, /, **values: str | int) -> str:
        """Give words in the person's language."""
        return self.program.say(self.language, key, **values)

    def button(self, word: str) -> Choice:
        """Give the button of a command."""
        return Choice(self.say(f"commands.button.{word}"), f"cmd:{word}")

    def row(self, *words: str) -> Rows:
        """Give one row with the buttons of these commands."""
        return (tuple(self.button(word) for word in words),)

    def answer(
        self,
        text: str,
        rows: Rows = (),
        *,
        saves: tuple[Record, ...] = (),
        file: Attachment | None = None,
    ) -> Outcome:
        """Give the one reply, with what is saved."""
        message = Message(text, rows, attachment=file)
        return Outcome(saves, replied(self.event, message))

    def settle(self, asked: str, message: Message, outcome: Outcome) -> Outcome:
        """Give the one reply; a small question of that kind which still waits is settled by it, too."""
        where = walk_of(self.event, self.turn, self.program)
        if where and where.dialogue.kind == asked:
            return closed(where, message, outcome=outcome)
        return outcome + Outcome(deliveries=replied(self.event, message))


Command: TypeAlias = Callable[[Call], Outcome]
