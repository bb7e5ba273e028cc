"""One look at one partnership: everything that came due since the last look, and when to look next.

Nothing remembers "already sent": a look gives what is due between the last look and now, and the
outbox keeps each key once, so that looks may come late, twice or in any number.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot import rooms
from bot.model import CheckIn, Partnership, PartnershipState, RoomStep, RoundState
from bot.outcome import NOTHING, Outcome, together
from bot.partnerships import calendar, ending, introductions, keeping, silence, weekly
from bot.partnerships.calendar import Due, days, timetable_of
from bot.snapshots import Book
from bot.texts import Program


#: The rules of rooms look at a pair too and say so in `looked_at`; what came due before their look, and they
#: know nothing of, is looked for so far back. What comes twice has the same key. In days of the program.
BEFORE_ROOM = 3.0
#: Steps of the room ladder in which the rules of rooms wait for somebody.
_ROOM_WAITS = frozenset({RoomStep.DIRECT, RoomStep.PICKER, RoomStep.LINK, RoomStep.CONTACT})

_DECIDE: Mapping[str, Callable[[Book, Due, datetime, Program], Outcome]] = {
    calendar.PROMPT.name: weekly.prompt,
    calendar.CHECK_IN.name: weekly.check_in,
    calendar.MID_SURVEY.name: weekly.survey,
    calendar.KEEP_IN_TOUCH.name: keeping.ask,
    calendar.END_SURVEY.name: weekly.survey,
}


def advance(book: Book, now: datetime, program: Program) -> Outcome:
    """Give what is due for this partnership, and save when it must be looked at next."""
    state = book.partnership.state
    if state not in (PartnershipState.OPENING, PartnershipState.RUNNING):
        return Outcome((replace(book.partnership, looked_at=now, look_at=None),))
    if is_over(book, now, program):
        return _last_invitation(book, now, program) + ending.end(book, now, program)
    if state is PartnershipState.OPENING:
        return _opening(book, now, program)
    if book.partnership.introduced_at is None:
        return _introduced(book, now, program)
    return _running(book, now, program)


def is_over(book: Book, now: datetime, program: Program) -> bool:
    """Tell whether the round is over for this partnership: its weeks are, or the directors ended it."""
    ended = book.round.state in (RoundState.ENDED, RoundState.CANCELLED)
    return ended or (book.round.started_at is not None and now >= timetable_of(book.round, program).end)


def _opening(book: Book, now: datetime, program: Program) -> Outcome:
    outcome = rooms.look(book, now, program)
    if not any(isinstance(record, Partnership) for record in outcome.saves):
        return _seen(book, outcome, now + days(program, 1))
    return _seen(book, outcome, timetable_of(book.round, program).end)


def _introduced(book: Book, now: datetime, program: Program) -> Outcome:
    """Introduce the partners; a pair whose room came late begins with the first topic all the same."""
    week = max(timetable_of(book.round, program).week(now), 1)
    begun = replace(
        book.partnership,
        introduced_at=now,
        first_week=max(book.partnership.first_week, week),
        looked_at=now,
    )
    book = replace(book, partnership=begun)
    posts = introductions.introduce(book, now, program) + weekly.first_prompt(book, week, now, program)
    return Outcome((replace(begun, look_at=_next_look(book, now, program)),), posts)


def _running(book: Book, now: datetime, program: Program) -> Outcome:
    since = _since(book.partnership, now, program)
    found = [_DECIDE[due.occasion.name](book, due, now, program) for due in _due(book, now, program)]
    found.append(weekly.reminders(book, since, now, program))
    found.append(silence.steps(book, since, now, program))
    found.append(keeping.exchange(book, now, program))
    found.append(_room(book, now, program))
    outcome = together(each for each in found if each is not NOTHING)
    return _seen(book, outcome, _next_look(_with_rows(book, outcome), now, program), now)


def _due(book: Book, now: datetime, program: Program) -> list[Due]:
    """Give what of the table came due since the last look."""
    since = _since(book.partnership, now, program)
    zones = calendar.zones_of(book.members)
    every = calendar.occasions(timetable_of(book.round, program), since, now, zones)
    return [due for due in every if since < due.at <= now]


def _last_invitation(book: Book, now: datetime, program: Program) -> Outcome:
    """Invite to the end survey even where the last week's look came only when the weeks were over."""
    if book.partnership.introduced_at is None:
        return NOTHING
    due = [each for each in _due(book, now, program) if each.occasion is calendar.END_SURVEY]
    return together(weekly.survey(book, each, now, program) for each in due)


def _with_rows(book: Book, outcome: Outcome) -> Book:
    """Give the book as it will be: what was asked just now is reminded of later."""
    asked = tuple(record for record in outcome.saves if isinstance(record, CheckIn))
    return replace(book, check_ins=(*book.check_ins, *asked)) if asked else book


def _since(partnership: Partnership, now: datetime, program: Program) -> datetime:
    introduced = partnership.introduced_at or now
    looked = partnership.looked_at or introduced
    if looked == partnership.step_at:
        looked -= days(program, BEFORE_ROOM)
    return max(looked, introduced)


def _room(book: Book, now: datetime, program: Program) -> Outcome:
    """Let a room that was lost be mended while the weeks go on."""
    return rooms.look(book, now, program) if book.partnership.step in _ROOM_WAITS else NOTHING


def _next_look(book: Book, now: datetime, program: Program) -> datetime:
    timetable = timetable_of(book.round, program)
    zones = calendar.zones_of(book.members)
    moments = [due.at for due in calendar.occasions(timetable, now, now, zones) if due.at > now]
    moments += weekly.next_reminders(book, now, program)
    moments += silence.next_steps(book, now, program)
    return min((timetable.end, *moments))


def _seen(book: Book, outcome: Outcome, next_look: datetime, now: datetime | None = None) -> Outcome:
    """Save the partnership as the outcome left it; the next look is the rules' or the room's, the earlier."""
    last = book.partnership
    for record in outcome.saves:
        if isinstance(record, Partnership):
            last = record
    saved = last is not book.partnership
    look_at = min(last.look_at, next_look) if saved and last.look_at else next_look
    looked = replace(last, look_at=look_at, looked_at=now or last.looked_at)
    return replace(outcome, saves=(*outcome.saves, looked))
