"""A playground with a few people, on a store of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.playground.game import Game
from bot.entry.play import set_up
from storage import open_store


@pytest.fixture
async def game(tmp_path: Path) -> AsyncIterator[Game]:
    """Give a new game with eight people; the first is played by hand."""
    store = open_store(f"sqlite:///{tmp_path}/playground.db")
    await store.migrate()
    yield await set_up(store, people=8, seed=1)
    await store.close()
