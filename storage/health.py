"""The outbox and the machine in a few figures, for the directors' `health` and the operators."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables
from storage.tables_delivery import ACTIVE


async def health_of(connection: AsyncConnection) -> dict[str, object]:
    """Give figures and moments by name.

    `outbox.<platform>.<state>` (rows), `outbox.<platform>.oldest` (when the oldest unsent one was due),
    `lease.<lane>.holder`, `lease.<lane>.until`, `inbox.<platform>.last` (the last receipt),
    `dead_letters` (rows).
    """
    outbox, inbox, lease = tables.outbox.c, tables.inbox.c, tables.lease.c
    found: dict[str, object] = {}
    states = select(outbox.platform, outbox.state, func.count()).group_by(outbox.platform, outbox.state)
    for platform, state, count in await connection.execute(states):
        found[f"outbox.{platform}.{state.value}"] = count
    oldest = select(outbox.platform, func.min(outbox.due_at)).where(ACTIVE).group_by(outbox.platform)
    for platform, due_at in await connection.execute(oldest):
        found[f"outbox.{platform}.oldest"] = due_at
    for lane, holder, until in await connection.execute(select(lease.lane, lease.holder, lease.until)):
        found |= {f"lease.{lane}.holder": holder, f"lease.{lane}.until": until}
    received = select(inbox.platform, func.max(inbox.received_at)).group_by(inbox.platform)
    for platform, last in await connection.execute(received):
        found[f"inbox.{platform}.last"] = last
    found["dead_letters"] = await connection.scalar(select(func.count()).select_from(tables.dead_letter)) or 0
    return found
