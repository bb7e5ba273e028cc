"""The lease of a lane as its holder knows it: only while it is ours may anything be sent there."""

import contextlib
from datetime import datetime, timedelta

from bot.ports import Clock, Outbox, StoreAway


#: A process that died or hangs keeps the others from sending so long; no longer may its database be away.
LEASE = timedelta(seconds=6)


class Lease:
    """One process's hold of a lane."""

    def __init__(
        self, outbox: Outbox, clock: Clock, lane: str, holder: str = "local", span: timedelta = LEASE
    ) -> None:
        """Take where it is kept, the lane, and under which name this process holds it for how long."""
        self._outbox = outbox
        self._clock = clock
        self._lane = lane
        self._holder = holder
        self._span = span
        self._fence: int | None = None
        #: Until when, in steady seconds, nobody else can have the lane.
        self._until = 0.0

    @property
    def ours(self) -> bool:
        """Tell whether this process has the lane: a late one finds that its lease is over."""
        return self._fence is not None and self._clock.monotonic() < self._until

    async def keep(self, now: datetime) -> tuple[int | None, bool]:
        """Take or renew it; give the fence, None while another holds it, and whether it is a new one.

        Raises StoreAway while the database is.
        """
        # Renewed in the first third of its time: the rest is for a slow database. The span counts from
        # before the question, on a clock that never jumps, so that we stop before anybody else begins.
        asked, span = self._clock.monotonic(), self._span.total_seconds()
        if self._fence is not None and asked <= self._until - span * 2 / 3:
            return self._fence, False
        fence = await self._outbox.lease(self._lane, self._holder, now, self._span)
        begins = fence not in (self._fence, None)
        self._fence, self._until = fence, asked + span
        return fence, begins

    async def give_back(self) -> None:
        """End it now: another process need not wait for it."""
        ours, self._until = self.ours, 0.0
        if ours:
            with contextlib.suppress(StoreAway):
                await self._outbox.lease(self._lane, self._holder, self._clock.now(), timedelta(0))
