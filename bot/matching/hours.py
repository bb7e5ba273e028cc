"""Free hours as bits of a week in UTC: hour 0 is Monday 00:00 UTC.

Half-hour zones floor to the hour; the offset is the zone's on the day the round is about, so that a change of
clocks before it counts.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.matching.model import Slot


WEEK = 168
DAY_STARTS, DAY_ENDS = 8, 22  # nobody is written to at night
REFERENCE_DAY = date(
    2026, 1, 15
)  # used when no date is given, so that the same file always gives the same pairs


@lru_cache(maxsize=4096)
def offset_minutes(zone: str, on: date) -> int:
    """Give minutes that the zone's clocks are ahead of UTC at noon of the day.

    Raises ZoneInfoNotFoundError.
    """
    offset = datetime.combine(on, time(12), ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return int(offset.total_seconds() // 60)


def hour_of_week(weekday: int, hour: int, offset: int) -> int:
    """Give the UTC hour of the week in which a local hour begins, 0-167."""
    return ((weekday * 24 + hour) * 60 - offset) // 60 % WEEK


def free_hours(slots: Iterable[Slot], offset: int) -> int:
    """Give the slots as an integer of 168 bits."""
    bits = 0
    for slot in slots:
        start = hour_of_week(slot.weekday, slot.start, offset)
        for hour in range(start, start + slot.length):
            bits |= 1 << hour % WEEK
    return bits


def day_hours(offset: int) -> int:
    """Give the 24 UTC hours as bits, 1 where it is day (08:00-22:00) for somebody with this offset."""
    bits = 0
    for hour in range(DAY_STARTS, DAY_ENDS):
        bits |= 1 << (hour * 60 - offset) // 60 % 24
    return bits
