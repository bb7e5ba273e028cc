"""A message to a partner that the platform does not carry: who wrote it is told, once."""

from datetime import timedelta

import pytest

from bot.messages import Address, Carry, Delivery, Message, Unsure
from bot.ports import ChatError, Parcel, Rejected, Uncertain
from storage import StoreImplementation
from tests.core.running import NOW, Running
from tests.core.test_sender import put


FAILED = Message("I am not sure that your last message has reached Ben.")
TO_BEN = Address("playground", "chat", "ben")


@pytest.mark.parametrize("error", [Rejected("the message can't be copied"), Uncertain("no answer")])
async def test_who_wrote_it_is_told(store: StoreImplementation, error: ChatError) -> None:
    running = Running(store)

    def refuse(parcel: Parcel) -> ChatError | None:
        return error if isinstance(parcel.body, Carry) else None

    running.chat.refuse = refuse
    words = Carry("ana", "7", "Ana", FAILED)
    await put(store, Delivery("carry/1", TO_BEN, words, NOW, unsure=Unsure.HOLD))
    await running.deliver()

    assert [(parcel.chat, parcel.body) for parcel in running.chat.parcels] == [("ana", FAILED)]


async def test_who_wrote_what_was_on_its_way_when_the_sender_died_is_told(
    each_store: StoreImplementation,
) -> None:
    """The next sender may not send it again, for it may have arrived."""
    running = Running(each_store)
    words = Carry("ana", "7", "Ana", FAILED)
    await put(each_store, Delivery("carry/1", TO_BEN, words, NOW, unsure=Unsure.HOLD))
    fence = await each_store.lease("playground", "died", NOW, timedelta(seconds=1))
    assert fence
    assert await each_store.claim("playground", fence, NOW, 8)
    running.clock.move(NOW + timedelta(seconds=2))
    await running.deliver()

    assert [(parcel.chat, parcel.body) for parcel in running.chat.parcels] == [("ana", FAILED)]


async def test_what_arrived_is_told_to_nobody(store: StoreImplementation) -> None:
    running = Running(store)
    await put(store, Delivery("carry/1", TO_BEN, Carry("ana", "7", "Ana", FAILED), NOW))
    await running.deliver()

    assert [parcel.chat for parcel in running.chat.parcels] == ["ben"]
