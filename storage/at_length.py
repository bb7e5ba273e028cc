"""Rules that may think for minutes in the middle of a transaction: the database hears that they live.

PostgreSQL ends a transaction that its process has left alone for seconds, so that nobody waits for the locks
of one that hangs. One that thinks is no such process, and looks like it from there: so it thinks in a
thread, and says something every second.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection


Thought = TypeVar("Thought")

#: Seconds between two signs of life.
BEAT = 1.0


async def at_length(
    connection: AsyncConnection, rule: Callable[[], Thought], *, beat: float = BEAT
) -> Thought:
    """Give what the rule gives, however long it takes; the other tasks of the process go on meanwhile.

    On SQLite there are no other processes, and what else is decided waits for the transaction anyway.
    """
    if connection.dialect.name != "postgresql":
        return rule()
    thinking = asyncio.create_task(asyncio.to_thread(rule))
    try:
        while not (await asyncio.wait({thinking}, timeout=beat))[0]:
            await connection.exec_driver_sql("SELECT 1")
        return thinking.result()
    finally:
        thinking.cancel()
