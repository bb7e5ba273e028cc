"""Two processes on one PostgreSQL: whoever decides about a subject has it alone."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.events import Event
from bot.model import Dialogue, DirectorsRoom, Partnership, PartnershipState, RoundState
from bot.outcome import Outcome
from bot.ports import Needs, Sent
from storage import StoreImplementation, open_store
from tests.storage.given import (
    DAY,
    LANE,
    NOW,
    SPAN,
    ana,
    every,
    outbox,
    pair,
    said,
    save,
    send,
    spring,
    to_person,
)


@pytest.fixture
async def other(postgres_url: str, postgres_store: StoreImplementation) -> AsyncIterator[StoreImplementation]:
    """Another process on the database of `postgres_store`."""
    store = open_store(postgres_url)
    yield store
    await store.close()


async def test_two_turns_of_a_person_come_one_after_the_other(
    postgres_store: StoreImplementation, other: StoreImplementation
) -> None:
    """Twenty messages over two processes: none overwrites what another said."""
    await save(postgres_store, ana(), Dialogue(1, "count", "0"))

    async def count(store: StoreImplementation, event: Event) -> None:
        async with store.unit() as unit:
            turn = (await unit.turns([event], NOW))[0]
            assert turn
            assert turn.dialogue
            counted = replace(turn.dialogue, at=str(int(turn.dialogue.at) + 1))
            await unit.save(Outcome((counted,)), NOW)

    stores = (postgres_store, other)
    await asyncio.gather(*(count(stores[at % 2], said(id=str(at))) for at in range(20)))

    assert [dialogue.at for dialogue in await every(postgres_store, Dialogue)] == ["20"]


async def test_two_partners_at_once_both_count(
    postgres_store: StoreImplementation, other: StoreImplementation
) -> None:
    """The partnership is locked with its people: each sees what the other did."""
    await save(postgres_store, spring(), ana(1), ana(2), *pair(1, 1, 2))

    async def agree(store: StoreImplementation, account: str) -> None:
        async with store.unit() as unit:
            turn = (await unit.turns([said(account)], NOW))[0]
            assert turn
            assert turn.partnership
            agreed = (*turn.partnership.agreed, turn.person.id)
            await unit.save(Outcome((replace(turn.partnership, agreed=agreed),)), NOW)

    await asyncio.gather(agree(postgres_store, "701"), agree(other, "702"))

    assert [set(each.agreed) for each in await every(postgres_store, Partnership)] == [{1, 2}]


async def test_a_partnership_that_ended_meanwhile_is_not_in_the_turn(
    postgres_store: StoreImplementation, other: StoreImplementation
) -> None:
    """A turn that waited for the lock reads again what it got."""
    partnership = pair(1, 1, 2)[0]
    assert isinstance(partnership, Partnership)
    await save(postgres_store, spring(), ana(1), ana(2), *pair(1, 1, 2))

    async with postgres_store.unit() as unit:
        await unit.turns([said("701")], NOW)
        waiting = asyncio.create_task(_partnership_of(other, said("702")))
        await asyncio.sleep(0.05)  # the other has to stand at the lock
        over = replace(partnership, state=PartnershipState.DISSOLVED)
        await unit.save(Outcome((over,)), NOW)

    assert await waiting is None


async def test_two_commands_about_a_round_come_one_after_the_other(
    postgres_store: StoreImplementation, other: StoreImplementation
) -> None:
    """Two directors press the button at once: the second sees what the first did."""
    await save(postgres_store, DirectorsRoom(LANE, "-5", NOW), ana(1), ana(2), spring(state=RoundState.OPEN))
    seen: list[RoundState] = []

    async def close(store: StoreImplementation, account: str) -> None:
        async with store.unit() as unit:
            event = said(account, private=False, chat="-5")
            desk = await unit.desk(event, Needs(), NOW)
            assert desk
            assert desk.round
            seen.append(desk.round.state)
            await unit.save(Outcome((replace(desk.round, state=RoundState.CLOSED),)), NOW)

    await asyncio.gather(close(postgres_store, "701"), close(other, "702"))

    assert seen == [RoundState.OPEN, RoundState.CLOSED]


async def test_two_senders_never_send_the_same(
    postgres_store: StoreImplementation, other: StoreImplementation
) -> None:
    """Both ask for the lane all the time, and take over from each other; nothing is lost or doubled."""
    people = range(1, 41)
    await save(postgres_store, *(ana(number) for number in people))
    await send(
        postgres_store, *(to_person(number, f"{number}/{part}") for number in people for part in (1, 2))
    )
    went: list[str] = []

    async def sender(store: StoreImplementation, holder: str) -> None:
        for step in range(30):
            now = NOW + step * SPAN
            fence = await store.lease(LANE, holder, now, SPAN)
            if fence is None:
                await asyncio.sleep(0)
                continue
            parcels = await store.claim(LANE, fence, now, 7)
            went.extend(parcel.key for parcel in parcels)
            await store.sent([(parcel, Sent()) for parcel in parcels], now)

    await asyncio.gather(sender(postgres_store, "a"), sender(other, "b"))

    rows = await outbox(postgres_store)
    assert len([row for row in rows.values() if row["state"] == "sent"]) == 80
    assert set(went) == set(rows)
    for number in people:
        mine = [key for key in went if key.startswith(f"{number}/")]
        assert mine[0] == f"{number}/1"


async def test_many_turns_and_looks_at_once_never_lock_each_other_out(
    postgres_store: StoreImplementation, other: StoreImplementation
) -> None:
    """Each locks people before partnerships, and in order; looks pass over what is in hand."""
    people = [ana(number) for number in range(1, 21)]
    pairs = [pair(number, 2 * number - 1, 2 * number, look_at=NOW) for number in range(1, 11)]
    await save(postgres_store, spring(), *people, *(record for each in pairs for record in each))

    async def turn(store: StoreImplementation, numbers: tuple[int, ...]) -> None:
        async with store.unit() as unit:
            turns = await unit.turns([said(str(700 + number)) for number in numbers], NOW)
            touched = tuple(
                replace(found.partnership, looked_at=NOW) for found in turns if found and found.partnership
            )
            await unit.save(Outcome(touched), NOW)

    async def look(store: StoreImplementation) -> None:
        async with store.unit() as unit:
            books = await unit.books_due(NOW, 20)
            later = tuple(replace(book.partnership, look_at=NOW + DAY) for book in books)
            await unit.save(Outcome(later), NOW)

    batches = [(1, 20, 3), (20, 5, 1), (2, 9, 19), (19, 4, 10), (7, 15, 2)]
    turns = (turn(store, batch) for batch in batches for store in (postgres_store, other))
    looks = (look(store) for _ in range(3) for store in (postgres_store, other))
    await asyncio.wait_for(asyncio.gather(*turns, *looks), timeout=20)


async def _partnership_of(store: StoreImplementation, event: Event) -> Partnership | None:
    async with store.unit() as unit:
        turn = (await unit.turns([event], NOW))[0]
        assert turn
        return turn.partnership
