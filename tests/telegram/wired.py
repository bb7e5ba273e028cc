"""The bot on the wire: the real client library, the real shell and a database, against the strict server."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from adapters.telegram.chat import TelegramChat
from adapters.telegram.limits import PACE
from adapters.telegram.polling import Polling
from bot.app import Bot
from bot.events import Event, Said, Sender
from bot.model import (
    Membership,
    Partnership,
    PartnershipState,
    Round,
    RoundState,
)
from bot.outcome import Outcome
from bot.pacer import Pacer
from bot.sender import Lane
from bot.snapshots import Turn
from bot.texts import Program, load_program
from storage import StoreImplementation, open_store
from tests.fresh import fresh_url
from tests.telegram_server import Client, Group, Limits, Person, TelegramServer
from tests.telegram_server.world import Post


DAY = timedelta(days=1)
FAST = 100.0


class MovableClock:
    """The machine's clock, and as much later as a test wants it."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead.total_seconds()

    async def sleep(self, span: timedelta) -> None:
        await asyncio.sleep(max(0.0, span.total_seconds()) / FAST)


@dataclass
class Wired:
    """A running bot and the platform it talks to."""

    server: TelegramServer
    chat: TelegramChat
    bot: Bot
    store: StoreImplementation
    clock: MovableClock
    lane: Lane
    letters: list[tuple[str, str]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    async def meets(self, *people: Person) -> None:
        """Let people say hello, so that the bot knows them."""
        for person in people:
            person.say("/start")
            await self.server.until(lambda person=person: self.server.messages(person)[1:])  # type: ignore[misc]

    async def pairs(self, *people: Person, number: int = 1) -> Partnership:
        """Approve a partnership of these people, and let its way to a room begin."""
        await self.meets(*people)
        ids = [await self.person(person) for person in people]
        now = self.clock.now()
        round_ = Round("spring", "Spring", RoundState.RUNNING, started_at=now - timedelta(hours=1))
        partnership = Partnership(
            id=f"spring.{number}",
            round="spring",
            number=number,
            platform="telegram",
            members=tuple(ids),
            state=PartnershipState.OPENING,
            starter=ids[0],
            look_at=now,
        )
        memberships = tuple(Membership(partnership.id, each, "spring") for each in ids)
        async with self.store.unit() as unit:
            await unit.save(Outcome((round_, partnership, *memberships)), now)
        await self.looks()
        return partnership

    async def looks(self, after: timedelta = timedelta(0)) -> None:
        """Move the clock and look at what is due."""
        self.clock.ahead += after
        await self.bot.tick()

    async def person(self, person: Person) -> int:
        """Give the id of somebody in the database."""
        return (await self._turn(person)).person.id

    async def partnership(self, person: Person) -> Partnership:
        """Give somebody's partnership as it is now."""
        found = (await self._turn(person)).partnership
        assert found is not None
        return found

    async def _turn(self, person: Person) -> Turn:
        account = str(person.id)
        asks = Said(
            id="?",
            platform="telegram",
            at=self.clock.now(),
            chat=account,
            sender=Sender(account),
            text="",
        )
        async with self.store.unit() as unit:
            turn = (await unit.turns([asks], self.clock.now()))[0]
        assert turn is not None
        return turn


@cache
def program_of(name: str) -> Program:
    """Give the built-in program with the bot's name."""
    return load_program(bot_names={"telegram": name})


@asynccontextmanager
async def wired(folder: Path) -> AsyncIterator[Wired]:
    """Run server and bot together; a test ends with no violation of the Bot API."""
    async with TelegramServer(limits=Limits(speed=FAST)) as server:
        clock = MovableClock()
        chat = TelegramChat(server.token, f"http://127.0.0.1:{server.port}", clock)
        me = await chat.start()
        store = open_store(fresh_url(folder / "bot.db"))
        program = program_of(me.username)
        bot = Bot(store, program, clock)

        async def handle(events: Sequence[Event]) -> None:
            wires.events.extend(events)
            await bot.handle(events)
            await bot.tick()

        lane = Lane(chat, store, clock, handle, pacer=Pacer(PACE.faster(FAST)))
        wires = Wired(server, chat, bot, store, clock, lane)

        async def bury(platform: str, event: str, error: str, payload: str) -> None:
            wires.letters.append((event, error))

        polling = Polling(chat, handle, bury, hold=2, backoff=timedelta(seconds=1))
        awake = asyncio.Event()
        bot.sleepers.append(awake)
        tasks = [asyncio.create_task(polling.run()), asyncio.create_task(lane.keep_delivering(awake))]
        try:
            yield wires
            for task in tasks:
                assert not task.done(), task.exception()
            assert server.violations == []
        finally:
            for task in tasks:
                task.cancel()
            _, running = await asyncio.wait(tasks, timeout=5)
            assert not running, "a task does not stop when it is cancelled"
            await chat.close()
            await store.close()


async def asked(w: Wired, **clients: Client) -> tuple[Person, Person]:
    """Give Ana and Ben, who were asked to make a chat."""
    ana = w.server.user("Ana", username="ana_books", client=clients.get("ana"))
    ben = w.server.user("Ben")
    await w.pairs(ana, ben)
    for person in (ana, ben):
        await person.hears("need a place to talk")
        await person.hears("Do you not want a group?")
    return ana, ben


async def in_a_room(w: Wired) -> tuple[Person, Person, Group]:
    """Give Ana and Ben in their chat, introduced."""
    ana, ben = await asked(w)
    group = ana.shares_new_group("Ana and Ben")
    await ben.hears("Tap here and then")
    ben.tap("Go to our chat")
    await group.hears("please meet each other")
    await group.hears("Saying hello")
    await w.server.until(lambda: group.chat.pinned)
    return ana, ben, group


def url_in(post: Post) -> str:
    """Give the first address in a message: on a button, or behind words."""
    on_buttons = [button["url"] for row in post.inline for button in row if "url" in button]
    behind = [entity["url"] for entity in post.entities if entity["type"] == "text_link"]
    return str((on_buttons + behind)[0])
