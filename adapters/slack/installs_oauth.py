"""Installing into several workspaces: `/slack/install`, and where Slack sends people back to.

What Bolt's flow gives is kept by our own store, tokens sealed; a state is a sealed word that lasts ten
minutes, so any of several processes can take the answer.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

import structlog
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Installation as Installed
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from adapters.slack.installs import QUIET, SCOPES, Workspace, Workspaces
from adapters.slack.installs_vault import SealBroken, Vault
from adapters.slack.receive_people import ASKING
from bot.ports import Clock, Installation


log = structlog.get_logger()

STATE_LASTS = 600
#: Answers remembered, so that none is taken twice.
STATES = 10_000


class Keeper(Protocol):
    """Keeps installations."""

    async def all(self) -> list[Installation]:
        """Give every installation, ended ones too."""

    async def keep(self, installation: Installation) -> None:
        """Keep one."""

    async def end(self, team: str, now: datetime) -> None:
        """Note that one has ended."""


class Installs(AsyncInstallationStore):
    """The installations as Bolt's flow and the workspaces want them."""

    def __init__(self, keeper: Keeper, vault: Vault, workspaces: Workspaces, clock: Clock) -> None:
        """Take where they are kept, what seals tokens, and the workspaces to fill."""
        self.keeper = keeper
        self.vault = vault
        self.workspaces = workspaces
        self.clock = clock
        self._filled: frozenset[str] = frozenset()

    async def async_save(self, installation: Installed) -> None:
        """Keep what a workspace installed just now; raises BoltError for what we cannot serve."""
        token, team = installation.bot_token, installation.team_id
        if not token or not team or installation.is_enterprise_install:
            raise BoltError("The app is installed in one workspace at a time.")
        if installation.bot_token_expires_at:
            raise BoltError("Token rotation is switched on: switch it off in the app's settings.")
        kept = Installation(
            platform="slack",
            team=team,
            name=installation.team_name or "",
            bot_user=installation.bot_user_id or "",
            bot=installation.bot_id or "",
            scopes=",".join(installation.bot_scopes or ()),
            token=self.vault.seal(token),
            installed_at=self.clock.now(),
        )
        await self.keeper.keep(kept)
        log.info("slack_workspace_installed", team=team)
        self._fill(kept, token)

    async def end(self, team: str) -> None:
        """Forget the token of a workspace that does not want the app any more."""
        await self.keeper.end(team, self.clock.now())
        self._filled -= {team}

    async def load(self) -> None:
        """Fill the workspaces with what is kept; take out what has ended, perhaps by another process."""
        kept = [each for each in await self.keeper.all() if each.ended_at is None]
        for team in self._filled - {each.team for each in kept}:
            self.workspaces.drop(team)
        for each in kept:
            try:
                self._fill(each, self.vault.open(each.token))
            except SealBroken:
                log.exception("slack_workspace_sealed", team=each.team)
        self._filled = frozenset(each.team for each in kept)

    async def seal_anew(self) -> None:
        """Seal every token with the newest key; raises SealBroken when one cannot be opened."""
        for each in await self.keeper.all():
            if each.ended_at is None:
                await self.keeper.keep(replace(each, token=self.vault.anew(each.token)))

    def _fill(self, kept: Installation, token: str) -> None:
        known = self.workspaces.get(kept.team)
        if known is not None and known.token == token:
            return
        scopes = frozenset(kept.scopes.split(","))
        client = self.workspaces.client(token)
        self.workspaces.keep(Workspace(kept.team, kept.bot_user, kept.bot, client, kept.name, scopes=scopes))
        self._filled |= {kept.team}


class SealedStates(AsyncOAuthStateStore):
    """States that need no table: sealed words, each taken once by this process."""

    def __init__(self, vault: Vault) -> None:
        """Take what seals."""
        self.vault = vault
        self._taken: dict[str, None] = {}

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """Give a new state."""
        return self.vault.seal(f"state/{secrets.token_hex(16)}")

    async def async_consume(self, state: str) -> bool:
        """Tell whether the state is one of ours, of the last ten minutes, for the first time."""
        try:
            word = self.vault.lasts(state, STATE_LASTS)
        except SealBroken:
            return False
        if not word.startswith("state/") or word in self._taken:
            return False
        self._taken[word] = None
        if len(self._taken) > STATES:
            self._taken.pop(next(iter(self._taken)))
        return True


def oauth_flow(
    client_id: str, client_secret: str, installs: Installs, scopes: frozenset[str] = SCOPES
) -> AsyncOAuthFlow:
    """Give Bolt's flow of installation, by our own store and our own address of Slack."""
    settings = AsyncOAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=sorted(scopes),
        installation_store=installs,
        state_store=SealedStates(installs.vault),
        authorization_url=installs.workspaces.api_url.removesuffix("api/") + "oauth/v2/authorize",
        install_page_rendering_enabled=True,
        logger=QUIET,
    )
    return AsyncOAuthFlow(client=installs.workspaces.client(), logger=QUIET, settings=settings)


def oauth_routes(flow: AsyncOAuthFlow) -> Sequence[BaseRoute]:
    """Give the pages at which the app is installed."""

    async def install(request: Request) -> Response:
        return to_starlette_response(await flow.handle_installation(to_async_bolt_request(request, b"")))

    async def back(request: Request) -> Response:
        try:
            answer = await flow.handle_callback(to_async_bolt_request(request, b""))
        except ASKING:
            log.exception("slack_not_installed")
            return PlainTextResponse("Slack could not be asked just now. Please try again.", status_code=503)
        return to_starlette_response(answer)

    return [Route(flow.install_path, install), Route(flow.redirect_uri_path, back)]
