"""The group picker behind a request-chat button, `?startgroup=` links, and how clients differ there.

TDLib promises that the client adds the bot with the rights asked for; some clients do not (see `Client`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tests.telegram_server.accounts import RIGHTS, Account
from tests.telegram_server.entities import found_entities
from tests.telegram_server.errors import Json
from tests.telegram_server.members import rights_in, set_member
from tests.telegram_server.posts import hide_one_time, write
from tests.telegram_server.world import Chat, Kind, Post, World


First = Literal["my_chat_member", "chat_shared", "start"]


@dataclass(frozen=True, slots=True)
class Client:
    """How somebody's Telegram app behaves."""

    creates_groups: bool = True  # macOS: the picker has no row "Create a new group for this"
    adds_bot: bool = True  # some versions share the group but never add the bot
    grants_rights: bool = True  # ... or add it as a plain member
    new_group_kind: Kind = "group"
    upgrades_for_rights: bool = False  # ?startgroup=…&admin=… makes a basic group a supergroup first
    first: First = "my_chat_member"  # what the bot hears first; Telegram documents no order


def request_button(chat: Chat, person: Account, label: str | None) -> tuple[Post, Json]:
    """Gives the request-chat button that this person sees now."""
    post = chat.keyboards.get(person.id)
    rows = (post.keyboard or {}).get("keyboard", []) if post else []
    found = [b for row in rows for b in row if "request_chat" in b and (label is None or label in b["text"])]
    assert post, f"{person.first_name} has no reply keyboard"
    assert found, f"no button of {post.buttons} asks {person.first_name} for a group"
    return post, found[0]["request_chat"]


def share(
    world: World, person: Account, chat: Chat, request: Json, client: Client, *, first: First | None = None
) -> None:
    """Shares a group with the bot as the client does: adds the bot as asked, and tells it the group's id."""
    private = world.private_chat(person)
    post = private.keyboards[person.id]
    first = first or client.first

    def tell_id() -> None:
        shared: Json = {"request_id": request["request_id"], "chat_id": chat.id}
        if request.get("request_title"):
            shared["title"] = chat.title
        write(world, private, person, {"chat_shared": shared}, reply_to=post)

    def add() -> None:
        wants = request.get("bot_administrator_rights") or {}
        # td#2572: without any rights asked for, the button "succeeds" and adds nobody.
        asked = request.get("bot_is_member") or wants
        if asked and client.adds_bot:
            add_bot(
                world, chat, person, {r for r in RIGHTS if wants.get(r)} if client.grants_rights else set()
            )

    private.acted = world.stamp()
    for step in (tell_id, add) if first == "chat_shared" else (add, tell_id):
        step()
    hide_one_time(private, person)


def add_bot(world: World, chat: Chat, by: Account, rights: set[str]) -> None:
    """Adds the bot to a group, with rights or as a plain member; a basic group takes two steps for rights."""
    bot = chat.member(world.bot)
    joins = not bot.inside
    kept = bot.rights if bot.status == "administrator" else frozenset()
    if joins and (not rights or chat.kind == "group"):
        set_member(world, chat, world.bot, "member", by=by)
    if rights and rights_in(chat, rights | kept) != kept:
        set_member(world, chat, world.bot, "administrator", by=by, rights=rights | kept)
    if joins:
        write(world, chat, by, {"new_chat_members": [world.bot.json()]})


def start_in_group(
    world: World, person: Account, chat: Chat, *, payload: str, rights: set[str], first: First
) -> None:
    """Does what a `?startgroup=` link does once a group is chosen."""
    member = chat.member(person)
    needed = "can_promote_members" if rights else "can_invite_users"
    may = member.can(needed) or (not rights and member.inside)
    assert may, (
        f"{person.first_name} may not add {'administrators' if rights else 'members'} to {chat.title!r}"
    )
    if first != "start":
        add_bot(world, chat, person, rights)
    text = f"/start@{world.bot.username} {payload}".strip()
    # On the other order of queues the command overtakes the membership: it is told as if the bot were there.
    post = write(
        world, chat, person, {"text": text, "entities": found_entities(text)}, silent=first == "start"
    )
    if first == "start":
        post.seen = True
        world.updates.tell("message", post.data, str(chat.id))
        add_bot(world, chat, person, rights)
