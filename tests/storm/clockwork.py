"""Time in hours: weeks pass in minutes, and the bot's clock is wrong now and then, by an hour or by a day.

The platform's clock is the true one. The bot reads its own: the true one, moved by an error.
"""

from __future__ import annotations

import random
import struct
import time
from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.strict.clock import Clock


HOUR = 3600.0
ERRORS = (HOUR, -HOUR, 24 * HOUR, -24 * HOUR)
#: The bot compares its clocks every second; after that it has looked at everything that became due.
NOTICED = 1.3


class Clockwork:
    """Moves the time on whenever everything is quiet."""

    def __init__(self, clock: Clock, file: Path, *, seed: int) -> None:
        self.clock = clock
        self.file = file
        self.random = random.Random(seed)
        self.passed = 0.0
        self.error = 0.0
        self.jumps = 0
        self._history: list[tuple[float, float]] = []
        self._moved_at = 0.0
        self._write()

    def step(self, quiet: Callable[[], bool]) -> None:
        """Let some hours pass, or set the bot's clock wrong or right, if nothing is going on."""
        if time.monotonic() - self._moved_at < NOTICED or not quiet():
            return
        if self.random.random() < 0.25:
            self.error = 0.0 if self.error else self.random.choice(ERRORS)
            self.jumps += 1
        else:
            hours = self.random.uniform(2, 8) * HOUR
            self.passed += hours
            self.clock.advance(hours)
        self._write()

    def right(self) -> None:
        """Set the bot's clock right."""
        self.error = 0.0
        self._write()

    @property
    def now(self) -> datetime:
        """Give what the bot's clock shows."""
        return self.shown_at(self.clock.now())

    def shown_at(self, at: float) -> datetime:
        """Give what the bot's clock showed at a moment of the true one."""
        place = bisect_right(self._history, (at, float("inf"))) - 1
        return datetime.fromtimestamp(at + self._history[max(place, 0)][1], UTC)

    def _write(self) -> None:
        self._moved_at = time.monotonic()
        self.file.touch()
        with self.file.open("r+b") as opened:
            opened.write(struct.pack("d", self.passed + self.error))
        self._history.append((self.clock.now(), self.error))
