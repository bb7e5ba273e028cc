"""SQLite without a thread: statements run in the event loop itself, but for commits that wait for the disk.

aiosqlite hands every statement to a thread and waits for it: measured on two busy cores, 430 µs a
statement against 37 µs here, and four fifths of a rehearsal went into that hand-over (decision 7). SQLite
works in microseconds and has one writer anyway. A durable commit waits for the disk, milliseconds on a busy
one: that alone is done in a thread, so that meanwhile the others are received, acknowledged and sent.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util import await_only


async def _nothing() -> None:
    """Be awaited: SQLAlchemy's async engine insists that a statement awaits something."""


async def _in_thread(commit: Callable[[], None]) -> None:
    """Commit in a thread; who is cancelled meanwhile still waits for it, as nobody may use the connection."""
    done = asyncio.get_running_loop().run_in_executor(None, commit)
    cancelled = False
    while not done.done():
        try:
            await asyncio.wait((done,))
        except asyncio.CancelledError:
            cancelled = True
    done.result()
    if cancelled:
        raise asyncio.CancelledError


class _Cursor(sqlite3.Cursor):
    async def _async_soft_close(self) -> None:
        """Stay open: the rows are still to be fetched, and fetching them waits for nobody."""


class _Connection(sqlite3.Connection):
    #: True where a commit waits for the disk.
    waits = False

    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)


class InLoopDialect(SQLiteDialect_pysqlite):
    """The standard library's sqlite3 behind SQLAlchemy's async engine."""

    driver = "inloop"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[AsyncAdaptedQueuePool]:
        """Give the pool that async engines need."""
        return AsyncAdaptedQueuePool

    def connect(self, *arguments: Any, **named: Any) -> Any:
        """Open the database's file."""
        named |= {"factory": _Connection, "check_same_thread": False}  # never two threads at once
        return super().connect(*arguments, **named)

    def do_commit(self, dbapi_connection: Any) -> None:
        """Commit; where that waits for the disk, the loop goes on."""
        connection = getattr(dbapi_connection, "driver_connection", dbapi_connection)
        if connection.waits and connection.in_transaction:
            await_only(_in_thread(connection.commit))
            return
        super().do_commit(dbapi_connection)  # type: ignore[no-untyped-call]

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """Run a statement."""
        await_only(_nothing())
        cursor.execute(statement, parameters)

    def do_executemany(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """Run a statement for many rows."""
        await_only(_nothing())
        cursor.executemany(statement, parameters)

    def do_execute_no_params(self, cursor: Any, statement: str, context: Any = None) -> None:
        """Run a statement as it is."""
        await_only(_nothing())
        cursor.execute(statement)


DRIVER = "sqlite+inloop"
registry.register("sqlite.inloop", __name__, "InLoopDialect")
