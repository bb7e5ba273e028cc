"""OAuth: the page where a workspace allows the app, and the code that is exchanged for a token."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from aiohttp import web

from tests.slack_server.errors import Json, Refused, broken
from tests.slack_server.stage import Stage
from tests.slack_server.teams import Install, Team


CODE_LIVES = 600.0
TOKEN_LIVES = 43_200


@dataclass(frozen=True, slots=True)
class Grant:
    """A workspace's yes, until the app picks up the token."""

    team: Team
    scopes: frozenset[str]
    redirect: str
    at: float
    by: str


@dataclass
class Consent:
    """Who says yes to the app, and the codes that were given for it."""

    stage: Stage
    client_id: str = "1111111111.2222222222"
    client_secret: str = "tests-only-client-secret"
    asked: Team | None = None  # the workspace that opens the page next; else the newest
    grants: dict[str, Grant] = field(default_factory=dict)

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Serves /oauth/v2/authorize: whoever opens it allows the app at once."""
        try:
            return web.Response(status=302, headers={"Location": self.allow(str(request.url))})
        except Refused as refused:
            return web.Response(status=400, text=refused.error)

    def allow(self, url: str, team: Team | None = None, by: str = "") -> str:
        """Allows the app in a workspace; gives where the browser goes back to, with code and state."""
        with self.stage.lock:
            asked = dict(parse_qsl(urlsplit(url).query))
            redirect = self._checked(asked)
            team = team or self.asked or list(self.stage.world.teams.values())[-1]
            code = f"{team.id}.{secrets.token_hex(8)}"
            scopes = frozenset(asked["scope"].replace(" ", ",").split(","))
            person = by or next(iter(team.accounts))
            self.grants[code] = Grant(team, scopes, redirect, self.stage.world.clock.now(), person)
            back = {"code": code} | ({"state": asked["state"]} if "state" in asked else {})
            return f"{redirect}?{urlencode(back)}"

    def _checked(self, asked: dict[str, str]) -> str:
        if asked.get("client_id") != self.client_id:
            raise self._no("invalid_client_id", "the authorize page does not know this client")
        if not asked.get("scope"):
            raise self._no("no_scopes", "the app asks for nothing")
        registered = self.stage.world.manifest.redirect_urls
        redirect = asked.get("redirect_uri") or next(iter(registered), "")
        if not redirect or (registered and not redirect.startswith(tuple(registered))):
            raise self._no("bad_redirect_uri", f"{redirect!r} is not in the manifest")
        beyond = set(asked["scope"].replace(" ", ",").split(",")) - self.stage.world.manifest.scopes
        if beyond:
            raise self._no("invalid_scope", f"not in the manifest: {sorted(beyond)}")
        return redirect

    def _no(self, error: str, words: str) -> Refused:
        self.stage.world.complain("oauth/v2/authorize", {}, f"{error}: {words}")
        return Refused(error)

    def access(self, p: Json, request: web.Request) -> Json:
        """Carries out oauth.v2.access, for a code or for a refresh token."""
        client_id, secret = _basic(request) or (p.get("client_id", ""), p.get("client_secret", ""))
        if client_id != self.client_id:
            raise broken("invalid_client_id", f"client_id {client_id!r}")
        if secret != self.client_secret:
            raise broken("bad_client_secret", "a wrong client_secret")
        if p.get("grant_type") == "refresh_token":
            return self._refreshed(p.get("refresh_token", ""))
        grant = self.grants.pop(p.get("code", ""), None)
        if grant is None or self.stage.world.clock.now() - grant.at > CODE_LIVES:
            raise Refused("invalid_code")
        if p.get("redirect_uri") not in {None, grant.redirect}:
            raise broken("bad_redirect_uri", "not the redirect_uri of the authorize page")
        install = self._install(grant.team, grant.scopes)
        return self._answer(install) | {"authed_user": {"id": grant.by}}

    def _install(self, team: Team, scopes: frozenset[str]) -> Install:
        world = self.stage.world
        rotates = world.manifest.rotates_tokens
        prefix = "xoxe.xoxb" if rotates else "xoxb"
        install = Install(team, f"{prefix}-{team.id}-{secrets.token_hex(8)}", scopes)
        if rotates:
            install.expires = world.clock.now() + TOKEN_LIVES
            install.refresh = f"xoxe-{secrets.token_hex(8)}"
        team.install = world.installs[install.token] = install
        return install

    def _refreshed(self, refresh: str) -> Json:
        found = [i for i in self.stage.world.installs.values() if refresh and i.refresh == refresh]
        if not found or found[0].dead:
            raise Refused("invalid_refresh_token")
        found[0].refresh = ""
        return self._answer(self._install(found[0].team, found[0].scopes))

    def _answer(self, install: Install) -> Json:
        team = install.team
        answer: Json = {
            "access_token": install.token,
            "token_type": "bot",
            "scope": ",".join(sorted(install.scopes)),
            "bot_user_id": team.bot.id,
            "app_id": self.stage.world.app_id,
            "team": {"id": team.id, "name": team.name},
            "enterprise": None,
            "is_enterprise_install": False,
        }
        rotating = {"refresh_token": install.refresh, "expires_in": TOKEN_LIVES}
        return answer | (rotating if install.refresh else {})


def _basic(request: web.Request) -> tuple[str, str] | None:
    header = request.headers.get("Authorization", "")
    if not header.startswith("Basic "):
        return None
    user, _, password = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
    return unquote(user), unquote(password)
