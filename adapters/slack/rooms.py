"""Opening the shared chat of a partnership: a group conversation, or a private channel where that is wanted.

The same people get the same group conversation, so opening it again does no harm; a channel is known again
by its name. One person who cannot be in it makes the whole call fail, and Slack does not say who it was:
then each is looked up, and the others get their chat.
"""

import re
import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

from slack_sdk.errors import SlackApiError

from adapters.slack.calls import RAISED, SlackCalls
from adapters.slack.errors import PERSON, code, translate
from adapters.slack.limits import CHANNEL_NAME, ROOM, TOPIC
from adapters.slack.receive_people import Kind, profile_of
from bot.ports import CannotReach, ChatError, Rejected


#: The words of `Unreachable.why` for what somebody is.
_WHY = {Kind.GONE: "deactivated", Kind.BOT: "bot", Kind.STRANGER: "stranger", Kind.GUEST: "guest"}
#: Names tried for a channel when somebody else's has the first.
_NAMES = 3
_PAGE = 999


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to be brought together, and what a channel of theirs is called."""

    team: str
    users: tuple[str, ...]
    partnership: str
    title: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of it: the conversation ("" when there is none), and who cannot be in it and why."""

    channel: str = ""
    without: tuple[tuple[str, str], ...] = ()


Opener: TypeAlias = Callable[[SlackCalls, Wanted, Sequence[str]], Awaitable[str]]
"""Brings users together and gives the conversation; lets Slack's errors through."""


async def open_room(calls: SlackCalls, wanted: Wanted, opener: Opener) -> Opened:
    """Bring the people together, without those who cannot be; raises one of the ChatErrors."""
    if not 2 <= len(wanted.users) <= ROOM:
        raise Rejected(f"a room has 2 to {ROOM} people, not {len(wanted.users)}")
    try:
        return Opened(await opener(calls, wanted, wanted.users))
    except SlackApiError as error:
        if code(error) not in PERSON:
            raise translate(error) from error
        reason = translate(error)
    except RAISED as error:
        raise translate(error) from error
    bad = await _bad(calls, wanted.team, wanted.users)
    if not bad:
        raise reason
    return await _with_others(calls, wanted, opener, bad)


async def group(calls: SlackCalls, wanted: Wanted, users: Sequence[str]) -> str:
    """Open the group conversation of these users."""
    answer = await calls.ask(wanted.team, "conversations_open", users=list(users))
    return str(answer["channel"]["id"])


async def channel(calls: SlackCalls, wanted: Wanted, users: Sequence[str]) -> str:
    """Make a private channel, or find the one made before, and bring in these users.

    Where a workspace lets nobody make channels, a group conversation serves as well.
    """
    try:
        made = await _created(calls, wanted)
    except SlackApiError as error:
        if code(error) != "restricted_action":
            raise
        return await group(calls, wanted, users)
    try:
        await calls.ask(wanted.team, "conversations_invite", channel=made, users=list(users))
    except SlackApiError as error:
        if code(error) != "already_in_channel":
            raise
    with suppress(ChatError):  # a topic is a help to the eye only
        await calls.call(
            wanted.team, "conversations_setTopic", channel=made, topic=wanted.title[:TOPIC].strip() or "…"
        )
    return made


def channel_name(wanted: Wanted, attempt: int = 0) -> str:
    """Give the name of a pair's channel: its number first, since names of people may be alike."""
    again = f"-{attempt + 1}" if attempt else ""
    name = "-".join(part for part in (_slug(wanted.partnership), _slug(wanted.title)) if part)
    return name[: CHANNEL_NAME - len(again)].rstrip("-") + again


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


async def _created(calls: SlackCalls, wanted: Wanted) -> str:
    for attempt in range(_NAMES):
        name = channel_name(wanted, attempt)
        try:
            answer = await calls.ask(wanted.team, "conversations_create", name=name, is_private=True)
            return str(answer["channel"]["id"])
        except SlackApiError as error:
            if code(error) != "name_taken":
                raise
        if found := await _own_channel(calls, wanted.team, name):
            return found
    raise Rejected(f"no name is free for a channel of {wanted.partnership}")


async def _own_channel(calls: SlackCalls, team: str, name: str) -> str:
    """Give the private channel of this name that the bot is in: made before, and its answer was lost."""
    cursor = ""
    while True:
        answer = await calls.ask(
            team, "users_conversations", types="private_channel", limit=_PAGE, cursor=cursor
        )
        for each in answer["channels"]:
            if each.get("name") == name and not each.get("is_archived"):
                return str(each["id"])
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return ""


async def _with_others(
    calls: SlackCalls, wanted: Wanted, opener: Opener, bad: Sequence[tuple[str, str]]
) -> Opened:
    names = {user for user, _ in bad}
    others = tuple(user for user in wanted.users if user not in names)
    if len(others) < 2:
        return Opened(without=tuple(bad))
    try:
        return Opened(await opener(calls, wanted, others), tuple(bad))
    except RAISED as error:
        raise translate(error) from error


async def _bad(calls: SlackCalls, team: str, users: Sequence[str]) -> list[tuple[str, str]]:
    """Give who cannot be in a conversation, with the reason: guests only where nobody else is in the way."""
    found = [(user, await _why_not(calls, team, user)) for user in users]
    bad = [(user, why) for user, why in found if why]
    return [(user, why) for user, why in bad if why != _WHY[Kind.GUEST]] or bad


async def _why_not(calls: SlackCalls, team: str, user: str) -> str:
    try:
        answer = await calls.call(team, "users_info", user=user)
    except CannotReach as error:
        return error.why
    return _WHY.get(profile_of(answer["user"], team).kind, "")
