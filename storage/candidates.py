"""Applicants for the matching: each with the person and with whom they were ever paired."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select

from bot.model import Application, Block, PartnershipState, Person
from bot.snapshots import Candidate
from storage import tables
from storage.records import chosen, columns, load, shape
from storage.work import Work


async def candidates_of(work: Work, of: str, test: ColumnElement[bool]) -> tuple[Candidate, ...]:
    """Give the round's applicants who pass the test, first come first, with their former partners."""
    found = await with_people(work, of, test)
    if not found:
        return ()
    met = await _met(work, _those(of, test))
    return tuple(Candidate(application, person, met.get(person.id, ())) for application, person in found)


async def with_people(
    work: Work, of: str, test: ColumnElement[bool], *, lock: bool = False
) -> tuple[tuple[Application, Person], ...]:
    """Give the round's applications that pass the test and their people; nobody who was erased.

    With `lock`, those whose turn another process decides just now are left for the next look.
    """
    application, person = tables.application.c, tables.person.c
    statement = (
        select(*columns(Application), *columns(Person))
        .join_from(tables.application, tables.person, application.person == person.id)
        .where(application.round == of, person.erased_at.is_(None), test)
        .order_by(application.submitted_at, application.person)
    )
    if lock:
        statement = statement.with_for_update(of=tables.person, skip_locked=True)
    width = len(shape(Application).names)
    rows = (await work.connection.execute(statement)).fetchall()
    return tuple((Application(*row[:width]), Person(*row[width:])) for row in rows)


async def blocks_between(work: Work, of: str) -> tuple[Block, ...]:
    """Give the blocks of everybody who applied to the round."""
    block, application = tables.block.c, tables.application.c
    theirs = select(application.person).where(application.round == of)
    statement = chosen(Block).where(block.person.in_(theirs), block.other.in_(theirs))
    return tuple(await load(work.connection, Block, statement.order_by(block.person, block.other)))


def _those(of: str, test: ColumnElement[bool]) -> Select[Any]:
    application = tables.application.c
    return select(application.person).where(application.round == of, test)


async def _met(work: Work, those: Select[Any]) -> dict[int, tuple[int, ...]]:
    """Give former and present partners; a draft is no partnership yet."""
    mine, theirs = tables.membership.alias("mine"), tables.membership.alias("theirs")
    statement = (
        select(mine.c.person, theirs.c.person)
        .join_from(mine, theirs, mine.c.partnership == theirs.c.partnership)
        .join(tables.partnership, tables.partnership.c.id == mine.c.partnership)
        .where(
            mine.c.person.in_(those),
            theirs.c.person != mine.c.person,
            tables.partnership.c.state != PartnershipState.DRAFTED,
        )
        .order_by(mine.c.person, theirs.c.person)
    )
    found: dict[int, dict[int, None]] = {}
    for person, other in await work.connection.execute(statement):
        found.setdefault(person, {})[other] = None
    return {person: tuple(others) for person, others in found.items()}
