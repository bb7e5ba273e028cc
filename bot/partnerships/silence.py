"""The silence ladder: what the bot does when a pair goes quiet. It counts days and taps, and reads nothing.

| days since the last sign of contact | what |
| --- | --- |
| 2, only after the introduction | the starter is asked in private whether they have written |
| 7 | a friendly nudge to everybody, in private |
| 10 | a private question with one tap |
| 14, and if somebody was away then: 21, 28… | one case for the directors, with what was tried |

Signs of contact: the introduction, a check-in that says met or a date is set, "yes" or "they are away"
to the question of day 10, and the day somebody comes back who was away. In the days after a check-in was
asked nothing is said about a silence: its answer may end it. So nobody hears of it twice in a day.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice, takewhile

from bot.cases import open_case
from bot.deliveries import choices, tell
from bot.messages import Delivery, Message
from bot.model import IN_CONTACT, CheckIn, Contact, Person
from bot.outcome import NOTHING, Outcome, together
from bot.partnerships.calendar import (
    CHECK_IN,
    CHECK_IN_HAS,
    back_at,
    is_there,
    moment,
    patience,
    timetable_of,
    zones_of,
)
from bot.partnerships.weekly import LADDER_ROWS, labels
from bot.rooms.pair import names
from bot.snapshots import Book
from bot.texts import Program
from bot.timetable import Timetable, daytime


#: Answers that end a silence.
SIGNS = IN_CONTACT | {Contact.AWAY}
#: Answers that put the matter into human hands: whoever gave one is not nudged any more.
IN_HANDS = frozenset({Contact.NEED_HELP, Contact.ANOTHER, Contact.WRONG})
#: How late a step still makes sense, in days of the program.
LATE = 2.0
#: No case is opened in so many last days of a round: nobody could be matched again.
LAST_DAYS = 7.0
#: From the midnight before a check-in to the midnight after its reminder, in days.
_BEFORE = CHECK_IN.hour / 24
_AFTER = CHECK_IN_HAS - _BEFORE


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of the ladder in one silence."""

    name: str
    at: datetime
    since: datetime


def silent_since(book: Book) -> datetime | None:
    """Give the last sign of contact; None before the introduction."""
    introduced = book.partnership.introduced_at
    if introduced is None:
        return None
    signs = [row.answered_at for row in book.check_ins if row.answer in SIGNS and row.answered_at]
    backs = [back for back in map(back_at, book.members) if back]
    return max([introduced, *signs, *backs])


def rungs(book: Book, program: Program, after: datetime) -> Iterator[Step]:
    """Give the steps of the present silence that come after a moment, in order, at least a day apart.

    The case comes again every week with the same key: where somebody was away at the first, or came
    back before the day they had said.
    """
    since = silent_since(book)
    if since is None:
        return
    timetable = timetable_of(book.round, program)
    moments = _moments(since, timetable, zones_of(book.members))
    starter = next(moments)
    if since == book.partnership.introduced_at and starter > after:
        yield Step("starter", starter, since)
    for name in ("nudge", "question"):
        at = next(moments)
        if at > after:
            yield Step(name, at, since)
    for at in _weekly(next(moments), after, timetable):
        if at > after:
            yield Step("case", at, since)


def _moments(since: datetime, timetable: Timetable, zones: tuple[str, ...]) -> Iterator[datetime]:
    """Give when the starter is asked, and when nudge, question and case of a silence are due."""
    at = _clear(since + timetable.days(2), timetable, zones)
    yield at
    for count in (7, 10, 14):
        at = _clear(max(since + timetable.days(count), at + timetable.days(1)), timetable, zones)
        yield at


