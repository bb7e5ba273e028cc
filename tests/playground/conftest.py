"""A playground with a few people, on a store of its own."""

from collections.abc import AsyncIterator

import pytest

from adapters.playground.game import Game
from bot.entry.play import set_up
from tests.fresh import fresh_store


@pytest.fixture
async def game() -> AsyncIterator[Game]:
    """Give a new game with eight people; the first is played by hand."""
    async with fresh_store() as store:
        yield await set_up(store, people=8, seed=1)
