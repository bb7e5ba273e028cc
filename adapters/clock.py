"""The only place that asks the time: the machine's clock, and a virtual one for plays and rehearsals."""

import asyncio
import time
from datetime import UTC, datetime, timedelta


#: Python's own monotonic clock stands still while the machine sleeps (Linux).
_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Give the moment, aware and UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Give seconds that never jump, whatever happens to the wall clock.

        They go on while the machine sleeps: on waking it must not believe that it still has its lease.
        """
        return time.clock_gettime(_STEADY)

    async def sleep(self, span: timedelta) -> None:
        """Come back when `span` has passed."""
        await asyncio.sleep(max(0.0, span.total_seconds()))


class VirtualClock:
    """A clock that stands still until it is moved; sleeping moves it."""

    def __init__(self, at: datetime) -> None:
        """Take the moment it shows first; raises ValueError for one that is not aware."""
        if at.tzinfo is None:
            raise ValueError("A clock needs an aware moment.")
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Give the moment it shows."""
        return self._at

    def monotonic(self) -> float:
        """Give the moment it shows, in seconds."""
        return self._at.timestamp()

    async def sleep(self, span: timedelta) -> None:
        """Move on by `span` at once."""
        self.move(self._at + span)

    def move(self, to: datetime) -> None:
        """Show `to`; a clock that people live by does not go back, so an earlier moment changes nothing."""
        self._at = max(self._at, to.astimezone(UTC))
