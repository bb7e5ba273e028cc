"""The outbox: rows are claimed by the holder of the lane's lease, and end as sent or given up.

Every mark names the fence under which its row was claimed. Once another process has the lane, and has
decided about what was being sent, a mark of the old holder changes nothing.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, literal_column, select, update

from bot.ports import Due, Parcel, Sent
from storage import tables
from storage.claiming import claim, recover
from storage.database import Database
from storage.health import figures_of
from storage.lease import Term, holds, renew, take
from storage.many import many
from storage.mending import RESTORED
from storage.moving import move_chat
from storage.operations import Backlog, backlog_of
from storage.quick import fetch
from storage.tables_delivery import QUEUED, Waiting
from storage.tables_people import UNFINISHED


@dataclass(slots=True)
class Held:
    """A lease as this process last wrote it."""

    fence: int
    holder: str
    #: True when what an older fence left, or a claim that was cut off, was ended.
    recovered: bool = False
    #: Until when a database that this backup replaces sent what was due.
    restored: datetime | None = None


@dataclass(slots=True)
class OutboxTables:
    """`bot.ports.Outbox` on the tables."""

    database: Database
    _held: dict[str, Held] = field(default_factory=dict)
    #: The parcels in hand: under which fence each was claimed, for which lane and chat.
    _claimed: dict[int, tuple[int, str, str]] = field(default_factory=dict)

    async def lease(self, lane: str, holder: str, now: datetime, span: timedelta) -> int | None:
        """Take or renew the lane's lease; give the fence number, None while another holds it."""
        held = self._held.get(lane)
        term = Term(now, span, by_database=self.database.shared)
        async with self.database.writing() as connection:
            if held and held.holder == holder and await renew(connection, lane, held.fence, term):
                return held.fence
            fence = await take(connection, lane, holder, term)
        self._held.pop(lane, None)
        if fence is not None:
            self._held[lane] = Held(fence, holder)
        return fence

    async def claim(
        self, lane: str, fence: int, now: datetime, limit: int, *, without: Sequence[str] = ()
    ) -> list[Parcel]:
        """Mark due rows as being sent, one a chat, replies first; chats in `without` are passed over."""
        held = self._held.get(lane)
        recovered = held is None or held.recovered
        if held:
            held.recovered = False  # cut off before the commit is known, the claim has to be looked for
        async with self.database.writing() as connection:
            if not await holds(connection, lane, fence):
                self._held.pop(lane, None)
                return []
            in_hand = {number: chat for number, (*of, chat) in self._claimed.items() if of == [fence, lane]}
            if held and not recovered:
                await recover(connection, lane, fence, now, in_hand=in_hand)
                held.restored = await connection.scalar(_RESTORED)
            # A chat that is addressed in two ways (as a chat, as a person) gets one at a time all the same.
            busy = {*in_hand.values(), *without} - {""}
            restored = held.restored if held else None
            parcels = await claim(connection, lane, fence, now, limit, busy=busy, restored=restored)
        if held:
            held.recovered = True
        self._claimed.update((parcel.number, (fence, lane, parcel.chat)) for parcel in parcels)
        return parcels

    async def sent(self, parcels: Sequence[tuple[Parcel, Sent]], now: datetime) -> None:
        """Mark them as sent; their words are not kept."""
        rows = [self._mine(parcel) | {"ref_now": sent.ref, "at": now} for parcel, sent in parcels]
        if rows:
            await self._mark(_SENT, rows)

    async def later(self, parcel: Parcel, until: datetime, why: str) -> None:
        """Put it back until then. Waiting for the platform's pace counts as no try."""
        tries = parcel.attempts + (0 if why == "pace" else 1)
        row = {"until": until, "reason": why, "tries": tries}
        await self._mark(_LATER, [self._mine(parcel) | row])

    async def given_up(self, parcel: Parcel, why: str, now: datetime) -> None:
        """Mark it as never to be sent, with the reason."""
        keep = why.startswith(("rejected", "unsure"))
        await self._mark(_GIVEN_UP, [self._mine(parcel) | {"reason": why, "at": now, "keep": keep}])

    async def moved(self, parcel: Parcel, chat: str) -> None:
        """Put the new chat id where the old one was, and the parcel back."""
        async with self.database.writing() as connection:
            row = {"until": parcel.due_at, "reason": "moved", "tries": parcel.attempts}
            await many(connection, _LATER, [self._mine(parcel) | row])
            if parcel.chat:
                await move_chat(connection, parcel.to.platform, parcel.chat, chat)
        self._claimed.pop(parcel.number, None)

    async def next_due(self, unfinished_after: timedelta) -> Due:
        """Give when something waits next, of each kind: one statement, four ends of an index."""
        async with self.database.reading() as connection:
            ((a_round, partnership, touched_at, delivery),) = await fetch(connection, _NEXT)
        left = touched_at + unfinished_after if touched_at else None
        return Due(a_round, partnership, left, delivery)

    async def counts(self) -> dict[str, object]:
        """Give the operators' figures, by the names of `storage.health`."""
        async with self.database.reading() as connection:
            return await figures_of(connection)

    async def backlog(self, now: datetime) -> Backlog:
        """Give how the way out stands, for those who watch the machine."""
        async with self.database.reading() as connection:
            return await backlog_of(connection, now)

    async def outbox_rows(self) -> AsyncIterator[dict[str, Any]]:
        """Give every row as it is, in order of their numbers: for rehearsals and tests."""
        async with self.database.reading() as connection:
            after = 0
            while page := await fetch(connection, _PAGE, {"after": after}):
                for row in page:
                    yield dict(zip(_NAMES, row, strict=True))
                after = page[-1][0]

    async def _mark(self, statement: Any, rows: list[dict[str, Any]]) -> None:
        async with self.database.writing() as connection:
            await many(connection, statement, rows)
        for row in rows:
            self._claimed.pop(row["of"], None)

    def _mine(self, parcel: Parcel) -> dict[str, Any]:
        fence = self._claimed.get(parcel.number, (0,))[0]
        return {"of": parcel.number, "mine": fence}


