"""The bot's markup as Telegram's HTML, in pieces no longer than a message may be."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from html import escape

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime

from bot.cutting import cut_at, divided
from bot.markup import Span, parse
from bot.timetable import zone_of


_TAGS = {"bold": "b", "italic": "i", "code": "code"}


def pieces(
    text: str, limit: int, *, accounts: Mapping[int, str] | None = None, zone: str = "", language: str = "en"
) -> list[str]:
    """Give the text as HTML, cut at paragraphs into pieces that Telegram takes; at least one, never empty.

    `accounts` gives the account of each person mentioned, `zone` and `language` how a moment is written.
    """
    spans = [_written(span, zone, language) for span in parse(text)]
    cut = [_html(piece, accounts or {}) for piece in _split(spans, limit)]
    return [piece for piece in cut if piece.strip()] or ["…"]


def written_moment(unix: int, zone: str, language: str) -> str:
    """Give a moment in words, in the reader's own zone: "Tue 2 Mar, 14:05"."""
    at = datetime.fromtimestamp(unix, UTC)
    return format_datetime(at, "EEE d MMM, HH:mm", tzinfo=zone_of(zone), locale=_locale(language))


def length(text: str) -> int:
    """Give the length of a text as Telegram's clients count it, in UTF-16 units."""
    return len(text) + sum(ord(sign) > 0xFFFF for sign in text)


def _written(span: Span, zone: str, language: str) -> Span:
    if span.style != "time" or not zone or not span.target.isdigit():
        return span
    return Span("plain", written_moment(int(span.target), zone, language))


def _split(spans: Sequence[Span], limit: int) -> Iterator[list[Span]]:
    rest = list(spans)
    while (whole := "".join(span.text for span in rest)) and length(whole) > limit:
        head, rest = divided(rest, cut_at(whole, _room(whole, limit)))
        yield head
    yield rest


def _room(text: str, limit: int) -> int:
    """Give how many signs of a text Telegram counts as at most `limit`."""
    room = limit
    while length(text[:room]) > limit:
        room -= 1
    return room


def _html(spans: Sequence[Span], accounts: Mapping[int, str]) -> str:
    return "".join(_tagged(span, accounts) for span in spans).strip("\n")


def _tagged(span: Span, accounts: Mapping[int, str]) -> str:
    text = escape(span.text, quote=False)
    if span.style in _TAGS:
        return f"<{_TAGS[span.style]}>{text}</{_TAGS[span.style]}>"
    target = span.target
    if span.style == "person":
        account = accounts.get(int(target)) if target.isdigit() else None
        target = f"tg://user?id={account}" if account else ""
    if span.style not in ("link", "person") or not target:
        return text
    return f'<a href="{escape(target)}">{text}</a>'


@lru_cache(maxsize=256)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
