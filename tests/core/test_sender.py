"""The sender: what is due is sent once, in order, and not in anybody's night."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.endings import backoff
from bot.messages import Address, Delivery, Message, Unsure
from bot.model import Membership, Partnership, PartnershipState, RoomKind, Round, RoundState
from bot.outcome import Outcome
from bot.ports import CannotReach, ChatError, NotSent, Parcel, Rejected, RetryLater, Uncertain
from storage import StoreImplementation
from tests.core.running import NOW, Running, said


def delivery(key: str, *, to: str = "ana", zones: tuple[str, ...] = (), **more: object) -> Delivery:
    address = Address("playground", "chat", to)
    return replace(Delivery(key, address, Message(key), NOW, zones=zones), **more)  # type: ignore[arg-type]


async def put(store: StoreImplementation, *deliveries: Delivery) -> None:
    async with store.unit() as unit:
        await unit.save(Outcome(deliveries=deliveries), NOW)


async def test_the_same_key_is_sent_once(store: StoreImplementation) -> None:
    running = Running(store)

    await put(store, delivery("prompt/x.1/1"))
    await running.deliver()
    await put(store, delivery("prompt/x.1/1"))
    await running.deliver()

    assert running.said == ["prompt/x.1/1"]


async def test_a_planned_message_waits_for_the_readers_morning(store: StoreImplementation) -> None:
    running = Running(store)
    await put(store, delivery("reminder", zones=("Pacific/Honolulu",)))

    await running.deliver()
    at_night = list(running.said)
    running.clock.move(NOW + timedelta(hours=9))
    await running.deliver()

    assert (at_night, running.said) == ([], ["reminder"])


@pytest.mark.parametrize(
    ("error", "after", "sent"),
    [
        (RetryLater(timedelta(seconds=40)), timedelta(seconds=41), ["late"]),
        (NotSent("no connection"), timedelta(seconds=5), ["late"]),
        (Uncertain("no answer"), timedelta(seconds=5), ["late"]),
        (Rejected("bad request"), timedelta(hours=1), []),
        (CannotReach("blocked"), timedelta(hours=1), []),
    ],
)
async def test_what_a_chat_answers_decides_what_becomes_of_a_message(
    store: StoreImplementation, error: ChatError, after: timedelta, sent: list[str]
) -> None:
    running = Running(store)
    running.chat.refuse = lambda parcel: error
    await put(store, delivery("late"))
    await running.deliver()

    running.chat.refuse = None
    running.clock.move(NOW + after)
    await running.deliver()

    assert running.said == sent


async def test_a_message_that_must_not_come_twice_is_held_when_unsure(store: StoreImplementation) -> None:
    running = Running(store)
    running.chat.refuse = lambda parcel: Uncertain("no answer")
    await put(store, delivery("once", unsure=Unsure.HOLD))
    await running.deliver()

    running.chat.refuse = None
    running.clock.move(NOW + timedelta(hours=1))
    await running.deliver()

    assert running.said == []


async def test_a_chat_that_must_wait_keeps_its_order_and_delays_no_other(store: StoreImplementation) -> None:
    running = Running(store)

    def refuse(parcel: Parcel) -> ChatError | None:
        return RetryLater(timedelta(seconds=30)) if parcel.chat == "ana" else None

    running.chat.refuse = refuse
    await put(store, delivery("a1"), delivery("a2"), delivery("b1", to="ben"))
    await running.deliver()
    first = list(running.said)
    running.chat.refuse = None
    running.clock.move(NOW + timedelta(seconds=31))
    await running.deliver()

    assert (first, running.said) == (["b1"], ["b1", "a1", "a2"])


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 1), (3, 8), (30, 600)])
def test_each_try_waits_longer_up_to_ten_minutes(attempts: int, seconds: int) -> None:
    assert backoff(attempts) == timedelta(seconds=seconds)


async def test_what_a_lost_room_was_to_hear_reaches_its_people(store: StoreImplementation) -> None:
    running = Running(store)
    await running.hear(said("/help", 1, "ana"), said("/help", 2, "ben"))
    async with store.unit() as unit:
        turns = await unit.turns([said("x", 3, "ana"), said("x", 4, "ben")], NOW)
        ids = [turn.person.id for turn in turns if turn is not None]
        pair = Partnership(
            id="spring.1",
            round="spring",
            number=1,
            platform="playground",
            members=tuple(ids),
            state=PartnershipState.RUNNING,
            starter=ids[0],
            room=RoomKind.GROUP,
            chat="the room",
        )
        a_round = Round("spring", "Spring", RoundState.RUNNING, started_at=NOW)
        members = tuple(Membership("spring.1", person, "spring") for person in ids)
        prompt = Delivery(
            "prompt/spring.1/2", Address("playground", "room", "spring.1"), Message("A topic"), NOW
        )
        await unit.save(Outcome((a_round, pair, *members), (prompt,)), NOW)
    running.chat.parcels.clear()
    running.chat.refuse = lambda parcel: CannotReach("kicked") if parcel.chat == "the room" else None

    await running.deliver()

    topics = [parcel.chat for parcel in running.chat.parcels if "A topic" in getattr(parcel.body, "text", "")]
    assert sorted(topics) == ["ana", "ben"]


async def test_a_sender_that_is_cancelled_stops(store: StoreImplementation) -> None:
    running = Running(store)
    awake = asyncio.Event()
    task = asyncio.create_task(running.lane.keep_delivering(awake))
    await asyncio.sleep(0)

    awake.set()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 5)
