"""What happened, counted in plain numbers on its way to the store: no rule knows that anybody counts.

`Counted` is the store as the core and the senders use it; who shows the numbers (`bot.entry.watch`) reads the
`Meter`. Labels are platforms, kinds of event and a fixed list of reasons: never a name, an id or a text.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.events import Event
from bot.messages import Delivery
from bot.outcome import Outcome
from bot.ports import Due, Needs, Parcel, Sent, Store, Thought, Unit
from bot.snapshots import Book, Desk, Hall, Turn


#: Upper bounds of the histogram, in seconds.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
#: Why a delivery goes later, by what `bot.sender` says.
AGAIN = {
    "platform asked to wait": "asked-to-wait",
    "NotSent": "not-sent",
    "Uncertain": "uncertain",
    "defect": "defect",
}


@dataclass(slots=True)
class Meter:
    """The numbers of one process since it began."""

    #: By (what, platform, kind).
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    #: How many batches of events took at most each of BOUNDS, and longer than all.
    spans: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0
    #: When the last event of each platform came.
    receipts: dict[str, datetime] = field(default_factory=dict)
    #: Which lanes this process holds.
    lanes: dict[str, bool] = field(default_factory=dict)

    def count(self, what: str, platform: str, kind: str = "", by: int = 1) -> None:
        """Count something."""
        self.counts[what, platform, kind] += by

    def took(self, seconds: float) -> None:
        """Note how long a batch of events took until it was durable."""
        self.spans[bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds


@dataclass(slots=True)
class Counted:
    """`bot.ports.Store`, counting."""

    store: Store
    meter: Meter
    now: Callable[[], datetime]
    #: Steady seconds.
    steady: Callable[[], float]

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """Begin a transaction; what it did counts when it was committed."""
        began = self.steady()
        async with self.store.unit() as unit:
            counted = CountedUnit(unit)
            yield counted
        for what, many in counted.counts.items():
            self.meter.counts[what] += many
        if counted.platforms:
            self.meter.took(self.steady() - began)
            self.meter.receipts |= dict.fromkeys(counted.platforms, self.now())

    async def next_due(self, unfinished_after: timedelta) -> Due:
        """Ask the store."""
        return await self.store.next_due(unfinished_after)

    async def lease(self, lane: str, holder: str, now: datetime, span: timedelta) -> int | None:
        """Ask the store, note who holds the lane."""
        fence = await self.store.lease(lane, holder, now, span)
        self.meter.lanes[lane] = fence is not None
        return fence

    async def claim(
        self, lane: str, fence: int, now: datetime, limit: int, *, without: Sequence[str] = ()
    ) -> list[Parcel]:
        """Ask the store."""
        return await self.store.claim(lane, fence, now, limit, without=without)

    async def sent(self, parcels: Sequence[tuple[Parcel, Sent]], now: datetime) -> None:
        """Count them when they are marked."""
        await self.store.sent(parcels, now)
        for parcel, _ in parcels:
            self.meter.count("sent", parcel.to.platform)

    async def later(self, parcel: Parcel, until: datetime, why: str) -> None:
        """Count a try that did not arrive; waiting for the platform's pace is none."""
        await self.store.later(parcel, until, why)
        if why != "pace":
            self.meter.count("retried", parcel.to.platform, AGAIN.get(why, "other"))

    async def given_up(self, parcel: Parcel, why: str, now: datetime) -> None:
        """Count it."""
        await self.store.given_up(parcel, why, now)
        self.meter.count("given-up", parcel.to.platform)

    async def put(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """Hand them on."""
        await self.store.put(deliveries, now)

    async def moved(self, parcel: Parcel, chat: str) -> None:
        """Hand it on."""
        await self.store.moved(parcel, chat)


@dataclass(slots=True)
class CountedUnit:
    """`bot.ports.Unit`, noting what will count when the transaction is committed."""

    unit: Unit
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    platforms: set[str] = field(default_factory=set)

    async def fresh(self, events: Sequence[Event]) -> list[Event]:
        """Note what came, and what had come before."""
        new = await self.unit.fresh(events)
        for event in events:
            self.platforms.add(event.platform)
            self.counts["received", event.platform, type(event).__name__] += 1
            self.counts["repeated", event.platform, ""] += 1
        for event in new:
            self.counts["repeated", event.platform, ""] -= 1
        return new

    async def turns(self, events: Sequence[Event], now: datetime) -> list[Turn | None]:
        """Note which are decided; an event of nobody's chat is passed over."""
        found = await self.unit.turns(events, now)
        for event, turn in zip(events, found, strict=True):
            self.counts["passed-over" if turn is None else "decided", event.platform, ""] += 1
        return found

    async def desk(self, event: Event, needs: Needs, now: datetime) -> Desk | None:
        """Ask the unit."""
        return await self.unit.desk(event, needs, now)

    async def books_due(self, now: datetime, limit: int) -> list[Book]:
        """Ask the unit."""
        return await self.unit.books_due(now, limit)

    async def halls_due(self, now: datetime, limit: int) -> list[Hall]:
        """Ask the unit."""
        return await self.unit.halls_due(now, limit)

    async def at_length(self, rule: Callable[[], Thought]) -> Thought:
        """Ask the unit."""
        return await self.unit.at_length(rule)

    async def unfinished(self, before: datetime, limit: int, now: datetime) -> list[Turn]:
        """Ask the unit."""
        return await self.unit.unfinished(before, limit, now)

    async def save(self, outcome: Outcome, now: datetime) -> None:
        """Hand it on."""
        await self.unit.save(outcome, now)

    async def dead_letter(
        self,
        platform: str,
        event: str,
        error: str,
        payload: str,
        *,
        of: Event | None = None,
        at: datetime | None = None,
    ) -> None:
        """Note the failure."""
        await self.unit.dead_letter(platform, event, error, payload, of=of, at=at)
        self.counts["failed", platform, ""] += 1
