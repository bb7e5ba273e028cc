"""/readyz and /metrics over HTTP: what is missing in sentences, and a database that is away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta

import httpx

from adapters.metrics import metrics_route
from adapters.web import health_routes, serving
from bot.entry.watch import Watch
from bot.ports import Due, StoreAway
from storage import StoreImplementation
from storage.operations import Backlog
from tests.core.running import NOW, said
from tests.operations.watched import WatchedBot


class Away:
    """A store whose database hangs or is gone."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error

    async def backlog(self, now: datetime) -> Backlog:
        if self.error is None:
            await asyncio.Event().wait()
        raise self.error or AssertionError

    async def next_due(self, unfinished_after: timedelta) -> Due:
        return Due()


@asynccontextmanager
async def asked(watch: Watch) -> AsyncIterator[httpx.AsyncClient]:
    routes = [*health_routes(watch.readiness), metrics_route(watch.families)]
    async with AsyncExitStack() as stack:
        port = await stack.enter_async_context(serving("127.0.0.1", 0, routes))
        yield await stack.enter_async_context(httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}"))


async def test_ready_tells_the_facts(store: StoreImplementation) -> None:
    watched = WatchedBot(store)
    await watched.hear(said("/help"))
    watched.watch.last_look = NOW

    async with asked(watched.watch) as client:
        answer = await client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "missing": {},
        "database": True,
        "sends": {"playground": True},
        "last_receipt": NOW.isoformat(),
        "last_look": NOW.isoformat(),
    }


async def test_what_is_missing_is_told_in_sentences(store: StoreImplementation) -> None:
    watched = WatchedBot(store)
    watched.watch.unheard = lambda: {"telegram": "no answer for more than three minutes"}

    async with asked(watched.watch) as client:
        answer = await client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["missing"] == {
        "telegram": "no answer for more than three minutes",
        "looks": "nobody has looked yet at what is due",
        "sending playground": "nobody sends on playground",
    }


async def test_looks_that_stopped_are_missed(store: StoreImplementation) -> None:
    watched = WatchedBot(store)
    watched.watch.last_look = NOW
    watched.clock.move(NOW + timedelta(minutes=3))

    missing, _ = await watched.watch.readiness()

    assert missing["looks"] == "the last look at what is due is too long ago"


async def test_a_lease_that_ran_out_is_missed(store: StoreImplementation) -> None:
    watched = WatchedBot(store)
    await watched.deliver()
    watched.clock.move(NOW + timedelta(minutes=1))
    watched.watch.last_look = watched.clock.now()

    missing, _ = await watched.watch.readiness()

    assert missing == {"sending playground": "nobody sends on playground"}


async def test_a_database_that_hangs_or_is_gone_is_told_and_nothing_waits_for_it(
    store: StoreImplementation,
) -> None:
    watched = WatchedBot(store)
    watched.watch.last_look = NOW
    watched.watch.patience = 0.05
    for error in (None, TimeoutError(), StoreAway("gone")):
        watched.watch.store = Away(error)
        async with asked(watched.watch) as client:
            ready, metrics = await client.get("/readyz"), await client.get("/metrics")

        assert ready.json()["missing"] == {"database": "the database does not answer"}
        assert "antipode_database_up 0.0" in metrics.text
        assert "antipode_ready 0.0" in metrics.text


async def test_metrics_are_prometheus_text_with_the_process_own(store: StoreImplementation) -> None:
    async with asked(WatchedBot(store).watch) as client:
        answer = await client.get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "process_resident_memory_bytes" in answer.text
    assert "# TYPE antipode_decision_seconds histogram" in answer.text
