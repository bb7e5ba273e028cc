"""The store: `bot.ports.Store` on SQLite or PostgreSQL."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.events import Event
from bot.messages import Delivery
from bot.outcome import Outcome
from bot.ports import Needs
from bot.snapshots import Book, Desk, Hall, Turn
from storage import inbox, schema
from storage.at_length import Thought, at_length
from storage.away import told, usable
from storage.books import books_due
from storage.columns import forget_texts
from storage.database import Database
from storage.desk import desk
from storage.halls import halls_due
from storage.letters import bury
from storage.outbox import OutboxTables
from storage.retention import outlived, tidy
from storage.saving import save
from storage.turns import turns, unfinished
from storage.work import Work


WEEK = timedelta(days=7)
ERASED_AT_ONCE = 20


def open_store(
    url: str,
    *,
    holder: str = "local",
    pace: timedelta = WEEK,
    durable: bool = True,
    shared: bool = False,
) -> "StoreImplementation":
    """Open the database of `url`: `sqlite:///file.db`, `sqlite://` (a file for this run) or `postgresql://…`.

    `holder` is this process's name for leases: one that stays on SQLite, one of its own on PostgreSQL.
    `pace` is how long a week of the program lasts. What is not `durable` may be lost when the machine
    stops, but not when the process does: for rehearsals on SQLite, which then need not wait for the disk.
    Where it is `shared` by several processes, leases go by the clock of PostgreSQL.
    Raises StoreInUse when another process has the file, StoreUnusable for an URL that is none.
    """
    return StoreImplementation(Database(url, durable=durable, shared=shared), holder=holder, pace=pace)


@dataclass(frozen=True, slots=True)
class UnitImplementation:
    """`bot.ports.Unit` on the tables: one transaction."""

    work: Work

    async def fresh(self, events: Sequence[Event]) -> list[Event]:
        """Put the events' ids into the inbox; give those that were not in it, in order."""
        return await inbox.fresh(self.work.connection, events)

    async def turns(self, events: Sequence[Event], now: datetime) -> list[Turn | None]:
        """Give the snapshot of each event; None where it is nobody's room or chat."""
        return await turns(self.work, events, now)

    async def desk(self, event: Event, needs: Needs, now: datetime) -> Desk | None:
        """Give what a director's command needs; None when it does not come from a directors' room."""
        return await desk(self.work, event, needs, now)

    async def books_due(self, now: datetime, limit: int) -> list[Book]:
        """Give partnerships whose `look_at` has come, oldest first, locked."""
        return await books_due(self.work, now, limit)

    async def halls_due(self, now: datetime, limit: int) -> list[Hall]:
        """Give rounds whose `look_at` has come, oldest first, locked."""
        return await halls_due(self.work, now, limit)

    async def unfinished(self, before: datetime, limit: int, now: datetime) -> list[Turn]:
        """Give people whose application waits since `before` and who were not reminded."""
        return await unfinished(self.work, before, limit, now)

    async def at_length(self, rule: Callable[[], Thought]) -> Thought:
        """Give what a rule gives that may think for minutes."""
        return await at_length(self.work.connection, rule)

    async def outlived(self, before: datetime, limit: int) -> list[int]:
        """Give people whose data nobody needs since `before`: their last round ended then."""
        return await outlived(self.work, before, limit)

    async def save(self, outcome: Outcome, now: datetime) -> None:
        """Save the records, put the deliveries in the outbox (a key that is there is left as it is)."""
        await save(self.work, outcome, now)

    async def dead_letter(
        self,
        platform: str,
        event: str,
        error: str,
        payload: str,
        *,
        of: Event | None = None,
        at: datetime | None = None,
    ) -> None:
        """Keep an event that could not be decided for the operators, with `of` to be tried again."""
        name = (platform, event)
        await bury(self.work.connection, name=name, error=error, payload=payload, of=of, at=at)


class StoreImplementation(OutboxTables):
    """`bot.ports.Store`: units of work and the outbox."""

    def __init__(self, database: Database, *, holder: str = "local", pace: timedelta = WEEK) -> None:
        super().__init__(database)
        self.holder = holder
        self.pace = pace

    async def migrate(self) -> None:
        """Bring the database to the newest schema, from an empty one on.

        Raises StoreAway, or StoreUnusable where that cannot be done.
        """
        with usable(), told(is_sqlite=self.database.is_sqlite):
            await schema.migrate(self.database)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[UnitImplementation]:
        """Begin a transaction; leaving it commits, an exception rolls back."""
        async with self.database.writing() as connection:
            work = Work(connection, self.pace)
            yield UnitImplementation(work)
        if work.erased:
            forget_texts()
            await self.database.shrink_log()

    async def tidy(self, now: datetime, keep: timedelta) -> int:
        """Erase people whose last round ended `keep` ago, delete rows as old; gives how many were erased.

        A bounded batch a call: call it once a day, again while it gives something.
        """
        async with self.unit() as unit:
            found = await outlived(unit.work, now - keep, ERASED_AT_ONCE)
            await unit.save(Outcome(erasures=tuple(found)), now)
            await tidy(unit.work.connection, now, now - keep)
        return len(found)

    async def put(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """Put deliveries in by themselves."""
        if deliveries:
            async with self.unit() as unit:
                await unit.save(Outcome(deliveries=tuple(deliveries)), now)

    async def close(self) -> None:
        """Close every connection; a database file is free for another process again."""
        await self.database.close()
