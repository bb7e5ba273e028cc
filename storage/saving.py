"""Saving an outcome: records in the order of their dependence, deliveries into the outbox, erasures."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, func, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Delivery, to_json
from bot.model import Case, Membership, Partnership, Person, Record, Round
from bot.outcome import Outcome
from storage import tables
from storage.changes import save_changes
from storage.erasure import erase
from storage.many import many
from storage.records import TABLES, drop, insert, insert_new, person_row, shape, upsert
from storage.tables_delivery import Waiting
from storage.work import Work


#: What turns and looks read with nearly every decision.
_OFTEN_READ = frozenset({Round, Person, Partnership})
_ANSWERS = ("reply/", "settle/")


async def save(work: Work, outcome: Outcome, now: datetime) -> None:
    """Save all of it: what is gone first, so that a record both dropped and saved stays."""
    connection = work.connection
    if outcome.drops:
        await _drop(connection, outcome.drops)
        for record in outcome.drops:
            work.seen.forget(type(record), shape(type(record)).key(record))
    if outcome.saves:
        await _save(work, outcome.saves)
    farewells = await erase(connection, outcome.erasures, now) if outcome.erasures else frozenset()
    for person in outcome.erasures:
        work.seen.forget(Person, person)
    work.erased = work.erased or bool(outcome.erasures)
    if outcome.deliveries:
        rows = [_delivery(delivery, farewells, now) for delivery in outcome.deliveries]
        await many(connection, _enqueue(connection.dialect.name), rows)


async def _save(work: Work, records: Sequence[Record]) -> None:
    latest: dict[type[Any], dict[Any, Record]] = {}
    for record in records:
        kind = type(record)
        latest.setdefault(kind, {})[shape(kind).key(record)] = record
    for kind in TABLES:
        if found := latest.get(kind):
            await _save_kind(work, kind, list(found.values()))


async def _save_kind(work: Work, kind: type[Any], records: list[Any]) -> None:
    if kind in _OFTEN_READ:
        records = await save_changes(work.connection, work.seen, records)
    if kind is Round:
        work.forget_rounds()
        await _add_rounds(work, records)
    elif kind is Case:
        await _save_cases(work.connection, records)
    elif kind is Membership:
        # Who leaves one partnership for another in one outcome leaves first.
        records.sort(key=lambda membership: membership.active)
        await upsert(work.connection, kind, [shape(kind).row(record) for record in records])
    else:
        row = person_row if kind is Person else shape(kind).row
        await upsert(work.connection, kind, [row(record) for record in records])


async def _add_rounds(work: Work, rounds: list[Round]) -> None:
    """Save rounds that this transaction has not read: new ones are the newest from now on."""
    last = select(func.coalesce(func.max(tables.round_.c.made), 0) + 1).scalar_subquery()
    for each in rounds:
        row = shape(Round).row(each)
        new = insert(tables.round_, work.connection.dialect.name).values(row | {"made": last})
        await work.connection.execute(new.on_conflict_do_update(index_elements=["id"], set_=row))


async def _save_cases(connection: AsyncConnection, cases: list[Case]) -> None:
    """Open new cases (the same key opens one only; a report may be told more of), change known ones."""
    rows = [shape(Case).row(case) for case in cases]
    if known := [row for row in rows if row["number"]]:
        await many(connection, _change_case(), [row | {"number_of": row["number"]} for row in known])
    if new := [row for row in rows if not row["number"]]:
        for row in new:
            del row["number"]
        await many(connection, _open_case(connection.dialect.name), new)


async def _drop(connection: AsyncConnection, records: Iterable[Record]) -> None:
    gone: dict[type[Any], list[Record]] = {}
    for record in records:
        gone.setdefault(type(record), []).append(record)
    for kind in reversed(TABLES):
        if kind is Partnership and kind in gone:
            await _drop_members(connection, [record.id for record in gone[kind] if isinstance(record, kind)])
        if kind in gone:
            await drop(connection, kind, gone[kind])


async def _drop_members(connection: AsyncConnection, partnerships: list[str]) -> None:
    """Take along what belongs to partnerships that are dropped: a draft that is drafted anew."""
    rows = [{"gone": partnership} for partnership in partnerships]
    for table in (tables.check_in, tables.membership):
        await connection.execute(delete(table).where(table.c.partnership == bindparam("gone")), rows)


def _delivery(delivery: Delivery, farewells: frozenset[tuple[str, str]], now: datetime) -> dict[str, Any]:
    to = delivery.to
    # A platform tells when something was said in whole seconds, and not at all when it was tapped: answers
    # stand in the order in which they were decided.
    answers = delivery.key.startswith(_ANSWERS)
    return {
        "key": delivery.key,
        "lane": to.platform,
        "target": f"{to.kind}/{to.id}",
        "platform": to.platform,
        "body": to_json(delivery.body),
        "due_at": delivery.due_at,
        "planned_at": max(delivery.due_at, now) if answers else delivery.due_at,
        "give_up_at": delivery.give_up_at,
        "zones": delivery.zones,
        "urgent": delivery.urgent,
        "unsure": delivery.unsure,
        "state": Waiting.QUEUED,
        "fence": 0,
        "attempts": 0,
        "why": "",
        "ref": "",
        "farewell": bool(farewells) and (to.platform, f"{to.kind}/{to.id}") in farewells,
    }


@cache
def _enqueue(dialect: str) -> Any:
    names = [name for name in tables.outbox.c.keys() if name not in ("number", "sent_at")]  # noqa: SIM118
    return insert_new(tables.outbox, dialect).values({name: bindparam(name) for name in names})


@cache
def _change_case() -> Any:
    """Change all but what was tried: of a report more may have come since the case was read."""
    case = tables.case
    names = [name for name in shape(Case).names if name not in ("number", "tried")]
    changed = update(case).where(case.c.number == bindparam("number_of"))
    return changed.values({name: bindparam(name) for name in names})


@cache
def _open_case(dialect: str) -> Any:
    names = [name for name in shape(Case).names if name != "number"]
    new = insert(tables.case, dialect).values({name: bindparam(name) for name in names})
    told = {name: new.excluded[name] for name in ("tried", "state", "closed_at")}
    return new.on_conflict_do_update(
        index_elements=["key"], set_=told, where=tables.case.c.kind == literal_column("'report'")
    )
