"""The stand-in for Telegram delivers updates as documented, and fails as the real one does when told to."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import Conflict, NetworkError, TelegramError, TimedOut

from tests.telegram_server import Fault, Faults, Person, TelegramServer, library
from tests.telegram_server.wire import Answer, HttpServer, Request


pytestmark = pytest.mark.wire

OK = Answer(200, b"")
BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])


@pytest.fixture
def ana(server: TelegramServer) -> Person:
    """Somebody who has never written: what the bot is told begins with the test."""
    return server.user("Ana")


class Receiver:
    """A bot's own web server, which answers as the test says and keeps what it got."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.secrets: set[str] = set()
        self.answers: list[Answer] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.inside = 0

    async def __call__(self, request: Request) -> Answer:
        self.got.append(json.loads(request.body))
        self.secrets.add(request.headers.get("x-telegram-bot-api-secret-token", ""))
        self.inside += 1
        await self.gate.wait()
        self.inside -= 1
        return self.answers.pop(0) if self.answers else OK

    def texts(self) -> list[str]:
        """Gives the texts of the messages, in the order of arrival."""
        return [update["message"]["text"] for update in self.got if "message" in update]


@asynccontextmanager
async def receiving(bot: Bot) -> AsyncIterator[Receiver]:
    """Sets a webhook and receives."""
    receiver = Receiver()
    web = HttpServer(receiver)
    port = await web.start(0)
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="s3cret")
    try:
        yield receiver
    finally:
        await bot.delete_webhook()
        await web.stop()


async def test_updates_come_again_until_an_offset_confirms_them(bot: Bot, ana: Person) -> None:
    for text in ("1", "2", "3"):
        ana.say(text)
    first = await bot.get_updates(limit=2)
    again = await bot.get_updates()
    rest = await bot.get_updates(offset=first[-1].update_id + 1)

    assert [u.update_id for u in again[:2]] == [u.update_id for u in first]
    assert [u.message and u.message.text for u in rest] == ["3"]
    assert again[2].update_id == first[0].update_id + 2
    ana.say("4")
    newest = await bot.get_updates(offset=-1)
    assert [u.message and u.message.text for u in newest] == ["4"]


