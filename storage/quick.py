"""Reading without ceremony: statements that are kept are compiled once and given to SQLite as they are.

A turn reads a dozen small things. SQLAlchemy takes five times as long to prepare and wrap each of them as
SQLite takes to find it; on SQLite this leaves that out. On PostgreSQL, where the way to the server and
back is what costs, statements go the usual way. Either gives the same rows.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

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

    def decoded(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """Give a row with the values that its columns' types give."""
        values = list(row)
        for at, decode in self.decoders:
            values[at] = decode(values[at])
        return tuple(values)


async def fetch(
    connection: AsyncConnection, statement: Any, values: Mapping[str, Any] | None = None
) -> Sequence[Any]:
    """Give the rows of a SELECT that is kept (a constant, or cached): one made anew would be kept too."""
    dialect = connection.dialect
    if dialect.name != "sqlite":
        return (await connection.execute(statement, values or {})).fetchall()
    query = QUERIES.get(statement)
    if query is None:
        query = QUERIES[statement] = _compile(statement, dialect)
    assert connection.sync_connection is not None
    driver: Any = connection.sync_connection.connection.dbapi_connection
    rows = driver.execute(query.text, query.parameters(values or {})).fetchall()
    return [query.decoded(row) for row in rows] if query.decoders else rows


async def fetch_records(
    connection: AsyncConnection, kind: type[Kept], statement: Any, values: Mapping[str, Any] | None = None
) -> list[Kept]:
    """Give the records that a kept statement made of `chosen(kind)` selects."""
    return [kind(*row) for row in await fetch(connection, statement, values)]


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
            if (decode := column.type.dialect_impl(dialect).result_processor(dialect, None))
        ),
    )


def _encoder(bind: Any, dialect: Dialect) -> Coder | None:
    encode: Coder | None = bind.type.dialect_impl(dialect).bind_processor(dialect)
    if not bind.expanding:
        return encode
    if encode is None:
        return lambda values: json.dumps(list(values))
    return lambda values: json.dumps([encode(value) for value in values])


#: Every statement that was fetched, as SQLite knows it.
QUERIES: dict[Any, Query] = {}
