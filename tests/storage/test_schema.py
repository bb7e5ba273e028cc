"""The migrations lead to the tables; a database file belongs to one process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.outcome import Outcome
from storage import StoreImplementation, StoreInUse, StoreUnusable, open_store
from storage.migrations.check import check
from storage.schema import differences
from tests.storage.given import NOW, ana, every, in_new_loop, save


async def test_migrated_from_empty_a_database_equals_the_tables(store: StoreImplementation) -> None:
    """Alembic finds nothing to change, on either database."""
    async with store.database.writing() as connection:
        found = await connection.run_sync(differences)

    assert found == []


async def test_migrating_again_keeps_everything(store: StoreImplementation) -> None:
    """Every start migrates."""
    await save(store, ana())

    await store.migrate()

    assert [person.id for person in await every(store, type(ana()))] == [1]


async def test_foreign_keys_hold_again_after_a_migration(sqlite_store: StoreImplementation) -> None:
    """They are off while tables are changed, and only then."""
    await sqlite_store.migrate()
    async with sqlite_store.database.writing() as connection:
        on = await connection.exec_driver_sql("PRAGMA foreign_keys")
        assert on.scalar() == 1


async def test_the_check_of_migrations_passes() -> None:
    """`make check` calls it."""
    assert await check() == 0


async def test_sqlite_is_told_to_lose_nothing(sqlite_store: StoreImplementation) -> None:
    """WAL, a sync with every commit, foreign keys, patience."""
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10000}
    async with sqlite_store.database.reading() as connection:
        found = {name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar() for name in wanted}

    assert found == wanted


async def test_a_second_store_on_a_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    """And the file is free again after the first is closed."""
    url = f"sqlite:///{tmp_path}/antipode.db"
    first = open_store(url)

    with pytest.raises(StoreInUse, match=r"antipode\.db is in use by another process: stop that one first"):
        open_store(url)
    await first.close()
    await open_store(url).close()


def test_a_file_that_cannot_be_opened_is_said_with_its_name(tmp_path: Path) -> None:
    """As when it belongs to another user of the machine."""
    (tmp_path / "antipode.db.lock").mkdir()

    with pytest.raises(StoreUnusable, match=r"antipode\.db\.lock: Is a directory$"):
        open_store(f"sqlite:///{tmp_path}/antipode.db")


def test_a_killed_process_leaves_the_file_free(tmp_path: Path) -> None:
    """The lock is the system's: it goes with the process, however that ends."""
    url = f"sqlite:///{tmp_path}/antipode.db"
    lines = f"import os, storage\nstorage.open_store({url!r})\nprint('held', flush=True)\ninput()\n"
    process = subprocess.Popen([sys.executable, "-c", lines], stdin=-1, stdout=-1, cwd=Path.cwd())
    assert process.stdout
    assert process.stdin
    assert process.stdout.readline() == b"held\n"
    with pytest.raises(StoreInUse):
        open_store(url)
    process.kill()
    process.wait()
    process.stdout.close()
    process.stdin.close()

    store = open_store(url)

    assert store.database.is_sqlite
    assert (tmp_path / "antipode.db").stat().st_mode & 0o777 == 0o600
    in_new_loop(store.close())


async def test_a_store_without_a_file_keeps_one_for_its_run() -> None:
    """`sqlite://` is for tests and rehearsals."""
    store = open_store("sqlite://")
    await store.migrate()
    await save(store, ana())
    folder = store.database.folder
    assert folder
    await store.close()

    assert not os.path.exists(folder)  # noqa: ASYNC240, PTH110 - after everything is closed


async def test_a_reader_changes_nothing(sqlite_store: StoreImplementation) -> None:
    """Readers and the writer have connections of their own."""
    await save(sqlite_store, ana())
    async with sqlite_store.database.reading() as connection:
        with pytest.raises(OperationalError, match="readonly"):
            await connection.exec_driver_sql("DELETE FROM person")


async def test_an_exception_rolls_back(store: StoreImplementation) -> None:
    """What was saved before it in the same unit is not there."""
    with pytest.raises(ZeroDivisionError):
        await _fail(store)

    assert await every(store, type(ana())) == []


async def _fail(store: StoreImplementation) -> None:
    async with store.unit() as unit:
        await unit.save(Outcome((ana(),)), NOW)
        raise ZeroDivisionError
