"""Leases: a lane has one holder at a time, and every new holder a higher fence.

Where several processes share a PostgreSQL, the database's own clock alone decides when a lease is over:
theirs may differ, or jump. A lease that ends later than any could was written before that clock was set back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Interval, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables
from storage.quick import fetch
from storage.records import insert


@dataclass(frozen=True, slots=True)
class Term:
    """From when a lease counts and for how long; `by_database`: from the database's own present."""

    now: datetime
    span: timedelta
    by_database: bool = False

    @property
    def values(self) -> dict[str, Any]:
        """Give what the statements ask for."""
        if self.by_database:
            return {"span": self.span}
        return {"now": self.now, "later": self.now + self.span, "never": self.now + 2 * self.span}


async def take(connection: AsyncConnection, lane: str, holder: str, term: Term) -> int | None:
    """Take a lease that is free, that is over, or that the same name held before; give the fence.

    The same name is the same process started again: it need not wait for its own lease.
    """
    statement = _take(connection.dialect.name, by_database=term.by_database)
    row = {"lane": lane, "holder": holder, "fence": 1}
    found = await connection.execute(statement, row | term.values)
    fence: int | None = found.scalar_one_or_none()
    return fence


async def renew(connection: AsyncConnection, lane: str, fence: int, term: Term) -> bool:
    """Keep the lane; False when another has taken it."""
    statement = _renew(by_database=term.by_database)
    values = {name: value for name, value in term.values.items() if name in {"later", "span"}}
    found = await connection.execute(statement, {"of": lane, "mine": fence} | values)
    return found.rowcount == 1


async def holds(connection: AsyncConnection, lane: str, fence: int) -> bool:
    """Tell whether the fence still is the lane's; nobody else can take the lane in this transaction."""
    return bool(await fetch(connection, _HOLDS, {"of": lane, "mine": fence}))


@cache
def _take(dialect: str, *, by_database: bool) -> Any:
    now, later, never = _moments(by_database=by_database)
    row: dict[str, Any] = {name: bindparam(name) for name in ("lane", "holder", "fence")}
    statement = insert(tables.lease, dialect).values(row | {"until": later})
    place, new = tables.lease.c, statement.excluded
    free = or_(place.until <= now, place.until > never, place.holder == new.holder)
    return statement.on_conflict_do_update(
        index_elements=["lane"],
        set_={"holder": new.holder, "fence": place.fence + 1, "until": new.until},
        where=free,
    ).returning(place.fence)


@cache
def _renew(*, by_database: bool) -> Any:
    return update(tables.lease).where(*_MINE).values(until=_moments(by_database=by_database)[1])


def _moments(*, by_database: bool) -> tuple[Any, Any, Any]:
    """Give now, the end of the lease, and what no end of a lease can reach."""
    if by_database:
        now, span = func.clock_timestamp(), bindparam("span", type_=Interval())
        return now, now + span, now + span + span
    kind = tables.lease.c.until.type
    return bindparam("now", type_=kind), bindparam("later", type_=kind), bindparam("never", type_=kind)


_lease = tables.lease.c
_MINE = (_lease.lane == bindparam("of"), _lease.fence == bindparam("mine"))
_HOLDS = select(_lease.fence).where(*_MINE).with_for_update()
