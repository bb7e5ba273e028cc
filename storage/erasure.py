"""Erasing a person: the row stays as a tombstone, the numbers stay, everything personal goes."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import String, and_, cast, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import ApplicationState, Person, RoundState
from storage import tables
from storage.mentions import erase_mentions
from storage.records import load_by, person_row
from storage.tables_delivery import ACTIVE, GIVEN_UP, QUEUED, Waiting


_FIGURE = re.compile(r"-?\d+|yes|no|maybe")
"""Survey answers of these forms are figures for the evaluation, not somebody's words."""


async def erase(
    connection: AsyncConnection, people: Iterable[int], now: datetime
) -> frozenset[tuple[str, str]]:
    """Erase these people; give (platform, target) of their private chats, for the last word to them."""
    found = await load_by(connection, Person, "id", people)
    chats = {(person.platform, f"chat/{person.chat}") for person in found if person.chat}
    for person in found:
        await _erase_deliveries(connection, person, now)
        await _erase_texts(connection, person)
        await _leave(connection, person)
        await erase_mentions(connection, person)
        row = person_row(tombstone(person, now))
        await connection.execute(update(tables.person).where(tables.person.c.id == person.id).values(row))
    return frozenset(chats)


def tombstone(person: Person, now: datetime) -> Person:
    """Give what stays of a person: a number that others' records may go on naming."""
    return Person(
        id=person.id,
        platform=person.platform,
        account=f"erased-{person.id}",
        reachable=False,
        ghosted=person.ghosted,
        removed_at=person.removed_at,
        erased_at=person.erased_at or now,
    )


async def _erase_deliveries(connection: AsyncConnection, person: Person, now: datetime) -> None:
    """Take every body to them, what is queued about them, and their chat's id out of what was sent."""
    outbox = tables.outbox
    theirs = [f"person/{person.id}"] + ([f"chat/{person.chat}"] if person.chat else [])
    to_them = and_(outbox.c.platform == person.platform, outbox.c.target.in_(theirs))
    about_them = cast(outbox.c.body, String).contains(f"(person:{person.id})", autoescape=True)
    gone: dict[str, Any] = {"state": Waiting.GIVEN_UP, "why": "erased", "body": None, "sent_at": now}
    await connection.execute(update(outbox).where(QUEUED, or_(to_them, about_them)).values(gone))
    kept = and_(or_(ACTIVE, GIVEN_UP), or_(to_them, and_(GIVEN_UP, about_them)))
    await connection.execute(update(outbox).where(kept).values(body=None))
    await connection.execute(update(outbox).where(to_them).values(target=f"erased/{person.id}", ref=""))


async def _leave(connection: AsyncConnection, person: Person) -> None:
    """Take them out of every round that is not over: they are neither placed in it nor waiting."""
    application, its_round = tables.application, tables.round_
    live = select(its_round.c.id).where(its_round.c.state.not_in((RoundState.ENDED, RoundState.CANCELLED)))
    theirs = (application.c.person == person.id, application.c.round.in_(live))
    await connection.execute(update(application).where(*theirs).values(state=ApplicationState.WITHDRAWN))


async def _erase_texts(connection: AsyncConnection, person: Person) -> None:
    """Empty what they wrote and what was written about them."""
    of_them = {"person": person.id}
    await connection.execute(delete(tables.dialogue).filter_by(**of_them))
    await connection.execute(delete(tables.pending).filter_by(**of_them))
    await connection.execute(update(tables.application).filter_by(**of_them).values(answers={}))
    await connection.execute(update(tables.case).filter_by(**of_them).values(tried=(), outcome=""))
    survey = tables.survey_answer
    found = await connection.execute(select(survey.c.value).where(survey.c.person == person.id).distinct())
    words = [value for (value,) in found if not _FIGURE.fullmatch(value)]
    if words:
        of_words = and_(survey.c.person == person.id, survey.c.value.in_(words))
        await connection.execute(update(survey).where(of_words).values(value=""))
    theirs = select(tables.membership.c.partnership).where(tables.membership.c.person == person.id)
    await connection.execute(
        update(tables.partnership).where(tables.partnership.c.id.in_(theirs)).values(reasons=())
    )
