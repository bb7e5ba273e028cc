"""Every message of a whole round, as the core really says it, fits into what Slack takes."""

import asyncio
from pathlib import Path

import pytest

from adapters.clock import VirtualClock
from adapters.recorded import RecordedChat
from adapters.slack.render import posts
from adapters.slack.text import Reader
from bot.app import Bot
from bot.messages import Message
from bot.model import DirectorsRoom
from bot.outcome import Outcome
from bot.ports import Parcel
from bot.rehearsal.company import Company
from bot.rehearsal.direction import CHAT, Direction
from bot.rehearsal.people import SHARES, cast
from bot.rehearsal.play import BEGINS, Play
from bot.rehearsal.stage import Stage
from bot.sender import Lane
from bot.texts import load_program
from storage import open_store
from tests.slack.block_limits import complaints


#: What directors may want to look at besides what a play asks.
COMMANDS = (
    *("help", "round status", "pairs", "queue", "topics", "topics show 1", "people Ana", "ambassadors"),
    *("survey", "report", "share", "export", "audit", "health", "directors", "nonsense"),
)


KINDS = {
    *("reply", "accepted", "draft", "room", "introduction", "prompt", "starter", "check-in", "reminder"),
    *("survey", "digest", "keep", "ended", "certificate"),
}


@pytest.fixture(scope="module")
def parcels(tmp_path_factory: pytest.TempPathFactory) -> list[Parcel]:
    """Give everything that goes out in a short round of a few people and their directors."""
    return asyncio.run(_played(tmp_path_factory.mktemp("round") / "kept.db"))


async def _played(database: Path) -> list[Parcel]:
    clock, program = VirtualClock(BEGINS), load_program()
    store = open_store(f"sqlite:///{database}", durable=False)
    company = Company(cast(10, 3, SHARES), program)
    chat = RecordedChat(clock, watch=lambda parcel: company.hear(parcel, clock.now()))
    bot = Bot(store, program, clock)
    stage = Stage(bot, store, (Lane(chat, store, clock, bot.handle),), company, clock)
    direction = Direction(stage.act, store)
    try:
        await store.migrate()
        async with store.unit() as unit:
            await unit.save(Outcome((DirectorsRoom("playground", CHAT, clock.now()),)), clock.now())
        await Play(stage, direction, 2).run()
        for command in COMMANDS:
            await direction.type(command, clock.now())
    finally:
        await store.close()
    return chat.parcels


def test_every_message_of_a_round_is_within_slacks_limits(parcels: list[Parcel]) -> None:
    found = {
        parcel.key: words
        for parcel in parcels
        if isinstance(parcel.body, Message)
        for post in posts(parcel.body, Reader("T1", parcel.accounts))
        for words in complaints(post.text, post.blocks)
    }

    assert found == {}


def test_the_round_says_all_that_a_round_without_trouble_says(parcels: list[Parcel]) -> None:
    kinds = {parcel.key.partition("/")[0] for parcel in parcels}

    assert kinds >= KINDS
