"""Where the message is that put the question: words written before it are no answer to it."""

from datetime import datetime, timedelta
from math import inf

import pytest

from bot.events import Said
from bot.messages import Address
from bot.model import Dialogue
from bot.ports import Sent
from storage import StoreImplementation
from tests.storage.given import DAY, LANE, NOW, ana, claimed, delivery, said, save, send, turn_of


ASKED = "reply/telegram/u1"


async def asked(store: StoreImplementation) -> Said:
    """Let Ana be asked for her name; give what she writes next."""
    await save(store, ana(), Dialogue(1, "application", "name", touched_at=NOW, asked=ASKED))
    await send(store, delivery(Address(LANE, "chat", "701"), ASKED))
    return said(order=11.0)


async def put(store: StoreImplementation, event: Said, now: datetime = NOW) -> float:
    turn = await turn_of(store, event, now)
    assert turn
    return turn.put


async def test_a_question_that_waits_to_be_sent_is_nowhere_yet(store: StoreImplementation) -> None:
    event = await asked(store)

    assert await put(store, event) == inf


async def test_a_question_that_is_just_leaving_is_nowhere_yet(store: StoreImplementation) -> None:
    event = await asked(store)
    await claimed(store)

    assert await put(store, event) == inf


async def test_a_question_that_hangs_on_its_way_may_be_seen_by_now(store: StoreImplementation) -> None:
    event = await asked(store)
    await claimed(store)

    assert await put(store, event, NOW + timedelta(seconds=1)) == 0.0


async def test_a_question_that_waits_long_for_its_turn_is_nowhere_yet(store: StoreImplementation) -> None:
    event = await asked(store)

    assert await put(store, event, NOW + timedelta(minutes=5)) == inf


async def test_a_question_that_was_sent_is_where_the_platform_put_it(store: StoreImplementation) -> None:
    event = await asked(store)
    (parcel,) = await claimed(store)
    await store.sent([(parcel, Sent("12"))], NOW)

    assert await put(store, event) == 12.0


async def test_slacks_numbers_are_times(store: StoreImplementation) -> None:
    event = await asked(store)
    (parcel,) = await claimed(store)
    await store.sent([(parcel, Sent("1804080000.000200"))], NOW)

    assert await put(store, event) == 1804080000.0002


@pytest.mark.parametrize("why", ["NotSent", "platform asked to wait"])
async def test_a_question_that_surely_did_not_arrive_is_nowhere_yet(
    store: StoreImplementation, why: str
) -> None:
    event = await asked(store)
    (parcel,) = await claimed(store)
    await store.later(parcel, NOW + DAY, why)

    assert await put(store, event) == inf


async def test_nobody_knows_where_a_question_is_that_may_have_arrived(store: StoreImplementation) -> None:
    """Its first attempt ended without an answer: the person may look at it."""
    event = await asked(store)
    (parcel,) = await claimed(store)
    await store.later(parcel, NOW, "Uncertain")

    assert await put(store, event) == 0.0


async def test_nobody_knows_where_a_question_is_that_was_given_up(store: StoreImplementation) -> None:
    event = await asked(store)
    (parcel,) = await claimed(store)
    await store.given_up(parcel, "rejected: Bad Request", NOW)

    assert await put(store, event) == 0.0


async def test_a_message_without_a_number_is_nowhere_in_line(store: StoreImplementation) -> None:
    event = await asked(store)
    (parcel,) = await claimed(store)
    await store.sent([(parcel, Sent(ASKED))], NOW)

    assert await put(store, event) == 0.0


async def test_a_question_whose_delivery_is_long_gone_is_answered_as_ever(store: StoreImplementation) -> None:
    await save(store, ana(), Dialogue(1, "application", "name", touched_at=NOW - DAY, asked=ASKED))

    assert await put(store, said(order=11.0)) == 0.0
