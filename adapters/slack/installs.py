"""The workspaces the bot is in, each with its token and its own account; what Bolt is told about them.

A workspace that uninstalled the app, or whose token was revoked, is dropped: nothing goes there any more,
and the others notice nothing.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from adapters.proxy import proxy_for


#: Bolt speaks of payloads in its log; what goes wrong there is told by the answer's status.
QUIET = logging.getLogger("slack_bolt.quiet")
QUIET.setLevel(logging.CRITICAL)
QUIET.propagate = False
#: What the app may do; the manifest asks for the same.
SCOPES = frozenset(
    {
        "app_mentions:read",
        "chat:write",
        "commands",
        "files:write",
        "groups:read",
        "im:history",
        "im:write",
        "mpim:read",
        "mpim:write",
        "users:read",
    }
)
#: What a pair's own channel takes besides.
CHANNEL_SCOPES = SCOPES | {"groups:write"}
#: Seconds that Slack may take to answer us, and what is asked while Slack itself waits: three such questions
#: at the most, and then it waits no longer.
PATIENCE = 10
SOON = 0.9


@dataclass(frozen=True, slots=True)
class Workspace:
    """One workspace the app is installed in."""

    team: str
    #: The bot as a member of the workspace ("U012AB3CD"), and as a bot ("B012AB3CD").
    bot_user: str
    bot_id: str
    client: AsyncWebClient
    name: str = ""
    #: The bot's name there.
    handle: str = ""
    scopes: frozenset[str] = field(default_factory=frozenset)

    @property
    def token(self) -> str:
        """The bot's token."""
        return str(self.client.token)


def scopes_for(rooms: str) -> frozenset[str]:
    """Give the scopes the app needs when pairs talk in `rooms`: a "group" conversation, or a "channel"."""
    return CHANNEL_SCOPES if rooms == "channel" else SCOPES


class Workspaces:
    """The workspaces by their id; `start` before use, `close` at the end."""

    def __init__(self, api_url: str) -> None:
        """Take the address of Slack's API, or of one that stands in for it."""
        self.api_url = api_url.rstrip("/") + "/"
        self._session: aiohttp.ClientSession | None = None
        self._known: dict[str, Workspace] = {}

    def client(self, token: str = "") -> AsyncWebClient:
        """Give a client of the Web API that shares its connections with the others."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        client = AsyncWebClient(token or None, base_url=self.api_url, session=self._session, timeout=PATIENCE)
        client.proxy = proxy_for(self.api_url)
        return client

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def add(self, token: str) -> Workspace:
        """Ask Slack whose token it is, and keep the workspace; raises what the library raises."""
        client = self.client(token)
        me = await client.auth_test()
        workspace = Workspace(
            str(me["team_id"]),
            str(me["user_id"]),
            str(me.get("bot_id", "")),
            client,
            str(me.get("team", "")),
            str(me.get("user", "")),
            _scopes(me.headers),
        )
        self._known[workspace.team] = workspace
        return workspace

    def keep(self, workspace: Workspace) -> None:
        """Keep a workspace that is known already."""
        self._known[workspace.team] = workspace

    def drop(self, team: str) -> None:
        """Forget a workspace whose installation has ended."""
        self._known.pop(team, None)

    def get(self, team: str) -> Workspace | None:
        """Give the workspace, None when the app is not installed there."""
        return self._known.get(team)

    def all(self) -> tuple[Workspace, ...]:
        """Give every workspace."""
        return tuple(self._known.values())

    def token(self, team: str) -> str:
        """Give the bot's token for a workspace; "" where the app is not installed."""
        workspace = self._known.get(team)
        return workspace.token if workspace else ""

    @property
    def bots(self) -> Mapping[str, str]:
        """The bot's user id by workspace."""
        return {team: each.bot_user for team, each in self._known.items()}

    def authorized(self, team: str) -> AuthorizeResult | None:
        """Give what Bolt wants to know of a workspace; None where the app is not installed."""
        workspace = self._known.get(team)
        if workspace is None:
            return None
        return AuthorizeResult(
            enterprise_id=None,
            team_id=workspace.team,
            bot_user_id=workspace.bot_user,
            bot_id=workspace.bot_id,
            bot_token=workspace.token,
        )


def _scopes(headers: Mapping[str, Any]) -> frozenset[str]:
    """Give the scopes that the token has, as every answer of Slack tells; nothing when it does not."""
    told = next((str(value) for name, value in headers.items() if name.lower() == "x-oauth-scopes"), "")
    return frozenset(scope.strip() for scope in told.split(",") if scope.strip())
