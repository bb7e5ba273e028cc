"""conversations.* for channels: made, filled, named, archived by the app."""

from __future__ import annotations

import re

from tests.slack_server.chats import Chat, Kind
from tests.slack_server.conversations import WRITE_SCOPES, need
from tests.slack_server.errors import Json, Refused, broken
from tests.slack_server.posts import joined, left, tell_of_chat
from tests.slack_server.teams import Install
from tests.slack_server.users import paged
from tests.slack_server.world import World


LONGEST_NAME, LONGEST_TOPIC = 80, 250
TYPES: dict[str, Kind] = {
    "public_channel": "public",
    "private_channel": "private",
    "mpim": "mpim",
    "im": "im",
}


def _channel(world: World, install: Install, channel: str) -> Chat:
    """Gives a channel the bot is in and may change."""
    chat = world.seen_by_bot(install.team, channel)
    if chat.kind in {"im", "mpim"}:
        raise broken("method_not_supported_for_channel_type", "this is for channels only")
    need(install, *WRITE_SCOPES[chat.kind])
    if install.team.bot not in chat.members:
        raise Refused("not_in_channel")
    if chat.archived:
        raise Refused("is_archived")
    return chat


def _check_name(world: World, install: Install, name: str) -> None:
    if len(name) > LONGEST_NAME:
        raise broken("invalid_name_maxlength", f"{len(name)} characters")
    if not re.fullmatch(r"[\w-]+", name) or name != name.lower():
        raise broken("invalid_name_specials", f"{name!r} is not lower case letters, digits, hyphens")
    taken = (
        c.name for c in world.chats.values() if c.team is install.team and c.kind in {"private", "public"}
    )
    if name in taken:
        raise Refused("name_taken")


def create(world: World, install: Install, p: Json) -> Json:
    """Carries out conversations.create."""
    team = install.team
    kind: Kind = "private" if p.get("is_private") else "public"
    need(install, *WRITE_SCOPES[kind])
    if team.creation_restricted:
        raise Refused("restricted_action")
    _check_name(world, install, p["name"])
    chat = Chat(world.new_id("C"), team, kind, [team.bot], name=p["name"], creator=team.bot.id)
    chat.created = world.clock.date()
    world.add(chat)
    return {"channel": chat.json(team.bot)}


def invite(world: World, install: Install, p: Json) -> Json:
    """Carries out conversations.invite: everybody, or with several errors nobody."""
    chat = _channel(world, install, p["channel"])
    errors = [(user, _objection(install, chat, user)) for user in p["users"]]
    wrong = [{"ok": False, "error": error, "user": user} for user, error in errors if error]
    if wrong and not (p.get("force") and len(wrong) < len(errors)):
        raise Refused(str(wrong[0]["error"]), errors=wrong)
    for user, error in errors:
        if not error:
            joined(world, chat, install.team.accounts[user], install.team.bot)
    return {"channel": chat.json(install.team.bot)}


def _objection(install: Install, chat: Chat, user: str) -> str:
    account = install.team.accounts.get(user)
    if account is None or account.deleted:
        return "user_not_found"
    if account is install.team.bot:
        return "cant_invite_self"
    if account in chat.members:
        return "already_in_channel"
    if account.ultra_restricted:
        return "ura_max_channels"
    if account.stranger or not account.visible:
        return "cant_invite"
    return "user_is_restricted" if account.restricted else ""


def join(world: World, install: Install, p: Json) -> Json:
    """Carries out conversations.join: for public channels only."""
    chat = world.seen_by_bot(install.team, p["channel"])
    if chat.kind != "public":
        raise broken("method_not_supported_for_channel_type", "an app joins public channels only")
    if chat.archived:
        raise Refused("is_archived")
    joined(world, chat, install.team.bot, None)
    return {"channel": chat.json(install.team.bot)}


def kick(world: World, install: Install, p: Json) -> Json:
    """Carries out conversations.kick."""
    chat = _channel(world, install, p["channel"])
    account = install.team.accounts.get(p["user"])
    if account is None:
        raise Refused("user_not_found")
    if account is install.team.bot:
        raise broken("cant_kick_self", "leave instead")
    if account not in chat.members:
        raise Refused("not_in_channel")
    left(world, chat, account)
    return {"errors": {}}


def archive(world: World, install: Install, p: Json) -> Json:
    """Carries out conversations.archive."""
    if world.seen_by_bot(install.team, p["channel"]).archived:
        raise Refused("already_archived")
    chat = _channel(world, install, p["channel"])
    chat.archived = True
    tell_of_chat(world, chat, "archive", user=install.team.bot.id)
    return {}


def unarchive(world: World, install: Install, p: Json) -> Json:
    """Carries out conversations.unarchive."""
    chat = world.seen_by_bot(install.team, p["channel"])
    if not chat.archived:
        raise Refused("not_archived")
    need(install, *WRITE_SCOPES[chat.kind])
    chat.archived = False
    tell_of_chat(world, chat, "unarchive", user=install.team.bot.id)
    return {}


def rename(world: World, install: Install, p: Json) -> Json:
    """Carries out conversations.rename."""
    chat = _channel(world, install, p["channel"])
    _check_name(world, install, p["name"])
    chat.name = p["name"]
    about = {"id": chat.id, "name": chat.name, "created": chat.created}
    tell_of_chat(world, chat, "rename", channel=about)
    return {"channel": chat.json(install.team.bot)}


def set_topic(world: World, install: Install, p: Json) -> Json:
    """Carries out conversations.setTopic."""
    chat = _channel(world, install, p["channel"])
    if len(p["topic"]) > LONGEST_TOPIC:
        raise broken("too_long", f"a topic of {len(p['topic'])} characters")
    chat.topic = p["topic"]
    return {"channel": chat.json(install.team.bot)}


def set_purpose(world: World, install: Install, p: Json) -> Json:
    """Carries out conversations.setPurpose."""
    chat = _channel(world, install, p["channel"])
    if len(p["purpose"]) > LONGEST_TOPIC:
        raise broken("too_long", f"a purpose of {len(p['purpose'])} characters")
    chat.purpose = p["purpose"]
    return {"channel": chat.json(install.team.bot), "purpose": chat.purpose}


def list_all(world: World, install: Install, p: Json) -> Json:
    """Carries out conversations.list and users.conversations."""
    wanted = (p.get("types") or "public_channel").replace(" ", "").split(",")
    if not set(wanted) <= set(TYPES):
        raise broken("invalid_types", f"types {p['types']!r}")
    kinds = {TYPES[name] for name in wanted}
    bot = install.team.bot
    seen = [c for c in world.chats.values() if c.team is install.team and c.kind in kinds]
    for chat in seen[:1]:
        need(install, chat.read_scope)
    member = p.get("user") or bot.id
    seen = [c for c in seen if c.kind == "public" or any(m.id == member for m in c.members)]
    seen = [c for c in seen if not (p.get("exclude_archived") and c.archived)]
    page, more = paged([chat.json(bot) for chat in seen], p, most=1000)
    return {"channels": list(page)} | more
