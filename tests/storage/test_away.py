"""A database that is away is told from a defect of ours, and is there again afterwards."""

import pytest
from sqlalchemy.exc import DBAPIError

from bot.ports import StoreAway
from storage import StoreImplementation, open_store
from tests.storage.given import NOW, ana, save


async def told_of(store: StoreImplementation, *trouble: str) -> str | None:
    """Give which session was troubled, if the database was told to be away; None when nothing happened."""
    session = ""
    try:
        async with store.database.writing() as connection:
            session = str((await connection.exec_driver_sql("SELECT pg_backend_pid()")).scalar_one())
            await connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = '100ms'")
            async with store.database.writing() as other:
                for statement in trouble:
                    await other.exec_driver_sql(statement.format(session=session))
            await connection.exec_driver_sql("SELECT 1")
    except StoreAway:
        return session
    return None


@pytest.mark.parametrize("trouble", ["SELECT pg_terminate_backend({session})", "SELECT pg_sleep(0.3)"])
async def test_a_transaction_that_is_cut_off_is_told_as_such(
    postgres_store: StoreImplementation, trouble: str
) -> None:
    """By somebody, or since it waited too long for us: nobody waits for the locks of one that hangs."""
    assert await told_of(postgres_store) is None
    assert await told_of(postgres_store, trouble)

    await save(postgres_store, ana())
    assert (await postgres_store.counts())["dead_letters"] == 0


async def test_a_database_that_is_not_there_is_away() -> None:
    store = open_store("postgresql://nobody@127.0.0.1:1/nothing")

    with pytest.raises(StoreAway):
        await store.migrate()
    await store.close()


async def test_a_full_disk_is_waited_for(sqlite_store: StoreImplementation) -> None:
    async with sqlite_store.database.writing() as connection:
        await connection.exec_driver_sql("CREATE TABLE much (words TEXT)")
        await connection.exec_driver_sql("PRAGMA max_page_count = 1")

    with pytest.raises(StoreAway):
        async with sqlite_store.database.writing() as connection:
            await connection.exec_driver_sql("INSERT INTO much VALUES (hex(zeroblob(10000000)))")


async def test_a_wrong_statement_is_a_defect(store: StoreImplementation) -> None:
    with pytest.raises(DBAPIError):
        async with store.database.writing() as connection:
            await connection.exec_driver_sql("SELECT nothing FROM nowhere")

    assert await store.lease("x", "a", NOW, NOW - NOW) == 1
