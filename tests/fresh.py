"""A new database for a test: a copy of one that was migrated once, for migrating takes ten times as long."""

import asyncio
import atexit
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from bot.ports import Store
from storage import StoreImplementation, open_store
from storage.tables_delivery import Waiting
from tests.storage.conftest import new_folder
from tests.storage.given import in_new_loop


_ON_ITS_WAY = (Waiting.QUEUED, Waiting.SENDING)


def fresh_url(file: Path) -> str:
    """Make an empty migrated database of a new file, and give its URL."""
    shutil.copy(_migrated(), file)
    return f"sqlite:///{file}"


@asynccontextmanager
async def fresh_store(
    file: Path | None = None, *, durable: bool = True
) -> AsyncIterator[StoreImplementation]:
    """Open a store on a new file (one of its own, where none is named) until the block ends."""
    folder = new_folder("fresh")
    store = open_store(fresh_url(file or folder / "fresh.db"), durable=durable)
    try:
        yield store
    finally:
        await store.close()
        shutil.rmtree(folder)


async def all_sent(store: Store) -> None:
    """Wait until the bot knows that all it wrote has arrived: no person answers sooner."""
    assert isinstance(store, StoreImplementation)
    async with asyncio.timeout(10):
        while any([row["state"] in _ON_ITS_WAY async for row in store.outbox_rows()]):  # noqa: ASYNC110 - a lane
            await asyncio.sleep(0.01)


@cache
def _migrated() -> Path:
    folder = new_folder("migrated")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store = open_store(f"sqlite:///{folder}/migrated.db")

    async def migrate() -> None:
        await store.migrate()
        await store.close()

    in_new_loop(migrate())
    return folder / "migrated.db"
