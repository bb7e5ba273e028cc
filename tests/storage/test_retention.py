"""Retention: people and rows go when their time is over, and not before."""

from bot.model import ApplicationState, Person, RoundState
from bot.ports import Sent
from storage import StoreImplementation, tables
from tests.storage.given import (
    DAY,
    NOW,
    ana,
    applied,
    claimed,
    every,
    rows,
    said,
    save,
    send,
    spring,
    to_person,
)


YEAR = 365 * DAY
LONG_AGO = NOW - 400 * DAY


async def test_people_go_a_set_time_after_their_last_round(store: StoreImplementation) -> None:
    """Those who never took part, a set time after they were last seen."""
    old = spring(id="old", state=RoundState.ENDED, ended_at=LONG_AGO)
    recent = spring(id="recent", state=RoundState.ENDED, ended_at=NOW - 30 * DAY)
    people = [ana(number, seen_at=LONG_AGO) for number in range(1, 5)]
    stay = [ana(5, seen_at=LONG_AGO, wants_news=True), ana(6, seen_at=LONG_AGO, director=True)]
    applications = [
        applied(1, round="old", state=ApplicationState.PLACED),
        applied(2, round="recent", state=ApplicationState.PLACED),
        applied(3, round="spring", state=ApplicationState.PLACED),
    ]
    await save(store, old, recent, spring(), *people, *stay, ana(7, seen_at=NOW), *applications)

    assert await store.tidy(NOW, YEAR) == 2
    assert [person.id for person in await every(store, Person) if person.erased_at] == [1, 4]
    assert await store.tidy(NOW, YEAR) == 0


async def test_rows_of_the_machinery_go_when_nobody_needs_them(store: StoreImplementation) -> None:
    """Receipts after a month, deliveries that ended with their round's data; what waits stays."""
    await save(store, ana())
    async with store.unit() as unit:
        await unit.fresh([said(id="old", at=LONG_AGO), said(id="new")])
    await send(store, to_person(1, "old"))
    await store.sent([(parcel, Sent()) for parcel in await claimed(store)], LONG_AGO)
    await send(store, to_person(1, "new"))

    await store.tidy(NOW, YEAR)

    assert [row["event"] for row in await rows(store, tables.inbox)] == ["new"]
    assert [row["key"] for row in await rows(store, tables.outbox)] == ["new"]
