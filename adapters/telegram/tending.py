"""The deeds in a shared chat besides writing: look whether all is well, invite, let in or not, leave.

What Telegram answers comes back as events: nothing is decided here.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from telegram import Bot, ChatMemberAdministrator, ChatMemberOwner, ChatMemberRestricted
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden

from adapters.telegram.errors import says, translate
from adapters.telegram.receive import Me
from bot.events import Event, Invited, Joined, RoomLost, RoomOpened, Sender
from bot.messages import RoomDeed, Tend
from bot.ports import CannotReach, Sent


#: How long an invitation link works: longer than the ladder waits for anybody.
LINK_LASTS = timedelta(days=14)
_NO_RIGHTS = ("not enough rights", "chat_admin_required", "need administrator rights")
_IN = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER})

Deed: TypeAlias = Callable[[Bot, Me, str, Tend, datetime], Awaitable[list[Event]]]


async def tend(bot: Bot, me: Me, key: str, body: Tend, now: datetime) -> Sent:
    """Do the deed; gives what came of it as events. Raises the library's errors where it was not done."""
    return Sent(events=tuple(await _DEEDS[body.deed](bot, me, key, body, now)))


async def _check(bot: Bot, me: Me, key: str, body: Tend, now: datetime) -> list[Event]:
    """Look whether the bot is there with the right to invite, and which of the people are there already."""
    accounts = [account for account in body.account.split(",") if account]
    maker = accounts[0] if accounts else ""
    common = _common(key, body, now, maker)
    try:
        own = await bot.get_chat_member(int(body.chat), me.id)
    except (BadRequest, Forbidden):
        return [RoomLost(why="not-there", about=body.partnership, **common)]
    if own.status not in _IN and not _restricted_but_in(own):
        return [RoomLost(why="not-there", about=body.partnership, **common)]
    if not isinstance(own, ChatMemberOwner | ChatMemberAdministrator) or not _may_invite(own):
        return [RoomLost(why="rights", about=body.partnership, **common)]
    there = [account for account in accounts[1:] if await _is_in(bot, body.chat, account)]
    return [
        RoomOpened(about=body.partnership, checked=True, **common),
        *(Joined(**_common(f"{key}/{account}", body, now, account)) for account in there),
    ]


async def _invite(bot: Bot, me: Me, key: str, body: Tend, now: datetime) -> list[Event]:
    """Make a link by which people ask to join, so that a link that wanders lets nobody else in."""
    del me
    try:
        link = await bot.create_chat_invite_link(
            int(body.chat),
            name=body.partnership[:32] or None,
            creates_join_request=True,
            expire_date=now + LINK_LASTS,
        )
    except (BadRequest, Forbidden) as error:
        return [RoomLost(why=_why(error), about=body.partnership, **_common(key, body, now, ""))]
    return [
        Invited(
            url=link.invite_link,
            about=body.partnership,
            **_common(f"{key}/{account}", body, now, account),
        )
        for account in body.account.split(",")
        if account
    ]


async def _admit(bot: Bot, me: Me, key: str, body: Tend, now: datetime) -> list[Event]:
    """Let somebody in; who asked no more, or is in already, needs nothing."""
    del me
    try:
        await bot.approve_chat_join_request(int(body.chat), int(body.account))
    except (BadRequest, Forbidden) as error:
        return _not_admitted(error, key, body, now)
    return []


def _not_admitted(error: BadRequest | Forbidden, key: str, body: Tend, now: datetime) -> list[Event]:
    common = _common(key, body, now, body.account)
    if says(error, "user_already_participant"):
        return [Joined(**common)]
    if says(error, "user_channels_too_much", "users_too_much"):
        return [RoomLost(why="full", about=body.partnership, **common)]
    if says(error, "hide_requester_missing"):
        return []
    return [RoomLost(why=_why(error), about=body.partnership, **_common(key, body, now, ""))]


async def _refuse(bot: Bot, me: Me, key: str, body: Tend, now: datetime) -> list[Event]:
    del me, key, now
    try:
        await bot.decline_chat_join_request(int(body.chat), int(body.account))
    except (BadRequest, Forbidden):
        return []  # the request is gone, or we are: nobody gets in either way
    return []


async def _revoke(bot: Bot, me: Me, key: str, body: Tend, now: datetime) -> list[Event]:
    del me, key, now
    try:
        await bot.revoke_chat_invite_link(int(body.chat), body.url)
    except (BadRequest, Forbidden):
        return []  # it ended by itself; and whoever uses it must still be let in by us
    return []


async def _leave(bot: Bot, me: Me, key: str, body: Tend, now: datetime) -> list[Event]:
    del me, key, now
    try:
        await bot.leave_chat(int(body.chat))
    except (BadRequest, Forbidden):
        return []  # we are not in it
    return []


async def _is_in(bot: Bot, chat: str, account: str) -> bool:
    try:
        member = await bot.get_chat_member(int(chat), int(account))
    except (BadRequest, Forbidden):
        return False
    return member.status in _IN or _restricted_but_in(member)


def _restricted_but_in(member: object) -> bool:
    return isinstance(member, ChatMemberRestricted) and member.is_member


def _may_invite(member: ChatMemberOwner | ChatMemberAdministrator) -> bool:
    return isinstance(member, ChatMemberOwner) or member.can_invite_users


def _why(error: BadRequest | Forbidden) -> str:
    if says(error, *_NO_RIGHTS):
        return "rights"
    fact = translate(error)
    return fact.why if isinstance(fact, CannotReach) else "removed"


def _common(key: str, body: Tend, now: datetime, account: str) -> dict[str, Any]:
    return {
        "id": f"tend/{key}",
        "platform": "telegram",
        "at": now,
        "chat": body.chat,
        "private": False,
        "sender": Sender(account) if account else None,
    }


_DEEDS: Mapping[RoomDeed, Deed] = {
    RoomDeed.CHECK: _check,
    RoomDeed.INVITE: _invite,
    RoomDeed.ADMIT: _admit,
    RoomDeed.REFUSE: _refuse,
    RoomDeed.REVOKE: _revoke,
    RoomDeed.LEAVE: _leave,
}
