"""Halls: the rounds whose look has come; what is loaded depends on the state (see `bot.snapshots.Hall`)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, exists, func, or_, select

from bot.model import (
    Application,
    ApplicationState,
    Mark,
    Partnership,
    PartnershipState,
    Person,
    Round,
    RoundState,
)
from bot.rounds.ambassadors import due
from bot.snapshots import Hall
from storage import tables
from storage.candidates import blocks_between, candidates_of, with_people
from storage.counts import counts_of
from storage.database import take_time
from storage.embassies import embassies_of
from storage.quick import fetch_records
from storage.records import chosen, load
from storage.thirds import lively, members_of, willing
from storage.work import Work


#: At most so many people are told of a round's opening in one look.
AUDIENCE = 500
#: At most so many new applications in one look, and so many from each country's queue.
SUBMITTED = 1000
QUEUED = 200

_TAKES = (ApplicationState.SUBMITTED, ApplicationState.WAITING)
_ASKING = frozenset({RoundState.DRAFT, RoundState.OPEN})
_DRAFTING = frozenset({RoundState.CLOSED, RoundState.PROPOSED})

Parts = dict[str, Any]


async def halls_due(work: Work, now: datetime, limit: int) -> list[Hall]:
    """Give at most `limit` rounds with what their look needs, the longest due first, locked."""
    found = await fetch_records(work.connection, Round, _DUE, {"now": now, "limit": limit})
    work.seen.note(found)
    if any(each.state in _DRAFTING for each in found):
        await take_time(work.connection)  # thousands are paired while the transaction waits
    return [await _hall(work, each, now) for each in found]


async def _hall(work: Work, of: Round, now: datetime) -> Hall:
    parts: Parts = {}
    if of.state in _ASKING:
        parts = await _asking(work, of)
    if of.state in _DRAFTING:
        parts = await _drafting(work, of)
    if of.state is RoundState.RUNNING:
        parts = await _running(work, of, now)
    if due(of, now, work.pace):
        parts["embassies"] = await embassies_of(work, of)
    rooms = await work.rooms()
    return Hall(round=of, directors_room=next(iter(rooms.values()), None), **parts)


async def _asking(work: Work, of: Round) -> Parts:
    return {
        "waiting": await _waiting(work, of),
        "accepted": await _accepted(work, of),
        "audience": await _audience(work, of),
    }


async def _drafting(work: Work, of: Round) -> Parts:
    place = tables.partnership.c
    drafted = chosen(Partnership).where(place.round == of.id, place.state == PartnershipState.DRAFTED)
    states = (ApplicationState.ACCEPTED, ApplicationState.UNPLACED)
    return {
        "waiting": await _waiting(work, of),
        "accepted": await _accepted(work, of),
        "candidates": await candidates_of(work, of.id, tables.application.c.state.in_(states)),
        "drafted": tuple(await load(work.connection, Partnership, drafted.order_by(place.number))),
        **await _between(work, of),
    }


async def _running(work: Work, of: Round, now: datetime) -> Parts:
    """Load what a re-match needs: those left alone, those waiting, and pairs that might take a third."""
    started = of.started_at or of.starts_at or now
    parts: Parts = {"counts": await counts_of(work, of)} if now >= started + of.weeks * work.pace else {}
    alone = await candidates_of(work, of.id, _lost_partner(of))
    states = (ApplicationState.LATE, ApplicationState.WAITING, ApplicationState.UNPLACED)
    late = await candidates_of(work, of.id, tables.application.c.state.in_(states))
    parts |= {"alone": alone, "candidates": late}
    if not alone and not any(each.application.state is ApplicationState.LATE for each in late):
        return parts
    ready = await willing(work, of)
    keen = await lively(work, of, now)
    thirds = await candidates_of(work, of.id, members_of((*ready, *keen)))
    return parts | {
        "candidates": (*late, *thirds),
        "willing": ready,
        "lively": keen,
        **await _between(work, of),
    }


async def _between(work: Work, of: Round) -> Parts:
    marks = chosen(Mark).where(tables.mark.c.round == of.id)
    return {
        "marks": tuple(await load(work.connection, Mark, marks.order_by(tables.mark.c.a, tables.mark.c.b))),
        "blocks": await blocks_between(work, of.id),
    }


def _lost_partner(of: Round) -> Any:
    """Placed or alone, and in no partnership of this round now."""
    application, membership = tables.application.c, tables.membership.c
    active = exists().where(
        membership.round == of.id, membership.person == application.person, membership.active
    )
    states = (ApplicationState.PLACED, ApplicationState.ALONE)
    return and_(application.state.in_(states), ~active)


async def _waiting(work: Work, of: Round) -> tuple[tuple[Application, Person], ...]:
    """Give those who wait for a decision, first come first; bounded, so a long queue makes no long look."""
    place = tables.application.c
    line = func.row_number().over(
        partition_by=(place.state, _queue_of()), order_by=(place.submitted_at, place.person)
    )
    lined = (
        select(place.person, place.state, line.label("line"))
        .where(place.round == of.id, place.state.in_(_TAKES))
        .subquery()
    )
    most = or_(
        and_(lined.c.state == ApplicationState.SUBMITTED, lined.c.line <= SUBMITTED),
        and_(lined.c.state == ApplicationState.WAITING, lined.c.line <= QUEUED),
    )
    first = place.person.in_(select(lined.c.person).where(most))
    return await with_people(work, of.id, first, lock=True)


def _queue_of() -> Any:
    """Give the line somebody stands in: one for new applications, one a country for those that wait."""
    place = tables.application.c
    return case((place.state == ApplicationState.WAITING, place.country), else_="")


async def _accepted(work: Work, of: Round) -> dict[str, int]:
    place = tables.application.c
    statement: Select[Any] = (
        select(place.country, func.count())
        .where(place.round == of.id, place.state == ApplicationState.ACCEPTED)
        .group_by(place.country)
    )
    rows = (await work.connection.execute(statement)).fetchall()
    return {row[0]: row[1] for row in rows}


async def _audience(work: Work, of: Round) -> tuple[Person, ...]:
    """Give the next people to tell that the round is open: who want news, or applied to an earlier round."""
    person, application = tables.person.c, tables.application.c
    earlier = exists().where(application.person == person.id, application.round != of.id)
    statement = (
        chosen(Person)
        .where(person.id > of.told_up_to, person.reachable, person.erased_at.is_(None))
        .where(or_(person.wants_news, earlier))
        .order_by(person.id)
        .limit(AUDIENCE)
    )
    return tuple(await load(work.connection, Person, statement))


_round = tables.round_.c
_DUE = (
    chosen(Round)
    .where(_round.look_at.is_not(None), _round.look_at <= bindparam("now"))
    .order_by(_round.look_at, _round.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
