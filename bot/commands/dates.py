"""Dates as directors type them, and as they are shown."""

from datetime import UTC, date, datetime, time

from bot.deliveries import moment
from bot.markup import Markup
from bot.texts.names import full_date
from bot.texts.reading import Understood, read_date


#: A date means this hour of the day, UTC.
HOUR = time(8)


def read_day(text: str, now: datetime) -> datetime | tuple[str, ...]:
    """Give the moment a date means: "2027-01-15", "15 January", "monday"; else the days it may mean."""
    read = read_date(text, today=now.date())
    if isinstance(read, Understood):
        return datetime.combine(date.fromisoformat(str(read.value)), HOUR, UTC)
    return read.guesses


def shown(at: datetime | None, language: str) -> Markup:
    """Give a day as each reader's platform shows it; a dash when there is none."""
    return moment(at, full_date(at.date(), language)) if at else Markup("–")
