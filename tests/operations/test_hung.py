"""A process that is stopped in the middle of a long decision: its locks are free before its lease is over.

One that thinks for as long keeps them, however long that takes.
"""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from bot.lease import LEASE
from bot.model import DirectorsRoom, RoundState
from bot.ports import Needs
from storage import StoreImplementation
from storage.at_length import at_length
from tests.storage.given import LANE, NOW, ana, said, save, spring


ROOT = Path(__file__).parents[2]
#: Holds the round and decides about it for a minute, as a directors' command may.
HOLDER = """
import asyncio, sys, time
from bot.ports import Needs
from storage import open_store
from tests.storage.given import NOW, said

def decide():
    print("deciding", flush=True)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        pass

async def main():
    async with open_store(sys.argv[1]).unit() as unit:
        await unit.desk(said("701", private=False, chat="-5"), Needs(), NOW)
        await unit.at_length(decide)

asyncio.run(main())
"""


async def test_a_hung_process_gives_its_locks_back_within_its_lease(
    postgres_url: str, postgres_store: StoreImplementation
) -> None:
    await save(postgres_store, DirectorsRoom(LANE, "-5", NOW), ana(1), spring(state=RoundState.OPEN))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, postgres_url, stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    try:
        assert process.stdout
        assert await process.stdout.readline() == b"deciding\n"
        os.kill(process.pid, signal.SIGSTOP)
        stopped = time.monotonic()
        async with postgres_store.unit() as unit:
            assert await unit.desk(said("701", private=False, chat="-5"), Needs(), NOW)

        assert time.monotonic() - stopped < LEASE.total_seconds()
    finally:
        process.kill()
        await process.wait()


async def test_a_decision_may_take_longer_than_a_hung_process_may(
    postgres_store: StoreImplementation,
) -> None:
    async with postgres_store.database.writing() as connection:
        await connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = '300ms'")
        end = time.monotonic() + 1
        thought = await at_length(connection, lambda: _until(end), beat=0.05)

        assert thought >= end
        await connection.exec_driver_sql("SELECT 1")


def _until(end: float) -> float:
    while (now := time.monotonic()) < end:
        pass
    return now


async def test_a_defect_in_a_long_decision_is_told(store: StoreImplementation) -> None:
    with pytest.raises(ZeroDivisionError):
        async with store.unit() as unit:
            await unit.at_length(lambda: 1 / 0)
