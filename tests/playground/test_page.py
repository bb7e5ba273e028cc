"""Tests of the page's routes: they answer this machine and their own page only, in sentences."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest
from starlette.applications import Starlette

from adapters.playground.boards import Post
from adapters.playground.game import Game
from adapters.playground.page import routes


HERE = "http://127.0.0.1:8080"
ME = "p00000"
REFUSED: tuple[tuple[str, object, int], ...] = (
    ("/say", {"as": ME, "chat": "directors", "text": "round open"}, 200),
    ("/tap", {"as": ME, "chat": ME, "value": "x", "post": 9}, 200),
    ("/clock", {"do": "century"}, 200),
    ("/hand", {"account": "nobody", "by_hand": True}, 200),
    ("/answer", {"account": ME}, 200),
    ("/answer", {"account": "nobody"}, 200),
    ("/say", {"as": ME}, 400),
    ("/tap", {"as": ME, "chat": ME, "value": "x", "post": "nine"}, 400),
    ("/say", [], 400),
    ("/clock", "next", 400),
)


@pytest.fixture
async def page(game: Game) -> AsyncIterator[httpx.AsyncClient]:
    """Give a browser on this machine."""
    wire = httpx.ASGITransport(Starlette(routes=routes(game)))
    async with httpx.AsyncClient(transport=wire, base_url=HERE) as client:
        yield client


async def test_the_page_allows_its_own_files_alone(page: httpx.AsyncClient) -> None:
    answers = [await page.get(path) for path in ("/", "/page.css", "/page.js", "/draw.js")]

    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["content-security-policy"].startswith("default-src 'self';")
        assert not re.search(r"style=|onclick=|<style|https://", answer.text)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", ""])
async def test_another_name_for_this_machine_is_refused(page: httpx.AsyncClient, host: str) -> None:
    paths = ("/", "/page.js", "/state", "/chat?id=directors", "/file/1", "/stream")
    answers = [await page.get(path, headers={"Host": host}) for path in paths]

    assert [answer.status_code for answer in answers] == [403] * len(paths)


async def test_this_machine_is_answered(page: httpx.AsyncClient) -> None:
    hosts = ("127.0.0.1:8080", "localhost:8080", "localhost", "[::1]:8080")
    answers = [await page.get("/state", headers={"Host": host}) for host in hosts]

    assert [answer.status_code for answer in answers] == [200] * len(hosts)


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:9999", "null"])
async def test_another_site_cannot_play_along(page: httpx.AsyncClient, origin: str) -> None:
    paths = ("/say", "/tap", "/clock", "/hand", "/answer")
    answers = [await page.post(path, json={}, headers={"Origin": origin}) for path in paths]

    assert [answer.status_code for answer in answers] == [403] * len(paths)


async def test_what_is_said_is_shown(page: httpx.AsyncClient) -> None:
    said = await page.post("/say", json={"as": ME, "chat": ME, "text": "/start"}, headers={"Origin": HERE})
    shown = (await page.get("/chat", params={"id": ME})).json()

    assert said.json() == {"ok": True}
    assert shown["count"] == 2
    assert [post["by"] for post in shown["posts"]] == [ME, "bot"]


async def test_what_cannot_be_gets_a_sentence(page: httpx.AsyncClient) -> None:
    answers = [await page.post(path, json=asked) for path, asked, _ in REFUSED]

    assert [answer.status_code for answer in answers] == [status for _, _, status in REFUSED]
    assert all(answer.json()["sorry"].endswith(".") for answer in answers)


async def test_what_is_no_json_gets_a_sentence(page: httpx.AsyncClient) -> None:
    answer = await page.post("/say", content=b"\xff{")

    assert (answer.status_code, list(answer.json())) == (400, ["sorry"])


async def test_there_is_no_such_chat_or_file(page: httpx.AsyncClient) -> None:
    assert (await page.get("/chat?id=none")).status_code == 404
    assert (await page.get("/file/none")).status_code == 404


async def test_a_file_is_given_to_keep(page: httpx.AsyncClient, game: Game) -> None:
    game.boards.keep_file("certificate.svg", "image/svg+xml", b"<svg/>")
    answer = await page.get("/file/1")

    assert answer.content == b"<svg/>"
    assert answer.headers["content-disposition"] == 'attachment; filename="certificate.svg"'
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_long_chat_shows_its_latest_messages(page: httpx.AsyncClient, game: Game) -> None:
    for number in range(205):
        await game.boards.put(ME, Post(0, ME, "Me", str(number), datetime(2027, 1, 11, tzinfo=UTC)))
    shown = (await page.get("/chat", params={"id": ME})).json()

    assert shown["count"] == 205
    assert len(shown["posts"]) == 200
    assert shown["posts"][-1]["html"] == "204"


async def test_the_stream_tells_what_changed_and_ends_with_the_page(
    page: httpx.AsyncClient, game: Game
) -> None:
    await game.boards.changed("directors")
    await game.boards.close()
    answer = await page.get("/stream")

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text == "retry: 1000\n\n"
