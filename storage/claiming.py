"""Claiming: picks the rows that may go now, finds their chats, marks them as being sent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.endings import to_writer
from bot.messages import Address, Body, Unsure, from_json
from bot.outcome import Outcome
from bot.ports import Parcel
from storage import tables
from storage.addresses import Place, Target, find_places
from storage.line import Standing, due, first, lines, put_behind
from storage.many import many
from storage.mending import BEFORE
from storage.quick import fetch
from storage.saving import save
from storage.tables_delivery import ACTIVE, Waiting
from storage.work import Work


@dataclass(slots=True)
class Claim:
    """One claim on a lane while it is made."""

    connection: AsyncConnection
    lane: str
    fence: int
    now: datetime
    limit: int
    #: Chats that are passed over, and those that have a parcel already.
    busy: set[str]
    #: Until when a database that this backup replaces sent what was due; None where none was restored.
    restored: datetime | None = None
    #: Targets that were looked at.
    passed: set[str] = field(default_factory=set)
    parcels: list[Parcel] = field(default_factory=list)
    #: Rows that are never to be sent, by the reason.
    hopeless: dict[str, list[int]] = field(default_factory=dict)


async def claim(
    connection: AsyncConnection,
    lane: str,
    fence: int,
    now: datetime,
    limit: int,
    *,
    busy: Collection[str],
    restored: datetime | None = None,
) -> list[Parcel]:
    """Mark at most `limit` due rows as being sent and give them as parcels; none to the chats in `busy`."""
    work = Claim(connection, lane, fence, now, limit, set(busy), restored)
    window = 2 * limit + 32
    full = True
    while full and len(work.parcels) < limit:
        targets = await due(connection, lane, now, window, work.passed)
        full = len(targets) == window
        if targets:
            await _take(work, dict.fromkeys(targets))
    await _give_up(work)
    if work.parcels:
        numbers = [{"of": parcel.number, "fence_now": fence} for parcel in work.parcels]
        await many(connection, _SENDING, numbers)
    return work.parcels


async def recover(
    connection: AsyncConnection, lane: str, fence: int, now: datetime, *, in_hand: Collection[int] = ()
) -> None:
    """End what an older fence left being sent: nobody knows whether it arrived, so its policy decides.

    What was claimed under this fence and is in nobody's hand never left: its claim was cut off.
    """
    outbox = tables.outbox.c
    ours = (ACTIVE, outbox.state == Waiting.SENDING, outbox.lane == lane)
    left = (*ours, outbox.fence < fence)
    await _hold(connection, (*left, outbox.unsure == Unsure.HOLD), now)
    again = {"state": Waiting.QUEUED, "attempts": outbox.attempts + 1, "why": "the sender stopped"}
    await connection.execute(update(tables.outbox).where(*left).values(again))
    elsewhere: list[Any] = [outbox.number.not_in(list(in_hand))] if in_hand else []
    cut_off = (*ours, outbox.fence == fence, *elsewhere)
    await connection.execute(update(tables.outbox).where(*cut_off).values(state=Waiting.QUEUED))


async def _hold(connection: AsyncConnection, those: Sequence[Any], now: datetime) -> None:
    """Never send what must not come twice; whoever wrote it to a partner is told."""
    found = (await connection.execute(select(*_HELD).where(*those))).fetchall()
    bodies = [(key, platform, from_json(body), *when) for key, platform, body, *when in found if body]
    told = tuple(delivery for each in bodies for delivery in to_writer(*each))
    held = {"state": Waiting.GIVEN_UP, "why": "unsure", "body": None, "sent_at": now}
    await connection.execute(update(tables.outbox).where(*those).values(held))
    await save(Work(connection, timedelta()), Outcome(deliveries=told), now)


async def _take(work: Claim, targets: Sequence[str] | dict[str, None]) -> None:
    """Take from each target, in the order given, the row that may go now."""
    standing = await lines(work.connection, work.lane, targets, work.now)
    heads: list[Standing] = []
    behind: list[Standing] = []
    for target in targets:
        work.passed.add(target)
        line = _in_time(work, standing.get(target, []))
        head, pushed = first(line, work.now)
        behind += pushed
        if head:
            heads.append(head)
    await put_behind(work.connection, behind)
    heads.sort(key=lambda head: (not head.urgent, head.due_at, head.number))
    for at in range(0, len(heads), work.limit):
        await _resolve(work, heads[at : at + work.limit])
        if len(work.parcels) >= work.limit:
            return


def _in_time(work: Claim, line: list[Standing]) -> list[Standing]:
    late = [each for each in line if each.give_up_at and each.give_up_at <= work.now and _queued(each)]
    if not late:
        return line
    work.hopeless.setdefault("too late", []).extend(each.number for each in late)
    return [each for each in line if each not in late]


def _queued(standing: Standing) -> bool:
    return standing.state is Waiting.QUEUED


async def _resolve(work: Claim, heads: Sequence[Standing]) -> None:
    """Find the chats and make the parcels; one a chat, whatever it was addressed as."""
    numbers = {"numbers": [head.number for head in heads]}
    said = dict(await fetch(work.connection, _BODIES, numbers))
    bodies = [from_json(said[head.number]) if said[head.number] else None for head in heads]
    wanted = [(_target(head), body) for head, body in zip(heads, bodies, strict=True)]
    places = await find_places(work.connection, wanted)
    for head, body, place in zip(heads, bodies, places, strict=True):
        if _was_sent(work, head):
            work.hopeless.setdefault(BEFORE, []).append(head.number)
        elif place.why or body is None:
            work.hopeless.setdefault(place.why or "erased", []).append(head.number)
        elif place.chat not in work.busy and len(work.parcels) < work.limit:
            work.parcels.append(_parcel(head, body, place))
            work.busy |= {place.chat} - {""}


def _was_sent(work: Claim, row: Standing) -> bool:
    """Tell whether the database that this backup replaces has sent it; an answer goes to who writes now."""
    answer = row.key.startswith(("reply/", "settle/"))
    return work.restored is not None and row.planned_at < work.restored and not answer


def _target(row: Standing) -> Target:
    kind, _, name = row.target.partition("/")
    return row.platform, kind, name


def _parcel(row: Standing, body: Body, place: Place) -> Parcel:
    return Parcel(
        number=row.number,
        key=row.key,
        to=Address(*_target(row)),
        chat=place.chat,
        body=body,
        due_at=row.due_at,
        give_up_at=row.give_up_at,
        zones=row.zones,
        unsure=row.unsure,
        attempts=row.attempts,
        language=place.language,
        accounts=place.accounts,
        zone=place.zone,
    )


async def _give_up(work: Claim) -> None:
    rows = [
        {"of": number, "reason": why, "at": work.now}
        for why, numbers in work.hopeless.items()
        for number in numbers
    ]
    if rows:
        await many(work.connection, _HOPELESS, rows)


_outbox = tables.outbox.c
_HELD = (_outbox.key, _outbox.platform, _outbox.body, _outbox.due_at, _outbox.give_up_at)
_BODIES = select(_outbox.number, _outbox.body).where(_outbox.number.in_(bindparam("numbers", expanding=True)))
_SENDING = (
    update(tables.outbox)
    .where(_outbox.number == bindparam("of"))
    .values(state=Waiting.SENDING, fence=bindparam("fence_now"))
)
_HOPELESS = (
    update(tables.outbox)
    .where(_outbox.number == bindparam("of"))
    .values(state=Waiting.GIVEN_UP, why=bindparam("reason"), body=None, sent_at=bindparam("at"))
)
