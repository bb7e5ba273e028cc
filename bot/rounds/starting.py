"""The directors' own deeds with a whole round: start it, end it early, cancel it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.deliveries import tell
from bot.messages import Delivery, Message
from bot.model import (
    Application,
    ApplicationState,
    Membership,
    Partnership,
    PartnershipState,
    Person,
    Round,
    RoundState,
)
from bot.outcome import Outcome
from bot.texts import Program
from bot.timetable import WEEK


_LIVE = frozenset({PartnershipState.OPENING, PartnershipState.RUNNING})


def start(
    round: Round,  # noqa: A002 - the record's own name
    partnerships: Iterable[Partnership],
    applications: Iterable[Application],
    now: datetime,
    program: Program,
) -> Outcome:
    """Approve the draft: week 1 begins now, and every drafted partnership is led to its room.

    `partnerships` are the round's drafted ones, `applications` at least their members'. The round's first
    look tells the unplaced and those who wait why, and what happens next; `program` is not asked for
    anything yet. The reply to the directors is the caller's.
    """
    running = replace(round, state=RoundState.RUNNING, started_at=now, look_at=now)
    drafted = [each for each in partnerships if each.state is PartnershipState.DRAFTED]
    opening = [replace(each, state=PartnershipState.OPENING, look_at=now) for each in drafted]
    members = {member for each in opening for member in each.members}
    memberships = [
        Membership(each.id, member, round.id, active=True) for each in opening for member in each.members
    ]
    placed = [
        replace(each, state=ApplicationState.PLACED, why="")
        for each in applications
        if each.person in members and each.round == round.id and each.state is not ApplicationState.WITHDRAWN
    ]
    return Outcome((running, *opening, *memberships, *placed))


def finish(
    round: Round,  # noqa: A002 - the record's own name
    partnerships: Iterable[Partnership],
    now: datetime,
) -> Outcome:
    """End a running round before its time: every live partnership is looked at now and ends kindly."""
    live = [replace(each, look_at=now) for each in partnerships if each.state in _LIVE]
    ended = replace(round, state=RoundState.ENDED, ended_at=now, look_at=None)
    return Outcome((ended, *live))


def cancel(
    round: Round,  # noqa: A002 - the record's own name
    partnerships: Iterable[Partnership],
    people: Iterable[Person],
    now: datetime,
    program: Program,
) -> Outcome:
    """Cancel a round: drafts are dropped, live partnerships end at their look, the applicants are told."""
    every = list(partnerships)
    dropped = tuple(each for each in every if each.state is PartnershipState.DRAFTED)
    cancelled = replace(round, state=RoundState.CANCELLED, ended_at=now, look_at=None)
    live = tuple(replace(each, look_at=now) for each in every if each.state in _LIVE)
    told = tuple(
        _told(round, person, now, program) for person in people if person.reachable and not person.erased_at
    )
    return Outcome((cancelled, *live), told, drops=dropped)


def _told(
    round: Round,  # noqa: A002 - the record's own name
    person: Person,
    now: datetime,
    program: Program,
) -> Delivery:
    text = program.say(person.language, "rounds.cancelled", round=round.name)
    return tell(person, f"cancelled/{round.id}/{person.id}", Message(text), now, program, patience=WEEK)
