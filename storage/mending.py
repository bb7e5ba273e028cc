"""What an operator does to the outbox by hand: look, send again, drop, and mark a restored backup.

A change takes the lane's lease row first, as every claim does: so nothing is dropped that is just being
claimed by a bot that runs beside.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables
from storage.records import insert
from storage.tables_delivery import GIVEN_UP, QUEUED, Waiting


#: What was due for longer than this is late.
LATE = timedelta(minutes=5)
#: What is sent again by hand makes sense for so long.
PATIENCE = timedelta(days=2)
RESTORED = "restored"
BEFORE = "before the restore"


class Row(NamedTuple):
    """A row of the outbox as an operator sees it."""

    number: int
    key: str
    platform: str
    target: str
    body: dict[str, Any] | None
    due_at: datetime
    planned_at: datetime
    give_up_at: datetime | None
    state: Waiting
    attempts: int
    why: str
    sent_at: datetime | None


async def rows_of(
    connection: AsyncConnection, state: str, now: datetime, *, platform: str = "", limit: int = 50
) -> list[Row]:
    """Give rows that are "waiting", "late" or "sending", the oldest first; "given-up": the newest first."""
    asked = select(*_COLUMNS).limit(limit)
    match state:
        case "given-up":
            asked = asked.where(GIVEN_UP).order_by(_outbox.sent_at.desc())
        case "sending":
            asked = asked.where(_outbox.state == Waiting.SENDING).order_by(_outbox.number)
        case "late":
            asked = asked.where(QUEUED, _outbox.due_at < now - LATE).order_by(_outbox.due_at)
        case _:
            asked = asked.where(QUEUED).order_by(_outbox.due_at)
    asked = asked.where(_outbox.platform == platform) if platform else asked
    return [Row(*row) for row in await connection.execute(asked)]


async def row_of(connection: AsyncConnection, number: int) -> Row | None:
    """Give one row; None when there is none of this number."""
    found = (await connection.execute(select(*_COLUMNS).where(_outbox.number == number))).first()
    return Row(*found) if found else None


async def send_again(connection: AsyncConnection, number: int, now: datetime) -> str:
    """Make a row due at once; give the reason where it cannot be, "" where it is."""
    await _hold(connection)
    row = await row_of(connection, number)
    if row is None:
        return "there is none of this number"
    if row.state not in (Waiting.QUEUED, Waiting.GIVEN_UP):
        return f"it is {row.state.value}"
    if row.body is None:
        return "its words are not kept any more"
    new = {"state": Waiting.QUEUED, "due_at": now, "why": "sent again by hand", "sent_at": None}
    late = {"planned_at": now, "give_up_at": now + PATIENCE, "attempts": 0}
    given_up = row.state is Waiting.GIVEN_UP
    await _change(connection, number, new | (late if given_up else {}))
    return ""


async def drop_row(connection: AsyncConnection, number: int, now: datetime) -> str:
    """Let a row never be sent; give the reason where that is too late, "" where it is dropped."""
    await _hold(connection)
    row = await row_of(connection, number)
    if row is None:
        return "there is none of this number"
    if row.state not in (Waiting.QUEUED, Waiting.GIVEN_UP):
        return f"it is {row.state.value}"
    why = row.why if row.state is Waiting.GIVEN_UP else "dropped by hand"
    await _change(connection, number, _gone(why, now))
    return ""


async def drop_older(connection: AsyncConnection, before: datetime, now: datetime, why: str) -> int:
    """Drop everything unsent that was planned for a moment before that; give how many."""
    await _hold(connection)
    waiting = (QUEUED, _outbox.planned_at < before)
    gone = await connection.execute(update(tables.outbox).where(*waiting).values(_gone(why, now)))
    return gone.rowcount


async def mark_restored(connection: AsyncConnection, at: datetime, now: datetime) -> int:
    """Note that the database is a backup and that what was due before `at` was sent by the one it replaces.

    What waits from before is dropped at once (its number is given), what is decided anew for a moment before
    `at` is given up when it would be sent; a reply to somebody who writes now is no such thing. What was
    being sent when the backup was made may have arrived: it is dropped, too.
    """
    new = insert(tables.milestone, connection.dialect.name).values(name=RESTORED, at=at)
    await connection.execute(new.on_conflict_do_update(index_elements=["name"], set_={"at": at}))
    sending = (_outbox.state == Waiting.SENDING, _outbox.planned_at < at)
    left = await connection.execute(update(tables.outbox).where(*sending).values(_gone(BEFORE, now)))
    return left.rowcount + await drop_older(connection, at, now, BEFORE)


def _gone(why: str, now: datetime) -> dict[str, Any]:
    return {"state": Waiting.GIVEN_UP, "why": why, "body": None, "sent_at": now}


async def _hold(connection: AsyncConnection) -> None:
    await connection.execute(select(tables.lease.c.lane).order_by(tables.lease.c.lane).with_for_update())


async def _change(connection: AsyncConnection, number: int, values: dict[str, Any]) -> None:
    await connection.execute(update(tables.outbox).where(_outbox.number == number).values(values))


_outbox = tables.outbox.c
_COLUMNS = tuple(_outbox[name] for name in Row._fields)
