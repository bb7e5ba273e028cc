"""Times of the day as people write them ("7pm", "18:30", "9-5"), and which hours they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass


Span = tuple[int, int]
"""Hours from the first to before the second; past 24 it goes on into the next day."""
LATEST = 22
"""Where somebody says from when on but not until when."""
EARLIEST = 8
CLOCK = re.compile(
    r"(?<![\w+/:.])(?P<hour>\d{1,2})(?:[:.h](?P<minute>[0-5]\d))?"
    r"\s?(?P<half>a\.?m\b\.?|p\.?m\b\.?|am|pm)?(?:\s?(?:h|hrs?|uhr|heures?|horas?|o'?clock|hours|ч|часов)\b|時|点|點|시)?(?![\w/])",
    re.IGNORECASE | re.ASCII,
)
_AFTERNOON_BEFORE = 8
"""A bare "at 7" or "7-9" is in the evening: few people talk to a stranger before work."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the day as it was written."""

    hour: int
    minute: int
    half: str
    """"am", "pm" or "" where that was not said."""
    plain: bool
    """Written so that it can only be one of 24 hours ("18", "07")."""
    exact: bool = False
    """Written so that it can only be a time ("7:30", "18h")."""


def clock(match: re.Match[str]) -> Clock | None:
    """Give the time a match of CLOCK says, or None if there is no such hour."""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "").lower().replace(".", "")
    if hour > 24 or (half and hour > 12):
        return None
    plain = hour > 12 or hour == 0 or match["hour"].startswith("0")
    return Clock(hour, minute, half, plain, not match.group().strip().isdigit())


def between(start: Clock, end: Clock, late: bool) -> Span:
    """Give the hours from one time to another ("9-5", "6-8pm"); `late` where an evening is spoken of."""
    if end.half and not start.half and not start.plain:
        first = _hour(start, end.half if start.hour % 12 < end.hour % 12 or end.hour == 12 else "am")
    else:
        first = _hour(start, start.half or _bare_half(start, late))
    last = _hour(end, end.half or ("pm" if first >= 12 and end.hour < 12 and not end.plain else ""))
    if last <= first and not end.half and not end.plain and last + 12 > first:
        last += 12
    return _whole(first, start.minute, last if last > first else last + 24)


def at(time: Clock, late: bool) -> Span:
    """Give the hour that begins at a time."""
    first = _hour(time, time.half or _bare_half(time, late))
    return _whole(first, time.minute, first + 1 + (time.minute > 0))


def after(time: Clock, late: bool) -> Span:
    """Give the hours from a time on until the late evening; "after 5" to "after 8" are in the evening."""
    first = _hour(time, time.half or ("pm" if late or (time.hour < 9 and not time.plain) else ""))
    return _whole(first, time.minute, max(LATEST, first + 1 + (time.minute > 0)))


def before(time: Clock, late: bool) -> Span:
    """Give the hours of a day before a time; "before 5" is the afternoon's five."""
    last = _hour(time, time.half or ("pm" if late or (time.hour < 6 and not time.plain) else ""))
    return (min(EARLIEST, max(0, last - 2)), max(last, 1))


def _bare_half(time: Clock, late: bool) -> str:
    return "pm" if not time.plain and (late or time.hour < _AFTERNOON_BEFORE) else ""


def _hour(time: Clock, half: str) -> int:
    if half == "pm" and time.hour < 12 and not (time.plain and not time.half):
        return time.hour + 12
    return 0 if half == "am" and time.hour == 12 else time.hour


def _whole(first: int, minute: int, last: int) -> Span:
    """Only whole hours are kept: half past six is free from seven."""
    return (first + (minute > 0), last)
