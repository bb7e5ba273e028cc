"""Limits count per method, workspace and channel; faults strike before or after a call took effect."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack_server import Fault, Faults, Limits, Person, SlackServer, library
from tests.slack_server_tests.test_web_api import error_of


pytestmark = pytest.mark.wire


async def test_fifty_rooms_a_minute(server: SlackServer, bot: AsyncWebClient, ana: Person) -> None:
    server.clock.freeze()
    for _ in range(50):
        await bot.conversations_open(users=ana.id)

    with pytest.raises(SlackApiError) as refused:
        await bot.conversations_open(users=ana.id)

    assert (refused.value.response.status_code, refused.value.response["error"]) == (429, "ratelimited")
    assert refused.value.response.headers["Retry-After"] == "60"
    await bot.users_info(user=ana.id)  # other methods go on
    server.clock.advance(60)
    await bot.conversations_open(users=ana.id)
    assert server.too_many == {"conversations.open": 1}


async def test_one_message_a_second_in_a_channel(
    server: SlackServer, bot: AsyncWebClient, ana: Person, ben: Person
) -> None:
    server.clock.freeze()
    for _ in range(4):
        await bot.chat_postMessage(channel=ana.id, text="x")

    assert await error_of(bot.chat_postMessage(channel=ana.chat.id, text="x")) == "ratelimited"
    await bot.chat_postMessage(channel=ben.id, text="x")
    server.clock.advance(1)
    await bot.chat_postMessage(channel=ana.id, text="x")
    assert server.too_many == {"chat.postMessage": 1}


async def test_another_workspace_has_its_own_windows(
    server: SlackServer, bot: AsyncWebClient, ana: Person
) -> None:
    server.clock.freeze()
    archive = server.new_team("Archive")
    eve = server.user("Eve", team=archive)
    assert archive.install
    other = library(server, archive.install.token)
    for _ in range(20):
        await bot.users_list()

    assert await error_of(bot.users_list()) == "ratelimited"
    assert (await other.users_list())["members"][-1]["id"] == eve.id
    assert await error_of(other.users_info(user=ana.id)) == "user_not_found"


async def test_shorter_windows(server: SlackServer, bot: AsyncWebClient, ana: Person) -> None:
    server.clock.freeze()
    server.limits = Limits(speed=600)
    for _ in range(50):
        await bot.conversations_open(users=ana.id)

    assert await error_of(bot.conversations_open(users=ana.id)) == "ratelimited"
    server.clock.advance(61 / 600)
    await bot.conversations_open(users=ana.id)
    assert server.too_many == {"conversations.open": 1}


@pytest.mark.parametrize(
    ("fault", "done"),
    [
        (Fault.TOO_MANY, False),
        (Fault.SERVER_ERROR, False),
        (Fault.UNAVAILABLE, False),
        (Fault.RESET_BEFORE, False),
        (Fault.RESET_AFTER, True),
        (Fault.FATAL_AFTER, True),
        (Fault.GARBAGE_AFTER, True),
        (Fault.HANG, False),
        (Fault.HANG_AFTER, True),
    ],
)
async def test_faults(server: SlackServer, ana: Person, fault: Fault, done: bool) -> None:
    bot = AsyncWebClient(server.bot_token, base_url=server.base_url, retry_handlers=[])
    server.fail_next("chat.postMessage", fault)

    posting = asyncio.ensure_future(bot.chat_postMessage(channel=ana.id, text="Hello"))
    await server.until(lambda: server.calls)
    if fault in {Fault.HANG, Fault.HANG_AFTER}:
        posting.cancel()
    with pytest.raises((SlackApiError, aiohttp.ClientError, AttributeError, asyncio.CancelledError)):
        await posting

    assert server.calls[0].ok == done
    assert len(ana.sees()) == done
    await bot.chat_postMessage(channel=ana.id, text="Hello")
    assert server.times_told("Hello", ana) == done + 1


async def test_faults_by_chance_are_the_same_for_a_seed() -> None:
    def draw(seed: int) -> list[Fault | None]:
        faults = Faults(seed=seed, chances={Fault.HANG: 0.3, Fault.TOO_MANY: 0.3})
        return [faults.choose("chat.postMessage") for _ in range(50)]

    assert draw(1) == draw(1)
    assert draw(1) != draw(2)


async def test_too_many_events_are_dropped_with_a_warning(server: SlackServer, ana: Person) -> None:
    server.limits = Limits(events_per_hour=3)

    for _ in range(5):
        ana.writes("hello")

    assert [delivery.label for delivery in server.deliveries] == ["message.im"] * 3 + ["app_rate_limited"]
    assert server.telling.dropped == 2
