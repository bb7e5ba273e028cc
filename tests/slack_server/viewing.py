"""views.*: modals, opened by a trigger that lives three seconds, and each person's App Home."""

from __future__ import annotations

from tests.slack_server.checking import check_view
from tests.slack_server.errors import Json, Refused, broken
from tests.slack_server.forms import initial_values, with_ids
from tests.slack_server.teams import Install
from tests.slack_server.world import Trigger, View, World


TRIGGER_LIVES = 3.0
DEEPEST = 3


def open_modal(world: World, install: Install, p: Json) -> Json:
    """Carries out views.open."""
    check_view(world, p["view"], "modal")
    trigger = spend(world, install, p.get("trigger_id"))
    if trigger.view is not None and not trigger.view.closed:
        raise broken("push_limit_reached", "a deed inside a modal needs views.push or views.update")
    view = new_view(world, trigger, p["view"])
    world.modals[trigger.person.id] = [view]
    return {"view": view_json(world, view)}


def push(world: World, install: Install, p: Json) -> Json:
    """Carries out views.push."""
    check_view(world, p["view"], "modal")
    trigger = spend(world, install, p.get("trigger_id"))
    return {"view": view_json(world, push_view(world, trigger, p["view"]))}


def push_view(world: World, trigger: Trigger, raw: Json) -> View:
    """Puts a modal on top of those a person has open."""
    stack = world.modals.get(trigger.person.id, [])
    if not stack:
        raise Refused("not_found")
    if len(stack) >= DEEPEST:
        raise broken("push_limit_reached", f"more than {DEEPEST} views in a modal")
    view = new_view(world, trigger, raw, parent=stack[-1])
    stack.append(view)
    return view


def update(world: World, install: Install, p: Json) -> Json:
    """Carries out views.update, by the view's id or by the one the app chose."""
    check_view(world, p["view"], "modal")
    if bool(p.get("view_id")) == bool(p.get("external_id")):
        raise broken("invalid_arguments", "give view_id or external_id, one of them")
    view = world.views.get(p.get("view_id", "")) or _by_external_id(world, p.get("external_id", ""))
    if view is None or view.closed or view.team is not install.team:
        raise Refused("not_found")
    if p.get("hash") and p["hash"] != view.hash:
        raise Refused("hash_conflict")
    replace(world, view, p["view"])
    return {"view": view_json(world, view)}


def publish(world: World, install: Install, p: Json) -> Json:
    """Carries out views.publish: a person's App Home."""
    check_view(world, p["view"], "home")
    if not world.manifest.has_home:
        raise Refused("not_enabled", violation="the manifest has the home tab off")
    person = install.team.accounts.get(p["user_id"])
    if person is None or person.deleted:
        raise broken("invalid_arguments", "user_id is nobody here")
    home = world.homes.get(person.id)
    if home is None:
        home = View(world.new_id("V"), install.team, person, {})
        world.homes[person.id] = world.views[home.id] = home
    elif p.get("hash") and p["hash"] != home.hash:
        raise Refused("hash_conflict")
    replace(world, home, p["view"])
    return {"view": view_json(world, home)}


def spend(world: World, install: Install, trigger_id: str | None) -> Trigger:
    """Uses up a trigger."""
    trigger = world.triggers.get(trigger_id or "")
    if trigger is None or trigger.team is not install.team:
        raise broken("invalid_trigger_id", f"{trigger_id!r} was never given out")
    if trigger.used:
        raise broken("exchanged_trigger_id", "a trigger opens one view")
    if world.clock.now() - trigger.at > TRIGGER_LIVES:
        raise Refused("expired_trigger_id")
    trigger.used = True
    return trigger


def new_view(world: World, trigger: Trigger, raw: Json, parent: View | None = None) -> View:
    """Makes a modal of what the app sent."""
    view = View(world.new_id("V"), trigger.team, trigger.person, {}, parent=parent)
    view.root = parent.root if parent else view.id
    _check_external_id(world, view, raw)
    world.views[view.id] = view
    replace(world, view, raw)
    return view


def replace(world: World, view: View, raw: Json) -> None:
    """Shows something else in a view; what a person filled in stays where the ids stay."""
    _check_external_id(world, view, raw)
    view.raw = raw | {"blocks": with_ids(raw["blocks"])}
    view.hash = f"{world.clock.date()}.{world.stamp():08x}"
    kept = view.values
    view.values = initial_values(view.raw["blocks"])
    for block_id, actions in view.values.items():
        for action_id, value in kept.get(block_id, {}).items():
            if action_id in actions and value["type"] == actions[action_id]["type"]:
                actions[action_id] = value
    view.errors = {}


def _check_external_id(world: World, view: View, raw: Json) -> None:
    chosen = raw.get("external_id") or ""
    other = _by_external_id(world, chosen) if chosen else None
    if other is not None and other is not view:
        raise broken("duplicate_external_id", f"{chosen!r} is in use")


def _by_external_id(world: World, chosen: str) -> View | None:
    return next(
        (v for v in world.views.values() if chosen and v.external_id == chosen and not v.closed), None
    )


def view_json(world: World, view: View) -> Json:
    """Gives the view as payloads and answers show it."""
    home = view.raw.get("type") == "home"
    shown = {
        "id": view.id,
        "team_id": view.team.id,
        "type": view.raw.get("type", "modal"),
        "blocks": view.raw.get("blocks", []),
        "private_metadata": view.raw.get("private_metadata", ""),
        "callback_id": view.raw.get("callback_id", ""),
        "external_id": view.external_id,
        "state": {"values": view.values},
        "hash": view.hash,
        "clear_on_close": view.raw.get("clear_on_close", False),
        "notify_on_close": view.raw.get("notify_on_close", False),
        "close": view.raw.get("close"),
        "submit": view.raw.get("submit"),
        "previous_view_id": view.parent.id if view.parent else None,
        "root_view_id": view.root or view.id,
        "app_id": world.app_id,
        "app_installed_team_id": view.team.id,
        "bot_id": view.team.bot.bot_id,
    }
    title = {"type": "plain_text", "text": "View Title", "emoji": True} if home else view.raw.get("title")
    return shown | {"title": title}


def close_top(world: World, view: View, *, everything: bool = False) -> None:
    """Closes a modal, or the whole stack."""
    stack = world.modals.get(view.person.id, [])
    for one in [*stack] if everything else [view]:
        one.closed = True
        if one in stack:
            stack.remove(one)
