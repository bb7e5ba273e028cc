"""Several workspaces: each installs the app by OAuth, tokens are sealed, one that leaves hurts no other."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.fernet import Fernet

from adapters.clock import SystemClock
from adapters.slack.app import bolt_app
from adapters.slack.directors import Directors
from adapters.slack.http import http_routes
from adapters.slack.installs import SCOPES, Workspaces
from adapters.slack.installs_oauth import Installs, SealedStates, oauth_flow, oauth_routes
from adapters.slack.installs_vault import SealBroken, Vault
from adapters.slack.intake import Intake
from adapters.slack.receive_people import Profiles
from adapters.web import serving
from bot.ports import Installation
from tests.slack.receiving import Desk
from tests.slack_server import SlackServer, Team


pytestmark = [
    pytest.mark.wire,
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated"),  # slack-sdk 3.47.0 with aiohttp 3.14
]

MANIFEST = json.loads((Path(__file__).parents[2] / "slack-manifest.json").read_text(encoding="utf-8"))
FIRST, SECOND = Fernet.generate_key().decode(), Fernet.generate_key().decode()
BACK = "https://antipode.example.org/slack/oauth_redirect"


@dataclass
class Kept:
    """Keeps installations in memory, as the tables do."""

    rows: dict[str, Installation] = field(default_factory=dict)

    async def all(self) -> list[Installation]:
        return list(self.rows.values())

    async def keep(self, installation: Installation) -> None:
        self.rows[installation.team] = installation

    async def end(self, team: str, now: datetime) -> None:
        self.rows[team] = replace(self.rows[team], token="", ended_at=now)


@dataclass
class Site:
    """The app's web server with no workspace yet."""

    server: SlackServer
    desk: Desk
    kept: Kept
    workspaces: Workspaces
    installs: Installs
    url: str

    async def get(self, path: str, **more: Any) -> httpx.Response:
        async with httpx.AsyncClient(trust_env=False, verify=False) as client:
            return await client.get(self.url + path, **more)

    async def install(self, team: Team) -> httpx.Response:
        """Do what somebody's browser does."""
        page = await self.get("/slack/install")
        address = page.text.split('<a href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
        back = self.server.consent.allow(address, team)
        cookie = page.headers["set-cookie"].split(";")[0]
        return await self.get(back.removeprefix("https://antipode.example.org"), headers={"cookie": cookie})


@asynccontextmanager
async def site() -> AsyncIterator[Site]:
    oauth = MANIFEST["oauth_config"] | {"redirect_urls": [BACK]}
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(SlackServer(MANIFEST | {"oauth_config": oauth}))
        workspaces, clock, desk, kept = Workspaces(server.base_url), SystemClock(), Desk(server), Kept()
        stack.push_async_callback(workspaces.close)
        profiles = Profiles(workspaces)
        installs = Installs(kept, Vault([FIRST]), workspaces, clock)
        intake = Intake(
            workspaces,
            profiles,
            Directors(workspaces, profiles, clock),
            clock,
            handle=desk.handle,
            refuse=desk.refuse,
            bury=desk.bury,
            ended=installs.end,
        )
        flow = oauth_flow(server.client_id, server.client_secret, installs)
        app = bolt_app(workspaces, intake, server.signing_secret, flow)
        routes = [*http_routes(app), *oauth_routes(flow)]
        port = await stack.enter_async_context(serving("127.0.0.1", 0, routes))
        url = f"http://127.0.0.1:{port}"
        server.delivers_to(url)
        yield Site(server, desk, kept, workspaces, installs, url)


def test_the_manifest_asks_for_what_the_code_says() -> None:
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == SCOPES


async def test_two_workspaces_install_the_app_and_are_heard() -> None:
    async with site() as here:
        archive = here.server.new_team("Archive", installed=False)
        answers = [await here.install(team) for team in (here.server.team, archive)]
        here.server.user("Ana").writes("one")
        here.server.user("Bo", team=archive).writes("two")
        await here.desk.has("one", "two")

    assert [answer.status_code for answer in answers] == [200, 200]
    assert {str(event.sender.account).partition("/")[0] for event in here.desk.events if event.sender} == {
        here.server.team.id,
        archive.id,
    }
    assert here.server.violations == []


async def test_tokens_are_sealed_where_they_are_kept() -> None:
    async with site() as here:
        await here.install(here.server.team)
        (kept,) = here.kept.rows.values()

    assert here.server.bot_token not in repr(kept)
    assert Vault([FIRST]).open(kept.token) == here.server.bot_token
    assert (kept.name, kept.bot_user) == ("Librarians", here.server.team.bot.id)


async def test_a_start_finds_what_was_kept_without_asking_slack() -> None:
    async with site() as here:
        await here.install(here.server.team)
        again = Workspaces(here.server.base_url)
        before = len(here.server.calls)
        await Installs(here.kept, Vault([FIRST]), again, SystemClock()).load()
        found = again.token(here.server.team.id)
        await again.close()

    assert found == here.server.bot_token
    assert len(here.server.calls) == before


async def test_a_workspace_that_uninstalls_ends_and_the_others_go_on() -> None:
    async with site() as here:
        archive = here.server.new_team("Archive", installed=False)
        for team in (here.server.team, archive):
            await here.install(team)
        here.server.uninstalls(archive)
        await here.server.until(lambda: here.workspaces.get(archive.id) is None)
        await here.server.until(lambda: here.kept.rows[archive.id].ended_at is not None)
        here.server.user("Ana").writes("one")
        await here.desk.has("one")

    assert here.kept.rows[archive.id].token == ""
    assert here.workspaces.token(archive.id) == ""


async def test_a_revoked_token_ends_the_workspace_until_it_installs_again() -> None:
    async with site() as here:
        await here.install(here.server.team)
        here.server.revokes_token()
        await here.server.until(lambda: here.workspaces.get(here.server.team.id) is None)
        await here.install(here.server.team)
        here.server.user("Ana").writes("one")
        await here.desk.has("one")


async def test_what_another_process_ended_is_noticed() -> None:
    async with site() as here:
        await here.install(here.server.team)
        await here.kept.end(here.server.team.id, SystemClock().now())
        await here.installs.load()

    assert here.workspaces.all() == ()


async def test_an_answer_that_nobody_asked_for_installs_nothing() -> None:
    async with site() as here:
        page = await here.get("/slack/install")
        address = page.text.split('<a href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
        path = here.server.consent.allow(address).removeprefix("https://antipode.example.org")
        stranger = await here.get(path)
        other = await here.get(
            "/slack/oauth_redirect?code=1&state=2", headers={"cookie": "slack-app-oauth-state=2"}
        )
        refused = await here.get("/slack/oauth_redirect?error=access_denied")

    assert [stranger.status_code, other.status_code, refused.status_code] == [400, 401, 200]
    assert here.kept.rows == {}


async def test_a_state_is_taken_once() -> None:
    states = SealedStates(Vault([FIRST]))
    state = await states.async_issue()

    assert [await states.async_consume(state) for _ in range(2)] == [True, False]
    assert not await states.async_consume(Vault([SECOND]).seal("state/1"))
    assert not await states.async_consume(Vault([FIRST]).seal("something else"))


async def test_a_new_key_in_front_seals_everything_anew() -> None:
    kept, workspaces, clock = Kept(), Workspaces("https://slack.example/api/"), SystemClock()
    old = Vault([FIRST])
    now = clock.now()
    await kept.keep(Installation("slack", "T1", "One", "U1", "B1", "", old.seal("xoxb-1"), now))
    await kept.keep(Installation("slack", "T2", "Two", "U2", "B2", "", "", now, ended_at=now))

    await Installs(kept, Vault([SECOND, FIRST]), workspaces, clock).seal_anew()

    assert Vault([SECOND]).open(kept.rows["T1"].token) == "xoxb-1"
    with pytest.raises(SealBroken, match="ANTIPODE_ENCRYPTION_KEY"):
        old.open(kept.rows["T1"].token)
