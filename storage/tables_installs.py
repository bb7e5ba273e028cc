"""The table of the workspaces that installed the app, where there may be several."""

from datetime import datetime

from sqlmodel import Field

from storage.tables_base import Row, table


class InstallationRow(Row, table=True):
    """`bot.ports.Installation`; the token is sealed before it comes here."""

    __tablename__ = "installation"

    platform: str = Field(primary_key=True)
    team: str = Field(primary_key=True)
    name: str
    bot_user: str
    bot: str
    scopes: str
    token: str
    installed_at: datetime
    ended_at: datetime | None


installation = table(InstallationRow)
