"""Is this the directors' room, and is that a director: asked of Slack, each time a command comes.

A channel may be opened to another company at any time, and an id says nothing about what a channel is. So
the channel must be private, alive, shared with nobody and have the bot in it, and who commands must be in
it, of this workspace and no guest. What was found counts for a minute at most.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from adapters.slack.installs import SOON, Workspaces
from adapters.slack.receive_people import ASKING, Kind, Profiles
from bot.ports import Clock


log = structlog.get_logger()

FRESH = timedelta(minutes=1)
MEMBERS_A_PAGE = 1000
PAGES = 10
#: What a channel must not be: (fact, name of the sentence).
_MUST_NOT = (
    ("is_im", "not-private"),
    ("is_mpim", "not-private"),
    ("is_archived", "archived"),
    ("is_ext_shared", "shared"),
    ("is_pending_ext_shared", "shared"),
    ("is_shared", "shared"),
    ("is_org_shared", "shared"),
)
#: What an error says about the channel. Our scopes let us look at private ones only.
_TOLD = {
    "channel_not_found": "bot-outside",
    "not_in_channel": "bot-outside",
    "missing_scope": "not-private",
    "method_not_supported_for_channel_type": "not-private",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What Slack said about a channel: the name of the sentence against it, or who is in it."""

    at: datetime
    problem: str = ""
    members: frozenset[str] = field(default_factory=frozenset)


class Directors:
    """Verifies the directors' channel."""

    def __init__(self, workspaces: Workspaces, profiles: Profiles, clock: Clock) -> None:
        """Take who to ask and the clock that says what is fresh."""
        self.workspaces = workspaces
        self.profiles = profiles
        self.clock = clock
        #: The directors' channel ("T1/C2"), "" before there is one.
        self.chat = ""
        self._found: dict[str, Found] = {}

    def changed(self, chat: str) -> None:
        """Forget what was found: the channel is not what it was."""
        self._found.pop(chat, None)

    async def problem(self, account: str, chat: str) -> str:
        """Give the name of the sentence that says why not: the room, or who commands; "" when all is well."""
        found = await self.room(chat)
        if found.problem:
            return found.problem
        user = account.rpartition("/")[2]
        if user not in found.members and found.at != self.clock.now():
            self.changed(chat)  # perhaps they came in just now
            found = await self.room(chat)
        if found.problem:
            return found.problem
        if user not in found.members:
            return "not-member"
        await self.profiles.get(account)
        profile = self.profiles.known(account)  # what Slack did not tell is not known
        if profile is None:
            return "unknown"
        return "" if profile.kind is Kind.MEMBER else "guest"

    async def room(self, chat: str) -> Found:
        """Give what Slack says about the channel, or said in the last minute."""
        now = self.clock.now()
        found = self._found.get(chat)
        if found is None or now - found.at >= FRESH:
            found = await self._ask(chat, now)
            if found.problem != "unknown":
                self._found[chat] = found
        return found

    async def _ask(self, chat: str, now: datetime) -> Found:
        team, _, channel = chat.partition("/")
        workspace = self.workspaces.get(team)
        if workspace is None:
            return Found(now, "unknown")
        try:
            async with asyncio.timeout(SOON):
                told = await workspace.client.conversations_info(channel=channel)
                problem = problem_of(told["channel"])
                members = frozenset() if problem else await self._members(team, channel)
            return Found(now, problem, members)
        except SlackApiError as error:
            why = str(error.response.get("error", ""))
            if why in _TOLD:
                return Found(now, _TOLD[why])
            log.warning("slack_channel_not_told", chat=chat, why=why)
        except (*ASKING, KeyError, TypeError) as error:
            log.warning("slack_channel_not_told", chat=chat, why=type(error).__name__)
        return Found(now, "unknown")

    async def _members(self, team: str, channel: str) -> frozenset[str]:
        workspace = self.workspaces.get(team)
        assert workspace is not None
        members: set[str] = set()
        cursor = ""
        for _ in range(PAGES):
            told = await workspace.client.conversations_members(
                channel=channel, limit=MEMBERS_A_PAGE, cursor=cursor
            )
            members.update(told["members"])
            cursor = str((told.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        return frozenset(members)


def problem_of(channel: Mapping[str, Any]) -> str:
    """Give the name of the sentence that says why a channel cannot be the directors' room; "" if it can."""
    for fact, sentence in _MUST_NOT:
        if channel.get(fact):
            return sentence
    if not channel.get("is_private"):
        return "not-private"
    return "" if channel.get("is_member") else "bot-outside"
