"""Leases: a lane has one holder at a time, and every new holder a higher fence."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables
from storage.quick import fetch
from storage.records import insert


async def take(
    connection: AsyncConnection, lane: str, holder: str, now: datetime, until: datetime
) -> int | None:
    """Take a lane that is free, whose lease is over, or that the same name held before; give the fence.

    The same name is the same process started again: it need not wait for its own lease.
    """
    row = {"lane": lane, "holder": holder, "fence": 1, "until": until}
    found = await connection.execute(_take(connection.dialect.name), row | {"now": now})
    fence: int | None = found.scalar_one_or_none()
    return fence


async def renew(connection: AsyncConnection, lane: str, fence: int, until: datetime) -> bool:
    """Keep the lane; False when another has taken it."""
    found = await connection.execute(_RENEW, {"of": lane, "mine": fence, "later": until})
    return found.rowcount == 1


async def holds(connection: AsyncConnection, lane: str, fence: int) -> bool:
    """Tell whether the fence still is the lane's; nobody else can take the lane in this transaction."""
    return bool(await fetch(connection, _HOLDS, {"of": lane, "mine": fence}))


@cache
def _take(dialect: str) -> Any:
    statement = insert(tables.lease, dialect).values(
        {name: bindparam(name) for name in ("lane", "holder", "fence", "until")}
    )
    place, new = tables.lease.c, statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["lane"],
        set_={"holder": new.holder, "fence": place.fence + 1, "until": new.until},
        where=or_(place.until <= bindparam("now", type_=place.until.type), place.holder == new.holder),
    ).returning(place.fence)


_lease = tables.lease.c
_MINE = (_lease.lane == bindparam("of"), _lease.fence == bindparam("mine"))
_RENEW = update(tables.lease).where(*_MINE).values(until=bindparam("later"))
_HOLDS = select(_lease.fence).where(*_MINE).with_for_update()
