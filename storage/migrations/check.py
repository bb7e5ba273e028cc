"""Proves that the migrations lead to the tables: `python -m storage.migrations.check` (exit 1 if not).

`python -m storage.migrations.check "Say what changes."` writes the step that is missing.
"""

import asyncio
import sys
from pprint import pformat

from storage.database import Database
from storage.schema import differences, migrate, write_revision


async def check(message: str = "") -> int:
    """Migrate an empty SQLite file and compare; give 1 when tables and migrations differ."""
    database = Database("sqlite://")
    try:
        await migrate(database)
        async with database.writing() as connection:
            found = await connection.run_sync(differences)
            if found and message:
                await connection.run_sync(write_revision, message)
    finally:
        await database.close()
    if found:
        sys.stderr.write(pformat(found) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(check(*sys.argv[1:2])))
