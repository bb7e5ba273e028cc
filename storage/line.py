"""The line before the outbox's door: which due rows may go now, so that order is kept in each target.

In a target rows go in the order they were planned, one at a time; a reply to somebody who waits goes
before what was planned, and is held back by other replies only.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Unsure
from storage import tables
from storage.many import many
from storage.quick import fetch
from storage.tables_delivery import ACTIVE, QUEUED, Waiting


class Standing(NamedTuple):
    """A row in its target's line: everything of it but what it says."""

    number: int
    target: str
    urgent: bool
    state: Waiting
    due_at: datetime
    planned_at: datetime
    give_up_at: datetime | None
    key: str
    platform: str
    zones: tuple[str, ...]
    unsure: Unsure
    attempts: int


async def due(
    connection: AsyncConnection, lane: str, now: datetime, limit: int, without: Collection[str]
) -> list[str]:
    """Give the targets of due rows: urgent first, then the longest due; none of those in `without`."""
    found: list[str] = []
    for urgent in (True, False):
        asked = {"lane": lane, "now": now, "urgent": urgent, "limit": limit - len(found)}
        if found and len(found) >= limit:
            break
        statement = _DUE_WITHOUT if without else _DUE
        rows = await fetch(connection, statement, asked | ({"without": list(without)} if without else {}))
        found.extend(target for (target,) in rows)
    return found


async def lines(
    connection: AsyncConnection, lane: str, targets: Iterable[str], now: datetime
) -> dict[str, list[Standing]]:
    """Give all rows of the targets that were due by now or are being sent, in order of their place."""
    found: dict[str, list[Standing]] = {}
    for row in await fetch(connection, _LINES, {"lane": lane, "targets": list(targets), "now": now}):
        standing = Standing(*row)
        found.setdefault(standing.target, []).append(standing)
    return found


def first(line: Sequence[Standing], now: datetime) -> tuple[Standing | None, list[Standing]]:
    """Give the row of a target that may go now, and the rows that wait behind one that was put back.

    The latter are due, but shall not overtake: they are due again when the one before them is.
    """
    if any(standing.state is Waiting.SENDING for standing in line):
        return None, []
    behind: list[Standing] = []
    for urgent in (True, False):
        same = [standing for standing in line if standing.urgent is urgent]
        if same and same[0].due_at <= now:
            return same[0], behind
        behind += [
            standing._replace(due_at=same[0].due_at) for standing in same[1:] if standing.due_at <= now
        ]
    return None, behind


async def put_behind(connection: AsyncConnection, standings: Sequence[Standing]) -> None:
    """Make rows due when the one before them is due again."""
    rows = [{"of": standing.number, "then": standing.due_at} for standing in standings]
    if rows:
        await many(connection, _PUT_BEHIND, rows)


_outbox = tables.outbox.c
_STANDING: tuple[Any, ...] = tuple(_outbox[name] for name in Standing._fields)

_DUE = (
    select(_outbox.target)
    .where(
        QUEUED,
        _outbox.lane == bindparam("lane"),
        _outbox.urgent == bindparam("urgent"),
        _outbox.due_at <= bindparam("now"),
    )
    .order_by(_outbox.due_at, _outbox.number)
    .limit(bindparam("limit"))
)
_DUE_WITHOUT = _DUE.where(_outbox.target.not_in(bindparam("without", expanding=True)))
_LINES = (
    select(*_STANDING)
    .where(
        ACTIVE,
        _outbox.lane == bindparam("lane"),
        _outbox.target.in_(bindparam("targets", expanding=True)),
        (_outbox.planned_at <= bindparam("now")) | (_outbox.state == Waiting.SENDING),
    )
    .order_by(_outbox.planned_at, _outbox.number)
)
_PUT_BEHIND = update(tables.outbox).where(_outbox.number == bindparam("of")).values(due_at=bindparam("then"))
