"""What many bring one by one, taken in together: a database that is slow for a moment is asked less often.

Each webhook request, each message of a socket would make a transaction of its own. With the disk or the
processor busy those stand in each other's way, and the wait grows with their number.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeAlias, TypeVar


Item = TypeVar("Item")
_Waiting: TypeAlias = list[tuple[Sequence[Item], asyncio.Future[None]]]

#: Seconds after which what takes long (pairing thousands) holds up nobody who came later.
PATIENCE = 1.0


class Together(Generic[Item]):
    """Takes in, in one go and in order, all that came while the go before was under way."""

    def __init__(self, take: Callable[[Sequence[Item]], Awaitable[None]], patience: float = PATIENCE) -> None:
        """Take what takes in, and after how many seconds the next go need not wait for the one before."""
        self._take = take
        self._patience = patience
        self._waiting: _Waiting[Item] = []
        self._gatherer: asyncio.Task[None] | None = None
        self._going: set[asyncio.Task[None]] = set()

    async def __call__(self, items: Sequence[Item]) -> None:
        """Come back when all of these are taken in; raises what taking them in raised."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((items, done))
        if self._gatherer is None or self._gatherer.done():
            self._gatherer = asyncio.create_task(self._gather())
        await done

    async def _gather(self) -> None:
        while self._waiting:
            those, self._waiting = self._waiting, []
            going = asyncio.create_task(self._go(those))
            self._going.add(going)
            going.add_done_callback(self._going.discard)
            await asyncio.wait((going,), timeout=self._patience)

    async def _go(self, those: _Waiting[Item]) -> None:
        try:
            await self._take([item for items, _ in those for item in items])
            error = None
        except Exception as raised:  # noqa: BLE001 - each who waits is told
            error = raised
        for _, done in those:
            if done.done():
                continue  # whoever waited is gone
            if error is None:
                done.set_result(None)
                continue
            done.set_exception(error)
