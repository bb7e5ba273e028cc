"""A workspace that another process installed just now: what comes from it is neither lost nor refused."""

import pytest

from adapters.clock import SystemClock
from adapters.slack.app import bolt_app
from adapters.slack.http import http_routes
from adapters.slack.installs_oauth import Installs
from adapters.slack.installs_vault import Vault
from adapters.web import serving
from bot.ports import Installation, StoreAway
from tests.slack.receiving import receiving
from tests.slack.test_oauth import FIRST, Kept
from tests.slack_server import SlackServer


pytestmark = pytest.mark.wire


class Away(Kept):
    """Keeps installations in a database that is away so many times."""

    times = 0

    async def all(self) -> list[Installation]:
        if self.times:
            self.times -= 1
            raise StoreAway("cut")
        return await super().all()


@pytest.mark.parametrize("times", [0, 2])
async def test_what_comes_before_it_is_known_is_decided(times: int) -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        kept, vault, team = Away(), Vault([FIRST]), server.team
        kept.times = times
        installs = Installs(kept, vault, here.workspaces, SystemClock())
        here.workspaces.drop(team.id)
        app = bolt_app(here.workspaces, here.intake, server.signing_secret, look=installs.load)
        async with serving("127.0.0.1", 0, http_routes(app)) as port:
            server.delivers_to(f"http://127.0.0.1:{port}")
            server.courier.backoff = 0.001
            token = vault.seal(server.bot_token)
            bot = (team.bot.id, str(team.bot.bot_id))
            await kept.keep(Installation("slack", team.id, team.name, *bot, "", token, SystemClock().now()))
            server.user("Ana").writes("one")
            await here.desk.has("one")
