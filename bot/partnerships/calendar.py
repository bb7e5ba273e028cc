"""When each thing of a partnership is due: one table, and the moments it gives.

| occasion | day of the week | hour | whose clock | still makes sense for |
| --- | --- | --- | --- | --- |
| prompt | 0 | 9 | the pair's: where it is day for all of them | 3 days |
| check-in | 4 | 10 | each partner's own | 2 days |
| reminder | 48 hours after the check-in was asked | – | the one who did not answer | 1 day |
| mid survey | 2, in the middle week | 11 | each partner's own | 7 days |
| keep in touch | 2, in the last week but one | 11 | each partner's own | 9 days |
| end survey | 2, in the last week | 11 | each partner's own | 12 days |
| the end | after the last week | – | – | 14 days |

Days are the program's: at a fast pace a week of them lasts as long as the pace says, and there are no
local mornings. What is asked of each partner on their own clock is decided in one look, at the earliest
of their moments, and waits in the outbox for each one's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache

from bot.model import Person, Round
from bot.texts import Program
from bot.timetable import Timetable, daytime, local, zone_of


@dataclass(frozen=True, slots=True)
class Occasion:
    """A line of the table; `patience` is in days of the program."""

    name: str
    day: int
    hour: int
    patience: float
    #: True when it comes on each partner's own clock, False when on the pair's.
    each: bool = True
    #: In which weeks: "every", "middle", "before-last" or "last".
    weeks: str = "every"


PROMPT = Occasion("prompt", 0, 9, 3, each=False)
CHECK_IN = Occasion("check-in", 4, 10, 2)
MID_SURVEY = Occasion("mid", 2, 11, 7, weeks="middle")
KEEP_IN_TOUCH = Occasion("keep-in-touch", 2, 11, 9, weeks="before-last")
END_SURVEY = Occasion("end", 2, 11, 12, weeks="last")
TABLE = (PROMPT, CHECK_IN, MID_SURVEY, KEEP_IN_TOUCH, END_SURVEY)

#: Days after a check-in was asked until its one reminder, and how late the reminder may come.
REMINDER_AFTER = 2.0
REMINDER_PATIENCE = 1.0
#: Days that digest, certificate and thanks may come late.
END_PATIENCE = 14.0
#: A pair that was introduced less than so many days before a check-in is not asked yet.
SETTLING_IN = 1.5
#: Nobody is told anything about a silence for so many days after a check-in was asked.
CHECK_IN_HAS = 3.0


@dataclass(frozen=True, slots=True)
class Due:
    """An occasion of a week, and the moment the rules must look at it."""

    occasion: Occasion
    week: int
    at: datetime


def timetable_of(round: Round, program: Program) -> Timetable:  # noqa: A002 - the record's own name
    """Give the calendar of a round that was started."""
    assert round.started_at is not None
    return Timetable(round.started_at, round.weeks, program.pace)


def zones_of(members: tuple[Person, ...]) -> tuple[str, ...]:
    """Give the zones of these people in their order, unknown ones ("", shown as UTC) last."""
    return tuple(sorted((member.zone for member in members), key=lambda zone: not zone))


def occasions(
    timetable: Timetable, since: datetime, until: datetime, zones: tuple[str, ...]
) -> Iterator[Due]:
    """Give what the table has from the week before `since` to the week after `until`, by week."""
    first = max(timetable.week(since) - 1, 1)
    last = min(timetable.week(until) + 1, timetable.weeks)
    for week in range(first, last + 1):
        yield from week_of(timetable, week, zones)


@lru_cache(maxsize=1 << 14)
def week_of(timetable: Timetable, week: int, zones: tuple[str, ...]) -> tuple[Due, ...]:
    """Give what the table has for one week of a pair in these zones; kept, for many looks ask for it."""
    return tuple(
        Due(occasion, week, earliest(timetable, occasion, week, zones))
        for occasion in TABLE
        if occasion.weeks == "every" or week == special_week(occasion.weeks, timetable.weeks)
    )


def special_week(which: str, weeks: int) -> int:
    """Give the week that "middle", "before-last" or "last" means in a round of `weeks`."""
    return {"middle": max(weeks // 2, 1), "before-last": max(weeks - 1, 1)}.get(which, weeks)


def earliest(timetable: Timetable, occasion: Occasion, week: int, zones: tuple[str, ...]) -> datetime:
    """Give the moment of the pair, or the earliest of the partners' own moments."""
    if not occasion.each or len(zones) < 2:
        return moment(timetable, week, occasion.day, occasion.hour, zones)
    return min(moment(timetable, week, occasion.day, occasion.hour, (zone,)) for zone in zones)


def own_moment(timetable: Timetable, occasion: Occasion, week: int, person: Person) -> datetime:
    """Give the moment of an occasion on this person's clock."""
    return moment(timetable, week, occasion.day, occasion.hour, (person.zone,))


@lru_cache(maxsize=1 << 15)
def moment(timetable: Timetable, week: int, day: int, hour: int, zones: tuple[str, ...]) -> datetime:
    """Give when a thing of this week is due: at `hour` of the local day in the first zone (and keep it).

    It is moved later to where it is day in all the zones. The local week has its day 0 on the date the
    round began, so mornings stay mornings whatever hour the directors started it at.
    """
    if not timetable.real:
        return timetable.moment(week, day, hour, zones)
    first = zones[0] if zones else ""
    began = timetable.start.astimezone(zone_of(first)).date()
    return daytime(local(began + timedelta(days=7 * (week - 1) + day), time(hour), first), zones)


def is_away(person: Person, at: datetime) -> bool:
    """Tell whether the person said to be away on that day of their own calendar."""
    return person.away_until is not None and at.astimezone(zone_of(person.zone)).date() < person.away_until


def is_there(person: Person, at: datetime) -> bool:
    """Tell whether a question may be put to the person: reachable, not gone, not away."""
    return person.reachable and person.erased_at is None and not is_away(person, at)


def back_at(person: Person) -> datetime | None:
    """Give the beginning of the day from which somebody who went away is here again."""
    return local(person.away_until, time.min, person.zone) if person.away_until else None


def days(program: Program, count: float) -> timedelta:
    """Give how long `count` days of the program last at its pace."""
    return _days(program.pace, count)


def patience(program: Program, count: float) -> timedelta:
    """Give how late something may come: in a trial of seconds a short stop of the bot loses nothing."""
    return max(_days(program.pace, count), timedelta(minutes=1))


@lru_cache(maxsize=256)
def _days(pace: timedelta, count: float) -> timedelta:
    return pace * count / 7
