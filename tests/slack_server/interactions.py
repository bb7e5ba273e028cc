"""What people's deeds send to the app: commands, presses, submissions, each with its response_url."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.slack_server.accounts import Account
from tests.slack_server.chats import Chat, Post
from tests.slack_server.deliveries import Delivery
from tests.slack_server.errors import Json
from tests.slack_server.stage import Stage
from tests.slack_server.teams import Team
from tests.slack_server.viewing import view_json
from tests.slack_server.world import Hook, Trigger, View


@dataclass(eq=False)
class Doing:
    """A deed that asked the app for something, and what came of it."""

    delivery: Delivery
    reply: Any = None

    @property
    def acked(self) -> bool:
        """Tells whether the app acknowledged within three seconds."""
        return self.delivery.acked

    @property
    def failed(self) -> bool:
        """Tells whether the person was shown that the app did not respond."""
        return self.delivery.given_up

    @property
    def took(self) -> float:
        """Gives the seconds until the acknowledgement."""
        return self.delivery.took

    @property
    def payload(self) -> Json:
        """Gives what was sent."""
        return self.delivery.body


def ask(stage: Stage, team: Team, delivery: Delivery, answered: Callable[[Any], None] | None = None) -> Doing:
    """Sends a deed to the app; where it is not installed the person sees at once that nothing responds."""
    doing = Doing(delivery)

    def take(reply: Any) -> None:
        doing.reply = reply
        if answered:
            answered(reply)

    delivery.answered = take
    if team.installed:
        stage.courier.send(delivery)
    else:
        delivery.given_up, delivery.reason = True, "not installed"
    return doing


def new_trigger(stage: Stage, team: Team, person: Account, view: View | None = None) -> str:
    """Gives the id that lets the app open one modal within three seconds."""
    number = f"{len(stage.world.triggers) + 1}.{team.id}.{stage.world.stamp():016x}"
    stage.world.triggers[number] = Trigger(person, team, stage.world.clock.now(), view)
    return number


def new_response_url(stage: Stage, chat: Chat, person: Account, post: Post | None = None) -> str:
    """Gives the address by which the app may answer five times within half an hour."""
    number = f"{chat.team.id}/{len(stage.world.hooks) + 1}/{stage.world.stamp():016x}"
    stage.world.hooks[number] = Hook(chat, person, stage.world.clock.now(), post)
    return f"{stage.address()}/respond/{number}"


def short_user(account: Account) -> Json:
    """Gives the user as interactions show them."""
    return {
        "id": account.id,
        "username": account.handle,
        "name": account.handle,
        "team_id": account.home,
    }


def _frame(stage: Stage, team: Team, person: Account) -> Json:
    return {
        "user": short_user(person),
        "team": {"id": team.id, "domain": team.domain},
        "api_app_id": stage.world.app_id,
        "token": "verification-token",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def pressed_in_post(stage: Stage, person: Account, post: Post, action: Json) -> Json:
    """Gives the payload of a press on something in a message."""
    chat = post.chat
    container = {
        "type": "message",
        "message_ts": post.ts,
        "channel_id": chat.id,
        "is_ephemeral": post.only_for is not None,
    }
    payload = {
        "type": "block_actions",
        "container": container,
        "trigger_id": new_trigger(stage, chat.team, person),
        "state": {"values": post.values},
        "actions": [action],
    }
    return _frame(stage, chat.team, person) | payload | _place(stage, chat, person, post)


def pressed_in_view(stage: Stage, view: View, action: Json) -> Json:
    """Gives the payload of a press on something in a modal or App Home."""
    inside = None if view.raw["type"] == "home" else view
    return _frame(stage, view.team, view.person) | {
        "type": "block_actions",
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": new_trigger(stage, view.team, view.person, inside),
        "view": view_json(stage.world, view),
        "actions": [action],
    }


def submitted(stage: Stage, view: View) -> Json:
    """Gives the payload of a modal's submit button."""
    return _frame(stage, view.team, view.person) | {
        "type": "view_submission",
        "trigger_id": new_trigger(stage, view.team, view.person, view),
        "view": view_json(stage.world, view),
        "response_urls": [],
    }


def closed(stage: Stage, view: View, *, cleared: bool) -> Json:
    """Gives the payload of a modal's close button."""
    return _frame(stage, view.team, view.person) | {
        "type": "view_closed",
        "view": view_json(stage.world, view),
        "is_cleared": cleared,
    }


def shortcut(stage: Stage, team: Team, person: Account, callback_id: str, on: Post | None = None) -> Json:
    """Gives the payload of a shortcut, global or on a message."""
    payload = _frame(stage, team, person) | {
        "type": "message_action" if on else "shortcut",
        "callback_id": callback_id,
        "trigger_id": new_trigger(stage, team, person),
        "action_ts": stage.world.new_ts(),
    }
    return payload | (_place(stage, on.chat, person, on) if on else {})


def _place(stage: Stage, chat: Chat, person: Account, post: Post) -> Json:
    names = {"im": "directmessage", "mpim": chat.name, "private": "privategroup"}
    return {
        "channel": {"id": chat.id, "name": names.get(chat.kind, chat.name)},
        "message": post.json(),
        "response_url": new_response_url(stage, chat, person, post),
    }


def suggestion(stage: Stage, place: View | Post, person: Account, action: Json, typed: str) -> Json:
    """Gives the payload of letters typed into a menu whose options the app supplies."""
    team = place.chat.team if isinstance(place, Post) else place.team
    named = {"action_id": action["action_id"], "block_id": action["block_id"], "value": typed}
    where = {"message": place.json()} if isinstance(place, Post) else {"view": view_json(stage.world, place)}
    return _frame(stage, team, person) | {"type": "block_suggestion"} | named | where


def command(stage: Stage, chat: Chat, person: Account, name: str, text: str) -> Json:
    """Gives the fields of a slash command."""
    names = {"im": "directmessage", "mpim": chat.name, "private": "privategroup"}
    return {
        "token": "verification-token",
        "team_id": chat.team.id,
        "team_domain": chat.team.domain,
        "channel_id": chat.id,
        "channel_name": names.get(chat.kind, chat.name),
        "user_id": person.id,
        "user_name": person.handle,
        "command": name,
        "text": text,
        "api_app_id": stage.world.app_id,
        "is_enterprise_install": "false",
        "response_url": new_response_url(stage, chat, person),
        "trigger_id": new_trigger(stage, chat.team, person),
    }
