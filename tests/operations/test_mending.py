"""Dropping and sending again beside a bot that sends: on both databases, and against its claims."""

import asyncio
from datetime import timedelta

from bot.ports import Sent
from storage import StoreImplementation
from storage.mending import drop_row, mark_restored, rows_of, send_again
from tests.storage.given import (
    DAY,
    HOUR,
    NOW,
    ana,
    claimed,
    fence_of,
    keys,
    outbox,
    save,
    send,
    to_person,
)


async def test_what_is_sent_again_keeps_its_place_among_new_ones(each_store: StoreImplementation) -> None:
    await save(each_store, ana())
    await send(each_store, to_person(1, "a"))
    await each_store.given_up((await claimed(each_store))[0], "rejected: too long", NOW)
    await send(each_store, to_person(1, "b", due_at=NOW + HOUR))

    async with each_store.database.writing() as connection:
        assert await send_again(connection, 1, NOW + DAY) == ""

    (first,) = await claimed(each_store, NOW + DAY)
    await each_store.sent([(first, Sent("1"))], NOW + DAY)
    (second,) = await claimed(each_store, NOW + DAY)
    assert (first.key, second.key) == ("b", "a")


async def test_what_is_being_sent_is_left_alone(each_store: StoreImplementation) -> None:
    await save(each_store, ana())
    await send(each_store, to_person(1, "a"))
    await claimed(each_store)

    async with each_store.database.writing() as connection:
        found = [await drop_row(connection, 1, NOW), await send_again(connection, 1, NOW)]
        listed = await rows_of(connection, "sending", NOW)

    assert found == ["it is sending", "it is sending"]
    assert [row.key for row in listed] == ["a"]


async def test_a_drop_and_a_claim_at_once_never_both_have_a_row(postgres_store: StoreImplementation) -> None:
    """Whoever comes first has it: dropped rows are not sent, claimed rows are not dropped."""
    people = range(1, 31)
    await save(postgres_store, *(ana(number) for number in people))
    await send(postgres_store, *(to_person(number, str(number)) for number in people))
    fence = await fence_of(postgres_store)

    async def drop(number: int) -> str:
        async with postgres_store.database.writing() as connection:
            return await drop_row(connection, number, NOW)

    parcels, dropped = await asyncio.gather(
        postgres_store.claim("telegram", fence, NOW, 15),
        asyncio.gather(*(drop(number) for number in people)),
    )

    gone = {str(number) for number, why in zip(people, dropped, strict=True) if why == ""}
    assert gone & set(keys(parcels)) == set()
    states = {key: row["state"] for key, row in (await outbox(postgres_store)).items()}
    assert {key for key, state in states.items() if state == "given-up"} == gone


async def test_what_was_decided_for_before_the_restore_is_not_sent(each_store: StoreImplementation) -> None:
    """What waits from before is dropped, what is decided anew for then too; answers and the future go."""
    await save(each_store, *(ana(number) for number in range(1, 6)))
    await send(each_store, to_person(1, "prompt/spring.1/3", due_at=NOW))
    lost_at = NOW + DAY
    async with each_store.database.writing() as connection:
        assert await mark_restored(connection, lost_at, NOW + 2 * DAY) == 1
    later = NOW + 2 * DAY
    await send(
        each_store,
        to_person(2, "prompt/spring.1/4", due_at=lost_at - HOUR),
        to_person(3, "prompt/spring.1/5", due_at=lost_at),
        to_person(4, "reply/telegram/u1", due_at=lost_at - timedelta(minutes=1)),
    )

    assert keys(await claimed(each_store, later)) == ["reply/telegram/u1", "prompt/spring.1/5"]
    whys = {key: row["why"] for key, row in (await outbox(each_store)).items()}
    assert whys["prompt/spring.1/3"] == whys["prompt/spring.1/4"] == "before the restore"
