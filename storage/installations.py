"""The workspaces that installed the app: kept when they do, ended when they do not want it any more."""

from datetime import datetime

from sqlalchemy import select, update

from bot.ports import Installation
from storage import tables
from storage.database import Database
from storage.records import insert_new


_NAMES = ("platform", "team", "name", "bot_user", "bot", "scopes", "token", "installed_at", "ended_at")


class Installations:
    """The installations of one platform."""

    def __init__(self, database: Database, platform: str) -> None:
        """Take the database and the platform's name."""
        self.database = database
        self.platform = platform

    async def all(self) -> list[Installation]:
        """Give every installation, ended ones too, oldest first."""
        table = tables.installation
        asked = select(*(table.c[name] for name in _NAMES)).where(table.c.platform == self.platform)
        async with self.database.reading() as connection:
            found = await connection.execute(asked.order_by(table.c.installed_at, table.c.team))
            return [Installation(*row) for row in found]

    async def keep(self, installation: Installation) -> None:
        """Keep an installation; a workspace that installs again takes the place of what it was."""
        row = {name: getattr(installation, name) for name in _NAMES}
        table = tables.installation
        mine = (table.c.platform == self.platform, table.c.team == installation.team)
        async with self.database.writing() as connection:
            changed = await connection.execute(update(table).where(*mine).values(row))
            if not changed.rowcount:
                await connection.execute(insert_new(table, connection.dialect.name).values(row))

    async def end(self, team: str, now: datetime) -> None:
        """Note that a workspace does not want the app any more; its token is forgotten."""
        table = tables.installation
        mine = (table.c.platform == self.platform, table.c.team == team, table.c.ended_at.is_(None))
        async with self.database.writing() as connection:
            await connection.execute(update(table).where(*mine).values(ended_at=now, token=""))
