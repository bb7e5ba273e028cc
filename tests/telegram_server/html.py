"""Reads Telegram's HTML: plain text and entities with UTF-16 offsets, or Telegram's complaint.

See https://core.telegram.org/bots/api#html-style.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from tests.telegram_server.errors import Json, Refused, broken


SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
}

ATTRIBUTE = re.compile(r"""\s+([A-Za-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
TAG = re.compile(rf"<(/?)([A-Za-z][A-Za-z-]*)((?:{ATTRIBUTE.pattern})*)\s*>", re.VERBOSE)
CHARACTER = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
LINK = re.compile(r"(?:https?://|tg://|mailto:)\S+")


@dataclass
class _Reading:
    """How far the reading has come."""

    source: str
    text: str = ""
    open: list[tuple[str, int, Json]] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def complaint(self, words: str, at: int) -> Refused:
        offset = len(self.source[:at].encode())
        return broken(f"can't parse entities: {words.replace('@', f'at byte offset {offset}')}")


def utf16(text: str) -> int:
    """Gives the length as the Bot API counts offsets."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Gives the text and its entities."""
    reading = _Reading(source)
    at = 0
    while at < len(source):
        if source[at] == "<":
            at = _tag(reading, at)
        else:
            end = source.find("<", at)
            chunk = source[at:] if end < 0 else source[at:end]
            reading.text += CHARACTER.sub(lambda found: unescape(found[0]), chunk)
            at += len(chunk)
    if reading.open:
        name = reading.open[-1][0]
        raise reading.complaint(f'Can\'t find end tag corresponding to start tag "{name}"', 0)
    return reading.text, sorted(reading.entities, key=lambda e: (e["offset"], -e["length"]))


def _tag(reading: _Reading, at: int) -> int:
    found = TAG.match(reading.source, at)
    if not found:
        if ">" not in reading.source[at:]:
            raise reading.complaint("Unclosed start tag @", at)
        start = re.split(r"[\s>]", reading.source[at:].lstrip("</"), maxsplit=1)[0]
        raise reading.complaint(f'Unsupported start tag "{start}" @', at)
    slash, name, attributes = found[1], found[2].lower(), found[3]
    if slash:
        _close(reading, name, at)
    else:
        reading.open.append((name, utf16(reading.text), _opened(reading, name, attributes, at)))
    return found.end()


def _opened(reading: _Reading, name: str, attributes: str, at: int) -> Json:
    if name not in SIMPLE:
        raise reading.complaint(f'Unsupported start tag "{name}" @', at)
    values = {a[1].lower(): unescape(a[2] or a[3] or a[4] or "") for a in ATTRIBUTE.finditer(attributes)}
    entity: Json = {"type": SIMPLE[name]}
    if name == "span" and values.get("class") != "tg-spoiler":
        raise reading.complaint('Tag "span" must have class "tg-spoiler" @', at)
    if name == "a":
        entity |= _link(reading, values.get("href", ""), at)
    if name == "tg-emoji":
        entity["custom_emoji_id"] = values.get("emoji-id", "")
    if name == "blockquote" and "expandable" in values:
        entity["type"] = "expandable_blockquote"
    if name == "code" and values.get("class", "").startswith("language-"):
        entity["language"] = values["class"].removeprefix("language-")
    return entity


def _link(reading: _Reading, url: str, at: int) -> Json:
    mention = re.fullmatch(r"tg://user\?id=(\d+)", url)
    if mention:
        user = {"id": int(mention[1]), "is_bot": False, "first_name": ""}
        return {"type": "text_mention", "user": user}
    if not LINK.fullmatch(url):
        raise reading.complaint(f"Entity URL '{url}' is invalid: Wrong HTTP URL @", at)
    return {"url": url}


def _close(reading: _Reading, name: str, at: int) -> None:
    if not reading.open:
        raise reading.complaint("Unexpected end tag @", at)
    opened, offset, entity = reading.open.pop()
    if opened != name:
        raise reading.complaint(f'Unmatched end tag @, expected "</{opened}>", found "</{name}>"', at)
    length = utf16(reading.text) - offset
    language = entity.pop("language", None)
    if name == "code" and language and reading.open and reading.open[-1][0] == "pre":
        reading.open[-1][2]["inner"] = language
        return
    if inner := entity.pop("inner", None):
        entity["language"] = inner
    if length:
        reading.entities.append({**entity, "offset": offset, "length": length})
