"""Addresses: finds the chat of each delivery, its reader's language and zone, and the accounts it names.

A room message is addressed to the room and finds its chat only now, so a room may move while it waits.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, bindparam, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Body, Carry, Message, OpenForm, OpenRoom, Settle, ShowHome, Tend
from storage import tables
from storage.quick import fetch_records


_PERSON = re.compile(r"\(person:(\d+)\)")

Target = tuple[str, str, str]
"""Platform, kind and id of an address."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a delivery goes; `why` is what is against it."""

    chat: str = ""
    language: str = "en"
    zone: str = ""
    accounts: dict[int, str] = field(default_factory=dict)
    why: str = ""


class Reader(NamedTuple):
    """A person, as far as writing to them needs it."""

    id: int
    platform: str
    account: str
    chat: str
    language: str
    zone: str
    reachable: bool
    erased_at: datetime | None


class Room(NamedTuple):
    """A partnership, as far as writing to it needs it."""

    id: str
    platform: str
    chat: str
    members: tuple[int, ...]


@dataclass(slots=True)
class Known:
    """Who and what the addresses of a batch name."""

    people: dict[int, Reader] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    by_chat: dict[tuple[str, str], Reader | Room] = field(default_factory=dict)


async def find_places(
    connection: AsyncConnection, wanted: Sequence[tuple[Target, Body | None]]
) -> list[Place]:
    """Give the place of each, in order, in at most five statements whatever their number."""
    known = Known()
    rooms = [name for (_, kind, name), _ in wanted if kind == "room"]
    if rooms:
        found = await fetch_records(connection, Room, _ROOMS, {"rooms": rooms})
        known.rooms = {room.id: room for room in found}
    chats = {(platform, name) for (platform, kind, name), _ in wanted if kind == "chat"}
    if chats:
        known.by_chat = await _by_chat(connection, chats)
    ids = {int(name) for (_, kind, name), _ in wanted if kind == "person" and name.isdecimal()}
    ids |= {person for _, body in wanted for person in named(body)}
    in_chats = [each for each in known.by_chat.values() if isinstance(each, Room)]
    ids |= {member for each in (*known.rooms.values(), *in_chats) for member in each.members}
    if ids:
        people = await fetch_records(connection, Reader, _PEOPLE, {"people": list(ids)})
        known.people = {person.id: person for person in people}
    return [_place(target, body, known) for target, body in wanted]


def named(body: Body | None) -> set[int]:
    """Give the ids of the people whom a body mentions."""
    match body:
        case Message(text=text) | Settle(chosen=text) | Carry(by=text):
            return {int(found) for found in _PERSON.findall(text)} if "(person:" in text else set()
        case OpenRoom(people=people):
            return set(people)
        case OpenForm(form=form):
            return {person for field in form.fields for person in named(Message(field.label))}
        case ShowHome(parts=parts):
            return {person for part in parts for person in named(part)}
        case _:
            return set()


async def _by_chat(
    connection: AsyncConnection, chats: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Reader | Room]:
    """Give whose private chat, or which partnership's room, each chat is."""
    found: dict[tuple[str, str], Reader | Room] = {}
    by_platform: dict[str, list[str]] = {}
    for platform, chat in chats:
        by_platform.setdefault(platform, []).append(chat)
    for platform, those in by_platform.items():
        where = {"platform": platform, "chats": those}
        rooms = await fetch_records(connection, Room, _SHARED, where)
        found |= {(platform, room.chat): room for room in rooms}
        people = await fetch_records(connection, Reader, _PRIVATE, where)
        found |= {(platform, person.chat): person for person in people}
    return found


def _place(target: Target, body: Body | None, known: Known) -> Place:
    platform, kind, name = target
    people = (known.people[each] for each in named(body) if each in known.people)
    # Somebody of another platform has no account that could be linked there.
    accounts = {person.id: person.account for person in people if person.platform == platform}
    match kind:
        case "person":
            return _private(known.people.get(int(name)) if name.isdecimal() else None, accounts)
        case "room":
            return _room(known.rooms.get(name), body, known, accounts)
        case "chat":
            at = known.by_chat.get((platform, name))
            if isinstance(at, Reader):
                return Place(name, at.language, at.zone, {at.id: at.account} | accounts)
            if isinstance(at, Room):
                return _shared(name, at, known, accounts)
    return Place(name, accounts=accounts)


def _private(person: Reader | None, accounts: dict[int, str]) -> Place:
    if person is None or person.erased_at:
        return Place(why="nobody is there")
    accounts = {person.id: person.account} | accounts
    why = "" if person.reachable else "unreachable"
    if not person.chat:
        why = why or "no private chat yet"
    return Place(person.chat, person.language, person.zone, accounts, why)


def _room(room: Room | None, body: Body | None, known: Known, accounts: dict[int, str]) -> Place:
    if room is None:
        return Place(why="no such partnership")
    if isinstance(body, OpenRoom | Tend):  # these need no room that is there
        return _shared(room.chat, room, known, accounts)
    if not room.chat:
        return Place(why="no room")
    return _shared(room.chat, room, known, accounts)


def _shared(chat: str, room: Room, known: Known, accounts: dict[int, str]) -> Place:
    """Give a shared chat the language and zone that all its members share."""
    members = [known.people[each] for each in room.members if each in known.people]
    languages = {member.language for member in members}
    zones = {member.zone for member in members}
    return Place(
        chat,
        languages.pop() if len(languages) == 1 else "en",
        zones.pop() if len(zones) == 1 else "",
        {member.id: member.account for member in members} | accounts,
    )


def _in_chats(table: Table) -> tuple[ColumnElement[bool], ...]:
    return (
        table.c.chat != literal_column("''"),  # written out: else SQLite uses no partial index
        table.c.platform == bindparam("platform"),
        table.c.chat.in_(bindparam("chats", expanding=True)),
    )


_READER = select(*(tables.person.c[name] for name in Reader._fields))
_ROOM = select(*(tables.partnership.c[name] for name in Room._fields))
_PEOPLE = _READER.where(tables.person.c.id.in_(bindparam("people", expanding=True)))
_ROOMS = _ROOM.where(tables.partnership.c.id.in_(bindparam("rooms", expanding=True)))
_PRIVATE = _READER.where(*_in_chats(tables.person))
_SHARED = _ROOM.where(*_in_chats(tables.partnership))
