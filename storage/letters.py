"""Dead letters: events that could not be decided, kept whole so that they can be tried again.

What people wrote in them is shown to nobody unless an operator asks for it, and goes with the person
(`mentions`) or after a month (`retention`).
"""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any, NamedTuple, get_args

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events import Event, Sender
from storage import tables


KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(Event)}


class Letter(NamedTuple):
    """A row of the table."""

    number: int
    platform: str
    event: str
    error: str
    payload: str
    at: datetime | None
    body: dict[str, Any] | None
    again: bool


async def bury(
    connection: AsyncConnection,
    *,
    name: tuple[str, str],
    error: str,
    payload: str,
    of: Event | None,
    at: datetime | None,
) -> None:
    """Keep an event that could not be decided; the inbox knows by `name` (platform, id) that it came.

    One that could not even be read is in no inbox: brought again, it is kept once all the same.
    """
    platform, event = name
    table = tables.dead_letter.c
    same = (table.platform == platform, table.event == event, table.payload == payload)
    if of is None and await connection.scalar(select(table.number).where(*same).limit(1)):
        return
    row = {"platform": platform, "event": event, "error": error, "payload": payload, "again": False}
    body = to_json(of) if of else None
    await connection.execute(
        insert(tables.dead_letter).values(row | {"at": of.at if of else at, "body": body})
    )


async def letters(
    connection: AsyncConnection, *, after: int = 0, limit: int = 50, again: bool = False
) -> list[Letter]:
    """Give dead letters in order of their numbers; with `again` those alone that are to be tried again."""
    table = tables.dead_letter
    asked = select(table).where(table.c.number > after).order_by(table.c.number).limit(limit)
    found = await connection.execute(asked.where(table.c.again) if again else asked)
    return [Letter(*row) for row in found]


async def letter_of(connection: AsyncConnection, number: int) -> Letter | None:
    """Give one letter; None when there is none of this number."""
    table = tables.dead_letter
    found = (await connection.execute(select(table).where(table.c.number == number))).first()
    return Letter(*found) if found else None


async def try_again(connection: AsyncConnection, number: int) -> None:
    """Ask for a letter to be tried again by the bot."""
    table = tables.dead_letter
    await connection.execute(update(table).where(table.c.number == number).values(again=True))


async def drop_letter(connection: AsyncConnection, number: int) -> bool:
    """Throw a letter away; False when there is none of this number."""
    table = tables.dead_letter
    return (await connection.execute(delete(table).where(table.c.number == number))).rowcount > 0


def event_again(letter: Letter, now: datetime) -> Event | None:
    """Give the event to try again, under a name of its own: the inbox has the old one. None: unreadable."""
    if letter.body is None:
        return None
    return replace(from_json(letter.body), id=f"{letter.event}/again/{letter.number}", at=now)


def to_json(event: Event) -> dict[str, Any]:
    """Give an event as plain JSON."""
    found = {each.name: getattr(event, each.name) for each in fields(event)}
    sender = event.sender
    found["sender"] = {each.name: getattr(sender, each.name) for each in fields(sender)} if sender else None
    return found | {"is": type(event).__name__, "at": event.at.isoformat()}


def from_json(kept: dict[str, Any]) -> Event:
    """Give the event that `to_json` was given; raises KeyError for a kind it does not know."""
    found = dict(kept)
    kind = KINDS[found.pop("is")]
    sender = found.pop("sender")
    at = datetime.fromisoformat(found.pop("at"))
    event: Event = kind(**found, at=at, sender=Sender(**sender) if sender else None)
    return event
