"""The schema: brings a database to the tables of this version, and tells how the two differ."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect

from storage.database import Database
from storage.tables import metadata


#: The newest revision: they are numbered, and the number begins the file's name.
NEWEST = max(
    file.name.partition("_")[0] for file in (Path(__file__).parent / "migrations/versions").glob("[0-9]*.py")
)


async def migrate(database: Database) -> None:
    """Bring the database to the newest revision, from an empty file on.

    One that a newer version has changed is left as it is: replicas are replaced one after the other.
    """
    async with database.migrating() as connection:
        await connection.run_sync(_upgrade)


def differences(connection: Connection) -> list[Any]:
    """Give what Alembic would change to make the database like the tables; empty when they are alike."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415 - slow to import, seldom needed
    from alembic.migration import MigrationContext  # noqa: PLC0415 - the same

    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def write_revision(connection: Connection, message: str) -> None:
    """Write the next step into `migrations/versions`, as far as Alembic can tell it from the tables."""
    from alembic import command  # noqa: PLC0415 - slow to import, seldom needed

    command.revision(_config(connection), message, autogenerate=True)


def _upgrade(connection: Connection) -> None:
    if _version(connection) >= NEWEST:
        return  # as at nearly every start, which need not wait for Alembic
    from alembic import command  # noqa: PLC0415 - slow to import; a start without changes needs it once

    command.upgrade(_config(connection), "head")


def _version(connection: Connection) -> str:
    """Give the revision a database has; "" before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


def _config(connection: Connection) -> Any:
    from alembic.config import Config  # noqa: PLC0415 - slow to import

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
