"""A commit that waits for the disk keeps nobody else waiting, and is whole however its task ends."""

import asyncio
import time

from storage import StoreImplementation
from tests.storage.given import ana, every, save


async def test_a_unit_that_is_cancelled_anywhere_is_saved_whole_or_not_at_all(
    sqlite_store: StoreImplementation,
) -> None:
    """And the database can be used afterwards."""
    for turns in range(40):
        task = asyncio.create_task(save(sqlite_store, ana(name=f"P{turns}")))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    await save(sqlite_store, ana(name="Last"))

    assert [person.name for person in await every(sqlite_store, type(ana()))] == ["Last"]


async def test_the_loop_goes_on_while_a_commit_waits_for_the_disk(sqlite_store: StoreImplementation) -> None:
    connections = []
    async with sqlite_store.database.writing() as connection:
        raw = await connection.get_raw_connection()
        connections.append(raw.driver_connection)
    began = time.monotonic()
    saving = asyncio.create_task(save(sqlite_store, ana()))
    turns = 0
    while not saving.done():
        await asyncio.sleep(0)
        turns += 1

    assert connections[0] is not None
    assert connections[0].waits
    assert turns > 1
    assert time.monotonic() - began < 5
