"""A second opinion on Block Kit: what Slack says of each block and element, looked at by code of its own.

Source: the reference of Block Kit (docs.slack.dev/reference/block-kit) and of chat.postMessage.
"""

from collections.abc import Iterator
from typing import Any


Json = dict[str, Any]

ALLOWED: dict[str, frozenset[str]] = {
    "header": frozenset({"type", "text"}),
    "section": frozenset({"type", "text", "expand"}),
    "context": frozenset({"type", "elements"}),
    "actions": frozenset({"type", "elements"}),
    "button": frozenset({"type", "text", "action_id", "value", "url"}),
    "static_select": frozenset({"type", "action_id", "placeholder", "options"}),
    "mrkdwn": frozenset({"type", "text", "verbatim"}),
    "plain_text": frozenset({"type", "text", "emoji"}),
}


def complaints(text: str, blocks: list[Json]) -> list[str]:
    """Give everything about a message that Slack would refuse, or show otherwise than it is meant."""
    return [*_beside(text), *_message(blocks), *(words for block in blocks for words in _block(block))]


def _beside(text: str) -> Iterator[str]:
    if not 1 <= len(text) <= 4000:
        yield f"text of {len(text)} signs"
    if not text.strip():
        yield "text without a word"


def _message(blocks: list[Json]) -> Iterator[str]:
    if not 1 <= len(blocks) <= 50:
        yield f"{len(blocks)} blocks"
    ids = [element["action_id"] for element in _elements(blocks) if "action_id" in element]
    if len(ids) != len(set(ids)):
        yield f"an action_id twice: {ids}"
    whole = sum(len(words) for words in _texts(blocks))
    if whole > 13_200:
        yield f"{whole} signs in all blocks"


def _block(block: Json) -> Iterator[str]:
    kind = block["type"]
    if strange := set(block) - ALLOWED[kind]:
        yield f"{kind} with {strange}"
    if kind == "header":
        yield from _text(block["text"], "plain_text", 150)
    if kind == "section":
        yield from _text(block["text"], "mrkdwn", 3000)
    if kind == "context":
        if not 1 <= len(block["elements"]) <= 10:
            yield f"context of {len(block['elements'])}"
        for element in block["elements"]:
            yield from _text(element, "mrkdwn", 3000)
    if kind == "actions":
        if not 1 <= len(block["elements"]) <= 25:
            yield f"actions of {len(block['elements'])}"
        for element in block["elements"]:
            yield from _element(element)


def _element(element: Json) -> Iterator[str]:
    kind = element["type"]
    if strange := set(element) - ALLOWED[kind]:
        yield f"{kind} with {strange}"
    if not 1 <= len(element["action_id"]) <= 255:
        yield f"action_id {element['action_id']!r}"
    if kind == "button":
        yield from _text(element["text"], "plain_text", 75)
        if ("value" in element) == ("url" in element):
            yield "a button has a value or a url"
        if len(element.get("value", "x")) > 2000 or len(element.get("url", "x")) > 3000:
            yield "a button whose value or url is too long"
        return
    yield from _text(element["placeholder"], "plain_text", 150)
    if not 1 <= len(element["options"]) <= 100:
        yield f"{len(element['options'])} options"
    for option in element["options"]:
        yield from _text(option["text"], "plain_text", 75)
        if not 1 <= len(option["value"]) <= 150:
            yield f"option {option['value']!r}"


def _text(text: Json, kind: str, most: int) -> Iterator[str]:
    if strange := set(text) - ALLOWED[kind]:
        yield f"{kind} with {strange}"
    if text["type"] != kind:
        yield f"{text['type']} where {kind} belongs"
    if not 1 <= len(text["text"]) <= most:
        yield f"{len(text['text'])} signs of {most}"
    if kind == "mrkdwn" and text.get("verbatim") is not True:
        yield "names in it would be linked"


def _elements(blocks: list[Json]) -> Iterator[Json]:
    for block in blocks:
        yield from block.get("elements", ())


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name in ("text", "value", "url") and isinstance(value, str):
                yield value
            yield from _texts(value) if not isinstance(value, str) else ()
    if isinstance(part, list):
        for each in part:
            yield from _texts(each)
