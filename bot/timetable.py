"""When things are due: computed from a round's own dates, the people's zones and the pace.

Inside everything is UTC; a local day and hour become a moment through the zone database, so a change of
clocks needs no special case: an hour that the clocks leave out comes an hour later, one that
happens twice is taken the first time. Nobody is written to in their night, 22:00 to 08:00.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


DAY_BEGINS = time(8)
DAY_ENDS = time(22)
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
QUARTER = timedelta(minutes=15)
#: Two hours, in quarters.
SHARED = 8


@dataclass(frozen=True, slots=True)
class Timetable:
    """The calendar of one round: week 1 begins at `start`; a week lasts `pace`."""

    start: datetime
    weeks: int
    pace: timedelta = WEEK

    @property
    def real(self) -> bool:
        """False in a trial at a faster pace: then there are no nights and no local mornings."""
        return self.pace >= WEEK

    @property
    def end(self) -> datetime:
        """The moment the last week is over."""
        return self.start + self.weeks * self.pace

    def days(self, count: float) -> timedelta:
        """Give how long `count` days of the program last at this pace."""
        return self.pace * count / 7

    def week(self, at: datetime) -> int:
        """Give the week (1 … weeks) that `at` falls in; 0 before the start, weeks + 1 after the end."""
        if at < self.start:
            return 0
        return min((at - self.start) // self.pace, self.weeks) + 1

    def moment(self, week: int, day: float, hour: int, zones: Sequence[str]) -> datetime:
        """Give when a thing of this week is due: `day` days into it, at `hour` in the first zone.

        It is moved later to where it is day in all the zones. At a fast pace it is `day` days of the
        program after the week's beginning.
        """
        begins = self.start + (week - 1) * self.pace
        if not self.real:
            return begins + self.days(day)
        first = zones[0] if zones else "UTC"
        local_day = self.start.astimezone(zone_of(first)).date() + timedelta(days=7 * (week - 1) + int(day))
        return max(daytime(local(local_day, time(hour), first), zones), begins)

    def hold(self, zones: Sequence[str]) -> tuple[str, ...]:
        """Give the zones whose nights a planned delivery must keep: none at a fast pace."""
        return tuple(dict.fromkeys(zone for zone in zones if zone)) if self.real else ()


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """Give the zone of an IANA name; UTC for a name that is none."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def local(day: date, hour: time, zone: str) -> datetime:
    """Give the moment (UTC) of a local day and hour; one that the clocks leave out comes an hour later."""
    return datetime.combine(day, hour, zone_of(zone)).astimezone(UTC)


def is_night(at: datetime, zone: str) -> bool:
    """Tell whether it is between 22:00 and 08:00 in `zone`; "" is nobody's zone and has no night."""
    if not zone:
        return False
    clock = at.astimezone(zone_of(zone)).time()
    return clock >= DAY_ENDS or clock < DAY_BEGINS


@lru_cache(maxsize=4096)
def share_day(day: date, zones: Sequence[str]) -> bool:
    """Tell whether two hours in a row are day in every zone on this day (UTC).

    Two zones always share them; three may not (London, Tokyo and Los Angeles). Less than two hours are too
    easily missed.
    """
    known = {zone for zone in zones if zone}
    if len(known) <= 2:
        return True
    begins = datetime.combine(day, time(), UTC)
    row = 0
    for step in range(96 + SHARED):
        at = begins + QUARTER * step
        row = 0 if any(is_night(at, zone) for zone in known) else row + 1
        if row > SHARED:
            return True
    return False


def daytime(at: datetime, zones: Sequence[str]) -> datetime:
    """Give the first moment from `at` on when it is day in every zone.

    Two zones always share such an hour (two windows of 14 hours in 24). Three may share none: then it is
    the moment within a day that is night for the fewest.
    """
    known = [zone for zone in zones if zone]
    if not any(is_night(at, zone) for zone in known):
        return at
    start = at + (-(at - datetime.min.replace(tzinfo=UTC))) % QUARTER
    step = start
    while step < start + DAY:
        nights = [zone for zone in known if is_night(step, zone)]
        if not nights:
            return step
        step = max(_morning(step, zone) for zone in nights)
    steps = [start + QUARTER * count for count in range(96)]
    return min(steps, key=lambda step: (sum(is_night(step, zone) for zone in known), step))


def _morning(at: datetime, zone: str) -> datetime:
    """Give when the night ends that it is in this zone."""
    clock = at.astimezone(zone_of(zone))
    day = clock.date() + DAY if clock.time() >= DAY_ENDS else clock.date()
    return local(day, DAY_BEGINS, zone)
