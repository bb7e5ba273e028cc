from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack_server import Person, SlackServer, library


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer() as running:
        yield running


@pytest.fixture
def bot(server: SlackServer) -> AsyncWebClient:
    return library(server)


@pytest.fixture
def ana(server: SlackServer) -> Person:
    return server.user("Ana", tz="America/Sao_Paulo", locale="pt-BR", email="ana@example.org")


@pytest.fixture
def ben(server: SlackServer) -> Person:
    return server.user("Ben")
