"""The stand-in reads every kind of request and refuses what the Web API does not know, in Slack's words."""

from __future__ import annotations

from collections.abc import Callable

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack_server import Person, SlackServer, library
from tests.slack_server.dispatch import METHODS
from tests.slack_server.manifest import DEFAULT
from tests.slack_server.methods import TABLE


pytestmark = pytest.mark.wire


async def error_of(calling: object) -> str:
    with pytest.raises(SlackApiError) as refused:
        await calling  # type: ignore[misc]
    return str(refused.value.response["error"])


def test_every_method_of_the_table_is_carried_out() -> None:
    assert set(METHODS) | {"oauth.v2.access", "apps.connections.open"} == set(TABLE)


@pytest.mark.parametrize("way", ["query", "form", "json"])
async def test_arguments_are_read_wherever_they_stand(server: SlackServer, ana: Person, way: str) -> None:
    arguments = {"channel": ana.id, "text": "Hello"}
    sent = {"query": {"params": arguments}, "form": {"data": arguments}, "json": {"json": arguments}}[way]
    headers = {"Authorization": f"Bearer {server.bot_token}"}

    async with aiohttp.ClientSession() as session:
        address = f"{server.base_url}chat.postMessage"
        async with session.post(address, headers=headers, **sent) as response:  # type: ignore[arg-type]
            answer = await response.json()

    assert answer["ok"], answer
    assert ana.sees() == ["Antipode: Hello"]


async def test_who_the_bot_is(server: SlackServer, bot: AsyncWebClient) -> None:
    answer = await bot.auth_test()

    assert answer["team_id"] == server.team.id
    assert answer["user_id"] == server.team.bot.id
    assert "chat:write" in answer.headers["x-oauth-scopes"]


@pytest.mark.parametrize(
    ("prepare", "error"),
    [
        (lambda server: None, "invalid_auth"),
        (lambda server: server.revokes_token(), "token_revoked"),
        (lambda server: server.uninstalls(), "account_inactive"),
    ],
)
async def test_a_dead_token_says_why(
    server: SlackServer, prepare: Callable[[SlackServer], None], error: str
) -> None:
    token = server.bot_token if error != "invalid_auth" else "xoxb-wrong"
    prepare(server)

    assert await error_of(library(server, token).auth_test()) == error


async def test_the_app_token_only_opens_sockets(server: SlackServer, bot: AsyncWebClient) -> None:
    assert await error_of(library(server, server.app_token).auth_test()) == "not_allowed_token_type"
    assert await error_of(bot.apps_connections_open(app_token=server.bot_token)) == "not_allowed_token_type"
    assert len(server.violations) == 2


async def test_a_missing_scope_is_named(server: SlackServer, bot: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        await bot.users_lookupByEmail(email="ana@example.org")

    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == "users:read.email"
    assert "chat:write" in refused.value.response["provided"]
    assert [v.method for v in server.violations] == ["users.lookupByEmail"]


async def test_the_scope_must_fit_the_kind_of_chat(
    server: SlackServer, bot: AsyncWebClient, ana: Person
) -> None:
    library_channel = server.channel("library", ana, kind="public")

    assert await error_of(bot.conversations_info(channel=ana.chat.id)) == "missing_scope"
    assert await error_of(bot.conversations_info(channel=library_channel.id)) == "missing_scope"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("chat.postMessage", {"text": "hi"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "U1", "txt": "hi", "text": "hi"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "U1"}, "no_text"),
        ("chat.postMessage", {"channel": "U1", "blocks": "[oops"}, "invalid_blocks_format"),
        ("chat.update", {"channel": "U1", "ts": 17, "text": "hi"}, "invalid_arguments"),
        ("users.info", {}, "user_not_found"),
        ("users.list", {"limit": "many"}, "invalid_arguments"),
        ("chat.shout", {}, "unknown_method"),
    ],
)
async def test_wrong_arguments_are_violations(
    server: SlackServer, bot: AsyncWebClient, method: str, arguments: dict[str, object], error: str
) -> None:
    assert await error_of(bot.api_call(method, json=arguments)) == error
    assert [violation.method for violation in server.violations] == [method]


async def test_people_are_shown_as_slack_shows_them(
    server: SlackServer, bot: AsyncWebClient, ana: Person
) -> None:
    eve = server.user("Eve", stranger=True)
    gus = server.user("Gus", visible=False)

    shown = (await bot.users_info(user=ana.id, include_locale=True))["user"]
    stranger = (await bot.users_info(user=eve.id, include_locale=True))["user"]

    assert (shown["tz"], shown["tz_offset"], shown["locale"]) == ("America/Sao_Paulo", -10_800, "pt-BR")
    assert "email" not in shown["profile"]
    assert stranger["is_stranger"]
    assert "locale" not in stranger
    assert stranger["team_id"] != server.team.id
    assert await error_of(bot.users_info(user=gus.id)) == "user_not_visible"
    assert await error_of(bot.users_info(user="U0NOBODY")) == "user_not_found"
    assert server.violations == []


async def test_lists_come_in_pages(server: SlackServer, bot: AsyncWebClient) -> None:
    names = [server.user(f"Reader {number}").id for number in range(7)]

    seen: list[str] = []
    async for page in await bot.users_list(limit=3):
        seen += [member["id"] for member in page["members"]]

    assert seen[2:] == names
    assert len(server.calls_of("users.list")) == 3


async def test_a_file_is_announced_put_and_shared() -> None:
    oauth = {"scopes": {"bot": [*DEFAULT["oauth_config"]["scopes"]["bot"], "files:write"]}}
    async with SlackServer(DEFAULT | {"oauth_config": oauth}) as server:
        directors = server.channel("directors", server.user("Dora"))

        await library(server).files_upload_v2(channel=directors.id, filename="pairs.csv", content="a,b")

        assert [post.subtype for post in server.messages(directors)] == ["file_share"]
        assert server.violations == []
