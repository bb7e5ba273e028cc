"""Answers a form in its acknowledgement: what cannot be read at once, else the next page of what is kept."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from adapters.slack.forms import answer_of, errors_of, filled_in
from adapters.slack.receive_base import Json
from bot.events import Filled
from bot.forms import Form
from bot.ports import Clock
from bot.texts import Program


#: Gives what takes the place of a page that was sent in and is kept.
Next: TypeAlias = Callable[[Filled], Awaitable[Form | None]]
#: What a payload that is not as Slack documents it makes of reading it: it is buried elsewhere.
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)


class FormAnswers:
    """What Slack is told about a page that was sent in; nothing about any other payload."""

    def __init__(self, program: Program, clock: Clock, following: Next) -> None:
        """Take the questions, the clock, and what gives the next page."""
        self.program = program
        self.clock = clock
        self.following = following

    def errors(self, body: Json) -> Json | None:
        """Give what is said at the fields that cannot be read; then nothing is to be kept."""
        try:
            return errors_of(body, self.program, self.clock.now().date())
        except _UNREADABLE:
            return None

    async def after(self, body: Json) -> Json | None:
        """Give what takes the place of a page that is kept."""
        try:
            page = filled_in(body, self.clock.now())
        except _UNREADABLE:
            return None
        return answer_of(await self.following(page)) if page else None
