"""The directors' own deeds with a whole round: start it, end it early, cancel it."""

from collections.abc import Iterable, Mapping
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

    `partnerships` are the round's drafted ones, `applications` at least their members'. Who withdrew since
    the draft is left out, and whoever was to be their partner waits for another (the round's first look
    finds one). That look tells the unplaced and those who wait why, and what happens next. The reply to
    the directors is the caller's.
    """
    running = replace(round, state=RoundState.RUNNING, started_at=now, look_at=now)
    taking = {
        each.person: each
        for each in applications
        if each.round == round.id and each.state is not ApplicationState.WITHDRAWN
    }
    drafted = [each for each in partnerships if each.state is PartnershipState.DRAFTED]
    opening = [opened for each in drafted if (opened := _opening(each, taking, now)) is not None]
    memberships = [
        Membership(each.id, member, round.id, active=True) for each in opening for member in each.members
    ]
    left = tuple(each for each in drafted if each.id not in {opened.id for opened in opening})
    return Outcome((running, *opening, *memberships, *_standings(drafted, opening, taking)), drops=left)


def _opening(drafted: Partnership, taking: Mapping[int, Application], now: datetime) -> Partnership | None:
    """Give the partnership as it begins: without who left since the draft; None when fewer than two stay."""
    members = tuple(member for member in drafted.members if member in taking)
    if len(members) < 2:
        return None
    starter = drafted.starter if drafted.starter in members else members[0]
    return replace(drafted, members=members, starter=starter, state=PartnershipState.OPENING, look_at=now)


def _standings(
    drafted: Iterable[Partnership], opening: Iterable[Partnership], taking: Mapping[int, Application]
) -> list[Application]:
    """Give the applications of the draft: placed, or alone when the partner has left since."""
    placed = {member for each in opening for member in each.members}
    people = [member for each in drafted for member in each.members if member in taking]
    states = {True: ApplicationState.PLACED, False: ApplicationState.ALONE}
    return [replace(taking[member], state=states[member in placed], why="") for member in people]


def finish(
    round: Round,  # noqa: A002 - the record's own name
    partnerships: Iterable[Partnership],
    now: datetime,
) -> Outcome:
    """End a running round before its time: every live partnership is looked at now and ends kindly.

    The round itself is looked at once more, to thank its ambassadors.
    """
    live = [replace(each, look_at=now) for each in partnerships if each.state in _LIVE]
    ended = replace(round, state=RoundState.ENDED, ended_at=now, look_at=now)
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
