"""Who an event is from and which partnership it is about, found for a whole batch in a few statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, bindparam, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events import Base, Event, Invited, Reachable, RoomLost, RoomOpened, Unreachable
from bot.model import Partnership, PartnershipState, Person
from storage import tables
from storage.many import many
from storage.quick import fetch, fetch_records
from storage.records import chosen, insert_new, load, load_by, person_row
from storage.work import Work


LIVE = frozenset({PartnershipState.OPENING, PartnershipState.RUNNING})

Account = tuple[str, str]
"""Platform and account."""


@dataclass(slots=True)
class Contacts:
    """The people and live partnerships of a batch."""

    ids: dict[Account, int] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    partnerships: dict[str, Partnership] = field(default_factory=dict)
    #: Each person's own live partnership, the newest.
    own: dict[int, str] = field(default_factory=dict)
    #: The partnership a shared chat belongs to; "" when it is over.
    rooms: dict[Account, str] = field(default_factory=dict)

    def person(self, event: Event) -> Person | None:
        """Give who did it; None when nobody did or nobody can know."""
        if (account := _account(event)) is None:
            return None
        return self.people.get(self.ids.get(account, 0))

    def partnership(self, event: Event, person: Person | None) -> Partnership | None:
        """Give the one the event is about: named, else that of the room, else the person's own."""
        if named := self._named(event):
            return named
        if not event.private and (room := self.rooms.get((event.platform, event.chat))) is not None:
            return self.partnerships.get(room)
        return self.partnerships.get(self.own.get(person.id, "")) if person else None

    def _named(self, event: Event) -> Partnership | None:
        about = _about(event)
        if not about:
            return None
        return next((each for each in self.partnerships.values() if each.is_called(about)), None)


async def find_contacts(work: Work, events: Sequence[Event], now: datetime) -> Contacts:
    """Find, make and lock whoever the events are from, and the partnerships they are about."""
    found = Contacts(await _ids(work, events, now))
    await _find_rooms(work, events, found)
    await add_people(work, found, found.ids.values())
    await _note_chats(work, events, found)
    return found


async def add_people(work: Work, found: Contacts, ids: Iterable[int]) -> None:
    """Load these people with their live partnerships and partners, locked: people first, each in order."""
    mine = set(ids)
    if mine:
        await _find_own(work, mine, found)
    members = {member for each in found.partnerships.values() for member in each.members}
    if not mine | members:
        return
    people = await fetch_records(work.connection, Person, _PEOPLE, {"people": list(mine | members)})
    found.people |= {person.id: person for person in people}
    if work.locks and found.partnerships:
        await _read_again(work, found)
    work.seen.note(found.people.values())
    work.seen.note(found.partnerships.values())


async def partnerships_in(connection: AsyncConnection, chats: Iterable[Account]) -> list[Partnership]:
    """Give the partnerships, over or not, whose shared chat is one of these (platform, chat)."""
    found: list[Partnership] = []
    for platform, those in _by_platform(chats).items():
        where = {"platform": platform, "chats": those}
        found += await fetch_records(connection, Partnership, _BY_CHAT, where)
    return found


async def _ids(work: Work, events: Sequence[Event], now: datetime) -> dict[Account, int]:
    wanted = [account for event in events if (account := _account(event))]
    known = await _known(work, wanted)
    missing = {
        account: event
        for event in reversed(events)
        if (account := _account(event)) and account not in known and not isinstance(event, _NEVER_NEW)
    }
    if missing:
        rows = [_stranger(event, now) for event in reversed(missing.values())]
        await many(work.connection, _add_person(work.connection.dialect.name), rows)
        known |= await _known(work, missing)
    return known


async def _known(work: Work, accounts: Iterable[Account]) -> dict[Account, int]:
    found: dict[Account, int] = {}
    for platform, those in _by_platform(accounts).items():
        rows = await fetch(work.connection, _BY_ACCOUNT, {"platform": platform, "accounts": those})
        found |= {(platform, account): number for number, account in rows}
    return found


def _stranger(event: Event, now: datetime) -> dict[str, object]:
    sender = event.sender
    assert sender is not None
    person = Person(
        id=0,
        platform=event.platform,
        account=sender.account,
        chat=event.chat if event.private else "",
        handle=sender.handle,
        name=sender.name.replace("\0", ""),  # PostgreSQL keeps no such sign
        language=sender.language.lower() or "en",
        zone=sender.zone,
        seen_at=now,
    )
    row = person_row(person)
    del row["id"]
    return row


@cache
def _add_person(dialect: str) -> Executable:
    names = [name for name in tables.person.c.keys() if name != "id"]  # noqa: SIM118 - columns, no dict
    statement = insert_new(tables.person, dialect)
    added: Executable = statement.values({name: bindparam(name) for name in names})
    return added


