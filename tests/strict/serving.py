"""A server that runs while a block does: in the running loop, or on a loop and in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self, TypeVar

from tests.strict.stage import WITHIN, Ground


T = TypeVar("T")


class Serving(ABC):
    """What starts and stops, and how tests wait for what happens on its stage."""

    stage: Ground

    @abstractmethod
    async def start(self, port: int = 0) -> None:
        """Listens on a port of loopback (0 for any free one)."""

    @abstractmethod
    async def stop(self) -> None:
        """Closes the port and every connection; raises AssertionError where the server made a mistake."""

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @contextmanager
    def in_thread(self, port: int = 0) -> Iterator[Self]:
        """Runs the server on a loop of its own, for a sync test and a bot in another process."""
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        try:
            asyncio.run_coroutine_threadsafe(self.start(port), loop).result(10)
            yield self
        finally:
            asyncio.run_coroutine_threadsafe(self.stop(), loop).result(10)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(10)
            loop.close()

    async def until(self, condition: Callable[[], T | None], within: float = WITHIN, what: str = "") -> T:
        """Waits in the running event loop until the condition gives something true, and gives that."""
        return await self.stage.until(condition, within, what)

    def wait_for(self, condition: Callable[[], T | None], within: float = WITHIN, what: str = "") -> T:
        """Blocks this thread until the condition gives something true, and gives that."""
        return self.stage.wait_for(condition, within, what)
