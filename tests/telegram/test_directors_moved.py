"""The directors' group of the settings, after Telegram made a supergroup of it: a start finds it."""

from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from adapters.clock import SystemClock
from bot.app import Bot
from bot.entry.side import Around
from bot.entry.telegram import telegram_chat, telegram_side
from bot.settings import load_settings
from storage import open_store
from tests.conversations.stage import program
from tests.telegram_server import TelegramServer


pytestmark = pytest.mark.wire


async def test_the_group_of_the_settings_is_heard_at_its_new_id(tmp_path: Path) -> None:
    async with TelegramServer() as server, AsyncExitStack() as stack:
        dora = server.user("Dora")
        group = server.group("Directors", dora)
        group.adds_bot(dora)
        values = {
            "TELEGRAM_BOT_TOKEN": server.token,
            "TELEGRAM_API_URL": f"http://127.0.0.1:{server.port}",
            "TELEGRAM_DIRECTORS_CHAT": str(group.id),
        }
        group.migrates()
        store = open_store(f"sqlite:///{tmp_path}/antipode.db")
        stack.push_async_callback(store.close)
        await store.migrate()
        settings, clock = load_settings(values, Path("/nowhere/.env")), SystemClock()
        around = Around(settings, store, Bot(store, program(), clock), stack)

        chat = await telegram_chat(settings, clock, stack)
        await telegram_side(chat, around)

        assert str(group.id) != values["TELEGRAM_DIRECTORS_CHAT"]
        assert chat.me.directors == str(group.id)
        assert await around.room("telegram") == str(group.id)
