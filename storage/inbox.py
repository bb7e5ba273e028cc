"""The inbox: which events were received before."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events import Event
from storage import tables
from storage.records import insert_new


async def fresh(connection: AsyncConnection, events: Sequence[Event]) -> list[Event]:
    """Put the events' ids into the inbox; give those that were not in it, each once, in order.

    The ids that the INSERT gives back are the new ones: two processes that receive the same event at once
    cannot both get it.
    """
    by_id: dict[tuple[str, str], Event] = {}
    for event in events:
        by_id.setdefault((event.platform, event.id), event)
    if not by_id:
        return []
    rows = [
        {"platform": platform, "event": name, "received_at": event.at}
        for (platform, name), event in sorted(by_id.items())
    ]
    found = await connection.execute(_receive(connection.dialect.name), rows)
    new = {(platform, name) for platform, name in found}
    return [event for key, event in by_id.items() if key in new]


@cache
def _receive(dialect: str) -> Any:
    return insert_new(tables.inbox, dialect).returning(tables.inbox.c.platform, tables.inbox.c.event)
