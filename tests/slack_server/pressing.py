"""Finding and pressing what stands in messages, modals and App Home, as a client would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.slack_server import interactions
from tests.slack_server.accounts import Account
from tests.slack_server.chats import Chat, Post, controls_of
from tests.slack_server.deliveries import Delivery
from tests.slack_server.errors import Json
from tests.slack_server.forms import PICKERS, elements_of, state_of
from tests.slack_server.interactions import Doing
from tests.slack_server.stage import Stage
from tests.slack_server.world import View


@dataclass(frozen=True, slots=True)
class Spot:
    """One button or option, and where it stands."""

    place: Post | View
    block: Json
    element: Json
    option: Json | None


def spot_in(place: Post | View, label: str) -> Spot | None:
    """Gives the first button or option with this label."""
    blocks = place.blocks if isinstance(place, Post) else place.raw.get("blocks", [])
    for block, element, name, option in controls_of(blocks):
        if name == label:
            return Spot(place, block, element, option)
    return None


def field_in(place: Post | View, label: str) -> Spot | None:
    """Gives the field with this label, placeholder, block_id or action_id."""
    blocks = place.blocks if isinstance(place, Post) else place.raw.get("blocks", [])
    for block, element in elements_of(blocks):
        placeholder = (element.get("placeholder") or {}).get("text")
        names = {block["block_id"], element["action_id"], label_of(block), placeholder}
        if label in names and element["type"] != "button":
            return Spot(place, block, element, None)
    return None


def label_of(block: Json) -> str:
    """Gives the words over (or beside) a field."""
    return str((block.get("label") or block.get("text") or {}).get("text", ""))


def newest(chat: Chat, person: Account, label: str) -> Spot | None:
    """Gives such a button in the newest message the person sees."""
    for post in reversed(chat.posts):
        hidden = post.deleted or post.only_for not in {None, person}
        spot = None if hidden else spot_in(post, label)
        if spot:
            return spot
    return None


def press(stage: Stage, person: Account, spot: Spot) -> Doing:
    """Presses a button or picks one option; the app hears of it unless it only fills a field of a form."""
    state: Json = {}
    element = spot.element
    if spot.option is not None and element["type"] in PICKERS:
        state = state_of(element, _chosen(spot))
    return change(stage, person, spot, state)


def _chosen(spot: Spot) -> Any:
    """Gives what is chosen after a tap on one option; a checkbox is turned on or off."""
    assert spot.option
    label = spot.option["text"]["text"]
    if not PICKERS[spot.element["type"]].endswith("s"):
        return label
    held = spot.place.values.get(spot.block["block_id"], {}).get(spot.element["action_id"], {})
    before = [option["text"]["text"] for option in held.get("selected_options", ())]
    return [one for one in before if one != label] if label in before else [*before, label]


def change(stage: Stage, person: Account, spot: Spot, state: Json) -> Doing:
    """Sets the state of an element and tells the app."""
    place, block, element = spot.place, spot.block, spot.element
    if state:
        place.values.setdefault(block["block_id"], {})[element["action_id"]] = state
    silent = block["type"] == "input" and not block.get("dispatch_action")
    action = _action(stage, spot, state)
    if silent:
        return Doing(Delivery("interactive", "silent", action, acked=True))
    assert stage.world.manifest.interactive, "the manifest has interactivity off"
    if isinstance(place, Post):
        body = interactions.pressed_in_post(stage, person, place, action)
    else:
        body = interactions.pressed_in_view(stage, place, action)
    delivery = Delivery("interactive", f"block_actions {element['action_id']}", body)
    return interactions.ask(stage, place.chat.team if isinstance(place, Post) else place.team, delivery)


def _action(stage: Stage, spot: Spot, state: Json) -> Json:
    element = spot.element
    action = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": spot.block["block_id"],
        "action_ts": stage.world.new_ts(),
    }
    if element["type"] == "button":
        kept = {key: element[key] for key in ("text", "value", "style", "url") if key in element}
        return action | kept
    if element["type"] == "overflow":
        return action | {"selected_option": spot.option}
    return action | {key: value for key, value in state.items() if key != "type"}
