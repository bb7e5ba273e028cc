"""People choose their way to a room by buttons or by words, and an old button does nothing."""

import pytest

from bot.model import PartnershipState, RoomKind, RoomStep
from tests.rooms.scene import DAY, GROUP, NOW, Scene


def asked_for_contacts() -> Scene:
    return Scene().begins().looks(3 * DAY).looks(3 * DAY)


def test_one_tap_chooses_the_relay_for_both() -> None:
    scene = Scene().begins()

    scene.taps(scene.ben, "relay")

    assert scene.shown() == [
        "chat/5002: (settle Write through the bot)",
        "chat/5002: Thank you.",
        "person/1: You and Ben write to each other through me [close]",
        "person/2: You and Ana write to each other through me [close]",
    ]
    assert (scene.partnership.state, scene.partnership.room) == (PartnershipState.RUNNING, RoomKind.RELAY)


def test_a_yes_waits_for_the_other_yes() -> None:
    scene = asked_for_contacts()

    scene.taps(scene.ana, "contact-yes")

    assert scene.shown()[1:] == ["chat/5001: Thank you"]
    assert (scene.partnership.agreed, scene.partnership.step) == ((1,), RoomStep.CONTACT)


def test_two_yes_show_each_the_contact_of_the_other() -> None:
    scene = asked_for_contacts()
    scene.taps(scene.ana, "contact-yes")

    scene.taps(scene.ben, "contact-yes")

    texts = {d.to.id: d.body.text for d in scene.told if d.to.kind == "person" and hasattr(d.body, "text")}
    assert "[Ben](person:2)\n" in texts["1"]
    assert "[Ana](person:1) (@ana_books)" in texts["2"]
    assert (scene.partnership.state, scene.partnership.room) == (PartnershipState.RUNNING, RoomKind.CONTACT)


def test_one_no_is_a_relay_and_nobody_hears_whose_no_it_was() -> None:
    scene = asked_for_contacts()
    scene.taps(scene.ana, "contact-yes")

    scene.taps(scene.ben, "contact-no")

    assert [line for line in scene.shown() if line.startswith("person/1")] == [
        "person/1: You and Ben write to each other through me [close]"
    ]
    assert (scene.partnership.room, scene.partnership.agreed) == (RoomKind.RELAY, ())


def test_whoever_proposes_contacts_has_agreed() -> None:
    scene = Scene().begins()

    scene.taps(scene.ana, "contact")

    assert [line for line in scene.shown() if line.startswith("person")] == [
        "person/2: A shared group did not work, and that is fine"
    ]
    assert (scene.partnership.agreed, scene.partnership.step) == ((1,), RoomStep.CONTACT)


def test_a_pair_with_a_relay_can_try_a_group_and_keeps_the_relay_meanwhile() -> None:
    scene = Scene().begins().taps(Scene().ana, "relay")

    scene.taps(scene.ben, "again")

    assert (scene.partnership.step, scene.partnership.room) == (RoomStep.PICKER, RoomKind.RELAY)
    assert "person/1: You and Ben need a place to talk [new-group]" in scene.shown()


def test_after_a_lost_room_the_pair_may_keep_its_chat_without_the_bot() -> None:
    scene = Scene(state=PartnershipState.RUNNING).knows(step=RoomStep.PICKER, step_at=NOW)

    scene.taps(scene.ana, "apart")

    assert "person/2: All right" in scene.shown()[-1]
    assert (scene.partnership.room, scene.partnership.step) == (RoomKind.CONTACT, RoomStep.OPEN)


@pytest.mark.parametrize(
    ("step", "room", "what"),
    [
        (RoomStep.PICKER, RoomKind.NONE, "contact-yes"),
        (RoomStep.PICKER, RoomKind.NONE, "again"),
        (RoomStep.OPEN, RoomKind.GROUP, "relay"),
        (RoomStep.OPEN, RoomKind.GROUP, "contact"),
        (RoomStep.OPEN, RoomKind.GROUP, "again"),
        (RoomStep.OPEN, RoomKind.RELAY, "apart"),
        (RoomStep.PICKER, RoomKind.NONE, "nonsense"),
    ],
)
def test_a_button_that_no_longer_applies_changes_nothing(step: RoomStep, room: RoomKind, what: str) -> None:
    scene = Scene(state=PartnershipState.RUNNING).knows(step=step, room=room)
    before = scene.partnership

    scene.taps(scene.ana, what)

    assert scene.shown() == ["chat/5001: This button is from an earlier message and does nothing any more"]
    assert scene.partnership == before


def test_a_button_of_another_or_an_ended_partnership_changes_nothing() -> None:
    scene = Scene().begins()
    old = "chat/5001: This button is from an earlier message and does nothing any more"

    assert scene.taps(scene.ana, "r:autumn-2026.3:relay").shown() == [old]
    assert scene.taps(scene.ana, "r:relay").shown() == [old]
    assert scene.knows(state=PartnershipState.ENDED).taps(scene.ana, "relay").shown() == [old]
    scene.partnership = None  # type: ignore[assignment]
    assert scene.taps(scene.ana, "r:spring-2027.17:relay").shown() == [old]


def test_a_tap_without_a_message_settles_nothing() -> None:
    scene = Scene().begins()

    assert scene.taps(scene.ana, "relay", ref="").shown()[0] == "chat/5001: Thank you."


def test_the_name_under_a_carried_message_explains_itself() -> None:
    scene = Scene().begins()

    assert scene.taps(scene.ana, "r:by").shown() == ["chat/5001: This message is from your partner"]


@pytest.mark.parametrize("text", ["Yes", "ok!", "sure", "Yes, show my contact"])
def test_words_say_yes_as_the_button_does(text: str) -> None:
    scene = asked_for_contacts()

    assert scene.hears(scene.ben, text) is not None
    assert scene.partnership.agreed == (2,)


@pytest.mark.parametrize(
    ("text", "room", "step"),
    [
        ("no thanks", RoomKind.RELAY, RoomStep.OPEN),
        ("through the bot", RoomKind.RELAY, RoomStep.OPEN),
        ("new group", RoomKind.NONE, RoomStep.PICKER),
    ],
)
def test_words_choose_another_way(text: str, room: RoomKind, step: RoomStep) -> None:
    scene = asked_for_contacts()
    scene.hears(scene.ana, text)

    assert (scene.partnership.room, scene.partnership.step) == (room, step)


def test_words_about_something_else_are_not_for_the_ladder() -> None:
    scene = asked_for_contacts()

    assert scene.hears(scene.ana, "") is None
    assert scene.hears(scene.ana, "What a nice day") is None
    assert scene.hears(scene.ana, "yes " * 500) is None
    assert scene.hears(scene.ana, "yes", forwarded=True) is None
    assert scene.hears(scene.ana, "yes", media="photo") is None
    assert scene.knows(state=PartnershipState.ENDED).hears(scene.ana, "yes") is None
    assert scene.partnership.chat != GROUP
