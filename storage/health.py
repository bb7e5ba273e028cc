"""The outbox and the machine in a few figures: for the directors' `health`, and for the operators."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables
from storage.tables_delivery import ACTIVE, Waiting


#: What is due for longer than this, and was not sent, is late.
LATE = timedelta(minutes=5)
DAY = timedelta(days=1)


async def health_of(connection: AsyncConnection, now: datetime) -> dict[str, object]:
    """Give the directors' figures: what waits, what is late, what went and was given up in the last day."""
    outbox = tables.outbox.c
    waiting, late, oldest = (
        await connection.execute(
            select(func.count(), _many(outbox.due_at < now - LATE), func.min(outbox.due_at)).where(ACTIVE)
        )
    ).one()
    lately = select(_many(outbox.state == Waiting.SENT), _many(outbox.state == Waiting.GIVEN_UP))
    sent, given_up = (await connection.execute(lately.where(outbox.sent_at > now - DAY))).one()
    found = {
        "waiting": waiting,
        "late": late or 0,
        "oldest_waiting": oldest,
        "sent_today": sent or 0,
        "given_up": given_up or 0,
        "dead_letters": await _count(connection, tables.dead_letter),
        "last_receipt": await connection.scalar(select(func.max(tables.inbox.c.received_at))),
    }
    return {name: value for name, value in found.items() if value is not None}


async def figures_of(connection: AsyncConnection) -> dict[str, object]:
    """Give the operators' figures.

    `outbox.<platform>.<state>` (rows), `outbox.<platform>.oldest` (when the oldest unsent one was due),
    `given_up.<why>` (rows), `lease.<lane>.holder`, `lease.<lane>.until`, `inbox.<platform>.last` (the
    last receipt),
    `dead_letters` (rows).
    """
    outbox, inbox, lease = tables.outbox.c, tables.inbox.c, tables.lease.c
    found: dict[str, object] = {}
    states = select(outbox.platform, outbox.state, func.count()).group_by(outbox.platform, outbox.state)
    for platform, state, count in await connection.execute(states):
        found[f"outbox.{platform}.{state.value}"] = count
    reasons = select(outbox.why, func.count()).where(outbox.state == Waiting.GIVEN_UP).group_by(outbox.why)
    for why, count in await connection.execute(reasons):
        found[f"given_up.{why}"] = count
    oldest = select(outbox.platform, func.min(outbox.due_at)).where(ACTIVE).group_by(outbox.platform)
    for platform, due_at in await connection.execute(oldest):
        found[f"outbox.{platform}.oldest"] = due_at
    for lane, holder, until in await connection.execute(select(lease.lane, lease.holder, lease.until)):
        found |= {f"lease.{lane}.holder": holder, f"lease.{lane}.until": until}
    received = select(inbox.platform, func.max(inbox.received_at)).group_by(inbox.platform)
    for platform, last in await connection.execute(received):
        found[f"inbox.{platform}.last"] = last
    return found | {"dead_letters": await _count(connection, tables.dead_letter)}


async def _count(connection: AsyncConnection, table: Any) -> int:
    return await connection.scalar(select(func.count()).select_from(table)) or 0


def _many(test: Any) -> Any:
    return func.sum(case((test, 1), else_=0))
