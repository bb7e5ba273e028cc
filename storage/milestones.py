"""Moments of operation: those that are noted once and stay, and those that move on."""

from datetime import datetime

from sqlalchemy import select

from storage import tables
from storage.database import Database
from storage.records import insert, insert_new


async def noted(database: Database, name: str, at: datetime) -> datetime:
    """Note the moment, unless the name has one already; gives the noted one, the same to every process."""
    table = tables.milestone
    async with database.writing() as connection:
        await connection.execute(insert_new(table, connection.dialect.name).values(name=name, at=at))
        found = await connection.execute(select(table.c.at).where(table.c.name == name))
        moment: datetime = found.scalar_one()
    return moment


async def moved_on(database: Database, name: str, at: datetime) -> None:
    """Note the moment in the place of the one before."""
    async with database.writing() as connection:
        new = insert(tables.milestone, connection.dialect.name).values(name=name, at=at)
        await connection.execute(new.on_conflict_do_update(index_elements=["name"], set_={"at": at}))


async def last_of(database: Database, name: str) -> datetime | None:
    """Give the moment that was noted last; None when none was."""
    async with database.reading() as connection:
        moment: datetime | None = await connection.scalar(
            select(tables.milestone.c.at).where(tables.milestone.c.name == name)
        )
    return moment
