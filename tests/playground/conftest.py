"""A playground with a few people, on a store of its own."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.playground.game import Game
from bot.entry.play import set_up
from storage import open_store


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an empty migrated file: copying it is faster than migrating for every test."""
    file = tmp_path_factory.mktemp("playground") / "empty.db"

    async def migrate() -> None:
        store = open_store(f"sqlite:///{file}")
        await store.migrate()
        await store.close()

    asyncio.run(migrate())
    return file


@pytest.fixture
async def game(empty: Path, tmp_path: Path) -> AsyncIterator[Game]:
    """Give a new game with eight people; the first is played by hand."""
    file = tmp_path / "playground.db"
    shutil.copy(empty, file)
    store = open_store(f"sqlite:///{file}")
    yield await set_up(store, people=8, seed=1)
    await store.close()
