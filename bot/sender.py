"""The sender: claims what is due, sends it outside any transaction, marks how it ended.

One lane is one bot token, since that is what a platform limits; only the holder of the lane's lease
sends. A message in flight when the process dies is the only one that may arrive twice: what the platform
took is marked as sent however long the database is away, and what it answered besides is looked at first,
since that can be done twice without harm and the mark ends it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush

import structlog

from bot.endings import Ended, backoff, lost, to_each, to_writer
from bot.events import Event
from bot.lease import LEASE, Lease
from bot.messages import Unsure
from bot.pacer import Pacer, going_of
from bot.ports import (
    CannotReach,
    Chat,
    Clock,
    MovedTo,
    NotSent,
    Outbox,
    Parcel,
    Rejected,
    RetryLater,
    StoreAway,
    Uncertain,
)
from bot.reach import STORE_BACK, Reach, surely
from bot.stopping import ended
from bot.timetable import daytime, is_night


log = structlog.get_logger()

#: Messages on the way at once: what may arrive twice when the process is killed.
IN_FLIGHT = 8
#: Longer waits for the platform's pace are spent in the outbox, not holding a place on the way. All places
#: take less at a platform's pace (8 at 30 a second), or most messages would be put back again and again.
SHORT_WAIT = timedelta(milliseconds=500)
#: How long the sender rests, in seconds, when nothing wakes it.
REST = 0.5
#: How the keys of answers begin: somebody waits for them, so they go before what was planned.
REPLY = "reply/"
#: A message whose sending meets a defect of ours is tried so often.
TRIES = 4
#: When the process is asked to stop, messages on their way get so many seconds to arrive.
GRACE = 5.0
#: So many more, when the database is away just then.
STORE_AWAY = 2.5


class Lane:
    """Sends for one platform."""

    def __init__(
        self,
        chat: Chat,
        outbox: Outbox,
        clock: Clock,
        handle: Callable[[Sequence[Event]], Awaitable[None]],
        *,
        holder: str = "local",
        pacer: Pacer | None = None,
        batch: int = IN_FLIGHT,
        lease: timedelta = LEASE,
        grace: float = GRACE,
    ) -> None:
        """Take the chat to send by and the outbox to claim from; answers of the chat go to `handle`."""
        self.chat = chat
        self.outbox = outbox
        self.clock = clock
        self.handle = handle
        self.pacer = pacer or Pacer()
        self.batch = batch
        self.grace = grace
        self._places = asyncio.Semaphore(IN_FLIGHT)
        self._reach = Reach()
        self._lease = Lease(outbox, clock, chat.platform, holder, lease)
        self._ours = lambda: self.leads
        #: When the pace lets go what it held back, the earliest first.
        self._back_at: list[datetime] = []

    @property
    def leads(self) -> bool:
        """Tell whether this process has the lane: a late one finds that its lease is over."""
        return self._lease.ours

    async def deliver(self) -> int:
        """Send what is due now, at most one batch; gives how many were taken in hand."""
        parcels = await self._claim(self._reach.room(self.batch, 0, self.clock.monotonic()))
        await self._settle(await asyncio.gather(*(self._end(parcel) for parcel in parcels)))
        return len(parcels)

    async def keep_delivering(self, awake: asyncio.Event) -> None:
        """Deliver until cancelled; a message that hangs holds up nothing but its own chat.

        Whoever cancels it waits until what is on its way has arrived and is marked, for some seconds at most.
        """
        stop = asyncio.Event()
        running = asyncio.create_task(self._run(awake, stop))
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            stop.set()
            awake.set()
            await ended(running, self.grace + STORE_AWAY)
            raise
        finally:
            await self._lease.give_back()

    async def _run(self, awake: asyncio.Event, stop: asyncio.Event) -> None:
        """Deliver until `stop`: never cut off between two steps, of which the database knows only one."""
        under_way: set[asyncio.Task[Ended]] = set()
        try:
            while not stop.is_set():
                awake.clear()
                if not await self._go_on(under_way):
                    await self._rest(awake, under_way)
            await self._finish(under_way)
        finally:
            for task in under_way:
                task.cancel()

    async def _go_on(self, under_way: set[asyncio.Task[Ended]]) -> bool:
        """Mark what has ended, begin what is due; tells whether there was any of it."""
        done = {task for task in under_way if task.done()}
        await self._settle([task.result() for task in done])
        under_way -= done
        free = min(self.batch, IN_FLIGHT) - len(under_way)
        free = self._reach.room(free, len(under_way), self.clock.monotonic())
        parcels = await self._claim_surely(free)  # with no place free, too: the lease must be kept
        under_way |= {asyncio.create_task(self._end(parcel)) for parcel in parcels}
        return bool(done or parcels)

    async def _finish(self, under_way: set[asyncio.Task[Ended]]) -> None:
        """Let what is on its way arrive, so that it need not be sent again after a restart."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self.grace
        while under_way and (left := until - loop.time()) > 0:
            wait = min(left, REST)
            done, _ = await asyncio.wait(under_way, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
            await self._settle([task.result() for task in done])
            under_way -= done
            await self._claim_surely(0)  # the lease must be kept
        done = {task for task in under_way if task.done()}  # while the database was waited for
        await self._settle([task.result() for task in done])

    async def _claim(self, limit: int) -> list[Parcel]:
        now = self.clock.now()
        fence, begins = await self._lease.keep(now)
        if begins:
            self.pacer.begins(now)
        if fence is None or not limit:
            return []
        tried = self._reach.tried
        claim = partial(self.outbox.claim, self.chat.platform, fence, now, limit)
        parcels = await (claim(without=sorted(tried)) if tried else claim())
        if not parcels:
            tried.clear()  # each has had its turn
        return parcels

    async def _claim_surely(self, limit: int) -> list[Parcel]:
        try:
            return await self._claim(limit)
        except StoreAway as error:
            log.warning("store_away", why=str(error))
        except Exception:
            log.exception("claim_failed")
        await self.clock.sleep(STORE_BACK)
        return []

    async def _rest(self, awake: asyncio.Event, under_way: set[asyncio.Task[Ended]]) -> None:
        """Rest until something is due, has ended, or woke us."""
        waking = asyncio.create_task(awake.wait())
        try:
            await asyncio.wait(
                {waking, *under_way}, timeout=self._pause(), return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            waking.cancel()

    def _pause(self) -> float:
        """Give how long to rest: until the next turn of what the pace held back, and never for long."""
        now = self.clock.now()
        while self._back_at and self._back_at[0] <= now:
            heappop(self._back_at)
        return min(REST, (self._back_at[0] - now).total_seconds()) if self._back_at else REST

    async def _settle(self, ended: Sequence[Ended]) -> None:
        """Decide about what follows, then mark how each ended; waits for a database that is away."""
        events = [event for end in ended for event in end.events]
        if events:
            await surely(partial(self.handle, events), self.clock)
        for end in ended:
            if end.instead:
                await surely(partial(self.outbox.put, end.instead, self.clock.now()), self.clock)
            if end.mark is not None:
                await self._mark(end.parcel, end.mark)
        sent = [(end.parcel, end.sent) for end in ended if end.sent is not None]
        if sent:
            self._reach.answered()
        if sent and not await surely(partial(self.outbox.sent, sent, self.clock.now()), self.clock):
            for each in sent:
                await self._mark(each[0], partial(self.outbox.sent, [each], self.clock.now()))

    async def _mark(self, parcel: Parcel, mark: Callable[[], Awaitable[None]]) -> None:
        """Mark it; one that cannot be marked as it should be is given up, so that it does not stay."""
        if not await surely(mark, self.clock):
            given_up = partial(self.outbox.given_up, parcel, "rejected: defect", self.clock.now())
            await surely(given_up, self.clock)

    async def _end(self, parcel: Parcel) -> Ended:
        """Send it; whatever happens, tell how it ended."""
        try:
            return await self._send(parcel)
        except Exception:
            # Nobody knows how far it got. Some defects go by themselves, no defect may hold up the chat.
            log.exception("delivery_failed", key=parcel.key)
            return self._defect(parcel)

    async def _send(self, parcel: Parcel) -> Ended:
        async with self._places:
            now = self.clock.now()
            wait = self._wait(parcel, now)
            if wait > SHORT_WAIT:
                heappush(self._back_at, now + wait)
                return self._later(parcel, wait, "pace")
            if wait:
                await self.clock.sleep(wait)
                self.pacer.went(going_of(parcel), now + wait, self.clock.now())
            if not self.leads:
                return self._later(parcel, timedelta(0), "pace")
            left = self.clock.monotonic()
            try:
                sent = await self.chat.send(replace(parcel, ours=self._ours))
            except RetryLater as error:
                return self._wait_as_told(parcel, error)
            except (NotSent, Uncertain) as error:
                return self._again(parcel, error)
            except MovedTo as error:
                return Ended(parcel, mark=partial(self.outbox.moved, parcel, error.chat))
            except CannotReach as error:
                now = self.clock.now()
                events = lost(parcel, error.why, now)
                return replace(self._given_up(parcel, error.why), events=events, instead=to_each(parcel))
            except Rejected as error:
                log.exception("delivery_rejected", key=parcel.key)
                return self._given_up(parcel, f"rejected: {error.why}")
            self.pacer.way.answered(timedelta(seconds=self.clock.monotonic() - left))
            return Ended(parcel, sent, sent.events)

    def _wait(self, parcel: Parcel, now: datetime) -> timedelta:
        asleep = [zone for zone in parcel.zones if is_night(now, zone)]
        if asleep and (moment := daytime(now, parcel.zones)) > now:
            return moment - now
        subject = going_of(parcel)
        wait = self.pacer.wait(subject, now)
        if wait > SHORT_WAIT:
            awaited = parcel.key.startswith(REPLY)
            return self.pacer.turn(parcel.number, subject, now, awaited=awaited)
        self.pacer.took(subject, now + wait, number=parcel.number)
        return wait

    def _wait_as_told(self, parcel: Parcel, error: RetryLater) -> Ended:
        self.pacer.refused(going_of(parcel), self.clock.now(), error.after, everything=error.everything)
        log.warning("platform_asks_to_wait", key=parcel.key, seconds=error.after.total_seconds())
        return self._later(parcel, error.after, "platform asked to wait")

    def _again(self, parcel: Parcel, error: NotSent | Uncertain) -> Ended:
        if isinstance(error, Uncertain) and parcel.unsure is Unsure.HOLD:
            return self._given_up(parcel, "unsure whether it arrived")
        if isinstance(error, NotSent) and not self.leads:
            return self._later(parcel, timedelta(0), "the lease was over")
        if isinstance(error, NotSent) and self._reach.missed(self.clock.monotonic(), parcel.chat):
            return Ended(parcel, mark=partial(self.outbox.later, parcel, parcel.due_at, "NotSent"))
        return self._later(parcel, backoff(parcel.attempts), type(error).__name__)

    def _defect(self, parcel: Parcel) -> Ended:
        if parcel.unsure is Unsure.HOLD:
            return self._given_up(parcel, "unsure whether it arrived")
        if parcel.attempts + 1 >= TRIES:
            return self._given_up(parcel, "rejected: defect")
        return self._later(parcel, backoff(parcel.attempts), "defect")

    def _later(self, parcel: Parcel, wait: timedelta, why: str) -> Ended:
        return Ended(parcel, mark=partial(self.outbox.later, parcel, self.clock.now() + wait, why))

    def _given_up(self, parcel: Parcel, why: str) -> Ended:
        mark = partial(self.outbox.given_up, parcel, why, self.clock.now())
        told = to_writer(parcel.key, parcel.to.platform, parcel.body, parcel.due_at, parcel.give_up_at)
        return Ended(parcel, instead=told, mark=mark)
