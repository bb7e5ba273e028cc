"""A second opinion on views: what Slack says of modals, App Home and input blocks, by code of its own.

Source: docs.slack.dev/reference/views and /reference/block-kit (2026-11).
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any


Json = Mapping[str, Any]

_VIEW = frozenset(
    {"type", "callback_id", "title", "private_metadata", "notify_on_close", "blocks", "close", "submit"}
)
_INPUT = frozenset({"type", "block_id", "label", "element", "optional", "hint"})
_PICKS = {"checkboxes": 10, "radio_buttons": 10, "static_select": 100, "multi_static_select": 100}


def complaints(view: Json) -> list[str]:
    """Give everything about a view that Slack would refuse."""
    found = [*_frame(view)]
    names = [block["block_id"] for block in view["blocks"] if "block_id" in block]
    if len(names) != len(set(names)):
        found.append(f"a block_id twice: {names}")
    for block in view["blocks"]:
        found += _block(block)
    return found


def _frame(view: Json) -> Iterator[str]:
    if not 1 <= len(view["blocks"]) <= 100:
        yield f"{len(view['blocks'])} blocks"
    if len(json.dumps(view)) > 250_000:
        yield "more than 250 KB"
    if view["type"] == "home":
        if set(view) - {"type", "blocks"}:
            yield f"a page with {set(view)}"
        return
    if strange := set(view) - _VIEW:
        yield f"a modal with {strange}"
    for name in ("title", "submit", "close"):
        if name in view:
            yield from _plain(view[name], 24)
    if len(view["private_metadata"]) > 3000 or len(view["callback_id"]) > 255:
        yield "private_metadata or callback_id too long"
    if any(block["type"] == "input" for block in view["blocks"]) and "submit" not in view:
        yield "input without a button to send it in"


def _block(block: Json) -> Iterator[str]:
    match block["type"]:
        case "input":
            yield from _input(block)
        case "section":
            if not 1 <= len(block["text"]["text"]) <= 3000 or block["text"]["type"] != "mrkdwn":
                yield f"section {block['text']!r:.60}"
        case "header":
            yield from _plain(block["text"], 150)
        case "divider":
            pass
        case "actions":
            yield from _actions(block)
        case other:
            yield f"block {other}"


def _actions(block: Json) -> Iterator[str]:
    ids = [element["action_id"] for element in block["elements"]]
    if not 1 <= len(ids) <= 25 or len(ids) != len(set(ids)):
        yield f"actions {ids}"
    for element in block["elements"]:
        yield from _plain(element["text"], 75)
        if not 1 <= len(element["value"]) <= 2000:
            yield f"value {element['value']!r}"


def _input(block: Json) -> Iterator[str]:
    if strange := set(block) - _INPUT:
        yield f"input with {strange}"
    yield from _plain(block["label"], 2000)
    if "hint" in block:
        yield from _plain(block["hint"], 2000)
    if not 1 <= len(block["block_id"]) <= 255:
        yield f"block_id {block['block_id']!r}"
    element = block["element"]
    match element["type"]:
        case "plain_text_input":
            yield from _text(element)
        case "datepicker":
            pass
        case kind if kind in _PICKS:
            yield from _pick(element, _PICKS[kind])
        case kind:
            yield f"element {kind}"


def _text(element: Json) -> Iterator[str]:
    if not 1 <= element["max_length"] <= 3000:
        yield f"max_length {element['max_length']}"
    if not 0 < len(element.get("initial_value", "x")) <= element["max_length"]:
        yield "an initial value that does not fit"


def _pick(element: Json, most: int) -> Iterator[str]:
    groups = element.get("option_groups")
    for group in groups or [element]:
        if not 1 <= len(group["options"]) <= most:
            yield f"{len(group['options'])} options"
        if groups:
            yield from _plain(group["label"], 75)
    options = [option for group in groups or [element] for option in group["options"]]
    values = [option["value"] for option in options]
    if len(values) != len(set(values)) or not all(1 <= len(value) <= 150 for value in values):
        yield f"values {values}"
    for option in options:
        yield from _plain(option["text"], 75)
    initial = element.get(
        "initial_options", [element["initial_option"]] if "initial_option" in element else None
    )
    if initial is not None and (not initial or any(option not in options for option in initial)):
        yield "an initial option that is no option"


def _plain(text: Json, most: int) -> Iterator[str]:
    if text["type"] != "plain_text" or not 1 <= len(text["text"]) <= most:
        yield f"{text!r:.80} of {most}"
