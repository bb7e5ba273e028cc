"""Updates about who is in a chat, and with which rights."""

from datetime import datetime

from adapters.telegram.read import Json, base
from bot.events import AskedToJoin, Event, Joined, Left, Reachable, RoomLost, RoomOpened, Unreachable


def my_chat_member(change: Json, event: str, me: int, at: datetime) -> list[Event]:
    """Read what happened to the bot itself: blocked, let in, put out, given or denied rights."""
    chat, old, new = change["chat"], change["old_chat_member"], change["new_chat_member"]
    common = base(event, at, chat["id"], change["from"])
    if chat["type"] == "private":
        blocked = new["status"] == "kicked"
        return [Unreachable(why="blocked", **common) if blocked else Reachable(**common)]
    if chat["type"] == "channel" or change["from"]["id"] == me:
        return []
    if not is_in(new):
        return [RoomLost(why="removed", **common)] if is_in(old) else []
    if new["status"] == "restricted" and not new.get("can_send_messages"):
        return [RoomLost(why="muted", **common)]
    if may_invite(new) == may_invite(old):
        return []
    return [RoomOpened(about="", **common) if may_invite(new) else RoomLost(why="rights", **common)]


def chat_member(change: Json, event: str, at: datetime) -> list[Event]:
    """Read who came or went; the service messages say it too, and saying it twice changes nothing."""
    user = change["new_chat_member"]["user"]
    before, after = is_in(change["old_chat_member"]), is_in(change["new_chat_member"])
    if user.get("is_bot") or before == after:
        return []
    common = base(event, at, change["chat"]["id"], user)
    return [Joined(**common) if after else Left(**common)]


def join_request(request: Json, event: str, at: datetime) -> list[Event]:
    """Read that somebody used an invitation link and waits."""
    return [AskedToJoin(**base(event, at, request["chat"]["id"], request["from"]))]


def is_in(member: Json) -> bool:
    """Tell whether a member is in the chat."""
    status = member["status"]
    return status in ("creator", "administrator", "member") or (
        status == "restricted" and bool(member.get("is_member"))
    )


def may_invite(member: Json) -> bool:
    """Tell whether a member has the one right the bot needs."""
    status = member["status"]
    return status == "creator" or (status == "administrator" and bool(member.get("can_invite_users")))
