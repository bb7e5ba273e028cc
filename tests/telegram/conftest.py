"""A server, the bot's chat with it, and whom it knows."""

from collections.abc import AsyncIterator

import pytest

from adapters.telegram.chat import TelegramChat
from tests.telegram.given import chat_for
from tests.telegram_server import Group, Person, TelegramServer


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def chat(server: TelegramServer) -> AsyncIterator[TelegramChat]:
    chat = chat_for(server)
    await chat.start()
    yield chat
    await chat.close()
    assert server.violations == []


@pytest.fixture
def ana(server: TelegramServer) -> Person:
    ana = server.user("Ana")
    ana.say("/start")
    return ana


@pytest.fixture
def group(server: TelegramServer, ana: Person) -> Group:
    group = server.group("Ours", ana, kind="supergroup")
    group.adds_bot(ana)
    return group
