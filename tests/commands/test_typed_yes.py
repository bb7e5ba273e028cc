"""A typed yes over a real database: the desk holds what the command needs that waited for it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.clock import VirtualClock
from adapters.recorded import RecordedChat
from bot.app import Bot
from bot.model import RoundState
from bot.outcome import Outcome
from bot.sender import Lane
from storage import StoreImplementation
from tests.commands.desks import CLEO, DAN, EVA, NOW, OPEN, ROOM, application, program, said
from tests.fresh import fresh_store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[StoreImplementation]:
    async with fresh_store(tmp_path / "test.db") as store:
        yield store


@pytest.mark.parametrize(
    ("answer", "state", "told"),
    [("yes", RoundState.CANCELLED, {str(CLEO.id), str(DAN.id)}), ("no", RoundState.OPEN, set())],
)
async def test_a_typed_yes_reaches_everybody_whom_the_waiting_command_is_about(
    store: StoreImplementation, answer: str, state: RoundState, told: set[str]
) -> None:
    clock = VirtualClock(NOW)
    chat = RecordedChat(clock, "telegram")
    bot = Bot(store, program(), clock)
    async with store.unit() as unit:
        await unit.save(Outcome((EVA, CLEO, DAN, ROOM, OPEN, application(CLEO), application(DAN))), NOW)

    await bot.handle([said("round cancel", id="e1")])
    await bot.handle([said(answer, id="e2")])
    lane = Lane(chat, store, clock, bot.handle)
    while await lane.deliver():
        pass

    async with store.unit() as unit:
        rounds = await unit.work.rounds()
    assert [each.state for each in rounds] == [state]
    assert {parcel.to.id for parcel in chat.parcels} == {ROOM.chat, *told}
