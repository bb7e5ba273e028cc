"""By which account the bot speaks on a platform: what is known of messages' numbers is that account's own."""

from datetime import datetime

from sqlalchemy import delete, select, update

from storage import tables
from storage.database import Database
from storage.records import insert_new
from storage.tables_delivery import Waiting


async def speaks_as(database: Database, platform: str, account: str, now: datetime) -> None:
    """Note the account. Where it was another before, no dialogue knows any more what was heard and asked.

    Message ids of a new bot begin anew (Telegram's count for each account): compared with the old ones,
    everything people write would have come too late.
    """
    before, name = f"account {platform}/", f"account {platform}/{account}"
    milestone, dialogue, person = tables.milestone, tables.dialogue, tables.person.c
    outbox = tables.outbox
    others = milestone.c.name.startswith(before, autoescape=True) & (milestone.c.name != name)
    async with database.writing() as connection:
        if (await connection.execute(delete(milestone).where(others))).rowcount:
            theirs = dialogue.c.person.in_(select(person.id).where(person.platform == platform))
            await connection.execute(update(dialogue).where(theirs).values(heard=0.0, asked=""))
            # What waits under another dialogue knows by which delivery it was asked, too.
            mine = (outbox.c.platform == platform) & (outbox.c.state == Waiting.SENT)
            await connection.execute(update(outbox).where(mine).values(ref=""))
        await connection.execute(insert_new(milestone, connection.dialect.name).values(name=name, at=now))
