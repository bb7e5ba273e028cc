"""A server whose time stands still, the real library's bot at it, and Ana and Ben, who have started it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from tests.telegram_server import Group, Person, TelegramServer, library
from tests.telegram_server_tests.updates import news


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        running.clock.freeze()
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    async with library(server) as bot:
        yield bot


@pytest.fixture
def ana(server: TelegramServer) -> Person:
    person = server.user("Ana", username="ana", language="pt-br")
    person.say("/start")
    return person


@pytest.fixture
def ben(server: TelegramServer) -> Person:
    person = server.user("Ben")
    person.say("/start")
    return person


@pytest.fixture
async def room(server: TelegramServer, ana: Person, bot: Bot) -> Group:
    group = server.group("Ana and Ben", ana)
    group.adds_bot(ana)
    await news(bot)
    return group
