"""A look that fails, whatever it is about, keeps no other back: it comes again in an hour."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.model import Dialogue, DirectorsRoom, Partnership, Person, RoomKind, Round, RoundState
from bot.outcome import Outcome
from bot.ports import StoreAway, Unit
from storage import StoreImplementation
from tests.core.running import NOW, Running, said
from tests.storage.given import applied, every, pair, save, spring


HOUR = timedelta(hours=1)


class Poisoned:
    """A store that cannot save what is about one partnership, one round or one person."""

    def __init__(self, store: StoreImplementation, poison: str, error: Exception) -> None:
        self.store, self.poison, self.error = store, poison, error

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[object]:
        async with self.store.unit() as unit:
            yield PoisonedUnit(self, unit)


class PoisonedUnit:
    def __init__(self, whole: Poisoned, unit: Unit) -> None:
        self.whole, self.unit = whole, unit

    def __getattr__(self, name: str) -> object:
        return getattr(self.unit, name)

    async def save(self, outcome: Outcome, now: object) -> None:
        await self.unit.save(outcome, now)  # type: ignore[arg-type]
        if any(self.whole.poison in delivery.key for delivery in outcome.deliveries):
            raise self.whole.error


async def two_pairs(store: StoreImplementation) -> None:
    """Two pairs that are to be introduced, and somebody whose application waits for too long."""
    people = [
        Person(number, "playground", f"p{number}", f"p{number}", name="x", language="en")
        for number in range(1, 6)
    ]
    there: dict[str, Any] = {"platform": "playground", "room": RoomKind.CONTACT, "look_at": NOW}
    long_ago = NOW - timedelta(days=3)
    await save(store, spring(state=RoundState.RUNNING, started_at=long_ago, look_at=None), *people)
    await save(store, *pair(1, 1, 2, **there), *pair(2, 3, 4, **there))
    await save(store, Dialogue(5, "application", "name", about="spring", touched_at=long_ago))


@pytest.mark.parametrize("poison", ["introduction/spring.1", "introduction/spring.2"])
async def test_a_partnership_that_cannot_be_saved_keeps_no_other_back(
    each_store: StoreImplementation, poison: str
) -> None:
    running = Running(each_store)
    running.bot.store = Poisoned(each_store, poison, ValueError("a defect"))  # type: ignore[assignment]
    await two_pairs(each_store)
    while await running.bot.tick():
        pass

    bad = poison.partition("/")[2]
    found = {each.id: each for each in await every(each_store, Partnership)}
    assert found[bad].look_at == NOW + HOUR
    assert [each.introduced_at is None for each in found.values()].count(True) == 1
    (dialogue,) = await every(each_store, Dialogue)
    assert dialogue.reminded


async def test_a_database_that_goes_away_is_no_defect_of_a_look(each_store: StoreImplementation) -> None:
    running = Running(each_store)
    away = Poisoned(each_store, "introduction/spring.1", StoreAway("cut"))
    running.bot.store = away  # type: ignore[assignment]
    await two_pairs(each_store)
    with pytest.raises(StoreAway):
        await running.bot.tick()

    assert {each.look_at for each in await every(each_store, Partnership)} == {NOW}


async def test_a_round_is_drafted_and_a_command_answered_while_others_share_the_database(
    each_store: StoreImplementation,
) -> None:
    """Both may think for long: on PostgreSQL in a thread of their own."""
    running = Running(each_store)
    people = [Person(n, "playground", f"p{n}", f"p{n}", name="x", country="BR") for n in range(1, 5)]
    past = NOW - timedelta(days=1)
    closed = spring(state=RoundState.OPEN, closes_at=past, starts_at=NOW + timedelta(days=9), look_at=NOW)
    applications = (applied(n) for n in range(1, 5))
    await save(each_store, DirectorsRoom("playground", "desk", NOW), closed, *people, *applications)
    while await running.bot.tick():
        pass
    await running.hear(replace(said("pairs", account="p1"), chat="desk", private=False))

    (after,) = await every(each_store, Round)
    assert after.state is RoundState.PROPOSED
    assert running.chat.parcels[-1].chat == "desk"
