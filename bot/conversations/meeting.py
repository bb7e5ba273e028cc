"""When two people can talk: both clocks, and slots inside everybody's free hours, with a calendar file.

Free hours are local; a slot becomes a moment through the zone database, on its own day, so a change of
clocks between now and then is right by itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta

from bot.answers import Span, told
from bot.conversations.calendar_file import calendar_file
from bot.conversations.calls import Call
from bot.deliveries import mention
from bot.markup import Markup
from bot.model import Person
from bot.outcome import Outcome
from bot.texts.names import day_name
from bot.timetable import is_night, local, zone_of
from bot.wording import local_time


HOUR = timedelta(hours=1)
#: How far ahead slots are looked for, and how many are offered.
DAYS, SLOTS = 14, 3
#: A proposal is never nearer than this.
NOTICE = timedelta(hours=12)


def when(call: Call) -> Outcome:
    """Show both clocks and three slots, with a calendar file of them."""
    turn = call.turn
    if turn.partnership is None or not turn.partners:
        return call.answer(call.say("people.no-partner"), call.row("status", "help"))
    people = (turn.person, *turn.partners)
    found, inside = slots(people, turn.now)
    head = (
        call.say("people.when.free" if inside else "people.when.day")
        if found
        else call.say("people.when.none")
    )
    lines = "\n".join(_slot(call, at, people) for at in found)
    text = "\n\n".join(
        part for part in (clocks(call), head, lines, call.say("people.when.foot") if found else "") if part
    )
    title = call.say("people.when.title", names=Markup(", ".join(one.name for one in turn.partners)))
    file = calendar_file(found, title, turn.partnership.id, turn.now) if found else None
    return call.answer(text, call.row("partner", "prompt"), file=file)


def clocks(call: Call) -> str:
    """Give everybody's local time, a line each."""
    return "\n".join(_clock(call, person) for person in (call.turn.person, *call.turn.partners))


def slots(people: Sequence[Person], now: datetime) -> tuple[list[datetime], bool]:
    """Give up to three hours, each on a day of its own, and whether they lie in everybody's free hours.

    Where the free hours have none in common, hours are given in which it is day for everybody; nothing
    where there is no such hour.
    """
    starts = [at for at in _hours(now) if not any(is_night(at, person.zone) for person in people)]
    free = [_free(person, now) for person in people]
    inside = [at for at in starts if all(hours is None or at in hours for hours in free)]
    if inside and any(hours is not None for hours in free):
        return _on_days(inside, people[0].zone), True
    return _on_days(_best_by_day(starts, people), people[0].zone), False


def _hours(now: datetime) -> Iterator[datetime]:
    first = (now + NOTICE).replace(minute=0, second=0, microsecond=0) + HOUR
    return (first + HOUR * step for step in range(DAYS * 24))


def _free(person: Person, now: datetime) -> frozenset[datetime] | None:
    """Give the moments at which a free hour of the person begins; None when they named none."""
    spans = told(person.profile).hours
    if not spans or not person.zone:
        return None
    first = now.astimezone(zone_of(person.zone)).date()
    days = [first + timedelta(days=ahead) for ahead in range(-1, DAYS + 2)]
    return frozenset(
        moment
        for day in days
        for span in spans
        if span.weekday == day.weekday()
        for moment in _starts(local(day, time(span.start % 24), person.zone), span)
    )


def _starts(begin: datetime, span: Span) -> Iterator[datetime]:
    """Give the full hours (UTC) at which an hour's talk fits; zones of half hours lose the half."""
    first = begin if begin.minute == 0 else begin.replace(minute=0) + HOUR
    whole = span.length if first == begin else span.length - 1
    return (first + HOUR * step for step in range(whole))


def _best_by_day(starts: Iterable[datetime], people: Sequence[Person]) -> list[datetime]:
    """Sort so that the hours come first that are nearest to the middle of everybody's day."""
    return sorted(starts, key=lambda at: (max(_off(at, person.zone) for person in people), at))


def _off(at: datetime, zone: str) -> int:
    return abs(at.astimezone(zone_of(zone)).hour - 15)


def _on_days(starts: Iterable[datetime], zone: str) -> list[datetime]:
    by_day: dict[object, datetime] = {}
    for at in starts:
        by_day.setdefault(at.astimezone(zone_of(zone)).date(), at)
    return sorted(list(by_day.values())[:SLOTS])


def _clock(call: Call, person: Person) -> str:
    own = person.id == call.turn.person.id
    name = Markup(call.say("people.when.you")) if own else mention(person)
    time_there = local_time(call.turn.now, person.zone, call.spoken) if person.zone else "?"
    return call.say("people.when.clock", name=name, time=time_there)


def _slot(call: Call, at: datetime, people: Sequence[Person]) -> str:
    mine = at.astimezone(zone_of(people[0].zone))
    others = ", ".join(
        call.say("people.when.there", name=mention(one), time=local_time(at, one.zone, call.spoken))
        for one in people[1:]
    )
    return call.say(
        "people.when.slot",
        day=day_name(mine.date(), call.spoken),
        time=f"{mine:%H:%M}",
        others=Markup(others),
    )
