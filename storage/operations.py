"""What operators look at: how much waits and for how long, what was given up lately, who sends.

Every statement reads an index and nothing else, however much was ever sent: it is asked every few seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables
from storage.quick import fetch
from storage.tables_delivery import GIVEN_UP, QUEUED


#: How long something has been due, each up to this; then "older". What is not due yet is "planned".
AGES = {"minute": timedelta(minutes=1), "ten-minutes": timedelta(minutes=10), "hour": timedelta(hours=1)}
OLDER = "older"
PLANNED = "planned"
DAY = timedelta(days=1)
#: Reasons for giving up, by their first words; every other is "other".
REASONS = ("too late", "blocked", "erased", "unsure", "rejected", "dropped", "before the restore")


@dataclass(frozen=True, slots=True)
class Backlog:
    """How the way out stands at a moment."""

    #: By (platform, age).
    waiting: Mapping[tuple[str, str], int] = field(default_factory=dict)
    #: When the oldest that is due was due, by platform.
    oldest: Mapping[str, datetime] = field(default_factory=dict)
    #: In the last day, by (platform, reason).
    given_up: Mapping[tuple[str, str], int] = field(default_factory=dict)
    dead_letters: int = 0
    last_receipt: datetime | None = None
    #: Who may send on each lane, until when.
    leases: Mapping[str, tuple[str, datetime]] = field(default_factory=dict)


async def backlog_of(connection: AsyncConnection, now: datetime) -> Backlog:
    """Give how the way out stands."""
    waiting: dict[tuple[str, str], int] = {}
    oldest: dict[str, datetime] = {}
    moments = {"now": now} | {name: now - span for name, span in AGES.items()}
    for lane, age, many, first in await fetch(connection, _WAITING, moments):
        waiting[lane, age] = many
        if age != PLANNED:
            oldest[lane] = min(first, oldest.get(lane, first))
    given_up: dict[tuple[str, str], int] = {}
    for platform, why, many in await fetch(connection, _GIVEN_UP, {"since": now - DAY}):
        reason = next((each for each in REASONS if why.startswith(each)), "other")
        given_up[platform, reason] = given_up.get((platform, reason), 0) + many
    ((letters, receipt),) = await fetch(connection, _LETTERS)
    leases = {lane: (holder, until) for lane, holder, until in await fetch(connection, _LEASES)}
    return Backlog(waiting, oldest, given_up, letters, receipt, leases)


_outbox, _lease = tables.outbox.c, tables.lease.c
_MOMENT: Any = _outbox.due_at.type
_AGE = case(
    (_outbox.due_at > bindparam("now", type_=_MOMENT), literal(PLANNED)),
    *((_outbox.due_at > bindparam(name, type_=_MOMENT), literal(name)) for name in AGES),
    else_=literal(OLDER),
)
_WAITING = select(
    _outbox.lane, _AGE.label("age"), func.count().label("many"), func.min(_outbox.due_at).label("first")
).where(QUEUED).group_by(_outbox.lane, "age")  # fmt: skip
_GIVEN_UP = (
    select(_outbox.platform, _outbox.why, func.count())
    .where(GIVEN_UP, _outbox.sent_at > bindparam("since"))
    .group_by(_outbox.platform, _outbox.why)
)
_LETTERS = select(
    select(func.count()).select_from(tables.dead_letter).scalar_subquery().label("letters"),
    select(func.max(tables.inbox.c.received_at)).scalar_subquery().label("receipt"),
)
_LEASES = select(_lease.lane, _lease.holder, _lease.until)
