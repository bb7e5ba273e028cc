"""Sending at Telegram's limits, on a virtual clock: a week's prompts to 1,100 rooms; an outage of one hour.

`python -m benchmarks.sending [rooms] [queued]`. The platform here is the limits of the tests' strict server:
30 a second, one a second in a chat, 20 a minute in a group, in any window; it answers after 40 to 160 ms, and
the way there varies by 30 ms, or by 60.

Goals: at least 95 % of Telegram's limit, no refusal; after an outage everything once, in each
chat in order, no refusal, the oldest first.
"""

import asyncio
import contextlib
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from adapters.telegram.limits import PACE
from benchmarks.virtual import BEGINS, LoopClock, run
from bot.messages import Address, Delivery, Message
from bot.model import Partnership, PartnershipState, Person, Record, RoomKind, RoomStep, Round, RoundState
from bot.outcome import Outcome
from bot.pacer import Pacer
from bot.ports import NotSent, Parcel, RetryLater, Sent
from bot.sender import Lane
from storage import StoreImplementation, open_store
from tests.telegram_server.errors import Refused
from tests.telegram_server.limits import Pacer as Limits


PLATFORM = "telegram"
#: What Telegram allows over all chats, a second.
ALLOWED = Limits().limits.overall
#: Seconds to the platform and back: at least, and as much more as the way there varies, and the way back.
LEAST = 0.02
CALM, UNEVEN = (0.03, 0.09), (0.06, 0.06)
HOUR = timedelta(hours=1)


@dataclass
class Platform:
    """Telegram, as far as its limits go."""

    away_until: float = 0.0
    varies: tuple[float, float] = CALM
    platform: str = PLATFORM
    limits: Limits = field(default_factory=Limits)
    #: (seconds, chat, key) of everything that arrived, in order.
    arrived: list[tuple[float, str, str]] = field(default_factory=list)
    tries: int = 0
    refused: int = 0
    dice: random.Random = field(default_factory=lambda: random.Random(1))

    async def send(self, parcel: Parcel) -> Sent:
        """Take a message, or refuse it as Telegram would."""
        loop = asyncio.get_running_loop()
        self.tries += 1
        there, back = (LEAST + self.dice.uniform(0, most) for most in self.varies)
        await asyncio.sleep(there)
        if loop.time() < self.away_until:
            raise NotSent("away")
        try:
            self.limits.count(int(parcel.chat), now=loop.time())
        except Refused as refused:
            self.refused += 1
            raise RetryLater(timedelta(seconds=refused.parameters["retry_after"])) from None
        self.arrived.append((loop.time(), parcel.chat, parcel.key))
        await asyncio.sleep(back)
        return Sent("1")


@dataclass(frozen=True, slots=True)
class Sending:
    """What came of it."""

    arrived: Sequence[tuple[float, str, str]]
    tries: int
    refused: int

    @property
    def rate(self) -> float:
        """Messages a second, from the first to the last."""
        span = self.arrived[-1][0] - self.arrived[0][0]
        return (len(self.arrived) - 1) / span if span else 0.0

    @property
    def twice(self) -> int:
        """How many came more than once."""
        return sum(times - 1 for times in Counter(key for _, _, key in self.arrived).values())

    @property
    def disorder(self) -> int:
        """In how many chats a later message overtook an earlier one."""
        last: dict[str, int] = {}
        broken = set()
        for _, chat, key in self.arrived:
            number = int(key.split("/")[1])
            broken |= {chat} if number < last.get(chat, 0) else set()
            last[chat] = number
        return len(broken)

    @property
    def overtaken(self) -> float:
        """For how many seconds the message that was overtaken longest came after a younger one."""
        at = {int(key.split("/")[1]): when for when, _, key in self.arrived}
        longest, younger = 0.0, float("inf")
        for number in sorted(at, reverse=True):
            longest = max(longest, at[number] - younger)
            younger = min(younger, at[number])
        return longest


