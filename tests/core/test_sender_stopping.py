"""A sender that is told to stop: what it began is ended and noted first; the next start must know."""

import asyncio
from contextlib import suppress
from typing import Any

import pytest

from bot.lease import LEASE
from bot.messages import Unsure
from bot.ports import Parcel, Sent
from bot.sender import Lane
from storage import StoreImplementation
from tests.core.running import Running
from tests.core.test_sender import delivery, put
from tests.core.test_sender_trouble import Troubled, lane_of, rows


@pytest.mark.parametrize("slow", ["claim", "sent"])
async def test_a_sender_that_stops_while_it_waits_for_the_database_leaves_nothing_open(
    store: StoreImplementation, slow: str
) -> None:
    """The next start would send again what had arrived, or hold it back as perhaps sent."""
    running = Running(store)
    asked, answers = asyncio.Event(), asyncio.Event()
    await put(store, delivery("a"))

    async def wait(name: str) -> None:
        if name == slow:
            asked.set()
            await answers.wait()

    class Slow(Troubled):
        async def claim(self, *arguments: Any) -> list[Parcel]:
            found = await self.store.claim(*arguments)
            await wait("claim")
            return found

        async def sent(self, *arguments: Any) -> None:
            await wait("sent")
            await self.store.sent(*arguments)

    task = asyncio.create_task(lane_of(running, Slow(store, {})).keep_delivering(asyncio.Event()))
    async with asyncio.timeout(5):
        await asked.wait()
    task.cancel()
    asyncio.get_running_loop().call_soon(answers.set)
    await asyncio.gather(task, return_exceptions=True)

    assert (running.said, await rows(store)) == (["a"], {"a": ("sent", "")})


async def test_a_message_that_hangs_when_the_sender_stops_costs_no_other_its_mark(
    store: StoreImplementation,
) -> None:
    running = Running(store)
    hangs, arrived = asyncio.Event(), asyncio.Event()

    class Hanging:
        platform = "playground"

        async def send(self, parcel: Parcel) -> Sent:
            if parcel.key == "a":
                hangs.set()
                await asyncio.Event().wait()
            await arrived.wait()
            return Sent(parcel.key)

    lane = Lane(Hanging(), store, running.clock, running.bot.handle, grace=0.2)
    await put(store, delivery("a"), delivery("b", to="ben"), delivery("c", to="carla", unsure=Unsure.HOLD))
    task = asyncio.create_task(lane.keep_delivering(asyncio.Event()))
    async with asyncio.timeout(5):
        await hangs.wait()
    task.cancel()
    asyncio.get_running_loop().call_soon(arrived.set)
    await asyncio.gather(task, return_exceptions=True)

    assert {key: state for key, (state, _) in (await rows(store)).items()} == {
        "a": "sending",
        "b": "sent",
        "c": "sent",
    }


async def test_what_arrives_while_the_database_is_slow_at_a_stop_is_noted_too(
    store: StoreImplementation,
) -> None:
    """The mark of one takes longer than the grace: the other arrives meanwhile."""
    running = Running(store)
    hangs, first, second = asyncio.Event(), asyncio.Event(), asyncio.Event()

    class Hanging:
        platform = "playground"

        async def send(self, parcel: Parcel) -> Sent:
            if parcel.key == "a":
                hangs.set()
                await asyncio.Event().wait()
            await (first if parcel.key == "b" else second).wait()
            return Sent(parcel.key)

    class Slow(Troubled):
        async def sent(self, *arguments: Any) -> None:
            second.set()
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.Event().wait(), 0.3)
            await self.store.sent(*arguments)

    lane = Lane(Hanging(), Slow(store, {}), running.clock, running.bot.handle, grace=0.2)
    await put(store, delivery("a"), delivery("b", to="ben"), delivery("c", to="carla"))
    task = asyncio.create_task(lane.keep_delivering(asyncio.Event()))
    async with asyncio.timeout(5):
        await hangs.wait()
    task.cancel()
    asyncio.get_running_loop().call_soon(first.set)
    await asyncio.gather(task, return_exceptions=True)

    assert [state for state, _ in (await rows(store)).values()] == ["sending", "sent", "sent"]


async def test_a_sender_that_stops_gives_its_lane_back(store: StoreImplementation) -> None:
    running = Running(store)
    there = asyncio.Event()
    running.chat.watch = lambda parcel: there.set()
    await put(store, delivery("a"))
    task = asyncio.create_task(running.lane.keep_delivering(asyncio.Event()))
    async with asyncio.timeout(5):
        await there.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert await store.lease("playground", "another", running.clock.now(), LEASE) is not None
