"""The figures of a round, by the names that `bot.ports.Needs` lists."""

from typing import Any

from sqlalchemy import ColumnElement, Select, case, distinct, func, select

from bot.model import IN_CONTACT, ApplicationState, CaseState, PartnershipState, Round
from storage import tables
from storage.work import Work


async def counts_of(work: Work, of: Round | None) -> dict[str, int]:
    """Give every figure of the round, and those of all people; what is 0 may be missing."""
    found = await _people(work)
    if of is None:
        return found
    return found | await _partnerships(work, of.id) | await round_figures(work, of.id)


async def round_figures(work: Work, of: str) -> dict[str, int]:
    """Give the figures that are compared from round to round: applications, cases, contact by week."""
    return await _applications(work, of) | await _cases(work, of) | await _weeks(work, of)


async def waiting_of(work: Work, of: Round | None) -> dict[str, int]:
    """Give the figures of the round's cases alone: the queue is looked at more often than all the rest."""
    return await _cases(work, of.id) if of else {}


async def _people(work: Work) -> dict[str, int]:
    person = tables.person.c
    here = person.erased_at.is_(None)
    row = (
        await work.connection.execute(
            select(
                func.count(),
                _many(person.ambassador_for != ""),
                _many(person.director),
                _many(person.wants_news),
            ).where(here)
        )
    ).one()
    return dict(zip(("people", "ambassadors", "directors", "news"), (each or 0 for each in row), strict=True))


async def _applications(work: Work, of: str) -> dict[str, int]:
    place = tables.application.c
    mine = place.round == of
    found = await _grouped(work, "applications.", select(place.state, func.count()).where(mine), place.state)
    taking_part = (mine, place.state != ApplicationState.WITHDRAWN)
    countries = await _grouped(
        work, "country.", select(place.country, func.count()).where(*taking_part), place.country
    )
    found |= {f"{name}.applications": count for name, count in countries.items()}
    sources = select(place.source, func.count()).where(mine, place.source != 0)
    return found | await _grouped(work, "source.", sources, place.source)


async def _partnerships(work: Work, of: str) -> dict[str, int]:
    place = tables.partnership.c
    states = select(place.state, func.count()).where(place.round == of)
    rooms = select(place.room, func.count()).where(place.round == of, place.state == PartnershipState.RUNNING)
    found = await _grouped(work, "partnerships.", states, place.state)
    return found | await _grouped(work, "rooms.", rooms, place.room)


async def _cases(work: Work, of: str) -> dict[str, int]:
    place = tables.case.c
    mine = place.round == of
    found = await _grouped(work, "cases.", select(place.state, func.count()).where(mine), place.state)
    opened = select(place.country, func.count()).where(mine, place.state == CaseState.OPEN)
    countries = await _grouped(work, "country.", opened.where(place.country != ""), place.country)
    found |= {f"{name}.cases": count for name, count in countries.items()}
    minutes = await work.connection.scalar(select(func.coalesce(func.sum(place.minutes), 0)).where(mine))
    return found | {"minutes": int(minutes or 0)}


async def _weeks(work: Work, of: str) -> dict[str, int]:
    place, partnership = tables.check_in.c, tables.partnership.c
    contact = case((place.answer.in_(sorted(IN_CONTACT)), place.partnership))
    statement = (
        select(
            place.week,
            func.count(),
            func.count(place.answer),
            func.count(distinct(place.partnership)),
            func.count(distinct(contact)),
        )
        .join_from(tables.partnership, tables.check_in, place.partnership == partnership.id)
        .where(partnership.round == of)
        .group_by(place.week)
    )
    names = ("asked", "answered", "pairs", "contact")
    found: dict[str, int] = {}
    for week, *figures in await work.connection.execute(statement):
        found |= {f"week.{week}.{name}": figure for name, figure in zip(names, figures, strict=True)}
    return found


async def _grouped(
    work: Work, prefix: str, statement: Select[Any], column: ColumnElement[Any]
) -> dict[str, int]:
    rows = await work.connection.execute(statement.group_by(column))
    return {f"{prefix}{name or 'none'}": count for name, count in rows}


def _many(test: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((test, 1), else_=0))
