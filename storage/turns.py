"""Turns: the snapshots of a batch of events (or of people to be reminded), in a dozen statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import and_, bindparam, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.rights import asked_for
from bot.events import Event
from bot.model import (
    Application,
    ApplicationState,
    CheckIn,
    Dialogue,
    DirectorsRoom,
    Partnership,
    Person,
    Round,
    RoundState,
    SurveyAnswer,
)
from bot.snapshots import Turn
from storage import tables
from storage.contacts import Contacts, add_people, find_contacts
from storage.held import held_about
from storage.putting import put_at
from storage.quick import fetch, fetch_records
from storage.records import chosen, load_by
from storage.tables_people import UNFINISHED
from storage.work import Work, main_room


@dataclass(slots=True)
class Around:
    """What surrounds the people of a batch, by person."""

    rounds: dict[str, Round]
    open_round: Round | None
    rooms: dict[str, DirectorsRoom]
    dialogues: dict[int, Dialogue] = field(default_factory=dict)
    put: dict[int, float] = field(default_factory=dict)
    applications: dict[int, Application] = field(default_factory=dict)
    #: The round they took part in last.
    lived: dict[int, str] = field(default_factory=dict)
    check_ins: dict[int, CheckIn] = field(default_factory=dict)
    lately: dict[str, list[CheckIn]] = field(default_factory=dict)
    surveys: dict[tuple[int, str], list[SurveyAnswer]] = field(default_factory=dict)
    before: dict[int, int] = field(default_factory=dict)
    ambassadors: dict[str, Person] = field(default_factory=dict)


async def turns(work: Work, events: Sequence[Event], now: datetime) -> list[Turn | None]:
    """Give the snapshot of each event; None where it is nobody's room or chat."""
    found = await find_contacts(work, events, now)
    subjects = {person.id for event in events if (person := found.person(event))}
    subjects |= {each.starter for event in events if (each := found.partnership(event, None))}
    around = await _around(
        work, [found.people[each] for each in subjects if each in found.people], found, now
    )
    made = [_of_event(event, found, around, now) for event in events]
    for at, event in enumerate(events):
        if asked_for(event) and (turn := made[at]) is not None:
            made[at] = replace(turn, held=await held_about(work.connection, turn.person.id))
    return made


async def unfinished(work: Work, before: datetime, limit: int, now: datetime) -> list[Turn]:
    """Give people whose application waits since `before` and who were not reminded, locked."""
    waiting = {"before": before, "limit": limit}
    dialogues = await fetch_records(work.connection, Dialogue, _LEFT, waiting)
    if not dialogues:
        return []
    found = Contacts()
    await add_people(work, found, [dialogue.person for dialogue in dialogues])
    people = [found.people[dialogue.person] for dialogue in dialogues]
    around = await _around(work, people, found, now)
    return [
        _turn(person, found.partnerships.get(found.own.get(person.id, "")), found, around, now)
        for person in people
    ]


def _of_event(event: Event, found: Contacts, around: Around, now: datetime) -> Turn | None:
    room = around.rooms.get(event.platform)
    at_desk = room is not None and room.chat == event.chat
    person = found.person(event)
    partnership = found.partnership(event, person)
    if person is None and partnership is not None and event.sender is None:
        person = found.people.get(partnership.starter)
    if person is None and event.sender is None and not at_desk:
        return None
    if person is None and (event.private or not (at_desk or (event.sender and event.sender.anonymous))):
        return None  # an account that is not known and that this kind of event does not make known
    who = person or Person(0, event.platform, event.sender.account if event.sender else "")
    return _turn(who, partnership, found, around, now, platform=event.platform, at_desk=at_desk)


def _turn(
    person: Person,
    partnership: Partnership | None,
    found: Contacts,
    around: Around,
    now: datetime,
    *,
    platform: str = "",
    at_desk: bool = False,
) -> Turn:
    application = around.applications.get(person.id)
    about = application or partnership
    lived = partnership.round if partnership else around.lived.get(person.id, "")
    earlier = around.rounds.get(lived) if application and application.round != lived else None
    its_round = earlier.id if earlier else about.round if about else ""
    members = partnership.others(person.id) if partnership else ()
    return Turn(
        now=now,
        person=person,
        dialogue=around.dialogues.get(person.id),
        put=around.put.get(person.id, 0.0),
        open_round=around.open_round,
        application=application,
        round=around.rounds.get(about.round) if about else None,
        earlier=earlier,
        partnership=partnership,
        partners=tuple(found.people[each] for each in members),
        check_in=around.check_ins.get(person.id),
        check_ins=tuple(around.lately.get(partnership.id, ())) if partnership else (),
        surveys=tuple(around.surveys.get((person.id, its_round), ())),
        queue_place=around.before.get(person.id, 0),
        in_directors_room=at_desk,
        directors_room=main_room(around.rooms, platform or person.platform),
        ambassador=around.ambassadors.get(person.country) if person.country else None,
    )


