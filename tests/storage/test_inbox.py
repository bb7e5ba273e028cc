"""The inbox: a platform repeats itself, nothing is decided twice."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.events import Event
from bot.outcome import Outcome
from storage import StoreImplementation, open_store, tables
from tests.storage.given import NOW, ana, rows, said


async def test_an_event_is_fresh_once(store: StoreImplementation) -> None:
    """Within a batch as well as between batches; the order is kept."""
    first, second, third = said("9", "c"), said("1", "b"), said("5", "a")
    async with store.unit() as unit:
        assert await unit.fresh([first, second, first]) == [first, second]
    async with store.unit() as unit:
        assert await unit.fresh([third, second, first]) == [third]


async def test_the_same_id_on_another_platform_is_another_event(store: StoreImplementation) -> None:
    """Ids are unique within a platform only."""
    async with store.unit() as unit:
        both = [said(id="1"), said(id="1", platform="slack")]
        assert await unit.fresh(both) == both


async def test_nothing_is_fresh_in_an_empty_batch(store: StoreImplementation) -> None:
    async with store.unit() as unit:
        assert await unit.fresh([]) == []


async def test_a_rollback_leaves_no_row_in_the_inbox(store: StoreImplementation) -> None:
    """What was not decided is fresh again."""
    with pytest.raises(ZeroDivisionError):
        await _receive_and_fail(store)

    async with store.unit() as unit:
        assert await unit.fresh([said()]) == [said()]


async def test_two_processes_never_both_get_an_event(
    postgres_url: str, postgres_store: StoreImplementation
) -> None:
    """Whichever commits first has it; the other waits, and does not."""
    other = open_store(postgres_url)
    events = [said(str(number)) for number in range(40)]

    found = await asyncio.gather(
        *(_receive(which, list(reversed(events))) for which in (postgres_store, other) for _ in range(3))
    )

    await other.close()
    assert sorted(each for part in found for each in part) == sorted(event.id for event in events)


async def test_a_dead_letter_is_kept(store: StoreImplementation) -> None:
    """For the operators, without what people wrote."""
    async with store.unit() as unit:
        await unit.dead_letter("telegram", "77", "KeyError('x')", "Said")

    wanted = {"number": 1, "platform": "telegram", "event": "77", "error": "KeyError('x')", "payload": "Said"}
    assert await rows(store, tables.dead_letter) == [wanted | {"at": None, "body": None, "again": False}]


async def _receive_and_fail(store: StoreImplementation) -> None:
    async with store.unit() as unit:
        await unit.fresh([said()])
        await unit.save(Outcome((ana(),)), NOW)
        raise ZeroDivisionError


async def _receive(store: StoreImplementation, events: Sequence[Event]) -> list[str]:
    async with store.unit() as unit:
        return [event.id for event in await unit.fresh(events)]
