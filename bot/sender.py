"""The sender: claims what is due, sends it outside any transaction, marks how it ended.

One lane is one bot token, since that is what a platform limits; only the holder of the lane's lease
sends. A message in flight when the process dies is the only one that may arrive twice.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from heapq import heappop, heappush

import structlog

from bot.events import Event, RoomLost, Unreachable
from bot.events import Sender as Who
from bot.messages import Address, Delivery, Message, Unsure
from bot.pacer import Going, Pacer
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
    Sent,
    Uncertain,
)
from bot.timetable import daytime, is_night


log = structlog.get_logger()

LEASE = timedelta(seconds=15)
#: Messages on the way at once: what may arrive twice when the process is killed.
IN_FLIGHT = 8
#: Longer waits for the platform's pace are spent in the outbox, not holding a place on the way.
SHORT_WAIT = timedelta(milliseconds=250)
#: How long the sender rests, in seconds, when nothing wakes it.
REST = 0.5
#: How the keys of answers begin: somebody waits for them, so they go before what was planned.
REPLY = "reply/"
LONGEST_BACKOFF = timedelta(minutes=10)


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
    ) -> None:
        """Take the chat to send by and the outbox to claim from; answers of the chat go to `handle`."""
        self.chat = chat
        self.outbox = outbox
        self.clock = clock
        self.handle = handle
        self.holder = holder
        self.pacer = pacer
        self.batch = batch
        self.lease = lease
        self._places = asyncio.Semaphore(IN_FLIGHT)
        self._fence: int | None = None
        self._leased_at: datetime | None = None
        #: When the pace lets go what it held back, the earliest first.
        self._back_at: list[datetime] = []

    async def deliver(self) -> int:
        """Send what is due now, at most one batch; gives how many were taken in hand."""
        now = self.clock.now()
        fence = await self._lease(now)
        if fence is None:
            return 0
        parcels = await self.outbox.claim(self.chat.platform, fence, now, self.batch)
        if not parcels:
            return 0
        ended = await asyncio.gather(*(self._send(parcel) for parcel in parcels))
        both = list(zip(parcels, ended, strict=True))
        await self.outbox.sent(
            [(parcel, end) for parcel, end in both if isinstance(end, Sent)], self.clock.now()
        )
        events = [event for end in ended for event in (end.events if isinstance(end, Sent) else end)]
        if events:
            await self.handle(events)
        return len(parcels)

    async def keep_delivering(self, awake: asyncio.Event) -> None:
        """Deliver until cancelled, resting while nothing is due."""
        while True:
            awake.clear()
            if not await self.deliver():
                # Not wait_for: on Python 3.11 it may swallow the cancellation that comes as it wakes.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(self._rest()):
                        await awake.wait()

    def _rest(self) -> float:
        """Give how long to rest: until the next turn of what the pace held back, and never for long."""
        now = self.clock.now()
        while self._back_at and self._back_at[0] <= now:
            heappop(self._back_at)
        return min(REST, (self._back_at[0] - now).total_seconds()) if self._back_at else REST

    async def _lease(self, now: datetime) -> int | None:
        # Renewed in the first third of its time: the rest is for a slow database.
        if self._leased_at is None or self._fence is None or now - self._leased_at > self.lease / 3:
            self._fence = await self.outbox.lease(self.chat.platform, self.holder, now, self.lease)
            self._leased_at = now
        return self._fence

    async def _send(self, parcel: Parcel) -> Sent | tuple[Event, ...]:
        """Give what the platform answered; when it took nothing, the events that follow."""
        async with self._places:
            now = self.clock.now()
            wait = self._wait(parcel, now)
            if wait > SHORT_WAIT:
                heappush(self._back_at, now + wait)
                await self.outbox.later(parcel, now + wait, "pace")
                return ()
            if wait:
                await self.clock.sleep(wait)
            try:
                return await self.chat.send(parcel)
            except RetryLater as error:
                await self._wait_as_told(parcel, error)
            except (NotSent, Uncertain) as error:
                await self._again(parcel, error)
            except MovedTo as error:
                await self.outbox.moved(parcel, error.chat)
            except CannotReach as error:
                return await self._unreachable(parcel, error)
            except Rejected as error:
                log.exception("delivery_rejected", key=parcel.key)
                await self.outbox.given_up(parcel, f"rejected: {error.why}", self.clock.now())
        return ()

    def _wait(self, parcel: Parcel, now: datetime) -> timedelta:
        asleep = [zone for zone in parcel.zones if is_night(now, zone)]
        if asleep and (moment := daytime(now, parcel.zones)) > now:
            return moment - now
        if self.pacer is None:
            return timedelta(0)
        going = _going(parcel)
        wait = self.pacer.wait(going, now)
        if wait > SHORT_WAIT:
            awaited = parcel.key.startswith(REPLY)
            return self.pacer.turn(parcel.number, going, now, awaited=awaited)
        self.pacer.took(going, now + wait, number=parcel.number)
        return wait

    async def _wait_as_told(self, parcel: Parcel, error: RetryLater) -> None:
        now = self.clock.now()
        if self.pacer is not None:
            self.pacer.refused(_going(parcel), now, error.after, everything=error.everything)
        log.warning("platform_asks_to_wait", key=parcel.key, seconds=error.after.total_seconds())
        await self.outbox.later(parcel, now + error.after, "platform asked to wait")

    async def _again(self, parcel: Parcel, error: NotSent | Uncertain) -> None:
        now = self.clock.now()
        if isinstance(error, Uncertain) and parcel.unsure is Unsure.HOLD:
            await self.outbox.given_up(parcel, "unsure whether it arrived", now)
            return
        await self.outbox.later(parcel, now + backoff(parcel.attempts), type(error).__name__)

    async def _unreachable(self, parcel: Parcel, error: CannotReach) -> tuple[Event, ...]:
        now = self.clock.now()
        await self.outbox.given_up(parcel, error.why, now)
        await self.outbox.put(_to_each(parcel), now)
        return _lost(parcel, error.why, now)


def _going(parcel: Parcel) -> Going:
    """Give what the pacer must know: of a room that is to be made, somebody of it stands for the chat."""
    return Going(type(parcel.body), parcel.chat or next(iter(parcel.accounts.values()), ""))


def backoff(attempts: int) -> timedelta:
    """Give how long to wait after so many tries: 1, 2, 4 … seconds, at most ten minutes."""
    return min(timedelta(seconds=2 ** min(attempts, 12)), LONGEST_BACKOFF)


def _to_each(parcel: Parcel) -> tuple[Delivery, ...]:
    """Give what was meant for a lost room as private messages to its people."""
    if parcel.to.kind != "room" or not isinstance(parcel.body, Message):
        return ()
    return tuple(
        Delivery(
            f"{parcel.key}/{person}",
            Address(parcel.to.platform, "person", str(person)),
            replace(parcel.body, pin=False),
            parcel.due_at,
            parcel.give_up_at,
            parcel.zones,
            parcel.unsure,
        )
        for person in parcel.accounts
    )


def _lost(parcel: Parcel, why: str, now: datetime) -> tuple[Event, ...]:
    event_id = f"lost/{parcel.key}"
    platform = parcel.to.platform
    if parcel.to.kind == "person":
        who = Who(parcel.accounts.get(int(parcel.to.id), ""))
        return (Unreachable(id=event_id, platform=platform, at=now, chat=parcel.chat, sender=who, why=why),)
    if parcel.to.kind == "room":
        return (RoomLost(id=event_id, platform=platform, at=now, chat=parcel.chat, private=False, why=why),)
    return ()
