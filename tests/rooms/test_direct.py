"""Where the platform lets the bot open the chat itself: what happens when it does not, or somebody leaves."""

from datetime import timedelta

from bot.events import Left, RoomLost, RoomOpened
from bot.model import PartnershipState, RoomKind, RoomStep
from tests.rooms.scene import Scene


CHAT = "T1/C7"


def opening() -> Scene:
    return Scene(platform="slack").begins()


def test_a_chat_that_cannot_be_opened_becomes_the_relay_at_once_and_a_case() -> None:
    scene = opening()

    scene.happens(RoomLost, None, "", why="not-visible", about=scene.partnership.id)

    partnership = scene.partnership
    assert (partnership.state, partnership.room, partnership.step) == (
        PartnershipState.RUNNING,
        RoomKind.RELAY,
        RoomStep.OPEN,
    )
    assert [case.kind for case in scene.cases] == ["room"]
    assert {line.split(":")[0] for line in scene.shown()} == {"directors/-100", "person/1", "person/2"}


def test_the_same_answer_twice_makes_one_case() -> None:
    scene = opening()
    scene.happens(RoomLost, None, "", why="not-visible", about=scene.partnership.id)

    scene.happens(RoomLost, None, "", why="not-visible", about=scene.partnership.id)

    assert len(scene.cases) == 1


def test_a_chat_that_answers_late_is_taken_after_all() -> None:
    scene = opening()
    scene.happens(RoomLost, None, "", why="not-visible", about=scene.partnership.id)

    scene.happens(RoomOpened, None, CHAT, about=scene.partnership.id, checked=True)

    assert (scene.partnership.room, scene.partnership.chat) == (RoomKind.GROUP, CHAT)


def test_who_leaves_a_channel_is_told_of_and_nobody_is_asked_to_make_another() -> None:
    scene = opening()
    scene.happens(RoomOpened, None, CHAT, about=scene.partnership.id, checked=True)

    scene.happens(Left, scene.ben, CHAT)

    assert (scene.partnership.room, scene.partnership.step) == (RoomKind.GROUP, RoomStep.OPEN)
    assert [case.kind for case in scene.cases] == ["left"]
    assert scene.shown() == [
        "person/1: Ben has left your shared channel",
        "directors/-100: Ben left the shared chat of spring-2027.17.",
    ]
    assert scene.looks(timedelta(hours=30)).told == ()
