"""/metrics: every number that operators are promised, with labels that stay few."""

import re
from datetime import timedelta

from bot.messages import Address, Delivery, Message
from bot.outcome import Outcome
from bot.ports import CannotReach, NotSent, RetryLater
from storage import StoreImplementation
from storage.quick import QUERIES
from tests.core.running import NOW, said
from tests.operations.watched import WatchedBot


async def test_what_came_was_decided_and_sent_is_counted(store: StoreImplementation) -> None:
    watched = WatchedBot(store)

    await watched.hear(said("/help", 1), said("/help", 1), said("/privacy", 2, "ben"))

    found = await watched.metrics()
    assert found['antipode_events_received_total{kind="Said",platform="playground"}'] == 3
    assert found['antipode_events_repeated_total{platform="playground"}'] == 1
    assert found['antipode_events_decided_total{platform="playground"}'] == 2
    assert found['antipode_deliveries_sent_total{platform="playground"}'] == 2
    assert found["antipode_decision_seconds_count"] == 1
    assert found["antipode_last_receipt_timestamp_seconds"] == NOW.timestamp()


async def test_refusals_and_what_was_given_up_are_counted(store: StoreImplementation) -> None:
    watched = WatchedBot(store)
    refusals = [RetryLater(timedelta(seconds=1)), NotSent("connect"), CannotReach("blocked"), None]
    watched.chat.refuse = lambda parcel: refusals.pop(0) if refusals else None

    await watched.hear(said("/help"))
    for _ in range(3):
        watched.clock.move(watched.clock.now() + timedelta(minutes=1))
        await watched.deliver()

    found = await watched.metrics()
    assert found['antipode_rate_limited_total{platform="playground"}'] == 1
    assert found['antipode_deliveries_retried_total{platform="playground",reason="not-sent"}'] == 1
    assert found['antipode_deliveries_given_up_total{platform="playground"}'] == 1
    assert found['antipode_given_up_last_day{platform="playground",reason="blocked"}'] == 1


async def test_what_waits_is_told_by_its_age(store: StoreImplementation) -> None:
    watched = WatchedBot(store)
    to = Address("playground", "chat", "ana")
    ages = (timedelta(hours=-1), timedelta(0), timedelta(minutes=5), timedelta(minutes=30), timedelta(days=1))
    late = tuple(Delivery(f"a/{at}", to, Message("a"), NOW - age) for at, age in enumerate(ages))
    async with store.unit() as unit:
        await unit.save(Outcome(deliveries=late), NOW)

    found = await watched.metrics()

    waiting = {name: value for name, value in found.items() if name.startswith("antipode_deliveries_waiting")}
    assert list(waiting.values()) == [1, 1, 1, 1, 1]
    assert found['antipode_oldest_due_seconds{platform="playground"}'] == 86400


async def test_who_sends_and_how_late_the_looks_are_is_told(store: StoreImplementation) -> None:
    watched = WatchedBot(store)
    await watched.deliver()
    watched.watch.last_look = NOW
    watched.clock.move(NOW + timedelta(seconds=5))

    found = await watched.metrics()

    assert found['antipode_lease_held{platform="playground"}'] == 1
    assert found['antipode_lease_live{platform="playground"}'] == 1
    assert found["antipode_look_age_seconds"] == 5
    assert found["antipode_look_late_seconds"] == 0
    assert found["antipode_ready"] == 1
    assert found["antipode_database_up"] == 1
    assert found["antipode_dead_letters"] == 0
    assert found["antipode_clock_steps_total"] == 0


async def test_however_many_people_write_the_lines_stay_as_few(store: StoreImplementation) -> None:
    watched = WatchedBot(store)
    await watched.hear(said("/help", 0, "first"))
    before = set(await watched.metrics())

    await watched.hear(*(said("/help", number, f"person{number}") for number in range(1, 40)))

    assert set(await watched.metrics()) == before


async def test_labels_are_platforms_kinds_and_reasons_alone(store: StoreImplementation) -> None:
    watched = WatchedBot(store)
    watched.chat.refuse = lambda _: CannotReach("a sentence of the platform about Ana")
    await watched.hear(said("/help"))

    names = {name for line in await watched.metrics() for name in re.findall(r"(\w+)=", line)}
    values = {value for line in await watched.metrics() for value in re.findall(r'="([^"]*)"', line)}

    assert names <= {"platform", "kind", "reason", "age", "le"}
    assert "other" in values
    assert not [value for value in values if "Ana" in value]


async def test_what_is_asked_every_few_seconds_reads_indexes_alone(store: StoreImplementation) -> None:
    """However much was ever sent; dead letters and leases are few."""
    QUERIES.clear()
    await store.backlog(NOW)
    steps: set[str] = set()
    async with store.database.reading() as connection:
        for query in QUERIES.values():
            asked = f"EXPLAIN QUERY PLAN {query.text}"
            plan = await connection.exec_driver_sql(asked, tuple(None for _ in query.names))
            steps |= {str(step.detail) for step in plan}

    scans = {step for step in steps if step.startswith("SCAN")}
    assert scans == {
        "SCAN outbox USING INDEX ix_outbox_due", "SCAN dead_letter", "SCAN lease", "SCAN CONSTANT ROW",
    }  # fmt: skip
