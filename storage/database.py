"""The connection to either database: how a transaction begins, what SQLite must be told, who may write.

SQLite: one process (a lock on a file beside it), one writing connection, a few that read. PostgreSQL: a
pool; rows are locked by the statements themselves (`with_for_update`, which SQLite leaves out).
"""

import asyncio
import fcntl
import json
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.away import StoreUnusable, told
from storage.inloop import DRIVER


class StoreInUse(RuntimeError):
    """Another process works with this database file: stop it first, or use PostgreSQL for several."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file} is in use by another process: stop that one first, or use PostgreSQL.")
        self.file = file


_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA busy_timeout=10000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what was erased is overwritten, not only forgotten
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-2048",  # KiB for each of five connections: the system keeps the file's pages, too
)
_DURABLE = "PRAGMA synchronous=FULL"  # NORMAL may lose the last commits when the power fails
_FLEETING = "PRAGMA synchronous=OFF"
_READING = "PRAGMA query_only=ON"

_ENGINE: dict[str, Any] = {
    "json_serializer": json.JSONEncoder(separators=(",", ":"), default=dict).encode,
    "query_cache_size": 2000,
    "hide_parameters": True,  # an error's message shall not hold what people wrote
}


#: PostgreSQL: a server that does not answer is away after seconds, not after the system's quarter of an hour;
#: a process that hangs in the middle of a transaction loses it before its lease is over, so that nobody waits
#: for its locks; nothing waits for ever. One that is stopped while it is sent megabytes is not idle: the
#: server waits for it without end, but for the last option (PostgreSQL 15, TCP, 2026-11-22: 3.5 s with it).
_CONNECTION: dict[str, Any] = {
    "application_name": "antipode",
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "options": (
        "-c idle_in_transaction_session_timeout=4s -c lock_timeout=10s -c statement_timeout=60s"
        " -c timezone=UTC -c tcp_user_timeout=4s"
    ),
}
#: Tables are made anew.
_MIGRATING = {
    "idle_in_transaction_session_timeout": "1min",
    "lock_timeout": "10min",
    "statement_timeout": "10min",
}
#: How long such a transaction may be left alone, in milliseconds.
_READING_TIME = """
SELECT set_config('idle_in_transaction_session_timeout', greatest(4000, count(*))::text, true) FROM person
"""
#: Seconds that a transaction may take on PostgreSQL, whatever it waits for.
PATIENCE = 60.0
#: In AsyncConnection.info: the transaction's time limit.
LIMIT = "antipode.limit"


class Database:
    """One of the two databases; `writing` is one transaction, `reading` sees what was committed.

    Both raise `bot.ports.StoreAway` where the database cannot be reached or was cut off in the middle.
    """

    def __init__(self, url: str, *, durable: bool = True, shared: bool = False) -> None:
        """Take the URL of the settings; raises StoreUnusable for one that is none.

        Raises StoreInUse when another process has the file.

        `shared`: several processes work with it, and their clocks may differ, so that leases go by the
        database's own clock.
        Without `durable` SQLite does not wait for the disk: for a rehearsal's file, which nobody misses
        after a power failure. Commits stay whole; a killed process loses nothing either.
        """
        known = address(url)
        self.is_sqlite = known.get_backend_name() == "sqlite"
        self.shared = shared and not self.is_sqlite
        self._held: int | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        if self.is_sqlite:
            self._open_sqlite(known, durable=durable)
        else:
            known = known.set(drivername="postgresql+psycopg")
            arguments = {name: value for name, value in _CONNECTION.items() if name not in known.query}
            self.engine = self.reader = create_async_engine(
                known, pool_size=10, pool_timeout=10, pool_pre_ping=True, connect_args=arguments, **_ENGINE
            )
        self._turn = asyncio.Lock()
        self._writer: AsyncConnection | None = None

    @property
    def folder(self) -> str | None:
        """Give the folder of a database that is kept for this run only."""
        return self._folder.name if self._folder else None

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection in a transaction: committed at the end, rolled back by an exception."""
        with told(is_sqlite=self.is_sqlite):
            if not self.is_sqlite:
                async with asyncio.timeout(PATIENCE) as limit, self.engine.begin() as connection:
                    connection.info[LIMIT] = limit
                    yield connection
                return
            async with self._turn:
                writer = await self._own()
                async with writer.begin():
                    yield writer

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection that changes nothing and waits for nobody."""
        with told(is_sqlite=self.is_sqlite):
            async with (
                asyncio.timeout(None if self.is_sqlite else PATIENCE),
                self.reader.connect() as connection,
            ):
                yield connection

    async def shrink_log(self) -> None:
        """Write SQLite's log back and empty it, so that erased words are not left there."""
        if self.is_sqlite:
            async with self._turn:
                await self._alone("PRAGMA wal_checkpoint(TRUNCATE)")

    @asynccontextmanager
    async def migrating(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection to change tables with: on SQLite without foreign keys, which are checked after.

        With them a changed table (made anew, the old one dropped) would take its children's rows along.
        """
        if not self.is_sqlite:
            async with self.engine.begin() as connection:
                connection.info.pop(LIMIT, None)
                for name, span in _MIGRATING.items():
                    await connection.exec_driver_sql(f"SET LOCAL {name} = '{span}'")
                await connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7215)")
                yield connection
            return
        async with self._turn:
            await self._alone("PRAGMA foreign_keys=OFF")
            try:
                writer = await self._own()
                async with writer.begin():
                    yield writer
                    broken = (await writer.exec_driver_sql("PRAGMA foreign_key_check")).fetchall()
                    if broken:
                        raise RuntimeError(f"The migration left rows without their parents: {broken[:5]}")
            finally:
                await self._alone("PRAGMA foreign_keys=ON")

    async def close(self) -> None:
        """Close every connection, give the file back."""
        if self._writer is not None:
            await self._writer.close()
            self._writer = None
        await self.engine.dispose()
        await self.reader.dispose()
        if self._held is not None:
            os.close(self._held)
            self._held = None
        if self._folder is not None:
            self._folder.cleanup()

    async def _own(self) -> AsyncConnection:
        """Give the one connection that writes on SQLite (the caller holds the turn)."""
        if self._writer is None:
            self._writer = await self.engine.connect()
        return self._writer

    async def _alone(self, statement: str) -> None:
        """Run a statement outside any transaction on the writing connection (the caller holds the turn)."""
        raw = await (await self._own()).get_raw_connection()
        assert raw.driver_connection is not None
        raw.driver_connection.execute(statement).close()

    def _open_sqlite(self, url: URL, *, durable: bool) -> None:
        if not url.database or url.database == ":memory:":
            self._folder = tempfile.TemporaryDirectory(prefix="antipode-")
            url = url.set(database=f"{self._folder.name}/antipode.db")
            durable = False  # it goes when the store is closed
        file = Path(str(url.database))
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._held = _hold(file)
            file.touch(mode=0o600)
        except OSError as error:  # it belongs to another user, for example
            raise StoreUnusable(f"{error.filename}: {error.strerror}") from None
        url = url.set(drivername=DRIVER)
        sync = _DURABLE if durable else _FLEETING
        self.engine = _sqlite_engine(url, "BEGIN IMMEDIATE", (*_PRAGMAS, sync), pool_size=1)
        self.reader = _sqlite_engine(url, "BEGIN DEFERRED", (*_PRAGMAS, sync, _READING), pool_size=4)


def address(url: str) -> URL:
    """Read the URL of the settings; raises StoreUnusable, without its words, for one that is none."""
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise StoreUnusable("it is no address of a database") from None


def read_only(url: URL) -> AsyncEngine:
    """Give an engine that looks into a file which another process may have, and changes nothing."""
    url = url.set(drivername=DRIVER, database=f"file:{url.database}", query={"mode": "ro", "uri": "true"})
    return _sqlite_engine(url, "BEGIN DEFERRED", ("PRAGMA busy_timeout=10000", _READING), pool_size=1)


async def take_time(connection: AsyncConnection) -> None:
    """Let this transaction take minutes: the pairing of thousands, a report about all.

    It is still ended when the process leaves it alone: after four seconds, or where more people are read
    than that, a millisecond for each.
    """
    if connection.dialect.name != "postgresql":
        return
    for name in ("lock_timeout", "statement_timeout"):
        await connection.exec_driver_sql(f"SET LOCAL {name} = '10min'")
    await connection.exec_driver_sql(_READING_TIME)
    if limit := connection.info.get(LIMIT):
        limit.reschedule(None)


def _hold(file: Path) -> int:
    """Take the lock beside the file; the system gives it back when the process ends, however it ends."""
    held = os.open(f"{file}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        raise StoreInUse(file) from None
    return held


def _sqlite_engine(url: URL, begin: str, pragmas: Sequence[str], *, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=pool_size, max_overflow=0, **_ENGINE)
    event.listen(engine.sync_engine, "connect", _teller(pragmas))
    event.listen(engine.sync_engine, "begin", _beginner(begin))
    return engine


def _teller(pragmas: Sequence[str]) -> Callable[[Any, object], None]:
    def tell(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions begin when we say so
        connection.waits = _DURABLE in pragmas and _READING not in pragmas
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    return tell


def _beginner(begin: str) -> Callable[[Any], None]:
    def begun(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return begun
