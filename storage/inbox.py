"""The inbox: which events were received before."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events import Event
from storage import tables
from storage.many import many
from storage.quick import fetch
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
    if connection.dialect.name == "sqlite":
        return await _added(connection, by_id, rows)
    found = await connection.execute(_receive(connection.dialect.name), rows)
    new = {(platform, name) for platform, name in found}
    return [event for key, event in by_id.items() if key in new]


async def _added(
    connection: AsyncConnection, by_id: dict[tuple[str, str], Event], rows: list[dict[str, Any]]
) -> list[Event]:
    """Look first, then insert: nobody else writes meanwhile, and it takes a third of the time."""
    known: set[tuple[str, str]] = set()
    for platform in {platform for platform, _ in by_id}:
        asked = {"platform": platform, "events": [name for of, name in by_id if of == platform]}
        known |= {(platform, name) for (name,) in await fetch(connection, _KNOWN, asked)}
    new = [row for row in rows if (row["platform"], row["event"]) not in known]
    if new:
        await many(connection, _insert(connection.dialect.name), new)
    return [event for key, event in by_id.items() if key not in known]


@cache
def _insert(dialect: str) -> Any:
    names = ("platform", "event", "received_at")
    return insert_new(tables.inbox, dialect).values({name: bindparam(name) for name in names})


@cache
def _receive(dialect: str) -> Any:
    return insert_new(tables.inbox, dialect).returning(tables.inbox.c.platform, tables.inbox.c.event)


_inbox = tables.inbox.c
_KNOWN = select(_inbox.event).where(
    _inbox.platform == bindparam("platform"), _inbox.event.in_(bindparam("events", expanding=True))
)
