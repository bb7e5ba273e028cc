"""How people and the bot come into groups, get rights and leave, with the updates and notices this causes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tests.telegram_server.accounts import BASIC_GROUP_RIGHTS, RIGHTS, Account, Link, Member, Status
from tests.telegram_server.errors import Json
from tests.telegram_server.posts import meet, write
from tests.telegram_server.world import Chat, World


PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


def member_json(member: Member) -> Json:
    """Gives the ChatMember."""
    base: Json = {"status": member.status, "user": member.account.json()}
    match member.status:
        case "creator":
            base["is_anonymous"] = member.anonymous
        case "administrator":
            base |= {"can_be_edited": False, "is_anonymous": member.anonymous}
            base |= {right: right in member.rights for right in RIGHTS}
        case "restricted":
            base |= {"is_member": True, "until_date": 0}
            base |= dict.fromkeys(PERMISSIONS, member.may_write)
        case "kicked":
            base["until_date"] = 0
    if member.title and member.status in {"creator", "administrator"}:
        base["custom_title"] = member.title
    return base


def rights_in(chat: Chat, wanted: Iterable[str]) -> frozenset[str]:
    """Gives the rights an administrator has there: a basic group knows all or nothing."""
    return frozenset(BASIC_GROUP_RIGHTS if chat.kind == "group" else wanted)


def set_member(
    world: World,
    chat: Chat,
    account: Account,
    status: Status,
    *,
    by: Account,
    rights: Iterable[str] = (),
    anonymous: bool = False,
    may_write: bool = True,
    link: Link | None = None,
    via_request: bool = False,
) -> None:
    """Changes what somebody is in a group and tells the bot what it may know of it."""
    old = chat.member(account)
    kept = rights_in(chat, rights) if status == "administrator" else frozenset()
    new = replace(
        old, status=status, rights=kept, anonymous=anonymous, may_write=may_write, link=link or old.link
    )
    chat.members[account.id] = new
    change: Json = {
        "chat": chat.json(),
        "from": by.json(),
        "date": world.clock.date(),
        "old_chat_member": member_json(old),
        "new_chat_member": member_json(new),
    }
    if link:
        change["invite_link"] = link.json(world.bot)
    if via_request:
        change["via_join_request"] = True
    if change["old_chat_member"] == change["new_chat_member"]:
        return
    if account is world.bot:
        meet(world, by)
        world.updates.tell("my_chat_member", change, str(chat.id))
    elif world.bot_in(chat).status == "administrator":
        world.updates.tell("chat_member", change, str(account.id))


def enter(
    world: World,
    chat: Chat,
    account: Account,
    *,
    by: Account,
    link: Link | None = None,
    via_request: bool = False,
) -> None:
    """Lets somebody into a group, with the notice that everybody sees."""
    if chat.member(account).inside:
        return
    set_member(world, chat, account, "member", by=by, link=link, via_request=via_request)
    if link:
        link.joined.add(account.id)
    for other in chat.links:
        other.asking.discard(account.id)
    author = account if link else by
    if world.bot_in(chat).inside:
        meet(world, account)
    write(world, chat, author, {"new_chat_members": [account.json()]})


def leave(world: World, chat: Chat, account: Account, *, by: Account, kicked: bool = False) -> None:
    """Takes somebody out of a group; the notice comes while the bot is still there to read it."""
    if not chat.member(account).inside:
        return
    for link in chat.links:
        link.joined.discard(account.id)
    if account is not world.bot or chat.kind == "group":
        write(world, chat, by, {"left_chat_member": account.json()})
    banned = kicked and (chat.kind == "supergroup" or account is world.bot)
    set_member(world, chat, account, "kicked" if banned else "left", by=by)
    chat.keyboards.pop(account.id, None)
