"""A platform that is away: one message at a time tries it, the others keep their places."""

import asyncio
from datetime import timedelta

from bot.messages import Address, Delivery, Message
from bot.outcome import Outcome
from bot.ports import NotSent, Parcel
from bot.reach import Reach
from storage import StoreImplementation
from tests.core.running import NOW, Running


def test_a_platform_is_away_after_three_misses_in_a_row_and_back_with_one_answer() -> None:
    reach = Reach()
    for _ in range(2):
        reach.missed(0)
    reach.answered()
    for _ in range(2):
        reach.missed(0)
    before = reach.away
    reach.missed(0)
    during = reach.away
    reach.answered()

    assert (before, during, reach.away) == (False, True, False)


def test_while_it_is_away_one_goes_at_a_time_after_a_rest_that_grows() -> None:
    reach = Reach()
    rests = []
    for _ in range(12):
        reach.missed(0)
        rests.append(next(rest for rest in range(100) if reach.room(8, 0, rest)))

    assert rests == [0, 0, 1, 2, 4, 8, 16, 30, 30, 30, 30, 30]
    assert reach.room(8, 0, 30) == 1
    assert reach.room(8, 1, 30) == 0


async def test_a_minute_after_an_outage_of_an_hour_everything_has_arrived(store: StoreImplementation) -> None:
    running = Running(store)
    to = [Address("playground", "chat", f"chat{number}") for number in range(40)]
    due = [NOW + timedelta(minutes=number) for number in range(40)]
    rows = tuple(Delivery(str(at), to[at], Message(str(at)), due[at]) for at in range(40))
    async with store.unit() as unit:
        await unit.save(Outcome(deliveries=rows), NOW)
    back = NOW + timedelta(hours=1)
    tries: list[str] = []

    def refuse(parcel: Parcel) -> NotSent | None:
        tries.append(parcel.key)
        return NotSent("away") if running.clock.now() < back else None

    running.chat.refuse = refuse
    while running.clock.now() < back + timedelta(minutes=1):
        await running.lane.deliver()
        running.clock.move(running.clock.now() + timedelta(seconds=1))

    sent = [int(parcel.key) for parcel in running.chat.parcels]
    assert sorted(sent) == list(range(40))
    assert len(tries) < 40 + 3600 / 30 + 20


async def test_a_message_that_is_always_refused_holds_up_nobody(store: StoreImplementation) -> None:
    running = Running(store)
    running.chat.refuse = lambda parcel: NotSent("status 500") if parcel.key == "poison" else None
    address = Address("playground", "chat", "ana")
    async with store.unit() as unit:
        await unit.save(Outcome(deliveries=(Delivery("poison", address, Message("x"), NOW),)), NOW)
    for _ in range(300):
        await running.lane.deliver()
        running.clock.move(running.clock.now() + timedelta(seconds=1))
    other = Delivery("other", Address("playground", "chat", "ben"), Message("y"), running.clock.now())
    async with store.unit() as unit:
        await unit.save(Outcome(deliveries=(other,)), running.clock.now())

    for _ in range(35):
        await running.lane.deliver()
        running.clock.move(running.clock.now() + timedelta(seconds=1))
        await asyncio.sleep(0)

    assert [parcel.key for parcel in running.chat.parcels] == ["other"]
