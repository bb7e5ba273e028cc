"""One transaction's work: the connection, and what of the few rounds and directors' rooms was read in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import DirectorsRoom, Round
from storage import tables
from storage.changes import Seen
from storage.quick import fetch_records
from storage.records import chosen


@dataclass(slots=True)
class Work:
    """What the parts of one transaction share."""

    connection: AsyncConnection
    #: How long a week of the program lasts.
    pace: timedelta
    #: Records as they were when this transaction read them.
    seen: Seen = field(default_factory=Seen)
    #: True when somebody was erased: then nothing of them may stay in the database's log.
    erased: bool = False
    _rounds: tuple[Round, ...] | None = None

    @property
    def locks(self) -> bool:
        """True where other processes may write meanwhile, and rows must be locked."""
        return self.connection.dialect.name == "postgresql"

    async def rounds(self) -> tuple[Round, ...]:
        """Give every round, the newest first: there are few."""
        if self._rounds is None:
            self._rounds = tuple(await fetch_records(self.connection, Round, _ROUNDS))
            self.seen.note(self._rounds)
        return self._rounds

    def forget_rounds(self) -> None:
        """Read the rounds again when they are asked for next: one was changed."""
        self._rounds = None

    async def rooms(self) -> dict[str, DirectorsRoom]:
        """Give the directors' rooms by platform, the first that was claimed first."""
        found = await fetch_records(self.connection, DirectorsRoom, _ROOMS)
        return {room.platform: room for room in found}


def main_room(rooms: Mapping[str, DirectorsRoom], platform: str) -> DirectorsRoom | None:
    """Give where directors hear of somebody on this platform: its own room, else the first that there is."""
    return rooms.get(platform) or next(iter(rooms.values()), None)


_ROUNDS = chosen(Round).order_by(tables.round_.c.made.desc())
_ROOMS = chosen(DirectorsRoom).order_by(tables.directors_room.c.claimed_at)
