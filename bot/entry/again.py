"""Tries dead letters again that an operator asked for: the running bot does, whoever asked and wherever."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import structlog

from bot.events import Event
from storage import StoreImplementation
from storage.letters import drop_letter, event_again, letters


log = structlog.get_logger()

Handle = Callable[[Sequence[Event]], Awaitable[None]]


async def try_letters(store: StoreImplementation, handle: Handle, now: datetime) -> int:
    """Decide about them anew; gives how many. One that fails again is a new letter.

    Dying between the two steps costs nothing: the event's new name is in the inbox, so it is decided once.
    """
    async with store.database.reading() as connection:
        waiting = await letters(connection, again=True)
    for letter in waiting:
        event = event_again(letter, now)
        if event is not None:
            await handle([event])
        async with store.database.writing() as connection:
            await drop_letter(connection, letter.number)
        log.info("letter_tried_again", letter=letter.number, event_id=letter.event)
    return len(waiting)
