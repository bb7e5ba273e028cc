"""The database beside a running bot: anybody may look; SQLite's file changes only who has it alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.away import usable
from storage.database import Database, address, read_only


#: What the functions of `storage.letters`, `mending` and `operations` are given.
Connection: TypeAlias = AsyncConnection


@asynccontextmanager
async def looking(url: str) -> AsyncIterator[Connection]:
    """Give a connection that changes nothing; raises StoreAway, or StoreUnusable as where no file is."""
    known = address(url)
    if known.get_backend_name() != "sqlite":
        with usable():
            async with _opened(url) as database, database.reading() as connection:
                yield connection
        return
    engine = read_only(known)
    try:
        with usable():
            async with engine.connect() as connection:
                yield connection
    finally:
        await engine.dispose()


@asynccontextmanager
async def changing(url: str) -> AsyncIterator[Connection]:
    """Give a connection in a transaction; raises StoreInUse where a bot has the SQLite file.

    Raises StoreAway, or StoreUnusable.
    """
    with usable():
        async with _opened(url) as database, database.writing() as connection:
            yield connection


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()
