"""The methods about groups: invite links, join requests, members, titles."""

from __future__ import annotations

import secrets
from typing import Any

from tests.telegram_server.access import governed, group, known_account, visible
from tests.telegram_server.accounts import Link, Member
from tests.telegram_server.errors import Json, bad_request, broken, forbidden
from tests.telegram_server.members import enter, leave, member_json, set_member
from tests.telegram_server.posts import write
from tests.telegram_server.world import Chat, World


NO_REQUESTS = "not enough rights to manage chat join requests"


def create_link(world: World, p: Json) -> Any:
    """Carries out createChatInviteLink."""
    if p.get("creates_join_request") and "member_limit" in p:
        raise broken("member limit can't be specified for links requiring administrator approval")
    if p.get("expire_date", world.clock.now() + 1) <= world.clock.now():
        raise broken("EXPIRE_DATE_INVALID")
    chat = governed(world, p["chat_id"], "can_invite_users")
    link = Link(
        _new_url(),
        world.bot,
        name=p.get("name", ""),
        expires=p.get("expire_date"),
        member_limit=p.get("member_limit"),
        asks=p.get("creates_join_request", False),
    )
    chat.links.append(link)
    return link.json(world.bot)


def export_link(world: World, p: Json) -> Any:
    """Carries out exportChatInviteLink: a new primary link in place of the bot's old one."""
    chat = governed(world, p["chat_id"], "can_invite_users")
    for old in chat.links:
        if old.primary and old.creator is world.bot:
            old.revoked = True
    chat.links.append(Link(_new_url(), world.bot, primary=True))
    return chat.links[-1].url


def revoke_link(world: World, p: Json) -> Any:
    """Carries out revokeChatInviteLink."""
    chat = governed(world, p["chat_id"], "can_invite_users")
    link = next((link for link in chat.links if link.url == p["invite_link"]), None)
    if link is None:
        raise bad_request("INVITE_HASH_EXPIRED")
    if link.creator is not world.bot:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    link.revoked = True
    return link.json(world.bot)


def approve(world: World, p: Json) -> Any:
    """Carries out approveChatJoinRequest."""
    chat, member, link = _asking(world, p)
    if member.account.in_too_many_chats:
        raise forbidden("USER_CHANNELS_TOO_MUCH")
    member.account.contactable_until = 0.0
    enter(world, chat, member.account, by=world.bot, link=link, via_request=True)
    return True


def decline(world: World, p: Json) -> Any:
    """Carries out declineChatJoinRequest."""
    _, member, link = _asking(world, p)
    link.asking.discard(member.account.id)
    member.account.contactable_until = 0.0
    return True


def ban(world: World, p: Json) -> Any:
    """Carries out banChatMember."""
    chat = governed(world, p["chat_id"], "can_restrict_members")
    member = chat.member(known_account(world, p["user_id"]))
    _refuse_protected(world, member)
    if member.inside:
        leave(world, chat, member.account, by=world.bot, kicked=True)
    elif chat.kind == "supergroup":
        set_member(world, chat, member.account, "kicked", by=world.bot)
    return True


def unban(world: World, p: Json) -> Any:
    """Carries out unbanChatMember, which also removes a member unless told otherwise."""
    if group(world, p["chat_id"]).kind == "group":
        raise bad_request("method is available for supergroup and channel chats only")
    chat = governed(world, p["chat_id"], "can_restrict_members")
    member = chat.member(known_account(world, p["user_id"]))
    _refuse_protected(world, member)
    if member.status == "kicked" or (member.inside and not p.get("only_if_banned")):
        set_member(world, chat, member.account, "left", by=world.bot)
    return True


def leave_chat(world: World, p: Json) -> Any:
    """Carries out leaveChat."""
    leave(world, group(world, p["chat_id"]), world.bot, by=world.bot)
    return True


def set_title(world: World, p: Json) -> Any:
    """Carries out setChatTitle."""
    chat = governed(world, p["chat_id"], "can_change_info")
    if chat.title != p["title"].strip():
        chat.title = p["title"].strip()
        write(world, chat, world.bot, {"new_chat_title": chat.title})
    return True


def set_description(world: World, p: Json) -> Any:
    """Carries out setChatDescription."""
    words = "not enough rights to set chat description"
    chat = governed(world, p["chat_id"], "can_change_info", words)
    if chat.description == p.get("description", ""):
        raise bad_request("chat description is not modified")
    chat.description = p.get("description", "")
    return True


def get_member(world: World, p: Json) -> Any:
    """Carries out getChatMember."""
    chat = visible(world, p["chat_id"])
    account = known_account(world, p["user_id"]) if p["user_id"] not in chat.members else None
    if chat.private:
        raise bad_request("user not found")
    return member_json(chat.member(account) if account else chat.members[p["user_id"]])


def get_administrators(world: World, p: Json) -> Any:
    """Carries out getChatAdministrators, which leaves out other bots (there are none here but itself)."""
    chat = visible(world, p["chat_id"])
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    return [member_json(m) for m in chat.members.values() if m.status in {"creator", "administrator"}]


def count_members(world: World, p: Json) -> Any:
    """Carries out getChatMemberCount."""
    chat = visible(world, p["chat_id"])
    return 2 if chat.private else sum(m.inside for m in chat.members.values())


def _asking(world: World, p: Json) -> tuple[Chat, Member, Link]:
    chat = governed(world, p["chat_id"], "can_invite_users", NO_REQUESTS)
    account = known_account(world, p["user_id"])
    if chat.member(account).inside:
        raise bad_request("USER_ALREADY_PARTICIPANT")
    link = next((link for link in chat.links if account.id in link.asking), None)
    if link is None:
        raise bad_request("HIDE_REQUESTER_MISSING")
    return chat, chat.member(account), link


def _refuse_protected(world: World, member: Member) -> None:
    if member.account is world.bot:
        raise bad_request("can't restrict self")
    if member.status == "creator":
        raise bad_request("can't remove chat owner")
    if member.status == "administrator":
        raise bad_request("user is an administrator of the chat")


def _new_url() -> str:
    return f"https://t.me/+{secrets.token_urlsafe(12)}"
