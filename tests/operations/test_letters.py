"""Dead letters: kept whole, tried again once, and gone with the person."""

from datetime import datetime, timedelta
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.entry.again import try_letters
from bot.events import Event, Said, Sender
from bot.outcome import Outcome
from storage import StoreImplementation, tables
from storage.letters import from_json, letters, to_json, try_again
from tests.core.running import NOW, said
from tests.operations.watched import WatchedBot
from tests.storage.given import ana, outbox, rows, save


MOMENTS = st.just(NOW) | st.just(NOW + timedelta(microseconds=1))


@given(st.one_of(*(st.builds(kind, at=MOMENTS) for kind in get_args(Event))))
@settings(max_examples=200)
def test_every_event_is_read_as_it_was_kept(event: Event) -> None:
    assert from_json(to_json(event)) == event


async def test_a_letter_that_is_tried_again_is_answered_once(each_store: StoreImplementation) -> None:
    watched = WatchedBot(each_store)
    failed = said("/help", 7)
    await watched.hear(said("/start", 1))
    async with each_store.unit() as unit:
        await unit.fresh([failed])
        await unit.dead_letter("playground", failed.id, "KeyError in walk.py:12", "Said", of=failed)
        await unit.dead_letter("playground", "u8", "ValueError", "{}")
    before = len(watched.said)
    async with each_store.database.writing() as connection:
        await try_again(connection, 1)

    done = [await try_letters(each_store, watched.bot.handle, NOW + timedelta(days=3)) for _ in range(2)]
    watched.clock.move(NOW + timedelta(days=3))
    await watched.deliver()

    async with each_store.database.reading() as connection:
        left = await letters(connection)
    assert done == [1, 0]
    assert len(watched.said) == before + 1
    assert [letter.number for letter in left] == [2]


async def test_an_update_that_cannot_be_read_is_kept_once(each_store: StoreImplementation) -> None:
    """It comes again when another update beside it could not be kept, and as often as the platform likes."""
    for payload in ("{}", "{}", "[]"):
        async with each_store.unit() as unit:
            await unit.dead_letter("playground", "u8", "ValueError", payload)

    async with each_store.database.reading() as connection:
        assert [letter.payload for letter in await letters(connection)] == ["{}", "[]"]


async def test_a_bot_that_dies_between_deciding_and_dropping_decides_once(store: StoreImplementation) -> None:
    watched = WatchedBot(store)
    failed = said("/help", 7)
    async with store.unit() as unit:
        await unit.dead_letter("playground", failed.id, "KeyError", "Said", of=failed)
    async with store.database.writing() as connection:
        await try_again(connection, 1)

    class DiesAfter(Exception):
        """The process ends."""

    async def handle_and_die(events: object) -> None:
        await watched.bot.handle(events)  # type: ignore[arg-type]
        raise DiesAfter

    try:
        await try_letters(store, handle_and_die, NOW)
    except DiesAfter:
        await try_letters(store, watched.bot.handle, NOW)
    await watched.deliver()

    assert len(watched.said) == 1


async def test_the_bots_own_failures_are_kept_whole_and_named_without_words(
    store: StoreImplementation,
) -> None:
    watched = WatchedBot(store)

    class Broken:
        """Words that cannot be said."""

        def __getattr__(self, name: str) -> object:
            raise KeyError("Heron-and-lighthouse")

    watched.bot.program = Broken()  # type: ignore[assignment]
    event = said("Heron-and-lighthouse", 3)
    try:
        await watched.bot.handle([event])
    except KeyError:
        raise AssertionError("handle raised") from None

    async with store.database.reading() as connection:
        (letter,) = await letters(connection)
    assert letter.body is not None
    assert from_json(letter.body) == event
    assert letter.at == NOW
    assert letter.error.startswith("KeyError in ")
    assert "Heron" not in letter.error + letter.payload


async def test_who_is_forgotten_takes_their_letters_along(each_store: StoreImplementation) -> None:
    await save(each_store, ana(1), ana(2))
    by_ana = Said(id="a", platform="telegram", at=NOW, chat="701", sender=Sender("701", "Ana"), text="hello")
    by_ben = Said(id="b", platform="telegram", at=NOW, chat="702", sender=Sender("702", "Ben"), text="hello")
    async with each_store.unit() as unit:
        for event in (by_ana, by_ben):
            await unit.dead_letter("telegram", event.id, "KeyError", "Said", of=event)

    async with each_store.unit() as unit:
        await unit.save(Outcome(erasures=(1,)), NOW)

    assert [row["event"] for row in await rows(each_store, tables.dead_letter)] == ["b"]


async def test_letters_are_thrown_away_after_a_month(each_store: StoreImplementation) -> None:
    moments: tuple[datetime, ...] = (NOW, NOW + timedelta(days=20))
    async with each_store.unit() as unit:
        for number, at in enumerate(moments):
            await unit.dead_letter("telegram", str(number), "KeyError", "{}", at=at)

    await each_store.tidy(NOW + timedelta(days=31), timedelta(days=365))

    assert [row["event"] for row in await rows(each_store, tables.dead_letter)] == ["1"]
    assert await outbox(each_store) == {}
