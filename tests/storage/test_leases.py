"""Leases: one sender a lane, and nothing marked by one that lost it."""

from datetime import timedelta

from bot.messages import Unsure
from bot.ports import Sent
from storage import StoreImplementation, open_store
from storage.claiming import claim
from tests.storage.given import DAY, LANE, NOW, SPAN, ana, keys, outbox, save, send, to_person


async def test_a_lane_has_one_holder(store: StoreImplementation) -> None:
    """Another gets it when the lease is over, with a higher fence."""
    other = open_store_beside(store)

    assert await store.lease(LANE, "a", NOW, SPAN) == 1
    assert await other.lease(LANE, "b", NOW + SPAN / 2, SPAN) is None
    assert await other.lease(LANE, "b", NOW + SPAN, SPAN) == 2
    assert await store.lease(LANE, "a", NOW + SPAN, SPAN) is None


async def test_the_holder_keeps_its_fence(store: StoreImplementation) -> None:
    """However often it asks, and though nobody else wanted it meanwhile."""
    moments = (NOW, NOW + SPAN / 4, NOW + SPAN, NOW + DAY)

    assert [await store.lease(LANE, "a", moment, SPAN) for moment in moments] == [1, 1, 1, 1]


async def test_started_again_under_its_name_it_need_not_wait(store: StoreImplementation) -> None:
    """With a new fence, so that what it left being sent is known as such."""
    await store.lease(LANE, "a", NOW, SPAN)

    assert await open_store_beside(store).lease(LANE, "a", NOW, SPAN) == 2


async def test_a_broken_fence_claims_and_marks_nothing(store: StoreImplementation) -> None:
    """A sender that slept through its lease wakes up too late."""
    await save(store, ana(1), ana(2), ana(3))
    await send(store, to_person(1, "a"), to_person(2, "b"), to_person(3, "c"))
    old = await store.lease(LANE, "a", NOW, SPAN)
    assert old
    first, second, third = await store.claim(LANE, old, NOW, 3)
    other = open_store_beside(store)
    new = await other.lease(LANE, "b", NOW + SPAN, SPAN)
    assert new

    again = await other.claim(LANE, new, NOW + SPAN, 3)
    await store.sent([(first, Sent("late"))], NOW + SPAN)
    await store.later(second, NOW + DAY, "late")
    await store.given_up(third, "late", NOW)

    assert await store.claim(LANE, old, NOW + SPAN, 3) == []
    assert keys(again) == ["a", "b", "c"]
    states = [(row["state"], row["fence"], row["ref"]) for row in (await outbox(store)).values()]
    assert states == [("sending", 2, ""), ("sending", 2, ""), ("sending", 2, "")]
    await other.sent([(parcel, Sent("1")) for parcel in again], NOW + SPAN)
    assert {row["ref"] for row in (await outbox(store)).values()} == {"1"}


async def test_what_a_dead_sender_left_follows_its_own_policy(store: StoreImplementation) -> None:
    """Nobody can know whether it arrived: again, or never again."""
    await save(store, ana(1), ana(2))
    await send(store, to_person(1, "repeat"), to_person(2, "hold", unsure=Unsure.HOLD))
    fence = await store.lease(LANE, "a", NOW, SPAN)
    assert fence
    await store.claim(LANE, fence, NOW, 10)

    other = open_store_beside(store)
    fence = await other.lease(LANE, "a", NOW, SPAN)
    assert fence
    parcels = await other.claim(LANE, fence, NOW, 10)

    assert [(parcel.key, parcel.attempts) for parcel in parcels] == [("repeat", 1)]
    row = (await outbox(store))["hold"]
    assert (row["state"], row["why"]) == ("given-up", "unsure")


def open_store_beside(store: StoreImplementation) -> StoreImplementation:
    """Give a second sender on the same database: what another process would be."""
    return StoreImplementation(store.database)


async def test_leases_of_several_processes_go_by_the_clock_of_their_database(postgres_url: str) -> None:
    """Whatever the processes think what time it is, nobody gets a lane that another has."""
    store = open_store(postgres_url, shared=True)
    other = open_store_beside(store)
    moments = (NOW - DAY, NOW, NOW + DAY, NOW + 100 * DAY)

    assert await store.lease("x", "a", NOW, SPAN) == 1
    assert [await other.lease("x", "b", moment, SPAN) for moment in moments] == [None] * 4
    assert await store.lease("x", "a", NOW, timedelta(0)) == 1
    assert await other.lease("x", "b", NOW - DAY, SPAN) == 2
    async with store.database.writing() as connection:
        await connection.exec_driver_sql("UPDATE lease SET until = now() + interval '1 day'")
    assert await store.lease("x", "a", NOW, SPAN) == 3
    async with store.database.writing() as connection:
        await connection.exec_driver_sql("DELETE FROM lease")
    await store.close()


async def test_a_claim_that_was_cut_off_is_looked_for(store: StoreImplementation) -> None:
    """Its commit was done, but nobody heard of it: what it claimed never left, and goes now."""
    await save(store, ana(1), ana(2))
    await send(store, to_person(1, "a"), to_person(2, "hold", unsure=Unsure.HOLD))
    fence = await store.lease(LANE, "a", NOW, SPAN)
    assert fence
    store._held[LANE].recovered = False
    async with store.database.writing() as connection:
        await claim(connection, LANE, fence, NOW, 10, busy=())

    again = await store.claim(LANE, fence, NOW, 10)

    assert [(parcel.key, parcel.attempts) for parcel in again] == [("a", 0), ("hold", 0)]
