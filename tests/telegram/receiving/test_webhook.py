"""A webhook loses no update: it hears only who knows the secret; a bad update stops nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from adapters.telegram.chat import TelegramChat
from adapters.telegram.webhook import LARGEST, SECRET, webhook_route
from adapters.web import serving
from tests.telegram.receiving.desk import WRONG, Desk
from tests.telegram_server import Person, TelegramServer


pytestmark = pytest.mark.wire


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
