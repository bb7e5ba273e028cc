"""How messages come into a chat, and what the app hears of it."""

from __future__ import annotations

from typing import Any

from tests.slack_server.accounts import Account
from tests.slack_server.chats import Chat, Kind, Post
from tests.slack_server.errors import Json
from tests.slack_server.forms import initial_values, with_ids
from tests.slack_server.teams import Team
from tests.slack_server.world import World


EVENT_OF: dict[Kind, str] = {
    "im": "message.im",
    "mpim": "message.mpim",
    "private": "message.groups",
    "public": "message.channels",
}
TYPE_OF: dict[Kind, str] = {"im": "im", "mpim": "mpim", "private": "group", "public": "channel"}


def write(world: World, chat: Chat, author: Account | None, text: str, **more: Any) -> Post:
    """Puts a message into a chat; everybody's app that listens hears of it, the author's own too."""
    post = Post(chat, author, world.new_ts(), text, stamp=world.stamp(), team=chat.team.id, **more)
    post.blocks = with_ids(post.blocks)
    post.values = initial_values(post.blocks)
    if author and author.is_bot:
        post.app_id = world.app_id
    chat.posts.append(post)
    if post.only_for is None:
        announce(world, post)
    return post


def announce(world: World, post: Post) -> None:
    """Tells the app of a new message, once as a message and once more when it is mentioned."""
    chat = post.chat
    if chat.team.bot not in chat.members:
        return
    event = post.json() | located(post) | {"event_ts": post.ts}
    world.tell(chat.team, EVENT_OF[chat.kind], event)
    mentioned = f"<@{chat.team.bot.id}>" in post.text
    if mentioned and chat.kind != "im" and post.author is not chat.team.bot:
        world.tell(chat.team, "app_mention", event | {"type": "app_mention"})


def located(post: Post) -> Json:
    """Gives where a message stands."""
    return {"channel": post.chat.id, "channel_type": TYPE_OF[post.chat.kind]}


def changed(world: World, post: Post, before: Json) -> None:
    """Tells the app that a message was edited."""
    event = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": post.json(),
        "previous_message": before,
        "ts": world.new_ts(),
    }
    _notice(world, post, event)


def removed(world: World, post: Post) -> None:
    """Tells the app that a message was deleted."""
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": post.ts,
        "previous_message": post.json(),
        "ts": world.new_ts(),
    }
    _notice(world, post, event)


def _notice(world: World, post: Post, event: Json) -> None:
    if post.chat.team.bot in post.chat.members and post.only_for is None:
        world.tell(
            post.chat.team, EVENT_OF[post.chat.kind], event | located(post) | {"event_ts": event["ts"]}
        )


def joined(world: World, chat: Chat, account: Account, inviter: Account | None) -> None:
    """Lets somebody into a chat and tells the app."""
    if account in chat.members:
        return
    chat.members.append(account)
    if chat.team.bot not in chat.members:
        return
    event = {
        "type": "member_joined_channel",
        "user": account.id,
        "channel": chat.id,
        "channel_type": "C" if chat.kind == "public" else "G",
        "team": chat.team.id,
        "event_ts": world.new_ts(),
    }
    world.tell(chat.team, "member_joined_channel", event | ({"inviter": inviter.id} if inviter else {}))


def left(world: World, chat: Chat, account: Account) -> None:
    """Takes somebody out of a chat and tells the app, unless it was the app itself."""
    chat.members.remove(account)
    about: Json = {"channel": chat.id, "event_ts": world.new_ts()}
    if account is chat.team.bot:
        name = "channel_left" if chat.kind == "public" else "group_left"
        world.tell(chat.team, name, {"type": name} | about)
    elif chat.team.bot in chat.members:
        kind = "C" if chat.kind == "public" else "G"
        event = {
            "type": "member_left_channel",
            "user": account.id,
            "channel_type": kind,
            "team": chat.team.id,
        }
        world.tell(chat.team, "member_left_channel", event | about)


def tell_of_chat(world: World, chat: Chat, what: str, **more: Any) -> None:
    """Tells the app, if it is there, what happened to a channel (`archive`, `rename`, …)."""
    if chat.team.bot in chat.members:
        name = f"{'channel' if chat.kind == 'public' else 'group'}_{what}"
        event = {"type": name, "channel": chat.id, "event_ts": world.new_ts()} | more
        world.tell(chat.team, name, event)


def tell_of_user(world: World, team: Team, account: Account, name: str = "user_change") -> None:
    """Tells the app of a changed or new member."""
    account.updated = world.clock.date()
    user = account.json(include_locale=True)
    world.tell(
        team,
        name,
        {"type": name, "user": user, "cache_ts": world.clock.date(), "event_ts": world.new_ts()},
    )
