"""Finding people by what a director types: an id, a handle, a part of a name."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_

from bot.model import Person
from storage import tables
from storage.records import chosen, load
from storage.work import Work


async def found_people(work: Work, texts: Sequence[str], limit: int, offset: int) -> tuple[Person, ...]:
    """Give the people that any of the texts finds, by id, locked; nobody who was erased."""
    tests = [_test(text) for text in texts if text.strip()]
    if not tests:
        return ()
    person = tables.person.c
    statement = chosen(Person).where(person.erased_at.is_(None), or_(*tests)).order_by(person.id)
    first = statement.limit(limit).offset(offset).with_for_update()
    return tuple(await load(work.connection, Person, first))


def _test(text: str) -> ColumnElement[bool]:
    person = tables.person.c
    wanted = text.strip().casefold()
    if wanted.isdecimal() and wanted.isascii() and len(wanted) < 19:
        return person.id == int(wanted)
    if wanted.startswith("@"):
        return person.sought.endswith(f"\n{wanted}", autoescape=True)
    return person.sought.contains(wanted, autoescape=True)
