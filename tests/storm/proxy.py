"""A small TCP proxy before the database, which can cut every connection or swallow what they say."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self


class Proxy:
    """Forwards a port of loopback to a Unix socket, on a loop of its own."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.port = 0
        self.cuts = 0
        self.holes = 0
        self._flows = asyncio.Event()
        self._refuses = False
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()

    @contextmanager
    def in_thread(self) -> Iterator[Self]:
        """Run while the block does."""
        thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        thread.start()
        self._call(self._start()).result(10)
        try:
            yield self
        finally:
            self._call(self._stop()).result(10)
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join(10)
            self._loop.close()

    def cut(self, seconds: float) -> None:
        """Reset every connection, and refuse new ones for a while."""
        self.cuts += 1
        self._call(self._cut(seconds))

    def hole(self, seconds: float) -> None:
        """Let nothing through for a while; nobody is told."""
        self.holes += 1
        self._call(self._hole(seconds))

    def _call(self, deed: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(deed, self._loop)

    async def _start(self) -> None:
        self._flows.set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        self._server.close()
        self._reset()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _cut(self, seconds: float) -> None:
        self._refuses = True
        self._reset()
        await asyncio.sleep(seconds)
        self._refuses = False

    async def _hole(self, seconds: float) -> None:
        self._flows.clear()
        await asyncio.sleep(seconds)
        self._flows.set()

    def _reset(self) -> None:
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._flows.wait()
        if self._refuses:
            writer.transport.abort()
            return
        inner, outer = await asyncio.open_unix_connection(self.target)
        self._writers |= {writer, outer}
        await asyncio.gather(self._pass(reader, outer), self._pass(inner, writer))
        self._writers -= {writer, outer}

    async def _pass(self, source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while some := await source.read(65536):
                await self._flows.wait()
                to.write(some)
                await to.drain()
        to.close()


Trouble = Callable[[float], None]
