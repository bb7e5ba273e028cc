"""A chat that can wait for updates, a desk to take them, and Ana, who has said nothing yet."""

from collections.abc import AsyncIterator

import pytest

from adapters.telegram.chat import TelegramChat
from tests.telegram.receiving.desk import Desk
from tests.telegram.wired import MovableClock
from tests.telegram_server import Person, TelegramServer


@pytest.fixture
async def chat(server: TelegramServer) -> AsyncIterator[TelegramChat]:
    url = f"http://127.0.0.1:{server.port}"
    chat = TelegramChat(server.token, url, MovableClock())
    await chat.start()
    yield chat
    await chat.close()


@pytest.fixture
def desk(server: TelegramServer) -> Desk:
    return Desk(server)


@pytest.fixture
def ana(server: TelegramServer) -> Person:
    return server.user("Ana")
