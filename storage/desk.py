"""The desk: what a director's command looks at, part by part as `bot.ports.Needs` lists them."""

from datetime import datetime
from typing import Any

from bot.events import Event
from bot.model import AuditEntry, Pending, Person, Round, RoundState
from bot.ports import Needs
from bot.snapshots import Desk
from storage import tables
from storage.candidates import blocks_between, candidates_of
from storage.contacts import find_contacts
from storage.counts import counts_of, waiting_of
from storage.database import take_time
from storage.desk_parts import Asked, applications, cases, check_ins, marks, partnerships, people, surveys
from storage.evaluation import evaluation_of, round_before
from storage.finding import found_people
from storage.health import health_of
from storage.records import chosen, load, load_by
from storage.work import Work


_OVER = frozenset({RoundState.ENDED, RoundState.CANCELLED})
_IN_MATCHING = ("accepted", "placed", "unplaced", "alone", "late")


async def desk(work: Work, event: Event, needs: Needs, now: datetime) -> Desk | None:
    """Give what the command needs; None when it does not come from the directors' room of its platform.

    The round is locked, so that two directors' commands cannot cross.
    """
    room = (await work.rooms()).get(event.platform)
    if room is None or room.chat != event.chat:
        return None
    of = await _locked(work, _newest(await work.rounds()))
    await take_time(work.connection)  # a report about thousands is made while the transaction waits
    director = (await find_contacts(work, (event,), now)).person(event)
    found = await found_people(work, needs.find, needs.limit, needs.offset) if needs.find else ()
    asked = Asked(work, needs, of.id if of else "", tuple(person.id for person in found))
    asked.people |= {person.id: person for person in found}
    loaded: dict[str, Any] = {part: await _PARTS[part](asked) for part in _PARTS if part in needs.parts}
    loaded["partnerships"] = await partnerships(asked)
    return Desk(
        now=now,
        director=director or Person(0, event.platform, ""),
        room=room,
        round=of,
        pending=await _pending(work, director),
        counts=await _counts(work, of, needs) | await _evaluated(work, of, needs),
        last=round_before(await work.rounds(), of) if "evaluation" in needs.parts else None,
        health=await health_of(work.connection, now) if "health" in needs.parts else {},
        **loaded,
        people=await people(asked),
    )


def _newest(rounds: tuple[Round, ...]) -> Round | None:
    """Give the newest round that is not over, else the newest of all."""
    going = (each for each in rounds if each.state not in _OVER)
    return next(going, rounds[0] if rounds else None)


async def _locked(work: Work, of: Round | None) -> Round | None:
    if of is None or not work.locks:
        return of
    statement = chosen(Round).where(tables.round_.c.id == of.id).with_for_update()
    found = await load(work.connection, Round, statement)
    work.seen.note(found)
    return found[0]


async def _pending(work: Work, director: Person | None) -> Pending | None:
    if director is None:
        return None
    found = await load_by(work.connection, Pending, "person", (director.id,))
    return found[0] if found else None


async def _candidates(asked: Asked) -> tuple[Any, ...]:
    test = tables.application.c.state.in_(_IN_MATCHING)
    return await candidates_of(asked.work, asked.round, test)


async def _blocks(asked: Asked) -> tuple[Any, ...]:
    return await blocks_between(asked.work, asked.round)


async def _rounds(asked: Asked) -> tuple[Any, ...]:
    return await asked.work.rounds()


async def _audit(asked: Asked) -> tuple[AuditEntry, ...]:
    place = tables.audit_entry.c
    newest = chosen(AuditEntry).order_by(place.at.desc(), place.key.desc())
    statement = newest.limit(asked.needs.limit).offset(asked.needs.offset)
    found = tuple(await load(asked.work.connection, AuditEntry, statement))
    asked.wanted.update(entry.who for entry in found)
    return found


_PARTS = {
    "applications": applications,
    "cases": cases,
    "check_ins": check_ins,
    "surveys": surveys,
    "candidates": _candidates,
    "marks": marks,
    "blocks": _blocks,
    "audit": _audit,
    "rounds": _rounds,
}


async def _counts(work: Work, of: Round | None, needs: Needs) -> dict[str, int]:
    if "counts" in needs.parts:
        return await counts_of(work, of)
    return await waiting_of(work, of) if "waiting" in needs.parts else {}


async def _evaluated(work: Work, of: Round | None, needs: Needs) -> dict[str, int]:
    if "evaluation" not in needs.parts:
        return {}
    return await evaluation_of(work, of, round_before(await work.rounds(), of))
