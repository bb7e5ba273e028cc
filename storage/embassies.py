"""Embassies: what each ambassador may know of a round, in a few statements whatever their number."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import case, func, select

from bot.model import ApplicationState, Case, CaseState, Person, Round
from bot.snapshots import Embassy
from storage import tables
from storage.records import chosen, load, load_by
from storage.work import Work


MOST_CASES = 20


async def embassies_of(work: Work, of: Round) -> tuple[Embassy, ...]:
    """Give the ambassadors who can be written to, by id, each with their own country's figures and cases."""
    people = await _ambassadors(work)
    if not people:
        return ()
    countries = {person.ambassador_for for person in people}
    figures = await _figures(work, of, countries)
    through = await _through(work, of, {person.id for person in people})
    cases = await _cases(work, of, countries)
    own = await _own(work, of, {person.id for person in people})
    return tuple(
        Embassy(
            person,
            *figures.get(person.ambassador_for, (0, 0)),
            through=through.get(person.id, 0),
            cases=tuple(
                (each, about)
                for each, about in cases
                if each.country == person.ambassador_for and (each.partnership, person.id) not in own
            )[:MOST_CASES],
        )
        for person in people
    )


async def _ambassadors(work: Work) -> list[Person]:
    place = tables.person.c
    here = chosen(Person).where(place.ambassador_for != "", place.reachable)
    there = here.where(place.erased_at.is_(None), place.removed_at.is_(None))
    return await load(work.connection, Person, there.order_by(place.id))


async def _figures(work: Work, of: Round, countries: Collection[str]) -> dict[str, tuple[int, int]]:
    """Give by country how many applied and did not withdraw, and how many of them have a partner."""
    place = tables.application.c
    placed = func.sum(case((place.state == ApplicationState.PLACED, 1), else_=0))
    mine = (place.round == of.id, place.country.in_(countries), place.state != ApplicationState.WITHDRAWN)
    statement: Any = select(place.country, func.count(), placed).where(*mine).group_by(place.country)
    return {country: (count, with_partner) for country, count, with_partner in await _rows(work, statement)}


async def _through(work: Work, of: Round, ambassadors: Collection[int]) -> dict[int, int]:
    place = tables.application.c
    mine = (place.round == of.id, place.source.in_(ambassadors))
    return dict(await _rows(work, select(place.source, func.count()).where(*mine).group_by(place.source)))


async def _cases(work: Work, of: Round, countries: Collection[str]) -> list[tuple[Case, Person]]:
    place = tables.case.c
    waiting = chosen(Case).where(place.state == CaseState.OPEN, place.round == of.id)
    mine = waiting.where(place.country.in_(countries), place.person != 0)
    found = await load(work.connection, Case, mine.order_by(place.opened_at, place.number))
    people = await load_by(work.connection, Person, "id", {each.person for each in found})
    known = {person.id: person for person in people if person.erased_at is None}
    return [(each, known[each.person]) for each in found if each.person in known]


async def _own(work: Work, of: Round, ambassadors: Collection[int]) -> set[tuple[str, int]]:
    """Give the partnerships that ambassadors are or were in themselves: those are not theirs to help with."""
    place = tables.membership.c
    mine = (place.round == of.id, place.person.in_(ambassadors))
    return {
        (row[0], row[1]) for row in await _rows(work, select(place.partnership, place.person).where(*mine))
    }


async def _rows(work: Work, statement: Any) -> list[Any]:
    return list((await work.connection.execute(statement)).fetchall())
