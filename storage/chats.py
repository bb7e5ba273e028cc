"""The chats that people have with the bot, for an adapter that must look into them."""

from sqlalchemy import select

from storage import tables
from storage.database import Database


async def chats_of(database: Database, platform: str) -> list[str]:
    """Give the private chats of everybody who can be reached on a platform, those seen last first."""
    person = tables.person.c
    asked = (
        select(person.chat)
        .where(person.platform == platform, person.reachable, person.erased_at.is_(None), person.chat != "")
        .order_by(person.seen_at.desc(), person.id.desc())
    )
    async with database.reading() as connection:
        return list((await connection.execute(asked)).scalars())
