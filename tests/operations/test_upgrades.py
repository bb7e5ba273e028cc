"""From every schema there ever was, with data in it, to this version's: no row is lost, none is changed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    insert,
    select,
)
from sqlalchemy.types import TypeEngine

from storage import schema
from storage.database import Database
from storage.schema import differences, migrate
from tests.storage.given import NOW


VERSIONS = Path(schema.__file__).parent / "migrations" / "versions"
REVISIONS = sorted(file.name.partition("_")[0] for file in VERSIONS.glob("0*.py"))
ROWS = 3


def value(kind: TypeEngine[Any], number: int) -> Any:
    """Give a value of a column; the same number gives the same, so that foreign keys fit."""
    if isinstance(kind, Boolean):
        return bool(number % 2)
    if isinstance(kind, Integer | Numeric | Float):
        return number
    if isinstance(kind, LargeBinary):
        return b"x"
    if isinstance(kind, DateTime | Date):
        return NOW if isinstance(kind, DateTime) else NOW.date()
    return {"n": number} if isinstance(kind, JSON) else f"x{number}"


def fill(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Put rows into every table; give them."""
    tables = reflected(connection)
    for table in tables:
        for number in range(1, ROWS + 1):
            row = {column.name: value(column.type, number) for column in table.columns}
            connection.execute(insert(table).values(row))
    return {table.name: kept(connection, table) for table in tables}


def reflected(connection: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


def kept(connection: Connection, table: Table) -> list[dict[str, Any]]:
    rows = connection.execute(select(table)).mappings()
    return sorted((dict(row) for row in rows), key=str)


def upgrade(connection: Connection, revision: str) -> None:
    command.upgrade(schema._config(connection), revision)


@asynccontextmanager
async def database(kind: str, folder: Path, server: str) -> AsyncIterator[Database]:
    """Give an empty database."""
    if kind == "sqlite":
        found = Database(f"sqlite:///{folder}/old.db", durable=False)
        try:
            yield found
        finally:
            await found.close()
        return
    name = f"old_{folder.name.translate(str.maketrans('-[]', '___'))}"[:60].lower()
    admin = Database(server)
    async with admin.engine.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await alone.exec_driver_sql(f'CREATE DATABASE "{name}"')
        found = Database(admin.engine.url.set(database=name).render_as_string(hide_password=False))
        try:
            yield found
        finally:
            await found.close()
            await alone.exec_driver_sql(f'DROP DATABASE "{name}"')
    await admin.close()


@pytest.mark.parametrize("revision", REVISIONS)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_no_row_is_lost_on_the_way_from(
    kind: str, revision: str, tmp_path: Path, postgres_url: str
) -> None:
    async with database(kind, tmp_path, postgres_url) as old:
        async with old.migrating() as connection:
            await connection.run_sync(upgrade, revision)
        async with old.writing() as connection:
            before = await connection.run_sync(fill)
        await migrate(old)

        async with old.writing() as connection:
            tables = {table.name: table for table in await connection.run_sync(reflected)}
            after = {name: await connection.run_sync(kept, tables[name]) for name in before}
            different = await connection.run_sync(differences)

    assert different == []
    assert {name: len(rows) for name, rows in after.items()} == dict.fromkeys(before, ROWS)
    for name, rows in before.items():
        known = [{column: new[column] for column in old} for old, new in zip(rows, after[name], strict=True)]
        assert (name, known) == (name, rows)
