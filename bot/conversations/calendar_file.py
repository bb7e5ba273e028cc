"""Proposed talks as a calendar file (RFC 5545): small enough to be written by hand."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.messages import Attachment


_LONGEST = 60


def calendar_file(starts: Sequence[datetime], title: str, about: str, now: datetime) -> Attachment:
    """Give the hours that begin at `starts` as tentative events; `about` makes their ids unique."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Antipode//EN"]
    for at in starts:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{about}-{at.astimezone(UTC):%Y%m%dT%H}@antipode",
            f"DTSTAMP:{_stamp(now)}",
            f"DTSTART:{_stamp(at)}",
            f"DTEND:{_stamp(at + timedelta(hours=1))}",
            f"SUMMARY:{_escaped(title)}",
            "STATUS:TENTATIVE",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return Attachment("antipode.ics", "text/calendar", "\r\n".join(lines) + "\r\n")


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """Escape a text; one so short needs no folding."""
    plain = " ".join(text.split())[:_LONGEST]
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
