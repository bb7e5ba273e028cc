"""The server's own time: the real one moved by an offset, or one that stands still until a test moves it."""

from __future__ import annotations

import time
from collections.abc import Callable


class Clock:
    """Seconds since 1970 as the servers see them."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._frozen: float | None = None
        self.on_move: Callable[[], None] = lambda: None

    def now(self) -> float:
        """Gives the time with fractions of a second."""
        return (time.time() if self._frozen is None else self._frozen) + self._offset

    def date(self) -> int:
        """Gives the time as the Bot API writes it."""
        return int(self.now())

    def freeze(self, at: float | None = None) -> None:
        """Stops the time, here or at a given moment, so that only `advance` moves it."""
        self._frozen = self.now() if at is None else at
        self._offset = 0.0

    def advance(self, seconds: float) -> None:
        """Moves the time forward (or back) at once; waiting polls and retries notice."""
        self._offset += seconds
        self.on_move()