async def _note_chats(work: Work, events: Sequence[Event], found: Contacts) -> None:
    """Keep the private chat of those who were first met elsewhere: without it nobody can write to them."""
    rows = []
    for event in events:
        person = found.person(event) if event.private and event.chat else None
        if person and not person.chat and not person.erased_at:
            found.people[person.id] = replace(person, chat=event.chat)
            rows.append({"number": person.id, "found": event.chat})
    if rows:
        await many(work.connection, _NOTE_CHAT, rows)
        work.seen.note(found.people.values())


async def _find_rooms(work: Work, events: Sequence[Event], found: Contacts) -> None:
    """Find the partnerships that events name, and those whose shared chat they happened in."""
    named = [about for event in events if (about := _about(event))]
    if named:
        await _find_named(work, named, found)
    chats = {(event.platform, event.chat) for event in events if not event.private and event.chat}
    if not chats:
        return
    for each in await partnerships_in(work.connection, chats):
        key = (each.platform, each.chat)
        if each.state in LIVE:
            found.partnerships[each.id] = each
            found.rooms[key] = each.id
        else:
            found.rooms.setdefault(key, "")


async def _find_named(work: Work, named: list[str], found: Contacts) -> None:
    """Find partnerships by id or by echo (the number within any round that the echo fits)."""
    place = tables.partnership.c
    numbers = {int(about) & 0xFFFFF for about in named if about.isdecimal()}
    rounds = [each.id for each in await work.rounds()] if numbers else []
    by_number = chosen(Partnership).where(place.round.in_(rounds), place.number.in_(numbers))
    candidates = await load_by(work.connection, Partnership, "id", named)
    candidates += await load(work.connection, Partnership, by_number) if rounds else []
    for each in candidates:
        if each.state in LIVE and any(each.is_called(about) for about in named):
            found.partnerships[each.id] = each


async def _find_own(work: Work, people: set[int], found: Contacts) -> None:
    rows = await fetch(work.connection, _OWN, {"people": list(people)})
    own: dict[int, str] = {row[0]: row[1] for row in rows}
    missing = [partnership for partnership in own.values() if partnership not in found.partnerships]
    for each in await load_by(work.connection, Partnership, "id", missing) if missing else ():
        found.partnerships[each.id] = each
    found.own |= own


async def _read_again(work: Work, found: Contacts) -> None:
    """Lock the partnerships and read them as they are now that nobody else can change them."""
    ids = {"partnerships": list(found.partnerships)}
    locked = await fetch_records(work.connection, Partnership, _PARTNERSHIPS, ids)
    found.partnerships = {each.id: each for each in locked if each.state in LIVE}


def _by_platform(pairs: Iterable[Account]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for platform, name in dict.fromkeys(pairs):
        found.setdefault(platform, []).append(name)
    return found


def _account(event: Base) -> Account | None:
    sender = event.sender
    if sender is None or sender.anonymous or not sender.account:
        return None
    return event.platform, sender.account


def _about(event: Event) -> str:
    return event.about if isinstance(event, RoomOpened | RoomLost | Invited) else ""


#: Events that are about somebody who is known, or about nobody.
_NEVER_NEW = (Unreachable, Reachable)

_person = tables.person.c
_partnership = tables.partnership.c
_membership = tables.membership.c

_BY_ACCOUNT = select(_person.id, _person.account).where(
    _person.platform == bindparam("platform"), _person.account.in_(bindparam("accounts", expanding=True))
)
_BY_CHAT = chosen(Partnership).where(
    _partnership.chat != literal_column("''"),  # written out: else SQLite uses no partial index
    _partnership.platform == bindparam("platform"),
    _partnership.chat.in_(bindparam("chats", expanding=True)),
)
_PEOPLE = (
    chosen(Person)
    .where(_person.id.in_(bindparam("people", expanding=True)))
    .order_by(_person.id)
    .with_for_update()
)
_PARTNERSHIPS = (
    chosen(Partnership)
    .where(_partnership.id.in_(bindparam("partnerships", expanding=True)))
    .order_by(_partnership.id)
    .with_for_update()
)
_OWN = (
    select(_membership.person, _partnership.id)
    .join_from(tables.membership, tables.partnership, _partnership.id == _membership.partnership)
    .join(tables.round_, tables.round_.c.id == _membership.round)
    .where(
        _membership.person.in_(bindparam("people", expanding=True)),
        _membership.active,
        _partnership.state.in_(sorted(LIVE)),
    )
    .order_by(tables.round_.c.made, _partnership.number)
)
_NOTE_CHAT = update(tables.person).where(_person.id == bindparam("number")).values(chat=bindparam("found"))
