"""The named points at which a process of the storm may die, and how they get into the program.

The program itself knows nothing of them: its ports are wrapped in the process of the test.
"""

from __future__ import annotations

import functools
import os
import signal
from collections.abc import Callable
from typing import Any


#: Where it dies: name, and what has happened by then.
POINTS = {
    "received": "an update was read, nothing of it is in the database",
    "saved": "everything is written, the commit is still to come",
    "committed": "the commit is done, the platform was not told that the update arrived",
    "claimed": "rows are marked as being sent, nothing has left",
    "sending": "a message is about to leave",
    "accepted": "the platform took a message, the database does not know",
    "marking": "several were taken, none is marked",
    "marked": "they are marked, what the platform answered besides was not looked at",
    "migrating": "half of the tables are made",
}


class Fuse:
    """Kills this process when its point is passed for the nth time."""

    def __init__(self, plan: str) -> None:
        self.point, _, number = plan.partition(":")
        self.left = int(number or 1)

    def passes(self, point: str) -> None:
        """Tell that the point is passed."""
        if point != self.point:
            return
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def plant(fuse: Fuse) -> None:
    """Wrap the program's ports so that the fuse hears of every point."""
    from adapters.slack.chat import SlackChat  # noqa: PLC0415 - only in the bot's own process
    from adapters.telegram.chat import TelegramChat  # noqa: PLC0415 - the same
    from bot.app import Bot  # noqa: PLC0415 - the same
    from storage import schema  # noqa: PLC0415 - the same
    from storage.outbox import OutboxTables  # noqa: PLC0415 - the same
    from storage.store import UnitImplementation  # noqa: PLC0415 - the same

    passes = fuse.passes
    _around(Bot, "handle", before=lambda: passes("received"), after=lambda _: passes("committed"))
    _around(UnitImplementation, "save", after=lambda _: passes("saved"))
    _around(OutboxTables, "claim", after=lambda found: passes("claimed") if found else None)
    _around(OutboxTables, "sent", before=lambda: passes("marking"), after=lambda _: passes("marked"))
    for chat in (TelegramChat, SlackChat):
        _around(chat, "send", before=lambda: passes("sending"), after=lambda _: passes("accepted"))
    _count_statements(schema, lambda: passes("migrating"))


def _around(
    owner: type,
    name: str,
    *,
    before: Callable[[], object] = lambda: None,
    after: Callable[[Any], object] = lambda _: None,
) -> None:
    original = getattr(owner, name)

    @functools.wraps(original)
    async def watched(*arguments: Any, **named: Any) -> Any:
        before()
        found = await original(*arguments, **named)
        after(found)
        return found

    setattr(owner, name, watched)


def _count_statements(schema: Any, passed: Callable[[], None]) -> None:
    from sqlalchemy import event  # noqa: PLC0415 - only in the bot's own process

    original = schema._upgrade

    def watched(connection: Any) -> None:
        event.listen(connection, "after_cursor_execute", lambda *_: passed())
        original(connection)

    schema._upgrade = watched
