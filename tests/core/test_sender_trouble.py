"""The sender in trouble: defects, a database that goes away, a lease that ran out, a message that hangs."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.events import Event
from bot.lease import LEASE
from bot.messages import Address, Unsure
from bot.ports import CannotReach, NotSent, Parcel, Sent, StoreAway
from bot.sender import TRIES, Lane
from storage import StoreImplementation
from tests.core.running import NOW, Running, said
from tests.core.test_sender import delivery, put


async def rows(store: StoreImplementation) -> dict[str, tuple[str, str]]:
    """Give state and reason of every row, by key."""
    return {row["key"]: (str(row["state"]), row["why"]) async for row in store.outbox_rows()}


@dataclass
class Troubled:
    """The outbox, with something done before each call of a method."""

    store: StoreImplementation
    before: dict[str, Callable[[], object]]

    def __getattr__(self, name: str) -> Any:
        async def called(*arguments: Any, **named: Any) -> Any:
            self.before.get(name, lambda: None)()
            return await getattr(self.store, name)(*arguments, **named)

        return called


def lane_of(
    running: Running, outbox: Any, handle: Callable[[Sequence[Event]], Awaitable[None]] | None = None
) -> Lane:
    return Lane(running.chat, outbox, running.clock, handle or running.bot.handle)


def failing(times: int, error: Exception) -> Callable[[], None]:
    """Give something that fails so many times."""
    left = [error] * times

    def fail() -> None:
        if left:
            raise left.pop()

    return fail


async def test_a_defect_in_sending_leaves_nothing_behind(store: StoreImplementation) -> None:
    """It is tried some times, since some defects pass; then it is given up, and the others were sent."""
    running = Running(store)

    def refuse(parcel: Parcel) -> None:
        if parcel.key == "odd":
            raise KeyError("a defect")

    running.chat.refuse = refuse
    await put(store, delivery("odd"), delivery("even", to="ben"))
    for number in range(TRIES):
        running.clock.move(NOW + timedelta(minutes=number))
        await running.deliver()

    assert running.said == ["even"]
    assert await rows(store) == {"odd": ("given-up", "rejected: defect"), "even": ("sent", "")}


async def test_a_defect_sends_nothing_again_that_must_not_come_twice(store: StoreImplementation) -> None:
    running = Running(store)

    def refuse(parcel: Parcel) -> None:
        raise KeyError("a defect")

    running.chat.refuse = refuse
    await put(store, delivery("once", unsure=Unsure.HOLD))
    await running.deliver()

    assert await rows(store) == {"once": ("given-up", "unsure whether it arrived")}


async def test_what_was_taken_is_marked_when_the_database_is_back(store: StoreImplementation) -> None:
    """Only the mark is tried again: the message was sent."""
    running = Running(store)
    lane = lane_of(running, Troubled(store, {"sent": failing(2, StoreAway("cut"))}))
    await put(store, delivery("a"))
    await lane.deliver()
    await lane.deliver()

    assert (running.said, await rows(store)) == (["a"], {"a": ("sent", "")})


async def test_a_mark_that_cannot_be_made_does_not_stop_the_others(store: StoreImplementation) -> None:
    running = Running(store)
    lane = lane_of(running, Troubled(store, {"sent": failing(2, ValueError("a defect"))}))
    await put(store, delivery("a"), delivery("b", to="ben"))
    await lane.deliver()

    assert sorted(await rows(store)) == ["a", "b"]
    assert {state for state, _ in (await rows(store)).values()} == {"given-up", "sent"}


async def test_what_follows_is_decided_before_the_mark_ends_it(store: StoreImplementation) -> None:
    """Dying between the two, it is looked at again: the mark must be the last thing."""
    running = Running(store)
    await running.hear(said("/help", 1, "ana"))
    order: list[str] = []

    async def handle(events: Sequence[Event]) -> None:
        order.extend(type(event).__name__ for event in events)

    lane = lane_of(running, Troubled(store, {"given_up": lambda: order.append("given up")}), handle)
    running.chat.refuse = lambda parcel: CannotReach("blocked")
    await put(store, replace(delivery("a"), to=Address("playground", "person", "1")))
    await lane.deliver()

    assert order == ["Unreachable", "given up"]


async def test_a_process_that_slept_through_its_lease_sends_nothing(store: StoreImplementation) -> None:
    """What it had claimed is put back, or is another's by now."""
    running = Running(store)
    await put(store, delivery("a"))

    class Sleepy(Troubled):
        async def claim(self, *arguments: Any) -> list[Parcel]:
            found = await self.store.claim(*arguments)
            running.clock.move(running.clock.now() + LEASE)
            return found

    lane = lane_of(running, Sleepy(store, {}))
    await lane.deliver()

    assert (running.said, await rows(store)) == ([], {"a": ("queued", "pace")})


async def test_a_message_that_hangs_holds_up_nobody_else(store: StoreImplementation) -> None:
    running = Running(store)
    hangs, there = asyncio.Event(), asyncio.Event()

    class Hanging:
        platform = "playground"

        async def send(self, parcel: Parcel) -> Sent:
            if parcel.chat == "ana":
                await hangs.wait()
            elif parcel.key == "ben 2":
                there.set()
            return Sent(parcel.key)

    lane = Lane(Hanging(), store, running.clock, running.bot.handle)
    await put(store, delivery("ana 1"), delivery("ben 1", to="ben"), delivery("ben 2", to="ben"))
    task = asyncio.create_task(lane.keep_delivering(asyncio.Event()))
    async with asyncio.timeout(5):
        await there.wait()
    hangs.set()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert {state for state, _ in (await rows(store)).values()} == {"sent"}


async def test_a_sender_lives_through_a_database_that_is_away(store: StoreImplementation) -> None:
    running = Running(store)
    there = asyncio.Event()
    running.chat.watch = lambda parcel: there.set()
    lane = lane_of(running, Troubled(store, {"claim": failing(2, StoreAway("cut"))}))
    await put(store, delivery("a"))
    task = asyncio.create_task(lane.keep_delivering(asyncio.Event()))
    async with asyncio.timeout(5):
        await there.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert (running.said, await rows(store)) == (["a"], {"a": ("sent", "")})


async def test_a_parcel_on_its_way_knows_when_the_lease_is_over(store: StoreImplementation) -> None:
    """What takes several calls asks before each: a machine that slept between two of them wakes late."""
    running = Running(store)
    knew: list[bool] = []

    def sleeps(parcel: Parcel) -> None:
        knew.append(parcel.ours())
        running.clock.move(running.clock.now() + LEASE)
        knew.append(parcel.ours())

    running.chat.refuse = sleeps
    await put(store, delivery("one"))

    await running.deliver()

    assert knew == [True, False]


async def test_a_lease_that_ran_out_on_the_way_says_nothing_of_the_platform(
    store: StoreImplementation,
) -> None:
    """The next try comes at once. It counts: Slack must be asked for what a part before may have brought."""
    running = Running(store)
    slept = [LEASE]

    def sleeps(parcel: Parcel) -> None:
        if slept:
            running.clock.move(running.clock.now() + slept.pop())
        if not parcel.ours():
            raise NotSent("the lease is over")

    running.chat.refuse = sleeps
    await put(store, *(delivery(f"to {name}", to=name) for name in ("ana", "ben", "eva", "ida")))

    await running.deliver()

    assert sorted(running.said) == ["to ana", "to ben", "to eva", "to ida"]
    assert sorted(parcel.attempts for parcel in running.chat.parcels) == [0, 0, 0, 1]
