"""A real Bolt app by signed HTTP: signatures, retries and what must never be a 404."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp

from tests.slack_server import Person, SlackServer, Urls
from tests.slack_server_tests.apps import Json, bolt, button, by_http, section


pytestmark = pytest.mark.wire


@pytest.fixture
def app(server: SlackServer) -> AsyncApp:
    return bolt(server)


async def test_everything_arrives_signed(server: SlackServer, app: AsyncApp, ana: Person) -> None:
    @app.event("message")
    async def greet(event: Json, client: Any) -> None:
        if "bot_id" not in event:
            blocks = [section("Hello"), {"type": "actions", "elements": [button("Begin")]}]
            await client.chat_postMessage(channel=event["channel"], text="Hello", blocks=blocks)

    @app.action("do-x")
    async def begin(ack: Any, respond: Any) -> None:
        await ack()
        await respond("Begun", replace_original=True)

    @app.command("/antipode")
    async def run(ack: Any, command: Json) -> None:
        await ack(text=f"You said {command['text']}", response_type="in_channel")

    async with by_http(app, server):
        ana.writes("hello")
        await ana.hears("Hello")
        tap = ana.taps("Begin")
        await ana.hears("Begun")
        command = ana.runs("/antipode a & b")
        await ana.hears("You said a &amp; b")
        await server.until(lambda: tap.acked and command.acked)

    assert [ack.reason for ack in server.acks] == [""] * len(server.acks)
    assert server.violations == []


async def test_the_challenge_and_the_certificate_check(server: SlackServer, app: AsyncApp) -> None:
    async with by_http(app, server):
        challenge, check = server.verifies_url(), server.checks_ssl()
        await server.until(lambda: challenge.acked and check.acked)

    assert challenge.reply == {"challenge": challenge.payload["challenge"]}


@pytest.mark.parametrize(
    ("forged", "status"),
    [({}, 200), ({"at": -301}, 401), ({"secret": "another"}, 401)],
    ids=["right", "old", "wrong"],
)
async def test_a_request_of_ones_own(server: SlackServer, app: AsyncApp, forged: Json, status: int) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    if "at" in forged:
        forged = {"at": server.clock.now() + forged["at"]}

    async with by_http(app, server) as base, aiohttp.ClientSession() as session:
        headers = server.sign(body, **forged) | {"Content-Type": "application/json"}
        async with session.post(f"{base}/slack/events", data=body, headers=headers) as response:
            answered = response.status

    assert answered == status


async def test_an_event_without_a_listener_is_tried_four_times(
    server: SlackServer, app: AsyncApp, ana: Person
) -> None:
    server.courier.backoff = 0.0001

    async with by_http(app, server):
        event = server.inject({"type": "star_added", "user": ana.id})
        await server.until(lambda: event.given_up)

    assert [(ack.attempt, ack.reason) for ack in server.acks] == [(n, "http_error") for n in range(4)]
    assert {violation.words for violation in server.violations} == {"the app answered 404 to a delivery"}


async def test_a_dead_app_gets_its_events_later(server: SlackServer, app: AsyncApp, ana: Person) -> None:
    heard: list[str] = []

    @app.event("message")
    async def note(event: Json, request: Any) -> None:
        heard.append(event["text"] + "".join(request.headers["x-slack-retry-reason"]))

    server.courier.backoff = 0.005
    server.delivers_to(Urls("http://127.0.0.1:9/", "http://127.0.0.1:9/", "http://127.0.0.1:9/"))
    ana.writes("hello ")
    await server.until(lambda: server.acks)
    command = ana.runs("/antipode help")
    await server.until(lambda: command.failed)
    async with by_http(app, server):
        await server.until(lambda: heard)

    assert heard == ["hello connection_failed"]


async def test_a_form_of_a_command_is_plain_fields(server: SlackServer, ana: Person) -> None:
    server.holds_deliveries()
    doing = ana.runs("/antipode case 3")
    body, headers = server.posting.encode(doing.delivery)

    assert body == urlencode(doing.payload).encode()
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
