"""Messages that hang while the process lives: it stays the one that sends."""

import asyncio
from datetime import timedelta

from bot.lease import LEASE
from bot.ports import Parcel, Sent
from bot.sender import IN_FLIGHT, Lane
from storage import StoreImplementation
from tests.core.running import Running
from tests.core.test_sender import delivery, put


class Hanging:
    """A chat whose messages to some hang until they are let go."""

    platform = "playground"

    def __init__(self, hangs: set[str]) -> None:
        self.hangs = hangs
        self.begun: list[str] = []
        self.wanted = 0
        self.there = asyncio.Event()
        self.let_go = asyncio.Event()

    async def send(self, parcel: Parcel) -> Sent:
        self.begun.append(parcel.chat)
        if len(self.begun) >= self.wanted:
            self.there.set()
        if parcel.chat in self.hangs:
            await self.let_go.wait()
        return Sent(parcel.key)

    async def has_begun(self, many: int) -> None:
        self.wanted = many
        if len(self.begun) < many:
            self.there.clear()
            async with asyncio.timeout(5):
                await self.there.wait()


async def test_whose_messages_all_hang_keeps_the_lease(store: StoreImplementation) -> None:
    """Another one would send them again, while the first may still succeed."""
    running = Running(store)
    people = [f"p{number}" for number in range(IN_FLIGHT)]
    chat = Hanging(set(people))
    lane = Lane(chat, store, running.clock, running.bot.handle)
    await put(store, *(delivery(who, to=who) for who in people))
    task = asyncio.create_task(lane.keep_delivering(awake := asyncio.Event()))
    await chat.has_begun(IN_FLIGHT)
    others = []
    for _ in range(3):
        running.clock.move(running.clock.now() + timedelta(seconds=5))
        awake.set()
        async with asyncio.timeout(5):
            while awake.is_set():  # noqa: ASYNC110 - the lane tells by this flag only
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)  # it asks the database
        others.append(await store.lease("playground", "another", running.clock.now(), LEASE))
    chat.let_go.set()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert others == [None, None, None]