def _weekly(case: datetime, after: datetime, timetable: Timetable) -> list[datetime]:
    """Give the next two weekly moments of the case after `after`: more are not looked for at once."""
    until = timetable.end - timetable.days(LAST_DAYS)
    passed = max((after - case) // timetable.pace + 1, 0)
    moments = (case + (passed + more) * timetable.pace for more in range(2))
    return [at for at in moments if at < until]


@lru_cache(maxsize=1 << 14)
def _clear(at: datetime, timetable: Timetable, zones: tuple[str, ...]) -> datetime:
    """Move a moment into the day of all, and out of the days in which a check-in waits for its answer.

    Those are the local day it is asked, the next, and the day of its reminder, on everybody's calendar.
    """
    hold = timetable.hold(zones)
    at = daytime(at, hold)
    week = timetable.week(at)
    for asked_in in (week - 1, week, week + 1):
        for zone in zones if 1 <= asked_in <= timetable.weeks else ():
            asked = moment(timetable, asked_in, CHECK_IN.day, CHECK_IN.hour, (zone,))
            if asked - timetable.days(_BEFORE) <= at < asked + timetable.days(_AFTER):
                at = daytime(asked + timetable.days(CHECK_IN_HAS), hold)
    return at


def steps(book: Book, since: datetime, now: datetime, program: Program) -> Outcome:
    """Take the steps that came due between `since` and `now`."""
    due = list(takewhile(lambda step: step.at <= now, rungs(book, program, since)))
    if not due:
        return NOTHING
    return together(
        _TAKE[step.name](book, step, now, program) for step in due if not _late(step, now, program)
    )


def next_steps(book: Book, now: datetime, program: Program) -> list[datetime]:
    """Give the moments of the steps that are still to come."""
    return [step.at for step in islice(rungs(book, program, now), 1)]


def _late(step: Step, now: datetime, program: Program) -> bool:
    return step.name != "case" and now > step.at + patience(program, LATE)


def _starter(book: Book, step: Step, now: datetime, program: Program) -> Outcome:
    starter = [person for person in _to_nudge(book, step, now) if person.id == book.partnership.starter]
    return Outcome(
        deliveries=tuple(_told(book, person, step, ("wrote", "help"), program, now=now) for person in starter)
    )


def _nudge(book: Book, step: Step, now: datetime, program: Program) -> Outcome:
    people = _to_nudge(book, step, now)
    return Outcome(
        deliveries=tuple(_told(book, person, step, ("yes", "help"), program, now=now) for person in people)
    )


def _question(book: Book, step: Step, now: datetime, program: Program) -> Outcome:
    people = _to_nudge(book, step, now)
    week = LADDER_ROWS + timetable_of(book.round, program).week(step.at)
    kept = {row.person for row in book.check_ins if row.week == week}
    rows = tuple(CheckIn(book.partnership.id, each.id, week, now) for each in people if each.id not in kept)
    taps = ("yes", "not-yet", "away", "another", "wrong")
    return Outcome(rows, tuple(_told(book, person, step, taps, program, now=now) for person in people))


def _case(book: Book, step: Step, now: datetime, program: Program) -> Outcome:
    timetable = timetable_of(book.round, program)
    if len(_to_nudge(book, step, now)) < len(book.members):
        return Outcome()
    return open_case(
        f"quiet/{book.partnership.id}/{timetable.week(step.since)}",
        "quiet",
        now,
        program,
        person=_quietest(book, step.since),
        partnership=book.partnership.id,
        round=book.round.id,
        tried=_tried(book, step, program),
        room=book.directors_room,
    )


def _tried(book: Book, step: Step, program: Program) -> tuple[str, ...]:
    names_of = [rung.name for rung in rungs(book, program, step.since) if rung.name != step.name]
    tried = [program.say("en", f"ladder.tried.{name}") for name in names_of]
    answers = [
        row for row in book.check_ins if row.answered_at and row.answered_at > step.since and row.answer
    ]
    by_id = {person.id: person for person in book.members}
    for row in answers:
        if row.person in by_id:
            said = program.say("en", f"ladder.said.{row.answer}")
            tried.append(program.say("en", "ladder.tried.answered", name=by_id[row.person].name, said=said))
    return tuple(tried)


def _quietest(book: Book, since: datetime) -> Person:
    """Give whom the case is about: somebody who answered nothing in this silence, the starter last."""
    spoke = {row.person for row in book.check_ins if row.answered_at and row.answered_at > since}
    order = sorted(
        book.members, key=lambda person: (person.id in spoke, person.id == book.partnership.starter)
    )
    return order[0]


def _to_nudge(book: Book, step: Step, now: datetime) -> list[Person]:
    """Give those who may be spoken to: nobody at all while one of them is away or cannot be reached.

    Somebody who cannot be reached is a case already.
    """
    if not all(is_there(person, now) for person in book.members):
        return []
    return [
        person for person in book.members if is_there(person, now) and not _in_hands(book, person, step.since)
    ]


def _in_hands(book: Book, person: Person, since: datetime) -> bool:
    return any(
        row.person == person.id and row.answer in IN_HANDS and row.answered_at and row.answered_at > since
        for row in book.check_ins
    )


def _told(
    book: Book, person: Person, step: Step, taps: tuple[str, ...], program: Program, *, now: datetime
) -> Delivery:
    partner = names(tuple(each for each in book.members if each.id != person.id), person.language, program)
    week = timetable_of(book.round, program).week(step.at)
    words = labels(program.texts, person.language, "ladder.button", taps)
    buttons = [(label, f"l:{book.partnership.id}:{week}:{tap}") for tap, label in words]
    message = Message(program.say(person.language, f"ladder.{step.name}", partner=partner), choices(*buttons))
    key = f"{step.name}/{book.partnership.id}/{person.id}/{int(step.since.timestamp())}"
    # Patience from now, not from the step: a changed answer may bring a step back that is a day or two old.
    late = now - step.at + patience(program, LATE)
    return tell(person, key, message, step.at, program, patience=late)


_TAKE: Mapping[str, Callable[[Book, Step, datetime, Program], Outcome]] = {
    "starter": _starter,
    "nudge": _nudge,
    "question": _question,
    "case": _case,
}
