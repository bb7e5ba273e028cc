"""A real Bolt app by Socket Mode: everything people do reaches it, whatever happens to the connection."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp

from tests.slack_server import Faults, Person, SlackServer
from tests.slack_server_tests.apps import Json, actions, bolt, button, by_socket, field, modal, section


pytestmark = pytest.mark.wire


@pytest.fixture
def app(server: SlackServer) -> AsyncApp:
    return bolt(server)


@pytest.fixture
async def heard(server: SlackServer, app: AsyncApp) -> AsyncIterator[list[str]]:
    """Connects an app that notes every event by its name and id."""
    events: list[str] = []

    async def note(body: Json) -> None:
        if "bot_id" not in body["event"]:
            events.append(body["event_id"])

    for name in ("message", "app_mention", "member_joined_channel", "user_change", "app_home_opened"):
        app.event(name)(note)
    async with by_socket(app, server):
        yield events


async def test_a_conversation(server: SlackServer, app: AsyncApp, ana: Person) -> None:
    @app.event("message")
    async def greet(event: Json, client: Any) -> None:
        blocks = [section("Hello *Ana*"), actions(button("Begin"))]
        await client.chat_postMessage(channel=event["channel"], text="Hello Ana", blocks=blocks)

    @app.action("do-x")
    async def begin(ack: Any, body: Json, client: Any) -> None:
        await ack()
        message, channel = body["message"], body["channel"]["id"]
        await client.chat_update(channel=channel, ts=message["ts"], text="Begun", blocks=[])

    async with by_socket(app, server):
        ana.writes("hello")
        await ana.hears("Hello")
        assert ana.sees() == ["Ana: hello", "Antipode: Hello *Ana* [Begin]"]
        tap = ana.taps("Begin")
        await ana.hears("Begun")
        await server.until(lambda: tap.acked)

    assert ana.sees() == ["Ana: hello", "Antipode: Begun"]
    assert server.violations == []


async def test_a_form(server: SlackServer, app: AsyncApp, ana: Person) -> None:
    fruit = {"type": "external_select", "action_id": "in", "min_query_length": 1}

    @app.shortcut("antipode")
    async def open_form(ack: Any, body: Json, client: Any) -> None:
        await ack()
        view = modal(field("Name"), field("Fruit", "fruit", **fruit))
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.options("in")
    async def offer(ack: Any, payload: Json) -> None:
        label = {"type": "plain_text", "text": payload["value"].title()}
        await ack(options=[{"text": label, "value": payload["value"]}])

    @app.view("apply")
    async def submit(ack: Any, view: Json) -> None:
        name = view["state"]["values"]["name"]["in"]["value"]
        if name == "x":
            await ack(response_action="errors", errors={"name": "Too short"})
        else:
            thanks = modal(section(f"Thank you, {name}"))
            del thanks["submit"]
            await ack(response_action="update", view=thanks)

    async with by_socket(app, server):
        ana.uses("Antipode")
        await ana.sees_modal("Name")
        searching = ana.searches("Fruit", "plum")
        await server.until(lambda: searching.acked)
        ana.fills("Fruit", "Plum")
        ana.fills("Name", "x")
        ana.submits()
        await ana.sees_modal("! Too short")
        ana.fills("Name", "Ana")
        ana.submits()
        await ana.sees_modal("Thank you, Ana")

    assert server.violations == []


async def test_a_command_answers_at_once_and_later(server: SlackServer, app: AsyncApp, ana: Person) -> None:
    directors = server.channel("directors", ana)

    @app.command("/antipode")
    async def run(ack: Any, respond: Any, command: Json) -> None:
        await ack(f"{command['text']} …")
        for number in range(5):
            await respond(f"Answer {number}", response_type="in_channel")

    async with by_socket(app, server):
        doing = ana.runs("/antipode status", directors)
        await directors.hears("Answer 4")
        await server.until(lambda: doing.reply)

    assert directors.sees()[-1] == "Antipode: Answer 4"
    assert "Antipode: status …" in ana.sees(directors)
    assert "Antipode: status …" not in directors.sees()
    assert server.violations == []


async def test_a_mention_comes_twice_if_the_app_listens_to_both(
    server: SlackServer, heard: list[str], ana: Person
) -> None:
    channel = server.channel("library", ana)

    ana.writes("@Antipode hello", channel)
    ana.writes("hello all", channel)
    await server.until(lambda: heard)

    assert [delivery.label for delivery in server.deliveries] == ["app_mention"]


@pytest.mark.parametrize("trouble", ["cut", "refresh", "stall"])
async def test_nothing_is_lost_with_the_connection(
    server: SlackServer, heard: list[str], ana: Person, trouble: str
) -> None:
    server.courier.backoff = 0.01
    if trouble == "cut":
        server.cut_sockets()
    elif trouble == "refresh":
        server.refresh_sockets(warning=0.05)
    else:
        server.stall_sockets()
    for number in range(10):
        ana.writes(f"message {number}")

    await server.until(lambda: server.sockets.opened > 1 and not server.undelivered, within=10)

    assert len(set(heard)) == 10


async def test_repeated_and_shuffled_events_keep_their_ids(
    server: SlackServer, heard: list[str], ana: Person
) -> None:
    server.faults = Faults(seed=1, copies=2, shuffle=True)

    server.holds_deliveries()
    for number in range(5):
        ana.writes(f"message {number}")
    server.holds_deliveries(held=False)
    await server.until(lambda: len(heard) == 10)

    assert len(set(heard)) == 5


async def test_two_connections_share_the_work(server: SlackServer, app: AsyncApp, ana: Person) -> None:
    heard: list[str] = []

    @app.event("message")
    async def note(event: Json) -> None:
        heard.append(event["text"])

    async with by_socket(app, server):
        async with by_socket(app, server):
            assert len(server.sockets.links) == 2
            for number in range(10):
                ana.writes(f"message {number}")
            await server.until(lambda: len(heard) == 10)
        ana.writes("to the one that is left")
        await server.until(lambda: len(heard) == 11)

    assert len(set(heard)) == 11


async def test_socket_mode_may_be_turned_off(server: SlackServer, heard: list[str]) -> None:
    del heard

    server.disables_socket_mode()

    await server.until(lambda: not server.sockets.links)
    await server.until(lambda: server.violations)
    assert server.violations[0].words == "the manifest has Socket Mode off"
