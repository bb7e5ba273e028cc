"""Nothing that Telegram tells is lost: it is confirmed after the commit; a bad update stops nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import pytest

from adapters.telegram.chat import TelegramChat
from adapters.telegram.polling import Polling
from adapters.telegram.webhook import LARGEST, SECRET, webhook_route
from adapters.web import serving
from bot.events import Event, Said, Tapped
from bot.messages import Address, Choice, Message
from bot.ports import Parcel
from tests.telegram.wired import PLAIN, MovableClock
from tests.telegram_server import Fault, Person, TelegramServer


pytestmark = pytest.mark.wire
WRONG = {"message": {"message_id": 1, "date": 0, "chat": {"type": "private"}, "from": {}, "text": "Heron"}}


@dataclass
class Desk:
    """What decides about events in these tests: it keeps them, or fails as often as it is told."""

    server: TelegramServer
    known: dict[str, Event] = field(default_factory=dict)
    letters: list[tuple[str, str, str, str]] = field(default_factory=list)
    failures: int = 0
    during: Callable[[], None] = lambda: None

    async def handle(self, events: Sequence[Event]) -> None:
        self.during()
        if self.failures:
            self.failures -= 1
            raise OSError("the database is away")
        self.known |= {event.id: event for event in events}

    async def bury(self, platform: str, event: str, error: str, payload: str) -> None:
        self.letters.append((platform, event, error, payload))

    @property
    def events(self) -> list[Event]:
        return list(self.known.values())

    def words(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, Said)]

    async def has(self, *words: str) -> None:
        await self.server.until(lambda: self.words() == list(words), what=f"{words}, not {self.words()}")


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def chat(server: TelegramServer) -> AsyncIterator[TelegramChat]:
    url = f"http://127.0.0.1:{server.port}"
    chat = TelegramChat(server.token, url, MovableClock(), httpx_options=PLAIN)
    await chat.start()
    yield chat
    await chat.close()


@pytest.fixture
def desk(server: TelegramServer) -> Desk:
    return Desk(server)


@pytest.fixture
def ana(server: TelegramServer) -> Person:
    return server.user("Ana")


@asynccontextmanager
async def polling(chat: TelegramChat, desk: Desk) -> AsyncIterator[Polling]:
    poller = Polling(chat, desk.handle, desk.bury, hold=1, backoff=timedelta(seconds=1))
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


# -- by webhook


@asynccontextmanager
async def listening(chat: TelegramChat, desk: Desk) -> AsyncIterator[str]:
    route = webhook_route("/telegram", "a-secret-of-tests", chat, desk.handle, desk.bury)
    async with serving("127.0.0.1", 0, [route]) as port:
        url = f"http://127.0.0.1:{port}/telegram"
        await chat.listen_at(url, "a-secret-of-tests")
        yield url
        await chat.listen_by_asking()


async def post(url: str, content: bytes, secret: str = "a-secret-of-tests") -> int:
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        answer = await client.post(url, content=content, headers={SECRET: secret})
    return answer.status_code


async def test_a_webhook_takes_what_people_do(
    server: TelegramServer, chat: TelegramChat, desk: Desk, ana: Person
) -> None:
    async with listening(chat, desk):
        ana.say("one")
        ana.say("two")
        await desk.has("one", "two")
        await server.until(lambda: not server.updates.waiting())

    assert server.violations == []
    assert server.updates.asked_for[:2] == ["message", "edited_message"]


async def test_a_webhook_that_could_not_decide_gets_it_again(
    server: TelegramServer, chat: TelegramChat, desk: Desk, ana: Person
) -> None:
    desk.failures = 2
    async with listening(chat, desk):
        ana.say("one")
        await desk.has("one")
        await server.until(lambda: not server.updates.waiting())


async def test_a_bad_update_does_not_stop_those_behind_it(
    server: TelegramServer, chat: TelegramChat, desk: Desk, ana: Person
) -> None:
    async with listening(chat, desk):
        server.inject_raw(WRONG)
        await server.until(lambda: desk.letters)
        ana.say("behind")
        await desk.has("behind")
        await server.until(lambda: not server.updates.waiting())


async def test_nobody_without_the_secret_is_heard(chat: TelegramChat, desk: Desk) -> None:
    async with listening(chat, desk) as url:
        statuses = [
            await post(url, b'{"update_id":1}', secret) for secret in ("", "wrong", "a-secret-of-test")
        ]

    assert (statuses, desk.events, desk.letters) == ([403, 403, 403], [], [])


async def test_bodies_that_are_no_update_are_kept_as_letters_and_taken(
    chat: TelegramChat, desk: Desk
) -> None:
    bodies = [b"", b"{", b"[]", b"\xff", b"1" * (LARGEST + 1), b'{"message":{}}']
    async with listening(chat, desk) as url:
        statuses = [await post(url, body) for body in bodies]

    assert statuses == [200] * 6
    assert [letter[1] for letter in desk.letters] == ["u?"] * 5


async def test_an_update_of_a_new_kind_is_taken_and_means_nothing(chat: TelegramChat, desk: Desk) -> None:
    content: dict[str, Any] = {"update_id": 7, "story_of_tomorrow": {}}
    async with listening(chat, desk) as url:
        status = await post(url, str(content).replace("'", '"').encode())

    assert (status, desk.events, desk.letters) == (200, [], [])
