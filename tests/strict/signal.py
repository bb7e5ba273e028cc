"""Tells whoever waits, in this event loop or in another thread, that something has changed."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator


class Signal:
    """Wakes waiters; each looks for itself whether the change matters to it."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._count = 0
        self._waiters: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def fire(self) -> None:
        """Wakes everybody."""
        with self._condition:
            self._count += 1
            self._condition.notify_all()
            for loop, event in self._waiters:
                with contextlib.suppress(RuntimeError):  # a loop that has just been closed waits no more
                    loop.call_soon_threadsafe(event.set)

    @contextlib.contextmanager
    def listening(self) -> Iterator[asyncio.Event]:
        """Gives an event that is set at the next change; look only after you began to listen."""
        waiter = (asyncio.get_running_loop(), asyncio.Event())
        with self._condition:
            self._waiters.add(waiter)
        try:
            yield waiter[1]
        finally:
            with self._condition:
                self._waiters.discard(waiter)

    def count(self) -> int:
        """Gives the number of changes so far, for `block`."""
        return self._count

    def block(self, seen: int, seconds: float) -> None:
        """Blocks this thread until a change after `seen`, or until the time is over."""
        with self._condition:
            self._condition.wait_for(lambda: self._count != seen, seconds)


async def pause(event: asyncio.Event, seconds: float) -> bool:
    """Waits for the event; gives False when the time is over first."""
    if seconds <= 0:
        return False
    try:
        async with asyncio.timeout(seconds):  # not wait_for, which can swallow a cancellation in Python 3.11
            return await event.wait()
    except TimeoutError:
        return False
