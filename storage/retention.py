"""Retention: whose time is over, and what of the machinery's own rows nobody needs any more."""

from datetime import datetime, timedelta

from sqlalchemy import String, and_, cast, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import ApplicationState, RoundState
from storage import tables
from storage.tables_delivery import GIVEN_UP, Waiting
from storage.work import Work


#: Platforms repeat an event within hours, some within days.
REPEATS = timedelta(days=30)
#: So long an operator can send again what was given up by a defect; then its words go.
MENDABLE = timedelta(days=7)

_OVER = (RoundState.ENDED, RoundState.CANCELLED)
_ENDED = (Waiting.SENT, Waiting.GIVEN_UP)


async def outlived(work: Work, before: datetime, limit: int) -> list[int]:
    """Give people whose last round ended before `before`, or who never took part and were last seen then.

    Nobody who waits for news, directs, or is an ambassador; nobody who takes part in anything.
    """
    person, application, a_round = tables.person.c, tables.application.c, tables.round_.c
    mine = and_(
        application.person == person.id,
        application.round == a_round.id,
        application.state != ApplicationState.WITHDRAWN,
    )
    still = exists().where(
        mine,
        or_(a_round.state.not_in(_OVER), func.coalesce(a_round.ended_at, person.seen_at) >= before),
    )
    statement = (
        select(person.id)
        .where(person.erased_at.is_(None), person.seen_at < before, ~still)
        .where(~person.wants_news, ~person.director, person.ambassador_for == "")
        .order_by(person.id)
        .limit(limit)
    )
    return list((await work.connection.execute(statement)).scalars())


async def tidy(connection: AsyncConnection, now: datetime, before: datetime) -> None:
    """Delete inbox rows that no platform repeats, and deliveries that ended before `before`."""
    outbox = tables.outbox.c
    await connection.execute(delete(tables.inbox).where(tables.inbox.c.received_at < now - REPEATS))
    ended = and_(outbox.state.in_(_ENDED), outbox.sent_at < before)
    await connection.execute(delete(tables.outbox).where(ended))
    kept = and_(GIVEN_UP, outbox.sent_at < now - MENDABLE, cast(outbox.body, String).is_not(None))
    await connection.execute(update(tables.outbox).where(kept).values(body=None))
    letter = tables.dead_letter
    await connection.execute(delete(letter).where(letter.c.at < now - REPEATS))
