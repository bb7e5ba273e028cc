"""Asking for updates loses none: each is confirmed after the commit; a bad one stops nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest

from adapters.telegram.chat import TelegramChat
from adapters.telegram.polling import Polling
from bot.events import Tapped
from bot.messages import Address, Choice, Message
from bot.ports import Parcel
from tests.telegram.receiving.desk import WRONG, Desk
from tests.telegram_server import Fault, Faults, Person, TelegramServer


pytestmark = pytest.mark.wire


@asynccontextmanager
async def polling(
    chat: TelegramChat, desk: Desk, may: Callable[[], bool] = lambda: True
) -> AsyncIterator[Polling]:
    poller = Polling(chat, desk.handle, desk.bury, hold=1, backoff=timedelta(seconds=1), may=may)
    task = asyncio.create_task(poller.run())
    try:
        yield poller
    finally:
        assert not task.done(), task.exception()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_what_people_do_is_decided_and_confirmed(
    server: TelegramServer, chat: TelegramChat, desk: Desk, ana: Person
) -> None:
    ana.say("before the start")
    async with polling(chat, desk) as poller:
        await desk.has("before the start")
        ana.say("after it")
        await desk.has("before the start", "after it")
        await server.until(lambda: not server.updates.waiting())

    assert poller.last_received is not None
    assert server.violations == []


async def test_an_update_is_confirmed_only_after_the_commit(
    server: TelegramServer, chat: TelegramChat, desk: Desk, ana: Person
) -> None:
    waiting: list[int] = []
    desk.during = lambda: waiting.append(len(server.updates.waiting()))
    desk.failures = 2
    async with polling(chat, desk):
        ana.say("one")
        await desk.has("one")
        await server.until(lambda: not server.updates.waiting())

    assert waiting == [1, 1, 1]


async def test_what_was_not_committed_comes_again_after_a_restart(
    chat: TelegramChat, desk: Desk, ana: Person, server: TelegramServer
) -> None:
    desk.failures = 1000
    async with polling(chat, desk):
        ana.say("one")
        await server.until(lambda: desk.failures < 1000)
    desk.failures = 0

    async with polling(chat, desk):
        await desk.has("one")


async def test_an_update_that_cannot_be_read_stops_nothing(
    server: TelegramServer, chat: TelegramChat, desk: Desk, ana: Person
) -> None:
    ana.say("before")
    server.inject_raw(WRONG)
    server.inject_raw({"my_chat_member": None})
    ana.say("behind")
    async with polling(chat, desk):
        await desk.has("before", "behind")
        await server.until(lambda: not server.updates.waiting())

    assert [letter[0] for letter in desk.letters] == ["telegram", "telegram"]
    assert [letter[1][:3] for letter in desk.letters] == ["u88", "u88"]
    assert "Heron" not in str(desk.letters)


async def test_updates_that_come_twice_or_out_of_order_are_all_taken(
    server: TelegramServer, chat: TelegramChat, desk: Desk, ana: Person
) -> None:
    for number in range(5):
        ana.say(str(number))
    server.faults.copies, server.faults.shuffle = 2, 3

    async with polling(chat, desk):
        await server.until(lambda: sorted(desk.words()) == ["0", "1", "2", "3", "4"])
        await server.until(lambda: not server.updates.waiting())


@pytest.mark.parametrize(
    "fault",
    [Fault.SERVER_ERROR, Fault.BAD_GATEWAY, Fault.RESET_BEFORE, Fault.GARBAGE_AFTER, Fault.TOO_MANY],
)
async def test_trouble_on_the_way_is_waited_out(
    server: TelegramServer, chat: TelegramChat, desk: Desk, ana: Person, fault: Fault
) -> None:
    server.fail_next("getUpdates", fault, 2)
    server.fail_next("deleteWebhook", fault)
    async with polling(chat, desk):
        ana.say("still here")
        await desk.has("still here")


async def test_a_second_receiver_is_waited_out(
    server: TelegramServer, chat: TelegramChat, desk: Desk, ana: Person
) -> None:
    async with polling(chat, desk):
        await server.until(lambda: server.polling.polls > 0)
        async with httpx.AsyncClient(trust_env=False, verify=False) as other:
            await other.post(f"{server.base_url}{server.token}/getUpdates", json={"timeout": 0})
        ana.say("one")
        await desk.has("one")


async def test_a_webhook_that_was_set_is_taken_away_and_what_waited_is_kept(
    server: TelegramServer, chat: TelegramChat, desk: Desk, ana: Person
) -> None:
    await chat.listen_at("https://example.org/telegram", "s" * 16)
    ana.say("waited")

    async with polling(chat, desk):
        await desk.has("waited")

    assert server.webhook.url == ""


async def test_a_confirmed_offset_is_forgotten_for_the_numbers_may_begin_lower(
    server: TelegramServer, chat: TelegramChat, desk: Desk, ana: Person
) -> None:
    async with polling(chat, desk):
        ana.say("one")
        await desk.has("one")
        polls = server.polling.polls
        await server.until(lambda: server.polling.polls >= polls + 3)
        server.updates.next_id = 5
        ana.say("after a silent week")
        await desk.has("one", "after a silent week")


async def test_a_tap_is_answered_after_it_was_decided(
    server: TelegramServer, chat: TelegramChat, desk: Desk, ana: Person
) -> None:
    ana.say("/start")
    button = Message("Choose", ((Choice("Yes", "c:1:met"),),))
    to = Address("telegram", "chat", str(ana.id))
    await chat.send(Parcel(1, "k", to, str(ana.id), button, chat.clock.now(), None))
    async with polling(chat, desk):
        tap = ana.tap("Yes")
        await server.until(lambda: tap.answered)

    assert [event.value for event in desk.events if isinstance(event, Tapped)] == ["c:1:met"]


async def test_of_several_only_the_one_that_may_asks(
    server: TelegramServer, chat: TelegramChat, desk: Desk, ana: Person
) -> None:
    """So that nobody takes the question out of another's mouth (409)."""
    turn = ["first"]
    async with polling(chat, desk, lambda: "first" in turn), polling(chat, desk, lambda: "second" in turn):
        ana.say("one")
        await desk.has("one")
        turn[:] = ["second"]
        ana.say("two")
        await desk.has("one", "two")

    assert server.violations == []


async def test_updates_that_come_in_disorder_are_put_in_order(
    server: TelegramServer, chat: TelegramChat, desk: Desk, ana: Person
) -> None:
    words = [f"word {number}" for number in range(20)]
    for each in words:
        ana.say(each)
    server.faults = Faults(seed=3, shuffle=50)
    async with polling(chat, desk):
        await desk.has(*words)
