"""The database beside a running bot: anybody may look; SQLite's file changes only who has it alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database, read_only


@asynccontextmanager
async def looking(url: str) -> AsyncIterator[AsyncConnection]:
    """Give a connection that changes nothing; it fails where SQLite has no such file."""
    known = make_url(url)
    if known.get_backend_name() != "sqlite":
        async with _opened(url) as database, database.reading() as connection:
            yield connection
        return
    engine = read_only(known)
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


@asynccontextmanager
async def changing(url: str) -> AsyncIterator[AsyncConnection]:
    """Give a connection in a transaction; raises StoreInUse where a bot has the SQLite file."""
    async with _opened(url) as database, database.writing() as connection:
        yield connection


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()
