"""The shell over a real database: what is handled is kept, once, and answered."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

import pytest

from bot.model import Membership, Partnership, PartnershipState, Person, RoomKind, RoomStep, Round, RoundState
from bot.outcome import Outcome
from bot.ports import StoreAway, Unit
from storage import StoreImplementation
from tests.core.running import NOW, PROGRAM, Running, said, tapped


async def test_somebody_who_writes_gets_one_answer(store: StoreImplementation) -> None:
    running = Running(store)

    await running.hear(said("/help"))

    assert len(running.said) == 1


async def test_an_event_that_comes_again_changes_nothing(store: StoreImplementation) -> None:
    running = Running(store)

    await running.hear(said("/help"), said("/help"))
    await running.hear(said("/help"))

    assert len(running.said) == 1


async def test_two_answers_at_once_are_taken_one_after_the_other(store: StoreImplementation) -> None:
    running = Running(store)

    await running.hear(said("/help", 1), said("/privacy", 2), said("/help", 3, "ben"))

    assert len(running.said) == 3


async def test_a_rule_that_breaks_costs_a_sentence_and_not_the_others_turn(
    store: StoreImplementation,
) -> None:
    # A program without any words breaks every rule that wants to say something.
    broken = replace(PROGRAM, tables={})
    running = Running(store, broken)

    await running.hear(said("/help", 1), said("/start", 2, "ben"))

    assert len(running.said) == 2
    assert (await store.counts())["dead_letters"] in (0, 1, 2)


async def test_two_partners_who_answer_in_one_breath_are_both_heard(store: StoreImplementation) -> None:
    """The second must see what the first led to."""
    running = Running(store)
    people = (Person(0, "playground", "ana", "ana"), Person(0, "playground", "ben", "ben"))
    async with store.unit() as unit:
        turns = await unit.turns([said("x", 1, "ana"), said("x", 2, "ben")], NOW)
        ana, ben = (turn.person for turn in turns if turn is not None)
        assert (ana.account, ben.account) == tuple(person.account for person in people)
        a_round = Round("spring", "Spring", RoundState.RUNNING, started_at=NOW)
        pair = Partnership(
            id="spring.1",
            round="spring",
            number=1,
            platform="telegram",
            members=(ana.id, ben.id),
            state=PartnershipState.OPENING,
            starter=ana.id,
            step=RoomStep.CONTACT,
            step_at=NOW,
        )
        members = (Membership("spring.1", ana.id, "spring"), Membership("spring.1", ben.id, "spring"))
        await unit.save(Outcome((a_round, pair, *members)), NOW)

    await running.hear(tapped("r:spring.1:contact-yes", 1, "ana"), tapped("r:spring.1:contact-yes", 2, "ben"))

    async with store.unit() as unit:
        (turn,) = await unit.turns([said("x", 3, "ana")], NOW)
    assert turn is not None
    assert turn.partnership is not None
    assert turn.partnership.room is RoomKind.CONTACT


async def test_an_answer_stands_in_the_same_line_as_everything_else_to_the_person(
    store: StoreImplementation,
) -> None:
    running = Running(store)
    await running.hear(said("/start", 1))

    await running.hear(said("/help", 2))

    assert {str(parcel.to) for parcel in running.chat.parcels} == {"person/1"}


async def test_somebody_who_is_forgotten_still_gets_the_last_word(store: StoreImplementation) -> None:
    running = Running(store)
    await running.hear(said("/start", 1), said("/forget", 2))

    await running.hear(said("yes", 3))

    assert running.chat.parcels[-1].chat == "ana"
    assert str(running.chat.parcels[-1].to) == "chat/ana"


class CutOnce:
    """A store whose database is cut in its first transaction, and back in the next."""

    def __init__(self, store: StoreImplementation) -> None:
        self.store = store
        self.cut = True

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[object]:
        async with self.store.unit() as unit:
            yield unit
            if self.cut:
                self.cut = False
                raise StoreAway("cut before the commit")


async def test_an_answer_is_not_lost_when_the_database_is_cut_for_a_moment(
    store: StoreImplementation,
) -> None:
    """The platform is not told that it arrived, so it comes again; it is nobody's defect."""
    running = Running(store)
    running.bot.store = CutOnce(store)  # type: ignore[assignment]

    with pytest.raises(StoreAway):
        await running.hear(said("/help"))
    await running.hear(said("/help"))

    assert len(running.said) == 1
    assert (await store.counts())["dead_letters"] == 0


class Refusing:
    """A store that refuses to save anything so many times."""

    def __init__(self, store: StoreImplementation, times: int) -> None:
        self.store = store
        self.times = times

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[object]:
        async with self.store.unit() as unit:
            yield RefusingUnit(self, unit)


class RefusingUnit:
    def __init__(self, whole: Refusing, unit: Unit) -> None:
        self.whole = whole
        self.unit = unit

    def __getattr__(self, name: str) -> object:
        return getattr(self.unit, name)

    async def save(self, outcome: Outcome, now: datetime) -> None:
        if self.whole.times:
            self.whole.times -= 1
            raise ValueError("a defect")
        await self.unit.save(outcome, now)


@pytest.mark.parametrize(("times", "told"), [(1, 1), (2, 1), (3, 0)])
async def test_somebody_whose_answer_cannot_be_saved_is_told(
    store: StoreImplementation, times: int, told: int
) -> None:
    """It is tried again once; then it is put aside for the operators, and the person hears of it."""
    running = Running(store)
    running.bot.store = Refusing(store, times)  # type: ignore[assignment]

    await running.hear(said("/help"))
    await running.hear(said("/help"))

    assert len(running.said) == told
    assert (await store.counts())["dead_letters"] == (times > 1)