_outbox = tables.outbox.c
_IN_HAND = update(tables.outbox).where(
    _outbox.number == bindparam("of"),
    _outbox.fence == bindparam("mine"),
    _outbox.state == Waiting.SENDING,
)
#: The last word to somebody who was erased leaves no trace of their chat.
_TARGET = case((_outbox.farewell, literal_column("'erased'")), else_=_outbox.target)
_SENT = _IN_HAND.values(
    state=Waiting.SENT, ref=bindparam("ref_now"), sent_at=bindparam("at"), body=None, why="", target=_TARGET
)
#: What a defect of ours kept from going, or nobody knows about, an operator may send again: for a week.
_BODY = case((bindparam("keep"), _outbox.body), else_=None)
_GIVEN_UP = _IN_HAND.values(
    state=Waiting.GIVEN_UP, why=bindparam("reason"), sent_at=bindparam("at"), body=_BODY, target=_TARGET
)
_LATER = _IN_HAND.values(
    state=Waiting.QUEUED, due_at=bindparam("until"), why=bindparam("reason"), attempts=bindparam("tries")
)
_RESTORED = select(tables.milestone.c.at).where(tables.milestone.c.name == RESTORED)
_NAMES = tuple(column.name for column in tables.outbox.c)
_PAGE = select(tables.outbox).where(_outbox.number > bindparam("after")).order_by(_outbox.number).limit(5000)
_look_at = tables.partnership.c.look_at
_NEXT = select(
    select(func.min(tables.round_.c.look_at)).scalar_subquery().label("round"),
    select(func.min(_look_at)).where(_look_at.is_not(None)).scalar_subquery().label("partnership"),
    select(func.min(tables.dialogue.c.touched_at)).where(UNFINISHED).scalar_subquery().label("application"),
    select(func.min(_outbox.due_at)).where(QUEUED).scalar_subquery().label("delivery"),
)
