"""From raw updates to decisions that are kept: what polling and the webhook have in common.

An update that cannot be read, or is none, becomes a dead letter without its texts; nothing stops behind it.
Only when this returns is everything durable, and only then may Telegram be told so.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, TypeAlias

from adapters.telegram.chat import TelegramChat
from adapters.telegram.letters import scrubbed
from adapters.telegram.receive import callback_id, read
from bot.events import Event, Moved


Handle: TypeAlias = Callable[[Sequence[Event]], Awaitable[None]]
#: Keeps a dead letter: platform, event id, error, the payload without what people wrote.
Bury: TypeAlias = Callable[[str, str, str, str], Awaitable[None]]


class Intake:
    """Takes updates in for one bot."""

    def __init__(self, chat: TelegramChat, handle: Handle, bury: Bury) -> None:
        """Take the chat (for its clock and account), what decides, and what keeps dead letters."""
        self.chat = chat
        self.handle = handle
        self.bury = bury
        self._answers: set[asyncio.Task[None]] = set()

    async def take(self, updates: Sequence[Any]) -> None:
        """Decide about all of them, in order; raises what `handle` or `bury` raises: then nothing is done."""
        events: list[Event] = []
        for update in updates:
            events += await self._read(update)
        for batch in _batches(events):
            await self.handle(batch)
        for update in updates:
            self._answer(update)

    async def _read(self, update: Any) -> list[Event]:
        try:
            return read(update, self.chat.me, self.chat.clock.now())
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one update, those behind it go on
            await self.bury("telegram", event_id(update), repr(type(error).__name__), scrubbed(update))
            return []

    def _answer(self, update: Any) -> None:
        callback = callback_id(update) if isinstance(update, dict) else ""
        if not callback:
            return
        task = asyncio.create_task(self.chat.answer(callback))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)


def _batches(events: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """Give the events in runs that may be decided together: what follows a move is about the new chat."""
    start = 0
    for at, event in enumerate(events, 1):
        if isinstance(event, Moved):
            yield events[start:at]
            start = at
    if events[start:]:
        yield events[start:]


def event_id(update: Any) -> str:
    """Give the event id of an update that could not be read."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return f"u{number}" if isinstance(number, int) else "u?"
