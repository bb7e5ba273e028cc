"""Between records and rows: columns are named like fields, so one table of shapes serves every record.

A row is read in the order of the fields, and a record made of it as it is: the columns' own types give
enums, tuples and aware datetimes already. Statements are built once for each database and kept.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Delete, Select, Table, bindparam, delete, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import model
from storage import tables
from storage.many import many
from storage.quick import fetch_records


Kept = TypeVar("Kept")

#: SQLite takes at most 32,766 values in a statement, PostgreSQL 65,535.
AT_ONCE = 5000

#: Which table keeps which record; those that others refer to come first, and are saved first.
TABLES: dict[type[Any], Table] = {
    model.Round: tables.round_,
    model.Person: tables.person,
    model.DirectorsRoom: tables.directors_room,
    model.Partnership: tables.partnership,
    model.Membership: tables.membership,
    model.Application: tables.application,
    model.Dialogue: tables.dialogue,
    model.Block: tables.block,
    model.Mark: tables.mark,
    model.CheckIn: tables.check_in,
    model.SurveyAnswer: tables.survey_answer,
    model.Case: tables.case,
    model.AuditEntry: tables.audit_entry,
    model.Pending: tables.pending,
}


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """How one type of record is kept."""

    table: Table
    names: tuple[str, ...]
    keys: tuple[str, ...]
    values: Callable[[Any], tuple[Any, ...]]
    key: Callable[[Any], Any]

    def row(self, record: object) -> dict[str, Any]:
        """Give the record as a row."""
        return dict(zip(self.names, self.values(record), strict=True))


def _shape(kind: type[Any], table: Table) -> Shape:
    names = tuple(field.name for field in fields(kind))
    keys = ("key",) if kind is model.Case else tuple(column.name for column in table.primary_key)
    return Shape(table, names, keys, attrgetter(*names), attrgetter(*keys))


_SHAPES = {kind: _shape(kind, table) for kind, table in TABLES.items()}


def shape(kind: type[Any]) -> Shape:
    """Give how records of this type are kept; raises KeyError for what is no record."""
    return _SHAPES[kind]


def person_row(person: model.Person) -> dict[str, Any]:
    """Give the person as a row, with what they are found by."""
    return shape(model.Person).row(person) | {"sought": sought(person.name, person.handle)}


def sought(name: str, handle: str) -> str:
    """Give what a person is found by, whatever the case of letters."""
    return f"{name}\n@{handle}".casefold()


def columns(kind: type[Any]) -> list[Any]:
    """Give the columns of a record's table in the order of its fields, to select."""
    return [shape(kind).table.c[name] for name in shape(kind).names]


def chosen(kind: type[Any]) -> Select[Any]:
    """Give the statement that selects every record of the kind, to be narrowed."""
    return select(*columns(kind))


async def load(connection: AsyncConnection, kind: type[Kept], statement: Select[Any]) -> list[Kept]:
    """Give the records that a statement made of `chosen(kind)` selects."""
    rows = (await connection.execute(statement)).fetchall()
    return [kind(*row) for row in rows]


async def load_by(
    connection: AsyncConnection, kind: type[Kept], name: str, values: Iterable[Any]
) -> list[Kept]:
    """Give the records whose column `name` has one of the values."""
    wanted = list(dict.fromkeys(values))
    statement = _by(shape(kind), name)
    found: list[Kept] = []
    for at in range(0, len(wanted), AT_ONCE):
        asked = {"wanted": wanted[at : at + AT_ONCE]}
        found.extend(await fetch_records(connection, kind, statement, asked))
    return found


async def upsert(connection: AsyncConnection, kind: type[Any], rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows, or bring those that are there to these values."""
    if rows:
        await many(connection, _upsert(shape(kind), connection.dialect.name, tuple(rows[0])), rows)


async def drop(connection: AsyncConnection, kind: type[Any], records: Iterable[object]) -> None:
    """Delete the records by their keys."""
    keys = shape(kind).keys
    rows = [{f"key_{name}": getattr(record, name) for name in keys} for record in records]
    if rows:
        await many(connection, _delete(shape(kind)), rows)


def insert(table: Table, dialect: str) -> Any:
    """Give an INSERT that knows ON CONFLICT, which is the databases' own."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - slow to import, SQLite needs none of it

    return postgresql.insert(table)


def insert_new(table: Table, dialect: str) -> Any:
    """Give an INSERT that leaves a row with the same key as it is."""
    return insert(table, dialect).on_conflict_do_nothing()


@cache
def _by(known: Shape, name: str) -> Select[Any]:
    fields_ = [known.table.c[field] for field in known.names]
    return select(*fields_).where(known.table.c[name].in_(bindparam("wanted", expanding=True)))


@cache
def _upsert(known: Shape, dialect: str, names: tuple[str, ...]) -> Any:
    statement = insert(known.table, dialect).values({name: bindparam(name) for name in names})
    changed = {name: statement.excluded[name] for name in names if name not in known.keys}
    if not changed:
        return statement.on_conflict_do_nothing()
    return statement.on_conflict_do_update(index_elements=list(known.keys), set_=changed)


@cache
def _delete(known: Shape) -> Delete:
    tests = [known.table.c[name] == bindparam(f"key_{name}") for name in known.keys]
    return delete(known.table).where(*tests)