async def send_all(
    deliveries: Sequence[Delivery],
    records: Sequence[Record],
    *,
    away: float = 0.0,
    varies: tuple[float, float] = CALM,
) -> Sending:
    """Send everything; the platform is away for the first seconds."""
    store, chat, clock = open_store("sqlite://"), Platform(away, varies), LoopClock()
    try:
        await store.migrate()
        async with store.unit() as unit:
            await unit.save(Outcome(tuple(records), tuple(deliveries)), BEGINS)
        lane = Lane(chat, store, clock, _nobody, pacer=Pacer(PACE))
        sending = asyncio.create_task(lane.keep_delivering(asyncio.Event()))
        while await _waits(store) and not sending.done():  # noqa: ASYNC110 - the sender tells nobody that it has nothing left
            await asyncio.sleep(5)
        sending.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await sending  # raises what broke it
    finally:
        await store.close()
    return Sending(chat.arrived, chat.tries, chat.refused)


async def _nobody(_events: object) -> None:
    """Be told of nothing."""


async def _waits(store: StoreImplementation) -> bool:
    return (await store.next_due(timedelta(days=2))).delivery is not None


def rooms(count: int) -> tuple[list[Delivery], list[Record]]:
    """Give a prompt for each of so many groups."""
    records: list[Record] = [Round("spring", "Spring", RoundState.RUNNING)]
    deliveries = []
    for number in range(1, count + 1):
        name, members = f"spring.{number}", (2 * number - 1, 2 * number)
        records += [Person(person, PLATFORM, str(person), chat=str(person)) for person in members]
        records.append(
            Partnership(
                name, "spring", number, PLATFORM, members, PartnershipState.RUNNING, members[0],
                room=RoomKind.GROUP, chat=str(-number), step=RoomStep.OPEN,
            )
        )  # fmt: skip
        to = Address(PLATFORM, "room", name)
        deliveries.append(Delivery(f"prompt/{number}", to, Message("A prompt"), BEGINS))
    return deliveries, records


def queue(count: int, people: int) -> tuple[list[Delivery], list[Record]]:
    """Give so many messages to people, due one after the other within the hour of the outage."""
    records: list[Record] = [
        Person(number, PLATFORM, str(number), chat=str(number)) for number in range(1, people + 1)
    ]
    deliveries = [
        Delivery(
            f"reminder/{number}",
            Address(PLATFORM, "person", str(number % people + 1)),
            Message("Hello"),
            BEGINS + HOUR * number / count,
        )
        for number in range(count)
    ]
    return deliveries, records


def main() -> int:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1100
    queued = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    print("| sending | measured |")
    print("| --- | --- |")
    calm, uneven = (run(send_all(*rooms(many), varies=varies)) for varies in (CALM, UNEVEN))
    for found, varies in ((calm, CALM), (uneven, UNEVEN)):
        print(
            f"| a prompt to {many:,} rooms, the way there varies by {1000 * varies[0]:.0f} ms"
            f" | {found.rate:.1f} a second = {100 * found.rate / ALLOWED:.1f} % of what Telegram allows,"
            f" {found.refused} refused, {many - len(found.arrived)} lost, {found.twice} twice |",
            flush=True,
        )
    began = time.perf_counter()
    after = run(send_all(*queue(queued, queued // 5), away=HOUR.total_seconds()))
    late = (after.arrived[-1][0] - HOUR.total_seconds()) / 60
    lost = queued - len(after.arrived)
    print(
        f"| one hour away, {queued:,} queued | all sent {late:.1f} min after ({after.rate:.1f} a second),"
        f" {lost} lost, {after.twice} twice, {after.disorder} chats out of order, {after.refused} refused,"
        f" none came more than {after.overtaken:.0f} s after a younger one, {after.tries} tries"
        f" ({time.perf_counter() - began:.0f} s real) |"
    )
    good = calm.rate >= 0.95 * ALLOWED and not calm.refused and not after.refused
    return 0 if good and not (after.twice or after.disorder or len(after.arrived) < queued) else 1


if __name__ == "__main__":
    sys.exit(main())
