"""What stands in the fields of a view or message: initial values, and what a person's client sends."""

from __future__ import annotations

import secrets
from typing import Any

from tests.slack_server.chats import controls_of
from tests.slack_server.errors import Json


# What an element's state holds: its key, and what that is when nothing was chosen.
TEXTS = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
PICKERS = {
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "date_time",
    "users_select": "user",
    "conversations_select": "conversation",
    "channels_select": "channel",
    "static_select": "option",
    "external_select": "option",
    "radio_buttons": "option",
    "checkboxes": "options",
    "multi_static_select": "options",
    "multi_external_select": "options",
    "multi_users_select": "users",
    "multi_conversations_select": "conversations",
    "multi_channels_select": "channels",
}


def with_ids(blocks: list[Json]) -> list[Json]:
    """Gives blocks with the block_id and action_id that Slack makes up where an app gave none."""
    return [_with_id(block) for block in blocks]


def _with_id(block: Json) -> Json:
    done = {**block}
    done.setdefault("block_id", secrets.token_urlsafe(3))
    for key in ("element", "accessory"):
        if isinstance(done.get(key), dict):
            done[key] = _with_action(done[key])
    if done.get("type") == "actions":
        done["elements"] = [_with_action(element) for element in done["elements"]]
    return done


def _with_action(element: Json) -> Json:
    if element.get("type") == "image":
        return element
    return {"action_id": secrets.token_urlsafe(3), **element}


def elements_of(blocks: list[Json]) -> list[tuple[Json, Json]]:
    """Gives (block, element) of everything interactive, buttons among them."""
    found: list[tuple[Json, Json]] = []
    for block in blocks:
        if block.get("type") not in {"actions", "section", "input"}:
            continue
        parts = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
        found += [(block, part) for part in parts if isinstance(part, dict) and "action_id" in part]
    return found


def initial_values(blocks: list[Json]) -> dict[str, dict[str, Json]]:
    """Gives the state of a fresh view: only elements that hold a value are in it."""
    values: dict[str, dict[str, Json]] = {}
    for block, element in elements_of(blocks):
        kind = element["type"]
        if kind in TEXTS:
            value: Json = {"type": kind, "value": element.get("initial_value")}
        elif kind in PICKERS:
            key = PICKERS[kind]
            none: Any = [] if key.endswith("s") else None
            value = {"type": kind, f"selected_{key}": element.get(f"initial_{key}", none)}
        else:
            continue
        values.setdefault(block["block_id"], {})[element["action_id"]] = value
    return values


def state_of(element: Json, wanted: Any) -> Json:
    """Gives the state of an element in which a person has typed or chosen something; None empties it."""
    kind = element["type"]
    if kind in TEXTS:
        return {"type": kind, "value": None if wanted in {None, ""} else _typed(element, str(wanted))}
    key = PICKERS[kind]
    if key == "option":
        return {"type": kind, "selected_option": None if wanted is None else option_of(element, wanted)}
    if key == "options":
        labels = [wanted] if isinstance(wanted, str) else list(wanted or ())
        return {"type": kind, "selected_options": [option_of(element, label) for label in labels]}
    if key.endswith("s"):
        return {"type": kind, f"selected_{key}": [_id_of(one) for one in wanted or ()]}
    return {"type": kind, f"selected_{key}": None if wanted is None else _id_of(wanted)}


def _typed(element: Json, text: str) -> str:
    most, least = element.get("max_length", 3000), element.get("min_length", 0)
    assert least <= len(text) <= most, f"the field takes {least} to {most} characters, not {len(text)}"
    return text


def option_of(element: Json, label: str) -> Json:
    """Gives the option with this label (or value)."""
    options = [option for _, _, _, option in controls_of([{"elements": [element]}]) if option]
    found = next((o for o in options if label in {o["text"]["text"], o.get("value")}), None)
    assert found, f"no option {label!r} among {[o['text']['text'] for o in options]}"
    return found


def _id_of(wanted: Any) -> Any:
    return getattr(wanted, "id", wanted)


def is_empty(value: Json) -> bool:
    """Tells whether nothing was typed or chosen."""
    return all(not held for key, held in value.items() if key != "type")
