"""A chat that has a new id (a group that became a supergroup): it takes the old one's place everywhere."""

from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables
from storage.tables_delivery import ACTIVE


async def move_chat(connection: AsyncConnection, platform: str, old: str, new: str) -> None:
    """Put the new id into people, partnerships, the directors' room and what waits to be sent."""
    where = {"on": platform, "old": old, "new": new}
    for statement in _HOLDERS:
        await connection.execute(statement, where)
    for kind in ("chat", "directors"):
        there = {"on": platform, "old": f"{kind}/{old}", "new": f"{kind}/{new}"}
        await connection.execute(_TARGETS, there)


_HOLDERS = [
    update(table)
    .where(table.c.platform == bindparam("on"), table.c.chat == bindparam("old"))
    .values(chat=bindparam("new"))
    for table in (tables.person, tables.partnership, tables.directors_room)
]
_TARGETS = (
    update(tables.outbox)
    .where(ACTIVE, tables.outbox.c.platform == bindparam("on"), tables.outbox.c.target == bindparam("old"))
    .values(target=bindparam("new"))
)
