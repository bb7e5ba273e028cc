"""Two processes of one bot: the code that one prints is good at the other, the room is known to both."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from adapters.clock import SystemClock
from bot.app import Bot
from bot.entry.claiming import claim_code
from bot.entry.side import Around, Side
from bot.entry.telegram import telegram_chat, telegram_side
from bot.model import DirectorsRoom
from bot.outcome import Outcome
from bot.settings import Settings, load_settings
from storage import StoreImplementation, open_store
from tests.conversations.stage import program
from tests.telegram_server import TelegramServer


class HurriedClock(SystemClock):
    """The machine's clock, which nobody sleeps by for long."""

    async def sleep(self, span: timedelta) -> None:
        await super().sleep(min(span, timedelta(milliseconds=10)))


def settings(**values: str) -> Settings:
    return load_settings(values, Path("/nowhere/.env"))


TOKEN = settings(TELEGRAM_BOT_TOKEN="7000000001:tests-only-0123456789-abcdefghijklm")


async def test_every_process_and_every_start_has_the_same_code(each_store: StoreImplementation) -> None:
    now = SystemClock().now()

    codes = [await claim_code(TOKEN, each_store.database, now + timedelta(hours=hour)) for hour in range(3)]

    assert len(set(codes)) == 1
    assert len(codes[0]) == 8


async def test_the_code_of_a_trial_is_no_code_of_the_real_database(
    store: StoreImplementation, tmp_path: Path
) -> None:
    now = SystemClock().now()
    trial = open_store(f"sqlite:///{tmp_path}/trial.db")
    await trial.migrate()
    try:
        code = await claim_code(TOKEN, trial.database, now - timedelta(days=1))
    finally:
        await trial.close()

    assert code != await claim_code(TOKEN, store.database, now)


async def test_who_does_not_know_the_token_does_not_know_the_code(store: StoreImplementation) -> None:
    now = SystemClock().now()
    other = settings(TELEGRAM_BOT_TOKEN="7000000002:tests-only-0123456789-abcdefghijklm")

    assert await claim_code(TOKEN, store.database, now) != await claim_code(other, store.database, now)


async def started(server: TelegramServer, store: StoreImplementation, stack: AsyncExitStack) -> Side:
    clock = HurriedClock()
    url = f"http://127.0.0.1:{server.port}"
    mine = settings(TELEGRAM_BOT_TOKEN=server.token, TELEGRAM_API_URL=url)
    around = Around(mine, store, Bot(store, program(), clock), stack)
    return await telegram_side(await telegram_chat(mine, clock, stack), around)


async def test_a_room_that_was_claimed_at_one_process_is_heard_by_the_other(
    store: StoreImplementation,
) -> None:
    """Else half of the lines without a slash would get no answer."""
    async with TelegramServer() as server, AsyncExitStack() as stack:
        side = await started(server, store, stack)
        tasks = [asyncio.create_task(run()) for run in side.receiving.runs]
        now = SystemClock().now()
        async with store.unit() as unit:
            await unit.save(Outcome((DirectorsRoom("telegram", "-100200", now),)), now)

        await server.until(lambda: getattr(side.chat, "me").directors == "-100200")  # noqa: B009

        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
