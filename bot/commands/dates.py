"""Dates as directors type them, and as they are shown."""

import re
from datetime import UTC, date, datetime, time

from babel.dates import format_date

from bot.deliveries import moment
from bot.markup import Markup


#: A date means this hour of the day, UTC: the world's date line and most mornings lie before it.
HOUR = time(8)


def read_day(text: str, now: datetime) -> datetime | None:
    """Give the moment a date means: "2027-01-15", "15 January 2027", "monday"; None when it is no date."""
    found = _iso(text.strip())
    return datetime.combine(found, HOUR, UTC) if found else None


def shown(at: datetime | None, language: str) -> Markup:
    """Give a day as each reader's platform shows it; a dash when there is none."""
    if at is None:
        return Markup("–")
    return moment(at, format_date(at, "d MMM y", locale=language.partition("-")[0] or "en"))


def _iso(text: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
