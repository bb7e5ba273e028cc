"""Workspaces install the app by OAuth, uninstall it, and what they tell of their people and channels."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack_server import Person, SlackServer, library
from tests.slack_server.manifest import DEFAULT
from tests.slack_server_tests.test_web_api import error_of


pytestmark = [
    pytest.mark.wire,
    # slack_sdk 3.47 still sends client id and secret in a way aiohttp 3.14 means to drop
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
]


def asking(server: SlackServer, **more: str) -> str:
    asked = {"client_id": server.client_id, "scope": "chat:write,users:read", "state": "s1"}
    return f"{server.authorize_url}?{urlencode(asked | {'redirect_uri': 'http://127.0.0.1:1/back'} | more)}"


async def test_a_workspace_installs_the_app(server: SlackServer) -> None:
    archive = server.new_team("Archive", installed=False)
    async with (
        aiohttp.ClientSession() as browser,
        browser.get(asking(server), allow_redirects=False) as page,
    ):
        back = parse_qs(urlsplit(page.headers["Location"]).query)

    exchange = {"client_id": server.client_id, "client_secret": server.client_secret, "code": back["code"][0]}
    granted = await AsyncWebClient(base_url=server.base_url).oauth_v2_access(**exchange)

    assert back["state"] == ["s1"]
    assert (granted["team"]["id"], granted["scope"]) == (archive.id, "chat:write,users:read")
    assert (await library(server, granted["access_token"]).auth_test())["team"] == "Archive"
    again = AsyncWebClient(base_url=server.base_url).oauth_v2_access(**exchange)
    assert await error_of(again) == "invalid_code"


@pytest.mark.parametrize("wrong", [{"client_id": "1.2"}, {"scope": ""}, {"scope": "admin"}])
async def test_the_page_knows_its_app(server: SlackServer, wrong: dict[str, str]) -> None:
    async with aiohttp.ClientSession() as browser, browser.get(asking(server, **wrong)) as page:
        assert page.status == 400

    assert len(server.violations) == 1


async def test_rotated_tokens_expire() -> None:
    manifest = DEFAULT | {"settings": DEFAULT["settings"] | {"token_rotation_enabled": True}}
    async with SlackServer(manifest) as server:
        server.clock.freeze()
        code = parse_qs(urlsplit(server.consent.allow(asking(server))).query)["code"][0]
        client = AsyncWebClient(base_url=server.base_url)
        known = {"client_id": server.client_id, "client_secret": server.client_secret}
        first = await client.oauth_v2_access(code=code, **known)
        server.clock.advance(first["expires_in"])

        assert await error_of(library(server, first["access_token"]).auth_test()) == "token_expired"
        refresh = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
        second = await client.oauth_v2_access(**refresh, **known)
        assert (await library(server, second["access_token"]).auth_test())["ok"]
        assert await error_of(client.oauth_v2_access(**refresh, **known)) == "invalid_refresh_token"


async def test_an_uninstalled_app_hears_of_it_last(server: SlackServer, ana: Person) -> None:
    server.uninstalls()
    ana.writes("hello?")
    doing = ana.runs("/antipode help")

    assert [delivery.label for delivery in server.deliveries] == ["app_uninstalled", "tokens_revoked"]
    assert doing.failed


@pytest.mark.parametrize(
    ("happens", "event", "told"),
    [
        (lambda s, a: a.is_deactivated(), "user_change", {"user.deleted": True}),
        (lambda s, a: a.changes(tz="Asia/Tokyo"), "user_change", {"user.tz": "Asia/Tokyo"}),
        (lambda s, a: s.user("Cem", joins=True), "team_join", {"user.real_name": "Cem"}),
        (lambda s, a: s.channel("x", a, bot=False).adds_bot(a), "member_joined_channel", {}),
        (lambda s, a: s.channel("x", a).removes(a), "member_left_channel", {}),
        (lambda s, a: s.channel("x", a).removes_bot(), "group_left", {}),
        (lambda s, a: s.channel("x", a).archives(a), "group_archive", {}),
        (lambda s, a: s.channel("x", a).gets_new_id(), "channel_id_changed", {}),
        (lambda s, a: a.opens_home(), "app_home_opened", {"tab": "home"}),
        (lambda s, a: a.sends_file("cat.png"), "message.im", {"subtype": "file_share"}),
        (lambda s, a: a.edits(a.writes("helo"), "hello"), "message.im", {"subtype": "message_changed"}),
    ],
)
async def test_what_happens_is_told(
    server: SlackServer,
    ana: Person,
    happens: Callable[[SlackServer, Person], object],
    event: str,
    told: dict[str, object],
) -> None:
    happens(server, ana)

    delivery = server.deliveries[-1]
    assert delivery.label == event
    for path, value in told.items():
        found = delivery.body["event"]
        for part in path.split("."):
            found = found[part]
        assert found == value


def test_a_manifest_with_an_event_but_not_its_scope_is_refused() -> None:
    settings = {"event_subscriptions": {"bot_events": ["message.mpim"]}}

    with pytest.raises(ValueError, match="mpim:history"):
        SlackServer(DEFAULT | {"settings": settings})


def test_in_a_thread_for_an_app_in_another_process() -> None:
    with SlackServer().in_thread() as server:
        ana = server.user("Ana")
        server.inject({"type": "star_added", "user": ana.id})

        server.wait_for(lambda: server.acks)

    assert server.acks[0].reason == "connection_failed"


async def test_the_messages_tab_may_be_off() -> None:
    features = DEFAULT["features"] | {"app_home": {"messages_tab_enabled": False, "home_tab_enabled": True}}
    async with SlackServer(DEFAULT | {"features": features}) as server:
        ana = server.user("Ana")

        posting = library(server).chat_postMessage(channel=ana.id, text="Hello")
        assert await error_of(posting) == "messages_tab_disabled"
        with pytest.raises(AssertionError, match="lets nobody write"):
            ana.writes("Hello")
