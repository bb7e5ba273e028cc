"""The program after a stop of ten minutes: what was written meanwhile is answered, once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from adapters.clock import SystemClock
from bot.app import Bot
from bot.entry.side import Around
from bot.entry.slack import HEARD, slack_side, slack_workspaces
from bot.model import Person as OurPerson
from bot.outcome import Outcome
from bot.sender import Lane
from bot.settings import load_settings
from storage import StoreImplementation, open_store
from storage.mending import mark_restored
from storage.milestones import last_of, moved_on
from tests.conversations.stage import program
from tests.slack.running import slack
from tests.slack_server import Person, SlackServer


pytestmark = pytest.mark.wire

TEN_MINUTES = timedelta(minutes=10)


@asynccontextmanager
async def stopped(folder: Path, ana: Person, server: SlackServer) -> AsyncIterator[StoreImplementation]:
    """Give the database of a bot that Ana wrote to, and that stopped ten minutes ago."""
    store = open_store(f"sqlite:///{folder}/antipode.db", holder="test")
    await store.migrate()
    now, team = SystemClock().now(), server.team.id
    known = OurPerson(0, "slack", f"{team}/{ana.id}", chat=f"{team}/{ana.chat.id}", language="en")
    async with store.unit() as unit:
        await unit.save(Outcome((known,)), now)
    await moved_on(store.database, HEARD, now - TEN_MINUTES)
    yield store
    await store.close()


@asynccontextmanager
async def started(server: SlackServer, store: StoreImplementation) -> AsyncIterator[None]:
    """Run everything of Slack until the block ends."""
    keys = {
        "SLACK_BOT_TOKEN": server.bot_token,
        "SLACK_SIGNING_SECRET": server.signing_secret,
        "SLACK_API_URL": server.base_url,
        "SLACK_PACE_FACTOR": "60",
    }
    settings = load_settings(keys, Path("/nowhere/.env"))
    async with AsyncExitStack() as stack:
        bot = Bot(store, program(), SystemClock())
        around = Around(settings, store, bot, stack)
        side = await slack_side(await slack_workspaces(settings, stack), around)
        lane = Lane(side.chat, store, bot.clock, bot.handle, holder="test", pacer=side.pacer)
        tasks = [asyncio.create_task(run()) for run in side.receiving.runs]
        tasks.append(asyncio.create_task(lane.keep_delivering(asyncio.Event())))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def heard(store: StoreImplementation, after: datetime) -> None:
    """Wait until the program has noted that it hears."""
    async with asyncio.timeout(10):
        while (await last_of(store.database, HEARD) or after) <= after:  # noqa: ASYNC110 - another task notes
            await asyncio.sleep(0.02)


async def test_what_was_written_while_the_program_stood_still_is_answered_once(tmp_path: Path) -> None:
    async with slack() as server:
        ana = server.user("Ana")
        async with stopped(tmp_path, ana, server) as store:
            ana.writes("help")
            began = SystemClock().now() - timedelta(minutes=1)
            for _ in range(2):
                async with started(server, store):
                    await heard(store, began)
                    await server.until(lambda: len(server.calls_of("chat.postMessage")) == 1)
                await moved_on(store.database, HEARD, SystemClock().now() - TEN_MINUTES)

    assert len(server.calls_of("chat.postMessage")) == 1
    assert server.violations == []


async def test_what_the_database_before_a_backup_has_heard_is_not_read_again(tmp_path: Path) -> None:
    async with slack() as server:
        ana = server.user("Ana")
        async with stopped(tmp_path, ana, server) as store:
            ana.writes("help")
            now = SystemClock().now()
            async with store.database.writing() as connection:
                await mark_restored(connection, now, now)
            async with started(server, store):
                await heard(store, now)

    assert server.calls_of("conversations.history") == []
