"""The bot's messages as HTML of the page: every word escaped, every style an element."""

from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape

from babel.dates import format_datetime

from bot.markup import Span, parse
from bot.messages import Choice
from bot.timetable import zone_of


def html(text: str, *, zone: str = "") -> str:
    """Give the marked-up text as HTML; moments are written in `zone`."""
    return "".join(_span(span, zone) for span in parse(text)).replace("\n", "<br>")


def rows(of: tuple[tuple[Choice, ...], ...]) -> tuple[tuple[dict[str, str], ...], ...]:
    """Give the buttons as the page draws them."""
    return tuple(tuple(_button(choice) for choice in row) for row in of)


def _button(choice: Choice) -> dict[str, str]:
    return {"label": choice.label, "value": choice.value, "url": choice.url}


def _span(span: Span, zone: str) -> str:
    words = escape(span.text)
    simple: Mapping[str, str] = {"bold": "strong", "italic": "em", "code": "code"}
    if span.style in simple:
        return f"<{simple[span.style]}>{words}</{simple[span.style]}>"
    if span.style == "link":
        return f'<a href="{escape(span.target)}" rel="noopener noreferrer" target="_blank">{words}</a>'
    if span.style == "person":
        return f'<span class="mention">{words}</span>'
    if span.style == "time":
        moment = datetime.fromtimestamp(int(span.target), UTC).astimezone(zone_of(zone))
        shown = format_datetime(moment, "EEE d MMM HH:mm", locale="en") if zone else span.text
        return f"<time>{escape(shown)}</time>"
    return words
