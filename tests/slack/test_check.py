"""`antipode check` says a line for each thing about Slack, and what is wrong with it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from adapters.clock import SystemClock
from adapters.slack.check import Fact, facts
from adapters.slack.installs import CHANNEL_SCOPES, Workspaces
from tests.slack_server import SlackServer


pytestmark = pytest.mark.wire
MANIFEST = Path(__file__).parents[2] / "slack-manifest.json"


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer(MANIFEST) as server:
        yield server


async def look(server: SlackServer, **asked: Any) -> list[Fact]:
    workspaces = Workspaces(server.base_url)
    try:
        return await facts(workspaces, SystemClock(), **asked)
    finally:
        await workspaces.close()


async def test_all_is_well(server: SlackServer) -> None:
    room = server.channel("directors", server.user("Ana"), server.user("Bo"))
    found = await look(server, token=server.bot_token, app_token=server.app_token, channel=room.id)

    assert found == [
        Fact("slack token", ok=True, found="@antipode in Librarians"),
        Fact("slack scopes", ok=True, found="all that are needed"),
        Fact("slack directors' room", ok=True, found="private, with 2 people in it"),
        Fact("slack socket", ok=True, found="Socket Mode is on"),
    ]


async def test_a_token_that_slack_does_not_know_is_told(server: SlackServer) -> None:
    found = await look(server, token="xoxb-another", app_token="xapp-another")

    assert found == [
        Fact("slack token", ok=False, found="Slack does not take SLACK_BOT_TOKEN: invalid_auth.")
    ]


async def test_an_app_token_that_slack_does_not_know_is_told(server: SlackServer) -> None:
    found = await look(server, app_token="xapp-another")

    assert [(fact.name, fact.ok) for fact in found] == [("slack socket", False)]


async def test_a_channel_for_each_pair_takes_a_scope_more(server: SlackServer) -> None:
    found = await look(server, token=server.bot_token, scopes=CHANNEL_SCOPES)

    words = "missing groups:write: add them to the app and install it again."
    assert found[1] == Fact("slack scopes", ok=False, found=words)


async def test_scopes_that_are_missing_are_named(server: SlackServer) -> None:
    assert server.team.install is not None
    installed = server.team.install
    server.team.install.scopes = installed.scopes - {"users:read", "chat:write"}
    found = await look(server, token=server.bot_token)

    words = "missing chat:write, users:read: add them to the app and install it again."
    assert found[1] == Fact("slack scopes", ok=False, found=words)


async def test_a_channel_that_cannot_be_the_directors_room_is_told(server: SlackServer) -> None:
    ana = server.user("Ana")
    without = server.channel("without", ana, bot=False)
    public = server.channel("public", ana, kind="public")
    found = [
        (await look(server, token=server.bot_token, channel=room.id))[2].found for room in (without, public)
    ]

    assert found == [
        "SLACK_DIRECTORS_CHANNEL: the app is not in it: add it with /invite.",
        "SLACK_DIRECTORS_CHANNEL: it is no private channel; make one, and add the app with /invite.",
    ]


async def test_a_slack_that_cannot_be_reached_is_told() -> None:
    async with SlackServer() as server:
        gone = server.base_url
    workspaces = Workspaces(gone)
    found = await facts(workspaces, SystemClock(), token="xoxb-1")
    await workspaces.close()

    assert [(fact.name, fact.ok) for fact in found] == [("slack", False)]
