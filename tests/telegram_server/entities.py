"""Turns what a call says about text (parse_mode, entities) into the text and entities that a message has."""

from __future__ import annotations

import re

from tests.telegram_server.errors import Json, bad_request, broken
from tests.telegram_server.html import parse_html, utf16


TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
RAW_LIMIT = 32 * 1024
ENTITY_LIMIT = 100

KNOWN_ENTITIES = """
mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler
blockquote expandable_blockquote code pre text_link text_mention custom_emoji date_time
"""

# What Telegram finds by itself in any text.
FOUND = {
    "url": re.compile(r"https?://[^\s<>]+[^\s<>.,:;!?)]"),
    "email": re.compile(r"\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b"),
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"),
    "mention": re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{2,31}\b"),
    "hashtag": re.compile(r"(?<!\w)#\w*[^\W\d]\w*"),
}


def read_text(values: Json, name: str = "text") -> tuple[str, list[Json]]:
    """Gives the text (or caption) of a call and its entities; refuses what cannot be parsed."""
    source = values.get(name, "")
    if len(source.encode()) > RAW_LIMIT:
        raise broken("text is too long")
    mode = values.get("parse_mode", "")
    given = values.get("entities" if name == "text" else "caption_entities", [])
    if mode and mode.lower() != "html":
        # MarkdownV2 and Markdown exist on Telegram; this project renders HTML, so anything else is a slip.
        raise broken("unsupported parse_mode")
    text, entities = parse_html(source) if mode else (source, _explicit(source, given))
    text, entities = _trim(text, entities)
    if len(entities) > ENTITY_LIMIT:
        raise broken(f"more than {ENTITY_LIMIT} entities")
    return text, _with_found(text, entities)


def check_length(text: str, *, caption: bool = False, edit: bool = False) -> None:
    """Refuses a text that is empty or too long after parsing, counted in code points."""
    if caption:
        if len(text) > CAPTION_LIMIT:
            raise broken("message caption is too long")
        return
    if not text:
        raise broken("message text is empty" if not edit else "text must be non-empty")
    if len(text) > TEXT_LIMIT:
        raise broken("MESSAGE_TOO_LONG" if edit else "message is too long")


def found_entities(text: str) -> list[Json]:
    """Gives the commands, mentions, links and so on that Telegram marks by itself."""
    return _with_found(text, [])


def piece(text: str, entity: Json) -> str:
    """Gives the part of the text that an entity covers."""
    raw = text.encode("utf-16-le")[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2]
    return raw.decode("utf-16-le", "replace")


def _explicit(text: str, given: list[Json]) -> list[Json]:
    for entity in given:
        if entity["type"] not in KNOWN_ENTITIES.split():
            raise broken("can't parse MessageEntity: Unsupported type specified")
        end = entity["offset"] + entity["length"]
        if entity["offset"] < 0 or entity["length"] <= 0 or end > utf16(text):
            raise broken(
                f"entity beginning at UTF-16 offset {entity['offset']} ends after the end of the text"
            )
        if "�" in piece(text, entity) and "�" not in text:
            raise broken(f"entity beginning at UTF-16 offset {entity['offset']} splits a character")
    return [entity for entity in given if entity["type"] not in FOUND]


def _trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    lead = len(text) - len(text.lstrip(" \n"))
    text = text.strip(" \n")
    end = utf16(text)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        stop = min(end, entity["offset"] - lead + entity["length"])
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return text, kept


def _with_found(text: str, entities: list[Json]) -> list[Json]:
    solid = [e for e in entities if e["type"] in {"code", "pre", "text_link", "text_mention"}]
    taken = [(e["offset"], e["offset"] + e["length"]) for e in solid]
    merged = list(entities)
    for kind, pattern in FOUND.items():
        for found in pattern.finditer(text):
            start, length = utf16(text[: found.start()]), utf16(found[0])
            if any(start < stop and begin < start + length for begin, stop in taken):
                continue
            taken.append((start, start + length))
            merged.append({"type": kind, "offset": start, "length": length})
    return sorted(merged, key=lambda e: (e["offset"], -e["length"]))


def check_caption_source(values: Json) -> tuple[str, list[Json]]:
    """Gives the caption of a call with its entities, within its limit."""
    caption, entities = read_text(values, "caption")
    check_length(caption, caption=True)
    return caption, entities


def refuse_same(old: Json, new: Json) -> None:
    """Refuses an edit that changes nothing."""
    keys = ("text", "caption", "entities", "caption_entities", "reply_markup")
    if all(old.get(key) == new.get(key) for key in keys):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
