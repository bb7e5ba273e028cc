"""SQLite without a thread: statements run in the event loop itself.

aiosqlite hands every statement to a thread and waits for it: measured on two busy cores, 430 µs a
statement against 37 µs here, and four fifths of a rehearsal went into that hand-over (decision 7). SQLite
works in microseconds and has one writer anyway; what the loop waits for is the disk at a commit.
"""

import sqlite3
from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util import await_only


async def _nothing() -> None:
    """Be awaited: SQLAlchemy's async engine insists that a statement awaits something."""


class _Cursor(sqlite3.Cursor):
    async def _async_soft_close(self) -> None:
        """Stay open: the rows are still to be fetched, and fetching them waits for nobody."""


class _Connection(sqlite3.Connection):
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
        return super().connect(*arguments, **named, factory=_Connection)

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
