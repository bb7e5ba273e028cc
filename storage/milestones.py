"""Moments of operation that are noted once and stay."""

from datetime import datetime

from sqlalchemy import select

from storage import tables
from storage.database import Database
from storage.records import insert_new


async def noted(database: Database, name: str, at: datetime) -> datetime:
    """Note the moment, unless the name has one already; gives the noted one, the same to every process."""
    table = tables.milestone
    async with database.writing() as connection:
        await connection.execute(insert_new(table, connection.dialect.name).values(name=name, at=at))
        found = await connection.execute(select(table.c.at).where(table.c.name == name))
        moment: datetime = found.scalar_one()
    return moment
