"""The stage: the real core and storage, with simulated people, on a clock that jumps to what is due next."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.app import UNFINISHED, Bot
from bot.events import Event
from bot.ports import Store, earliest
from bot.rehearsal.company import Company
from bot.sender import Lane


class MovableClock(Protocol):
    """A virtual clock."""

    def now(self) -> datetime:
        """Give the moment it shows."""

    async def sleep(self, span: timedelta) -> None:
        """Move on by `span`."""

    def move(self, to: datetime) -> None:
        """Show `to`."""


#: What cannot be sent yet (a chat that must wait) is tried again after this.
PATIENCE = timedelta(minutes=1)


class Stage:
    """Plays time forward: people act, looks are taken, deliveries are sent, until all is quiet again."""

    def __init__(
        self, bot: Bot, store: Store, lanes: Sequence[Lane], company: Company, clock: MovableClock
    ) -> None:
        """Take the running parts; nothing happens before it is told to play."""
        self.bot = bot
        self.store = store
        self.lanes = lanes
        self.company = company
        self.clock = clock

    async def next_at(self) -> datetime | None:
        """Give the next moment anything is due; None when nothing ever is."""
        due = await self.store.next_due(UNFINISHED)
        return earliest(self.company.next_at, due.look, due.delivery)

    async def play_until(self, until: datetime) -> None:
        """Play everything that is due up to `until`, and leave the clock there."""
        while (at := await self.next_at()) is not None and at <= until:
            now = self.clock.now()
            self.clock.move(min(rounded(at, self.company.grain), until))
            if not await self.settle() and at <= now:
                self.clock.move(min(now + PATIENCE, until))
                if now >= until:
                    break
        self.clock.move(until)

    async def play_next(self) -> bool:
        """Play the next thing that is due; False when nothing is."""
        at = await self.next_at()
        if at is None:
            return False
        self.clock.move(at)
        await self.settle()
        return True

    async def act(self, event: Event) -> None:
        """Let one thing happen now, and everything that follows from it."""
        await self.bot.handle((event,))
        await self.settle()

    async def settle(self) -> int:
        """Do all that is due now; gives how many things were done."""
        done = 0
        while True:
            events = self.company.due(self.clock.now())
            if events:
                await self.bot.handle(events)
            more = len(events) + await self.bot.tick() + await self._deliver()
            if not more:
                return done
            done += more

    async def _deliver(self) -> int:
        due = await self.store.next_due(UNFINISHED)
        if due.delivery is None or due.delivery > self.clock.now():
            return 0
        return sum([await lane.deliver() for lane in self.lanes])


def rounded(at: datetime, grain: timedelta) -> datetime:
    """Give the first multiple of `grain` from `at` on: what is due within it is done together."""
    return at + (datetime.min.replace(tzinfo=at.tzinfo) - at) % grain
