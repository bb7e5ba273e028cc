"""Short ways to say what is there before a test, and to look at the tables after it."""

import asyncio
import threading
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Table, select

from bot.events import Event, Said, Sender
from bot.messages import Address, Delivery, Message
from bot.model import (
    Application,
    ApplicationState,
    Membership,
    Partnership,
    PartnershipState,
    Person,
    Record,
    Round,
    RoundState,
)
from bot.outcome import Outcome
from bot.ports import Parcel
from bot.snapshots import Turn
from storage import StoreImplementation
from storage.records import chosen, load, shape


NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LANE = "telegram"
SPAN = timedelta(seconds=15)

Kept = TypeVar("Kept")

_COUNT_ON = "SELECT setval(pg_get_serial_sequence('person', 'id'), coalesce(max(id), 1)) FROM person"


def ana(number: int = 1, **fields: Any) -> Person:
    """Give a person whose account and chat are 700 + number."""
    account = str(700 + number)
    mine = Person(number, LANE, account, chat=account, name=f"Ana {number}")
    return replace(mine, **fields)


def spring(**fields: Any) -> Round:
    return replace(Round("spring", "Spring", RoundState.RUNNING), **fields)


def applied(person: int, **fields: Any) -> Application:
    moment = NOW + timedelta(minutes=person)
    mine = Application("spring", person, ApplicationState.ACCEPTED, {"name": "Ana"}, moment, "BR")
    return replace(mine, **fields)


def pair(number: int, *members: int, active: bool = True, **fields: Any) -> tuple[Record, ...]:
    """Give a running partnership with its memberships."""
    of = fields.get("round", "spring")
    name = f"{of}.{number}"
    running = PartnershipState.RUNNING
    partnership = Partnership(name, of, number, LANE, members, running, members[0])
    memberships = (Membership(name, member, of, active) for member in members)
    return (replace(partnership, **fields), *memberships)


def said(account: str = "701", text: str = "hello", **fields: Any) -> Said:
    event = Said(id=f"{account}/{text}", platform=LANE, at=NOW, chat=account, text=text)
    return replace(event, **({"sender": Sender(account, "Ana")} | fields))


def to_person(person: int, key: str = "", **fields: Any) -> Delivery:
    return delivery(Address(LANE, "person", str(person)), key or f"to/{person}", **fields)


def delivery(to: Address, key: str, **fields: Any) -> Delivery:
    return replace(Delivery(key, to, Message(f"Hello **{key}**"), NOW), **fields)


async def save(store: StoreImplementation, *records: Record, now: datetime = NOW) -> None:
    async with store.unit() as unit:
        await unit.save(Outcome(records), now)
        if unit.work.locks:  # our people chose their ids themselves: the next id comes after them
            await unit.work.connection.exec_driver_sql(_COUNT_ON)


async def send(store: StoreImplementation, *deliveries: Delivery) -> None:
    async with store.unit() as unit:
        await unit.save(Outcome(deliveries=deliveries), NOW)


async def turn_of(store: StoreImplementation, event: Event, now: datetime = NOW) -> Turn | None:
    async with store.unit() as unit:
        return (await unit.turns((event,), now))[0]


async def fence_of(store: StoreImplementation, now: datetime = NOW, holder: str = "local") -> int:
    fence = await store.lease(LANE, holder, now, SPAN)
    assert fence is not None
    return fence


async def claimed(
    store: StoreImplementation, now: datetime = NOW, limit: int = 10, without: Sequence[str] = ()
) -> list[Parcel]:
    return await store.claim(LANE, await fence_of(store, now), now, limit, without=without)


def keys(parcels: Sequence[Parcel]) -> list[str]:
    return [parcel.key for parcel in parcels]


async def every(store: StoreImplementation, kind: type[Kept]) -> list[Kept]:
    """Give every record of a kind, in order of their keys."""
    async with store.database.writing() as connection:
        return await load(connection, kind, chosen(kind).order_by(*shape(kind).table.primary_key))


async def rows(store: StoreImplementation, table: Table) -> list[dict[str, Any]]:
    """Give every row of a table."""
    async with store.database.writing() as connection:
        return [dict(row) for row in (await connection.execute(select(table))).mappings()]


async def outbox(store: StoreImplementation) -> dict[str, dict[str, Any]]:
    """Give the outbox by key."""
    return {row["key"]: row async for row in store.outbox_rows()}


def in_new_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end in a thread of its own, whatever loop runs here."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(work)
        except BaseException as error:  # noqa: BLE001 - raised again below
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
