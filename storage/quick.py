"""Reading without ceremony: statements that are kept are compiled once and given to SQLite as they are.

A turn reads a dozen small things. SQLAlchemy takes five times as long to prepare and wrap each of them as
SQLite takes to find it; on SQLite this leaves that out. On PostgreSQL, where the way to the server and
back is what costs, statements go the usual way. Either gives the same rows.
"""

import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Enum
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection


Kept = TypeVar("Kept")
Coder = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Query:
    """A statement as sqlite3 takes it, and how its rows are read."""

    text: str
    names: tuple[str, ...]
    fixed: dict[str, Any]
    encoders: tuple[Coder | None, ...]
    decoders: tuple[tuple[int, Coder], ...]

    def parameters(self, values: Mapping[str, Any]) -> list[Any]:
        """Give the values in the order and form of the statement."""
        whole = {**self.fixed, **values}
        found = zip(self.names, self.encoders, strict=True)
        return [encode(whole[name]) if encode else whole[name] for name, encode in found]

    def decoded(self, rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
        """Give the rows column by column, with the values that the columns' types give."""
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        for at, decode in self.decoders:
            columns[at] = tuple(map(decode, columns[at]))
        return columns


async def fetch(
    connection: AsyncConnection, statement: Any, values: Mapping[str, Any] | None = None
) -> Sequence[Any]:
    """Give the rows of a SELECT that is kept (a constant, or cached): one made anew would be kept too."""
    dialect = connection.dialect
    if dialect.name != "sqlite":
        return (await connection.execute(statement, values or {})).fetchall()
    query, rows = _run(connection, statement, values)
    return list(zip(*query.decoded(rows), strict=True)) if query.decoders and rows else rows


async def fetch_records(
    connection: AsyncConnection, kind: type[Kept], statement: Any, values: Mapping[str, Any] | None = None
) -> list[Kept]:
    """Give the records that a kept statement made of `chosen(kind)` selects."""
    if connection.dialect.name != "sqlite":
        return [kind(*row) for row in await fetch(connection, statement, values)]
    query, rows = _run(connection, statement, values)
    return _made(kind, query.decoded(rows)) if rows else []


def _run(
    connection: AsyncConnection, statement: Any, values: Mapping[str, Any] | None
) -> tuple[Query, list[Any]]:
    query = QUERIES.get(statement)
    if query is None:
        query = QUERIES[statement] = _compile(statement, connection.dialect)
    assert connection.sync_connection is not None
    driver: Any = connection.sync_connection.connection.dbapi_connection
    return query, driver.execute(query.text, query.parameters(values or {})).fetchall()


def _made(kind: Any, columns: Sequence[Iterable[Any]]) -> list[Any]:
    """Make records of columns. A frozen record is filled slot by slot: its own way takes twice as long."""
    slots: tuple[Any, ...] = _slots(kind)
    if not slots:
        return list(map(kind, *columns))
    made = [kind.__new__(kind) for _ in columns[0]]
    for slot, column in zip(slots, columns, strict=True):
        deque(map(slot.__set__, made, column), maxlen=0)
    return made


@cache
def _slots(kind: Any) -> tuple[Any, ...]:
    """Give the places of a dataclass's fields; () where there is more to making one."""
    if "__dataclass_fields__" not in vars(kind) or "__slots__" not in vars(kind):
        return ()
    if hasattr(kind, "__post_init__"):
        return ()
    return tuple(vars(kind)[field.name] for field in fields(kind))


def _compile(statement: Any, dialect: Dialect) -> Query:
    compiled = statement.compile(dialect=dialect)
    binds = compiled.binds
    names = tuple(compiled.positiontup)
    # A list goes in as one value, so that the text is the same whatever its length.
    text = re.sub(r"\(__\[POSTCOMPILE_\w+\]\)", "(SELECT value FROM json_each(?))", compiled.string)
    return Query(
        text=text,
        names=names,
        fixed={name: binds[name].value for name in names if not binds[name].required},
        encoders=tuple(_encoder(binds[name], dialect) for name in names),
        decoders=tuple(
            (at, decode)
            for at, column in enumerate(statement.selected_columns)
            if (decode := _decoder(column.type, dialect))
        ),
    )


def _decoder(kind: Any, dialect: Dialect) -> Coder | None:
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return {None: None, **{member.value: member for member in kind.enum_class}}.__getitem__
    decode: Coder | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return decode


def _encoder(bind: Any, dialect: Dialect) -> Coder | None:
    encode: Coder | None = bind.type.dialect_impl(dialect).bind_processor(dialect)
    if not bind.expanding:
        return encode
    if encode is None:
        return lambda values: json.dumps(list(values))
    return lambda values: json.dumps([encode(value) for value in values])


#: Every statement that was fetched, as SQLite knows it.
QUERIES: dict[Any, Query] = {}
