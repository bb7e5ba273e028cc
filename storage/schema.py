"""The schema: brings a database to the tables of this version, and tells how the two differ."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from storage.database import Database
from storage.tables import metadata


async def migrate(database: Database) -> None:
    """Bring the database to the newest revision, from an empty file on."""
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
    from alembic import command  # noqa: PLC0415 - slow to import; a start without changes needs it once

    command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> Any:
    from alembic.config import Config  # noqa: PLC0415 - slow to import

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
