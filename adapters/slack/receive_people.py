"""Who somebody is, as their workspace tells: name, zone, language, and whether they may take part.

Slack limits how often one person may be asked about (100 a minute), so the whole list is read at the start
and kept fresh by the events about people; only who is not in it is asked about alone.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, cast

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

from adapters.slack.installs import SOON, Workspace, Workspaces
from adapters.slack.receive_text import clean
from bot.events import Sender


log = structlog.get_logger()

#: People remembered at the most; who comes in beyond that is asked about each time.
REMEMBERED = 200_000
#: A list longer than this is not read whole: 100,000 people, in 25 minutes (Slack allows 20 calls a minute).
PAGES = 500
PAGE = 200
TOO_MANY = 429
#: Languages whose kinds are spoken so differently that the country counts.
WITH_COUNTRY = frozenset({"pt", "zh"})
ASKING = (SlackClientError, ClientError, TimeoutError)


class Kind(StrEnum):
    """What somebody is in the workspace."""

    MEMBER = "member"
    GUEST = "guest"  # sees only some channels: cannot be put into a conversation with everybody
    STRANGER = "stranger"  # of another workspace
    BOT = "bot"
    GONE = "gone"  # deactivated


@dataclass(frozen=True, slots=True)
class Profile:
    """One person of a workspace."""

    account: str
    kind: Kind = Kind.MEMBER
    name: str = ""
    handle: str = ""
    language: str = ""
    zone: str = ""
    #: When Slack last changed it, in unix seconds.
    updated: int = 0

    def fill(self, sender: Sender) -> Sender:
        """Give the sender with what their profile tells."""
        return replace(
            sender,
            name=sender.name or self.name,
            handle=sender.handle or self.handle,
            language=self.language,
            zone=self.zone,
        )


def profile_of(user: Mapping[str, Any], team: str) -> Profile:
    """Read a user as Slack describes them; `team` is the workspace that tells it."""
    more = user.get("profile") or {}
    name = more.get("display_name") or more.get("real_name") or user.get("real_name") or user.get("name")
    return Profile(
        f"{team}/{user['id']}",
        _kind(user, team),
        clean(str(name or "")),
        str(user.get("name") or ""),
        _language(str(user.get("locale") or "")),
        str(user.get("tz") or ""),
        int(user.get("updated") or 0),
    )


def _kind(user: Mapping[str, Any], team: str) -> Kind:
    if user.get("is_bot") or user["id"] == "USLACKBOT":
        return Kind.BOT
    if user.get("deleted"):
        return Kind.GONE
    if user.get("is_stranger") or user.get("team_id", team) != team:
        return Kind.STRANGER
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Kind.GUEST
    return Kind.MEMBER


def _language(locale: str) -> str:
    parts = locale.lower().replace("_", "-").split("-")
    return "-".join(parts[:2]) if parts[0] in WITH_COUNTRY else parts[0]


class Profiles:
    """Everybody the workspaces told about."""

    def __init__(
        self, workspaces: Workspaces, pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        """Take the workspaces to ask, and what waits so many seconds."""
        self.workspaces = workspaces
        self._pause = pause
        self._known: dict[str, Profile] = {}
        self._asking: dict[str, asyncio.Task[Profile]] = {}

    def known(self, account: str) -> Profile | None:
        """Give what is known without asking."""
        return self._known.get(account)

    def handle(self, account: str) -> str:
        """Give the handle of an account, its user id when it is not known."""
        profile = self._known.get(account)
        return (profile.handle if profile else "") or account.rpartition("/")[2]

    def keep(self, profile: Profile) -> None:
        """Keep what was told; an event about somebody says no language, so that stays."""
        before = self._known.get(profile.account)
        if before is None and len(self._known) >= REMEMBERED:
            return
        if before and not profile.language:
            profile = replace(profile, language=before.language)
        self._known[profile.account] = profile

    async def get(self, account: str) -> Profile:
        """Give the profile, asking Slack when it is not known; a plain one when Slack does not tell."""
        if known := self._known.get(account):
            return known
        # Somebody who taps five times while Slack is asked is asked about once.
        task = self._asking.get(account)
        if task is None:
            task = self._asking[account] = asyncio.create_task(self._ask(account))
            task.add_done_callback(lambda _: self._asking.pop(account, None))
        return await asyncio.shield(task)

    async def _ask(self, account: str) -> Profile:
        team, _, user = account.partition("/")
        workspace = self.workspaces.get(team)
        if workspace is None:
            return Profile(account)
        try:
            async with asyncio.timeout(SOON):
                told = await workspace.client.users_info(user=user, include_locale=True)
            profile = profile_of(told["user"], team)
        except (*ASKING, KeyError, TypeError) as error:
            log.warning("slack_profile_not_told", account=account, why=type(error).__name__)
            return Profile(account)
        self.keep(profile)
        return profile

    async def read_all(self, workspace: Workspace) -> list[Profile]:
        """Read a workspace's list; gives those who are in it no more. What Slack refuses stays unread."""
        gone: list[Profile] = []
        cursor = ""
        with suppress(*ASKING, KeyError, TypeError):
            for _ in range(PAGES):
                told = await self._page(workspace, cursor)
                found = [profile_of(user, workspace.team) for user in told["members"]]
                for profile in found:
                    self.keep(profile)
                gone += [profile for profile in found if profile.kind is Kind.GONE]
                cursor = str((told.get("response_metadata") or {}).get("next_cursor") or "")
                if not cursor:
                    break
        return gone

    async def _page(self, workspace: Workspace, cursor: str) -> Mapping[str, Any]:
        """Ask for a page; a long list takes longer than Slack allows at once."""
        while True:
            try:
                told = await workspace.client.users_list(limit=PAGE, include_locale=True, cursor=cursor)
            except SlackApiError as error:
                wait = str(error.response.headers.get("Retry-After", ""))
                if error.response.status_code != TOO_MANY or not wait.isdecimal():
                    raise
                await self._pause(float(wait))
            else:
                return cast("Mapping[str, Any]", told.data)
