"""What goes to the app: events, slash commands, interactions; acknowledged within three seconds.

Events are tried four times in all: again at once, after a minute and after five (times `backoff`, so that
tests need not wait). Commands and interactions are tried once: the person sees that the app did not respond.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from threading import RLock
from typing import Any, Literal, Protocol

from tests.slack_server.errors import Json
from tests.slack_server.faults import Faults
from tests.strict.signal import Signal, pause


Kind = Literal["events_api", "slash_commands", "interactive"]
PAUSES = (0.0, 60.0, 300.0)
FULFILLED_WITHIN = 3.0


@dataclass(eq=False)
class Delivery:
    """One thing for the app, until it is acknowledged or given up."""

    kind: Kind
    label: str
    body: Json
    answered: Callable[[Any], None] = lambda reply: None
    attempt: int = 0
    reason: str = ""
    due: float = 0.0
    acked: bool = False
    given_up: bool = False
    took: float = 0.0

    @property
    def done(self) -> bool:
        """Tells whether nothing more will happen to it."""
        return self.acked or self.given_up


@dataclass(frozen=True, slots=True)
class Ack:
    """One try at a delivery: how long the app took, and the reason when it failed."""

    label: str
    kind: Kind
    took: float
    attempt: int
    reason: str = ""

    @property
    def ok(self) -> bool:
        """Tells whether the app acknowledged in time."""
        return not self.reason


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a transport says about one try; an empty reason is success."""

    reason: str = ""
    reply: Any = None
    no_retry: bool = False


class Transport(Protocol):
    """A way to the app."""

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Tries once and gives what came of it."""
        ...


@dataclass
class Courier:
    """Brings everything to the app, each by itself, in no promised order."""

    signal: Signal
    lock: RLock
    faults: Callable[[], Faults]
    route: Callable[[], Transport]
    backoff: float = 0.05
    held: bool = False
    waiting: list[Delivery] = field(default_factory=list)
    history: list[Delivery] = field(default_factory=list)
    acks: list[Ack] = field(default_factory=list)
    mistakes: list[BaseException] = field(default_factory=list)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _next: float = 3600.0

    def send(self, delivery: Delivery) -> Delivery:
        """Takes something for the app."""
        with self.lock:
            self.history.append(delivery)
            self.waiting.append(delivery)
        self.signal.fire()
        return delivery

    def again(self, delivery: Delivery) -> None:
        """Delivers something once more, acknowledged or not."""
        with self.lock:
            self.waiting.append(delivery)
        self.signal.fire()

    async def run(self) -> None:
        """Delivers what is waiting, for as long as the server runs."""
        try:
            while True:
                with self.signal.listening() as changed:
                    for delivery in self._ready():
                        self._start(self._try(delivery))
                    await pause(changed, self._next)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ready(self) -> list[Delivery]:
        if self.held:
            return []
        now = time.monotonic()
        with self.lock:
            ready = [d for d in self.waiting if d.due <= now]
            self.waiting = [d for d in self.waiting if d.due > now]
            self._next = min((d.due - now for d in self.waiting), default=3600.0)
            faults = self.faults()
            copies = [d for d in ready for _ in range(faults.copies if d.kind == "events_api" else 1)]
            return faults.disorder(copies)

    def _start(self, trying: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(trying)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error:
            self.mistakes.append(error)

    async def _try(self, delivery: Delivery) -> None:
        began = time.monotonic()
        outcome = await self.route().deliver(delivery)
        took = time.monotonic() - began
        with self.lock:
            self.acks.append(Ack(delivery.label, delivery.kind, took, delivery.attempt, outcome.reason))
            if not outcome.reason:
                self._succeed(delivery, took, outcome.reply)
            elif not delivery.done:
                self._fail(delivery, outcome)
        self.signal.fire()

    @staticmethod
    def _succeed(delivery: Delivery, took: float, reply: Any) -> None:
        if not delivery.acked:
            delivery.took, delivery.acked = took, True
            delivery.answered(reply)

    def _fail(self, delivery: Delivery, outcome: Outcome) -> None:
        delivery.reason = outcome.reason
        if delivery.kind != "events_api" or delivery.attempt >= len(PAUSES) or outcome.no_retry:
            delivery.given_up = True
            return
        delivery.due = time.monotonic() + PAUSES[delivery.attempt] * self.backoff
        delivery.attempt += 1
        if delivery not in self.waiting:
            self.waiting.append(delivery)
