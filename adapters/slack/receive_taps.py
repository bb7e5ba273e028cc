"""What people tap: buttons and lists in messages, on their own page, and in open forms."""

from datetime import datetime

from adapters.slack.blocks import without_choices
from adapters.slack.receive_base import (
    NOTHING,
    Json,
    Known,
    Reading,
    common,
    event_id,
    handle_of,
    team_of,
)
from adapters.slack.receive_text import clean
from bot.events import Event, HomeOpened, Tapped


#: A button that only shows something; a link has no value at all.
INERT = "-"


def actions(body: Json, known: Known, now: datetime) -> Reading:
    """Read taps, each an event; what is ticked in an open form counts only when the form is sent in."""
    user, team = body["user"], team_of(body)
    container, view = body.get("container") or {}, body.get("view") or {}
    channel = str(container.get("channel_id") or (body.get("channel") or {}).get("id") or "")
    private = not channel or channel.startswith("D")
    name = f"t/{event_id(body)}"
    told = common(name, team, user["id"], now, handle=handle_of(user), chat=channel, private=private)
    in_form = view.get("type") == "modal"
    taps: list[Event] = []
    for action in body["actions"]:
        value = _value(action)
        if not value or value == INERT or (in_form and action.get("type") != "button"):
            continue
        taps.append(
            Tapped(
                value=value,
                ref=str(container.get("message_ts") or ""),
                shown=without_choices(body["message"]) if body.get("message") else "",
                view=str(view.get("id") or "") if in_form else "",
                at_home=view.get("type") == "home",
                trigger=str(body.get("trigger_id") or ""),
                order=float(action.get("action_ts") or 0),
                **(told | {"id": f"{name}/{len(taps)}" if taps else name}),
            )
        )
    return Reading(tuple(taps))


def home(body: Json, known: Known, now: datetime) -> Reading:
    """Read that somebody looks at their own page; the tab with the messages is no page."""
    event, team = body["event"], str(body["team_id"])
    if event.get("tab") != "home":
        return NOTHING
    told = common(event_id(body), team, event["user"], now, chat=str(event.get("channel") or ""))
    return Reading((HomeOpened(**told),))


def _value(action: Json) -> str:
    """Give what a button or a list carries."""
    chosen = action.get("selected_option") or {}
    return clean(str(action.get("value") or chosen.get("value") or ""))
