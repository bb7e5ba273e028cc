"""Tests of the boards: what is written is there, and who waits hears of it."""

import asyncio
from datetime import UTC, datetime

from adapters.playground.boards import Boards, Post


AT = datetime(2027, 1, 11, 8, tzinfo=UTC)


async def test_what_is_written_is_found_by_its_number() -> None:
    boards = Boards()
    boards.open("a", "private", "Ana", ["a"])

    post = await boards.put("a", Post(0, "a", "Ana", "Hello", AT))

    assert boards.find("a", post.number) is post
    assert boards.find("a", post.number + 1) is None
    assert boards.find("b", post.number) is None


async def test_who_waits_hears_which_chats_changed() -> None:
    boards = Boards()
    boards.open("a", "private", "Ana", ["a"])
    boards.open("b", "private", "Ben", ["b"])
    await boards.put("a", Post(0, "a", "Ana", "Hello", AT))
    first = await boards.news(0)
    assert first == (1, ["a"])

    waiting = asyncio.create_task(boards.news(1))
    await boards.put("b", Post(0, "b", "Ben", "Hello", AT))

    assert await waiting == (2, ["b"])


async def test_two_tabs_hear_the_same_news() -> None:
    boards = Boards()
    tabs = [asyncio.create_task(boards.news(0)) for _ in range(2)]
    await boards.changed("a")

    assert await asyncio.gather(*tabs) == [(1, ["a"]), (1, ["a"])]


async def test_a_closed_page_sends_everybody_home() -> None:
    boards = Boards()
    waiting = asyncio.create_task(boards.news(0))
    await boards.close()

    assert await waiting is None


def test_a_file_is_kept_with_its_name_and_kind() -> None:
    boards = Boards()
    key = boards.keep_file("mine.json", "application/json", b"{}")

    assert boards.file(key) == ("mine.json", "application/json", b"{}")
    assert boards.file("none") is None


def test_opening_a_chat_twice_gives_the_same_one() -> None:
    boards = Boards()

    assert boards.open("a", "private", "Ana", ["a"]) is boards.open("a", "private", "Anna", ["a"])