async def _around(work: Work, people: Sequence[Person], contacts: Contacts, now: datetime) -> Around:
    rounds = await work.rounds()
    found = Around({each.id: each for each in rounds}, _open(rounds), await work.rooms())
    ids = [person.id for person in people]
    if not ids:
        return found
    connection = work.connection
    dialogues = await load_by(connection, Dialogue, "person", ids)
    found.dialogues = {dialogue.person: dialogue for dialogue in dialogues}
    found.put = await put_at(connection, dialogues, now)
    await _add_applications(connection, ids, found)
    await _add_check_ins(work, ids, now, found)
    await _add_lately(work, list(contacts.partnerships), now, found)
    for answer in await load_by(connection, SurveyAnswer, "person", ids):
        found.surveys.setdefault((answer.person, answer.round), []).append(answer)
    await _add_ambassadors(connection, {person.country for person in people}, found)
    return found


def _open(rounds: Sequence[Round]) -> Round | None:
    """Give the round that takes applications, of rounds newest first: one in progress takes late ones."""
    opened = (each for each in rounds if each.state is RoundState.OPEN)
    late = (each for each in rounds if each.state in _LATE)
    return next(opened, None) or next(late, None)


async def _add_applications(connection: AsyncConnection, ids: list[int], found: Around) -> None:
    """Add each person's newest application that is not withdrawn, and their place in the queue."""
    applications = await fetch_records(connection, Application, _APPLICATIONS, {"people": ids})
    found.applications = {application.person: application for application in applications}
    found.lived = {each.person: each.round for each in applications if each.state in _TAKE_PART}
    waiting = [each.person for each in found.applications.values() if each.state is ApplicationState.WAITING]
    if waiting:
        places = await fetch(connection, _BEFORE, {"people": waiting})
        found.before = {
            person: count for person, of, count in places if found.applications[person].round == of
        }


async def _add_check_ins(work: Work, ids: list[int], now: datetime, found: Around) -> None:
    asked = {"people": ids, "since": now - 2 * work.pace, "now": now}
    check_ins = await fetch_records(work.connection, CheckIn, _CHECK_INS, asked)
    found.check_ins = {check_in.person: check_in for check_in in check_ins}


async def _add_lately(work: Work, partnerships: list[str], now: datetime, found: Around) -> None:
    """Add every check-in of these partnerships that was asked in the last two weeks, newest first."""
    if not partnerships:
        return
    asked = {"partnerships": partnerships, "since": now - 2 * work.pace, "now": now}
    for check_in in await fetch_records(work.connection, CheckIn, _LATELY, asked):
        found.lately.setdefault(check_in.partnership, []).append(check_in)


async def _add_ambassadors(connection: AsyncConnection, countries: Iterable[str], found: Around) -> None:
    wanted = [country for country in countries if country]
    if not wanted:
        return
    people = await fetch_records(connection, Person, _AMBASSADORS, {"countries": wanted})
    found.ambassadors = {person.ambassador_for: person for person in people}


_TAKE_PART = frozenset({ApplicationState.PLACED, ApplicationState.ALONE})
_LATE = frozenset({RoundState.CLOSED, RoundState.PROPOSED, RoundState.RUNNING})
_application = tables.application.c
_earlier = tables.application.alias("earlier")
_check_in = tables.check_in.c
_person = tables.person.c

_LEFT = (
    chosen(Dialogue)
    .where(UNFINISHED, tables.dialogue.c.touched_at <= bindparam("before"))
    .order_by(tables.dialogue.c.touched_at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
# Ordered so that the newest comes last and stays.
_APPLICATIONS = (
    chosen(Application)
    .where(
        _application.person.in_(bindparam("people", expanding=True)),
        _application.state != ApplicationState.WITHDRAWN,
    )
    .order_by(_application.submitted_at)
)
_CHECK_INS = (
    chosen(CheckIn)
    .where(
        _check_in.answer.is_(None),
        _check_in.person.in_(bindparam("people", expanding=True)),
        _check_in.asked_at.between(bindparam("since"), bindparam("now")),
    )
    .order_by(_check_in.asked_at)
)
_LATELY = (
    chosen(CheckIn)
    .where(
        _check_in.partnership.in_(bindparam("partnerships", expanding=True)),
        _check_in.asked_at.between(bindparam("since"), bindparam("now")),
    )
    .order_by(_check_in.asked_at.desc(), _check_in.person)
)
_AMBASSADORS = (
    chosen(Person)
    .where(
        _person.ambassador_for != literal_column("''"),  # written out: else SQLite uses no partial index
        _person.ambassador_for.in_(bindparam("countries", expanding=True)),
        _person.erased_at.is_(None),
    )
    .order_by(_person.id.desc())
)
_BEFORE = select(
    _application.person,
    _application.round,
    select(func.count())
    .where(
        _earlier.c.round == _application.round,
        _earlier.c.state == ApplicationState.WAITING,
        _earlier.c.country == _application.country,
        or_(
            _earlier.c.submitted_at < _application.submitted_at,
            and_(
                _earlier.c.submitted_at == _application.submitted_at,
                _earlier.c.person < _application.person,
            ),
        ),
    )
    .scalar_subquery(),
).where(
    _application.person.in_(bindparam("people", expanding=True)),
    _application.state == ApplicationState.WAITING,
)
