"""The shell over a real database: what is handled is kept, once, and what is due is sent, once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.clock import VirtualClock
from adapters.recorded import RecordedChat
from bot.app import Bot
from bot.events import Event, Said, Sender, Tapped
from bot.markup import plain
from bot.messages import Address, Delivery, Message, Unsure
from bot.model import Membership, Partnership, PartnershipState, Person, RoomKind, RoomStep, Round, RoundState
from bot.outcome import Outcome
from bot.ports import CannotReach, ChatError, NotSent, Parcel, Rejected, RetryLater, Uncertain
from bot.sender import Lane, backoff
from bot.texts import Program, load_program
from storage import StoreImplementation, open_store


NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
PROGRAM = load_program()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[StoreImplementation]:
    opened = open_store(f"sqlite:///{tmp_path}/test.db")
    await opened.migrate()
    yield opened
    await opened.close()


def said(text: str, number: int = 1, account: str = "ana") -> Said:
    return Said(
        id=f"e{number}",
        platform="playground",
        at=NOW,
        chat=account,
        sender=Sender(account, account.title(), language="en"),
        text=text,
    )


def tapped(value: str, number: int, account: str) -> Tapped:
    return Tapped(
        id=f"t{number}",
        platform="playground",
        at=NOW,
        chat=account,
        sender=Sender(account, account),
        value=value,
    )


class Running:
    """A bot with one lane and a chat that keeps what it is given."""

    def __init__(self, store: StoreImplementation, program: Program = PROGRAM) -> None:
        self.clock = VirtualClock(NOW)
        self.chat = RecordedChat(self.clock)
        self.bot = Bot(store, program, self.clock)
        self.lane = Lane(self.chat, store, self.clock, self.bot.handle)

    async def hear(self, *events: Event) -> None:
        await self.bot.handle(events)
        await self.deliver()

    async def deliver(self) -> None:
        while await self.lane.deliver():
            pass

    @property
    def said(self) -> list[str]:
        return [plain(parcel.body.text) for parcel in self.chat.parcels if isinstance(parcel.body, Message)]


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
