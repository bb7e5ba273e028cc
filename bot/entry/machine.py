"""A running bot: senders, looks, heartbeat, receivers and the web server, stopped together and cleanly."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

import structlog
from starlette.routing import BaseRoute

from adapters.metrics import metrics_route
from adapters.web import health_routes, serving
from bot.app import Bot
from bot.entry.watch import Watch
from bot.ports import StoreAway
from bot.sender import Lane
from scheduler.heartbeat import Heartbeat, SteadyClock
from scheduler.jobs import Job, put, scheduler_of


log = structlog.get_logger()

Receiver: TypeAlias = Callable[[], Coroutine[object, object, None]]


def _nothing() -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class Receiving:
    """How events come in."""

    routes: Sequence[BaseRoute] = ()
    #: Each receives until cancelled (polling, a socket).
    runs: Sequence[Receiver] = ()
    #: Tells what is missing, name and sentence, for /readyz.
    missing: Callable[[], Mapping[str, str]] = _nothing


@dataclass
class Machine:
    """Everything that runs while the bot runs."""

    bot: Bot
    clock: SteadyClock
    lanes: Sequence[Lane]
    receiving: Receiving
    watch: Watch
    http: tuple[str, int] = ("127.0.0.1", 8000)
    jobs: Sequence[Job] = ()
    every: timedelta = timedelta(seconds=1)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, started: Callable[[int], None] = lambda port: None) -> None:
        """Run until SIGTERM, SIGINT or `stopping`; raises what a part raised when one of them broke."""
        jobs = [Job("look", self.every, self._look), *self.jobs]
        scheduler = scheduler_of(jobs)

        async def on_step(step: timedelta) -> None:
            log.warning("clock_stepped", seconds=step.total_seconds())
            self.watch.clock_steps += 1
            for job in jobs:
                put(scheduler, job)
            await self._look()

        self.watch.unheard = self.receiving.missing
        routes = [*health_routes(self.watch.readiness), metrics_route(self.watch.families)]
        async with serving(*self.http, [*routes, *self.receiving.routes]) as port:
            with _signals(self.stopping):
                started(port)
                scheduler.start()
                put(scheduler, jobs[0], first=self.clock.now())  # nobody is ready before the first look
                try:
                    await self._until_stopped(Heartbeat(self.clock, on_step))
                finally:
                    scheduler.shutdown(wait=False)

    async def _until_stopped(self, heartbeat: Heartbeat) -> None:
        tasks = [asyncio.create_task(heartbeat.run(), name="heartbeat")]
        tasks += [asyncio.create_task(receive(), name="receiver") for receive in self.receiving.runs]
        for lane in self.lanes:
            awake = asyncio.Event()
            self.bot.sleepers.append(awake)
            tasks.append(asyncio.create_task(lane.keep_delivering(awake), name=f"lane {lane.chat.platform}"))
        stop = asyncio.create_task(self.stopping.wait(), name="stop")
        done, _ = await asyncio.wait([*tasks, stop], return_when=asyncio.FIRST_COMPLETED)
        for task in (*tasks, stop):
            task.cancel()
        await asyncio.gather(*tasks, stop, return_exceptions=True)
        for task in done - {stop}:
            task.result()

    async def _look(self) -> None:
        try:
            while await self.bot.tick():
                pass
            self.watch.last_look = self.clock.now()
        except StoreAway as error:
            # The next second looks again; /readyz says that the looks are late.
            log.warning("look_failed", why=str(error))
        except Exception:
            # A defect in looking for what is due, or in putting off what failed: the next second looks again.
            log.exception("look_failed")


@contextlib.contextmanager
def _signals(stopping: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stopping.set)
    try:
        yield
    finally:
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(each)
