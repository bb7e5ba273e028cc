"""An event loop whose time jumps to whatever is due next: hours of sending in seconds, in their true order.

Nothing may run in a thread, for which the time would not wait: SQLite runs in the loop itself.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar


Given = TypeVar("Given")
BEGINS = datetime(2027, 3, 1, 9, tzinfo=UTC)


class _Selector(selectors.DefaultSelector):
    """Waits for nothing: the time it was to wait has passed already."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout > 0:
            self.passed += timeout
        return super().select(0 if timeout is not None else None)


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop on a time of its own."""

    def __init__(self) -> None:
        self._waits = _Selector()
        super().__init__(self._waits)

    def time(self) -> float:
        """Give the virtual seconds since the beginning."""
        return self._waits.passed


class LoopClock:
    """`bot.ports.Clock` on the running loop's time."""

    def now(self) -> datetime:
        """Give the moment, aware and UTC."""
        return BEGINS + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        """Give the loop's seconds."""
        return asyncio.get_running_loop().time()

    async def sleep(self, span: timedelta) -> None:
        """Come back when `span` has passed."""
        await asyncio.sleep(max(0.0, span.total_seconds()))


def run(work: Coroutine[Any, Any, Given]) -> Given:
    """Run to the end on a virtual loop."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)
