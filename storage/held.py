"""Everything that is held about one person, for the file they may ask for at any time."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import (
    Application,
    AuditEntry,
    Block,
    Case,
    CheckIn,
    Membership,
    Partnership,
    Record,
    SurveyAnswer,
)
from storage import tables
from storage.records import chosen, load, load_by


#: Records that name the person in this column. Whom others blocked is others' secret.
_THEIRS: tuple[tuple[type[Any], str], ...] = (
    (Application, "person"),
    (Membership, "person"),
    (CheckIn, "person"),
    (SurveyAnswer, "person"),
    (Block, "person"),
    (Case, "person"),
    (AuditEntry, "who"),
)


async def held_about(connection: AsyncConnection, person: int) -> tuple[Record, ...]:
    """Give every record about the person, of any round."""
    found: list[Record] = []
    for kind, name in _THEIRS:
        found += await load_by(connection, kind, name, (person,))
    membership = tables.membership.c
    theirs = select(membership.partnership).where(membership.person == person)
    of_them = chosen(Partnership).where(tables.partnership.c.id.in_(theirs))
    found += await load(connection, Partnership, of_them.order_by(tables.partnership.c.id))
    return tuple(found)
