"""The heartbeat: notices when the wall clock steps, and keeps the jobs going.

APScheduler computes next runs from the wall clock: set back by an hour, an interval job would rest for
that hour. Compared each second with a clock that never jumps, a step of more than two seconds is seen;
then the jobs are put in anew and everything is looked at at once.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


STEP = timedelta(seconds=2)


class SteadyClock(Protocol):
    """A wall clock and, beside it, seconds that never jump."""

    def now(self) -> datetime:
        """Give the moment, aware and UTC."""

    def monotonic(self) -> float:
        """Give steady seconds."""

    async def sleep(self, span: timedelta) -> None:
        """Come back when `span` has passed."""


@dataclass(slots=True)
class Heartbeat:
    """Compares the two clocks; `beat` is called about once a second."""

    clock: SteadyClock
    on_step: Callable[[timedelta], Awaitable[object]]
    _wall: datetime | None = None
    _steady: float = 0.0

    async def beat(self) -> timedelta:
        """Give by how much the wall clock stepped since the last beat; calls `on_step` when it did."""
        wall, steady = self.clock.now(), self.clock.monotonic()
        last_wall, last_steady = self._wall, self._steady
        self._wall, self._steady = wall, steady
        if last_wall is None:
            return timedelta(0)
        step = (wall - last_wall) - timedelta(seconds=steady - last_steady)
        if abs(step) > STEP:
            await self.on_step(step)
        return step

    async def run(self) -> None:
        """Beat every second until cancelled."""
        while True:
            await self.beat()
            await self.clock.sleep(timedelta(seconds=1))
