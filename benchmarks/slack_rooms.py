"""How near to Slack's limits rooms are opened: 1,100 pairs in one workspace, each introduced in its room.

`python -m benchmarks.slack_rooms [pairs] [speed]`. A strict stand-in for Slack runs in a process of its own,
its windows `speed` times shorter, so that 22 minutes take one; the bot's pace is as much faster. Exits with
1 when a call was refused, a room or an introduction is missing or there twice, or less than 95 % of the
allowed rate was used.
"""

import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from adapters.clock import SystemClock
from adapters.slack.calls import one_token
from adapters.slack.chat import SlackChat
from adapters.slack.limits import TIERS, pace
from bot.app import Bot
from bot.events import Event, Said, Sender
from bot.model import Membership, Partnership, PartnershipState, Record, Round, RoundState
from bot.outcome import Outcome
from bot.pacer import Pacer
from bot.ports import Parcel
from bot.sender import Lane
from bot.texts import load_program
from storage import StoreImplementation, open_store
from tests.slack_server import Limits, SlackServer


ALLOWED = TIERS[3]
FEWEST = 0.95
BATCH = 500


@dataclass(frozen=True, slots=True)
class Slack:
    """Where the stand-in listens, and who is in its workspace."""

    url: str
    token: str
    accounts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the stand-in saw: when rooms were opened, what it refused, how often each was introduced."""

    opened_at: Sequence[float]
    refused: dict[str, int]
    violations: Sequence[str]
    introduced: Counter[int]
    posts: int


def serve(wire: Connection, people: int, speed: float) -> None:
    """Run the stand-in until the other end says something; then tell what it saw."""
    server = SlackServer(limits=Limits(speed=speed))
    with server.in_thread():
        accounts = [server.user(f"Person {number}") for number in range(people)]
        names = [f"{server.team.id}/{each.id}" for each in accounts]
        wire.send(Slack(server.base_url, server.bot_token, names))
        wire.recv()
        told = [sum("please meet each other" in words for words in room.sees()) for room in server.rooms()]
        calls = [call for call in server.calls_of("conversations.open") if call.ok]
        posts = len([call for call in server.calls_of("chat.postMessage") if call.ok])
        words = [str(each) for each in server.violations]
        seen = Seen([c.at for c in calls], dict(server.world.pacer.refused), words, Counter(told), posts)
        wire.send(seen)
        wire.recv()


class CountingStore:
    """Counts how often something was put back, which is what a stampede would be made of."""

    def __init__(self, store: StoreImplementation) -> None:
        self._store = store
        self.put_back: Counter[str] = Counter()

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    async def later(self, parcel: Parcel, until: datetime, why: str) -> None:
        """Put it back, and count that."""
        self.put_back[parcel.key] += 1
        await self._store.later(parcel, until, why)


async def fill(store: StoreImplementation, accounts: Sequence[str], now: datetime) -> None:
    """Put the people in, and a partnership of each two that waits for its room."""
    ids: list[int] = []
    for at in range(0, len(accounts), BATCH):
        ids += await met(store, accounts[at : at + BATCH], now)
    saves: list[Record] = [Round("spring", "Spring", RoundState.RUNNING, started_at=now - timedelta(hours=1))]
    for number, pair in enumerate(zip(ids[::2], ids[1::2], strict=True), 1):
        name = f"spring.{number}"
        state = PartnershipState.OPENING
        saves.append(Partnership(name, "spring", number, "slack", pair, state, pair[0], look_at=now))
        saves += [Membership(name, person, "spring") for person in pair]
    async with store.unit() as unit:
        await unit.save(Outcome(tuple(saves)), now)


async def met(store: StoreImplementation, accounts: Sequence[str], now: datetime) -> list[int]:
    """Let these people be known; gives their ids."""
    events: list[Event] = [
        Said(id=each, platform="slack", at=now, chat=each, sender=Sender(each, each), text="")
        for each in accounts
    ]
    async with store.unit() as unit:
        return [turn.person.id for turn in await unit.turns(await unit.fresh(events), now) if turn]


async def open_rooms(slack: Slack, pairs: int, speed: float, folder: Path) -> Counter[str]:
    """Run the bot until every pair is introduced; gives how often each delivery was put back."""
    clock = SystemClock()
    store = open_store(f"sqlite:///{folder / 'bot.db'}")
    chat = SlackChat(one_token(slack.token), clock, slack.url, factor=speed)
    try:
        await store.migrate()
        await fill(store, slack.accounts, clock.now())
        counted = CountingStore(store)
        bot = Bot(store, load_program(), clock)
        lane = Lane(chat, counted, clock, bot.handle, pacer=Pacer(pace().faster(speed)))  # type: ignore[arg-type]
        await run(bot, lane, store, pairs)
        return counted.put_back
    finally:
        await chat.close()
        await store.close()


async def run(bot: Bot, lane: Lane, store: StoreImplementation, pairs: int) -> None:
    awake = asyncio.Event()
    bot.sleepers.append(awake)
    sending = asyncio.create_task(lane.keep_delivering(awake))
    try:
        while not await done(store, 3 * pairs):  # the room, the introduction and the first topic of each
            for _ in range(8):
                await bot.tick()
                await asyncio.sleep(0.25)
            if sending.done():
                sending.result()
    finally:
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)


async def done(store: StoreImplementation, deliveries: int) -> bool:
    counts = await store.counts()
    return int(str(counts.get("outbox.slack.sent", 0))) >= deliveries


def report(seen: Seen, put_back: Counter[str], pairs: int, speed: float, seconds: float) -> int:
    """Print the figures; gives 1 when one of them is not as it must be."""
    first, last = min(seen.opened_at), max(seen.opened_at)
    rate = (len(seen.opened_at) - 1) / (last - first) * 60 / speed
    rows = {
        "rooms opened": len(seen.opened_at),
        "introduced once": seen.introduced[1],
        "messages": seen.posts,
        "refused (429)": sum(seen.refused.values()),
        "refused for another reason": len(seen.violations),
        "rooms a minute": f"{rate:.1f} of {ALLOWED} allowed ({100 * rate / ALLOWED:.1f} %)",
        "put back, at most": max(put_back.values(), default=0),
        "put back, in all": sum(put_back.values()),
        "seconds": f"{seconds:.1f}, at Slack's pace {seconds * speed / 60:.1f} minutes",
    }
    for name, value in rows.items():
        print(f"{name:28} {value}")
    well = len(seen.opened_at) == seen.introduced[1] == pairs and rate >= FEWEST * ALLOWED
    return 0 if well and not seen.refused and not seen.violations else 1


def main(pairs: int = 1100, speed: float = 22) -> int:
    """Run it; gives the exit code."""
    here, there = get_context("spawn").Pipe()
    server = get_context("spawn").Process(target=serve, args=(there, 2 * pairs, speed), daemon=True)
    server.start()
    slack: Slack = here.recv()
    with tempfile.TemporaryDirectory(prefix="antipode-") as folder:
        began = time.perf_counter()
        put_back = asyncio.run(open_rooms(slack, pairs, speed, Path(folder)))
        seconds = time.perf_counter() - began
    here.send("enough")
    seen: Seen = here.recv()
    here.send("bye")
    server.join(10)
    return report(seen, put_back, pairs, speed, seconds)


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
