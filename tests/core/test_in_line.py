"""What one event leads to stands in the lines of the outbox by whom it is for."""

from dataclasses import replace
from datetime import timedelta

from bot.deliveries import reply, settle
from bot.messages import Address, Message, Settle
from bot.model import Person
from bot.outcome import Outcome
from bot.pace import Budget, Pace
from bot.pacer import Pacer
from bot.routing import in_line
from bot.snapshots import Turn
from storage import StoreImplementation
from tests.core.running import NOW, Running, tapped


TAP = replace(tapped("a:x:y", 1, "ana"), ref="7")
ANA = Person(3, "playground", "ana", chat="ana")


def test_an_answer_goes_to_the_person_and_the_buttons_have_a_line_of_their_own() -> None:
    outcome = Outcome(deliveries=(settle(TAP, "7", "Yes"), reply(TAP, Message("And then?"))))

    lined = in_line(outcome, TAP, Turn(NOW, ANA))

    assert [each.to for each in lined.deliveries] == [
        Address("playground", "chat", "ana"),
        Address("playground", "person", "3"),
    ]


async def test_an_answer_does_not_wait_behind_buttons_that_the_platform_is_slow_to_take_away(
    store: StoreImplementation,
) -> None:
    running = Running(store)
    running.lane.pacer = Pacer(Pace({Settle: (Budget("edits", every=timedelta(hours=1)),)}))
    await running.hear(tapped("cmd:help", 5, "ana"))
    before = len(running.chat.parcels)
    async with store.unit() as unit:
        turn = (await unit.turns([TAP], NOW))[0]
        assert turn is not None
        outcome = Outcome(deliveries=(settle(TAP, "7", "Yes"), settle(TAP, "8", "No")))
        outcome += Outcome(deliveries=(reply(TAP, Message("And then?")),))
        await unit.save(in_line(outcome, TAP, turn), NOW)

    await running.deliver()

    assert [type(parcel.body) for parcel in running.chat.parcels[before:]] == [Settle, Message]