async def test_a_long_poll_ends_with_the_first_update(server: TelegramServer, bot: Bot, ana: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await server.until(lambda: server.polling.polls)
    ana.say("hello")

    assert [u.message and u.message.text for u in await poll] == ["hello"]


async def test_a_long_poll_ends_when_its_virtual_time_is_over(server: TelegramServer, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await server.until(lambda: server.polling.polls)
    server.clock.advance(31)

    assert await poll == ()


async def test_a_second_consumer_ends_the_first(server: TelegramServer, bot: Bot, ana: Person) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await server.until(lambda: server.polling.polls)
    async with library(server) as other:
        second = asyncio.create_task(other.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        ana.say("hello")
        assert len(await second) == 1


async def test_a_button_press_waits_150_seconds_and_a_message_a_day(
    server: TelegramServer, bot: Bot, ana: Person
) -> None:
    ana.say("/start")
    await bot.send_message(ana.id, "Sure?", reply_markup=BUTTON)
    ana.tap("Yes")
    server.clock.advance(149)
    assert len(await bot.get_updates()) == 2
    server.clock.advance(2)
    assert [bool(u.message) for u in await bot.get_updates()] == [True]
    server.clock.advance(24 * 3600)
    assert await bot.get_updates() == ()


async def test_a_webhook_gets_updates_with_the_secret_and_forbids_polling(
    server: TelegramServer, bot: Bot, ana: Person
) -> None:
    async with receiving(bot) as receiver:
        ana.say("hello")
        await server.until(lambda: receiver.texts() == ["hello"])
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        await server.until(lambda: not server.updates.waiting())

    assert receiver.secrets == {"s3cret"}


async def test_a_webhook_that_fails_gets_the_update_again_before_the_next(
    server: TelegramServer, bot: Bot, ana: Person
) -> None:
    server.webhook.backoff = 0.001
    async with receiving(bot) as receiver:
        receiver.answers = [Answer(500, b"")] * 3
        ana.say("1")
        ana.say("2")
        await server.until(lambda: not server.updates.waiting())
        info = await bot.get_webhook_info()

    assert receiver.texts() == ["1", "1", "1", "1", "2"]
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"


async def test_one_update_of_a_chat_is_in_flight_but_chats_do_not_wait_for_each_other(
    server: TelegramServer, bot: Bot, ana: Person
) -> None:
    ben = server.user("Ben")
    async with receiving(bot) as receiver:
        receiver.gate.clear()
        for text in ("1", "2", "3"):
            ana.say(f"ana {text}")
            ben.say(f"ben {text}")
        await server.until(lambda: len(receiver.got) == 2)
        assert (sorted(receiver.texts()), receiver.inside) == (["ana 1", "ben 1"], 2)
        receiver.gate.set()
        await server.until(lambda: not server.updates.waiting())

    assert [t for t in receiver.texts() if "ana" in t] == ["ana 1", "ana 2", "ana 3"]


async def test_a_call_in_the_answer_to_a_webhook_is_carried_out(
    server: TelegramServer, bot: Bot, ana: Person
) -> None:
    async with receiving(bot) as receiver:
        call = {"method": "sendMessage", "chat_id": ana.id, "text": "Hello!"}
        receiver.answers = [Answer(200, json.dumps(call).encode())]
        ana.say("hello")
        await ana.hears("Hello!")


@pytest.mark.parametrize(
    ("fault", "error", "accepted"),
    [
        (Fault.RESET_BEFORE, NetworkError, 0),
        (Fault.RESET_AFTER, NetworkError, 1),
        (Fault.HANG, TimedOut, 0),
        (Fault.HANG_AFTER, TimedOut, 1),
        (Fault.SERVER_ERROR, NetworkError, 0),
        (Fault.BAD_GATEWAY, NetworkError, 0),
        (Fault.GARBAGE_AFTER, TelegramError, 1),
    ],
)
async def test_faults_leave_it_open_whether_a_message_arrived(
    server: TelegramServer, bot: Bot, ana: Person, *, fault: Fault, error: type[Exception], accepted: int
) -> None:
    ana.say("/start")
    server.fail_next("sendMessage", fault)
    with pytest.raises(error):
        await bot.send_message(ana.id, "x", read_timeout=0.05)
    assert server.accepted[ana.id, "x"] == accepted
    await bot.send_message(ana.id, "x")

    assert server.accepted[ana.id, "x"] == accepted + 1
    assert [call.fault for call in server.calls_of("sendMessage")] == [fault, None]


async def test_faults_by_chance_are_the_same_for_the_same_seed() -> None:
    def drawn(seed: int) -> list[Fault | None]:
        faults = Faults(seed=seed, chances={Fault.TOO_MANY: 0.08, Fault.RESET_AFTER: 0.03})
        return [faults.choose("sendMessage") for _ in range(200)]

    assert drawn(1) == drawn(1) != drawn(2)
    assert 5 < drawn(1).count(Fault.TOO_MANY) < 30


async def test_updates_can_come_twice_out_of_order_and_unreadable(
    server: TelegramServer, ana: Person
) -> None:
    server.faults = Faults(seed=1, copies=3, shuffle=50)
    for n in range(20):
        ana.say(f"{n}")
    server.inject_raw({"message": {"nonsense": True}})
    async with httpx.AsyncClient(base_url=f"{server.base_url}{server.token}/", trust_env=False) as client:
        got = (await client.post("getUpdates", data={"timeout": 0})).json()["result"]
    ids = [update["update_id"] for update in got]

    assert len(ids) == 63
    assert len(set(ids)) == 21
    assert ids != sorted(ids)


def test_a_bot_in_another_process_can_be_killed_while_a_plain_test_drives_the_people() -> None:
    program = """
import json, sys, urllib.request
def call(method, **p):
    data = json.dumps(p).encode()
    request = urllib.request.Request(sys.argv[1] + method, data, {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request))["result"]
offset = 0
while True:
    for update in call("getUpdates", offset=offset, timeout=30):
        offset = update["update_id"] + 1
        message = update["message"]
        call("sendMessage", chat_id=message["chat"]["id"], text="You said " + message["text"])
"""
    with TelegramServer().in_thread() as server:
        ana = server.user("Ana")
        command = [sys.executable, "-S", "-c", program, f"{server.base_url}{server.token}/"]
        for text in ("one", "two"):
            with subprocess.Popen(command) as bot:
                ana.say(text)
                ana.waits_for(f"You said {text}")
                server.wait_for(lambda: not server.updates.waiting())
                bot.kill()

        assert server.times_told("You said one", ana) == 1
        assert server.violations == []


def test_it_can_be_started_by_hand() -> None:
    command = [sys.executable, "-m", "tests.telegram_server", "--port", "0", "--people", "Ana,Ben"]
    deeds = "ana /start\nana ?\nana > Yes\n"
    said = subprocess.run(command, input=deeds, capture_output=True, text=True, check=True, timeout=20)

    assert said.stdout.splitlines()[0].startswith("base_url=http://127.0.0.1:")
    assert "Ana: /start" in said.stdout
    assert "! Ana sees no button 'Yes'" in said.stdout
