"""The methods about the bot itself and about what a chat is: commands, descriptions, menu, files."""

from __future__ import annotations

import re
from typing import Any

from tests.telegram_server.access import visible
from tests.telegram_server.errors import Json, bad_request, broken
from tests.telegram_server.members import PERMISSIONS
from tests.telegram_server.posts import without_reply
from tests.telegram_server.world import Chat, World


MOST_COMMANDS = 100


def get_me(world: World, p: Json) -> Any:
    """Carries out getMe."""
    del p
    return world.bot.json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_commands(world: World, p: Json) -> Any:
    """Carries out setMyCommands."""
    key = _scope(world, p)
    commands = p["commands"]
    if not commands or len(commands) > MOST_COMMANDS:
        raise broken("BOT_COMMANDS_TOO_MUCH" if commands else "commands must be non-empty")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise broken("BOT_COMMAND_INVALID")
        if not command["description"].strip():
            raise broken("command description must be non-empty")
    if len({command["command"] for command in commands}) < len(commands):
        raise broken("BOT_COMMAND_INVALID")
    world.settings[key] = commands
    return True


def get_commands(world: World, p: Json) -> Any:
    """Carries out getMyCommands: the list of exactly this scope and language."""
    return world.settings.get(_scope(world, p), [])


def delete_commands(world: World, p: Json) -> Any:
    """Carries out deleteMyCommands."""
    world.settings.pop(_scope(world, p), None)
    return True


def set_words(name: str, world: World, p: Json) -> Any:
    """Carries out setMyName, setMyDescription and setMyShortDescription."""
    world.settings[f"{name}/{_language(p)}"] = p.get(name, "")
    return True


def set_menu(world: World, p: Json) -> Any:
    """Carries out setChatMenuButton."""
    world.settings[f"menu/{p.get('chat_id', '')}"] = p.get("menu_button", {"type": "default"})
    return True


def set_default_rights(world: World, p: Json) -> Any:
    """Carries out setMyDefaultAdministratorRights."""
    world.settings["default rights"] = p.get("rights")
    return True


def get_chat(world: World, p: Json) -> Any:
    """Carries out getChat; a group that became a supergroup is still shown."""
    chat = visible(world, p["chat_id"], moved=False)
    full = chat.json() | {
        "accent_color_id": 1,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    if not chat.private:
        full |= _group_details(world, chat)
    pinned = [post for post in chat.pinned if not post.deleted]
    return full | ({"pinned_message": without_reply(pinned[-1].data)} if pinned else {})


def get_file(world: World, p: Json) -> Any:
    """Carries out getFile; the path is served under `/file/bot<token>/`."""
    if p["file_id"] not in world.files:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    _, content = world.files[p["file_id"]]
    return {
        "file_id": p["file_id"],
        "file_unique_id": f"u{p['file_id']}",
        "file_size": len(content),
        "file_path": f"files/{p['file_id']}",
    }


def _group_details(world: World, chat: Chat) -> Json:
    details: Json = {
        "permissions": {
            name: name not in {"can_change_info", "can_pin_messages", "can_edit_tag"} for name in PERMISSIONS
        }
    }
    own = [x for x in chat.links if x.primary and not x.revoked and x.creator is world.bot]
    if own and world.bot_in(chat).can("can_invite_users"):
        details["invite_link"] = own[-1].url
    if chat.description:
        details["description"] = chat.description
    return details


def _language(p: Json) -> str:
    code: str = p.get("language_code", "")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise broken("invalid language code specified")
    return code


def _scope(world: World, p: Json) -> str:
    scope: Json = p.get("scope", {"type": "default"})
    if "chat_id" in scope:
        chat = visible(world, scope["chat_id"])
        if chat.private and scope["type"] != "chat":
            raise broken("can't use the scope in private chats")
    parts = [str(scope[name]) for name in ("type", "chat_id", "user_id") if name in scope]
    return "/".join(["commands", *parts, _language(p)])
