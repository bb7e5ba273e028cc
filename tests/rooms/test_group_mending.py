"""A shared chat that is lost, left or moved is mended while the pair runs on."""

import pytest

from bot import rooms
from bot.events import (
    Joined,
    Left,
    Moved,
    RoomLost,
    RoomOpened,
)
from bot.messages import RoomDeed
from bot.model import PartnershipState, RoomKind, RoomStep
from tests.rooms.scene import DAY, GROUP, NOW, OTHER, Scene, running, waiting


def test_in_an_open_room_lost_rights_only_end_the_pinning() -> None:
    scene = running()

    scene.happens(RoomLost, scene.ben, why="rights")

    assert scene.shown() == ["person/2: I am no longer an administrator of your shared chat [close]"]
    assert scene.partnership.room is RoomKind.GROUP


@pytest.mark.parametrize("why", ["removed", "deleted", "muted"])
def test_a_lost_room_is_mended_while_the_pair_runs_on(why: str) -> None:
    scene = running()

    scene.happens(RoomLost, None, why=why)

    partnership = scene.partnership
    assert (partnership.state, partnership.room, partnership.step, partnership.chat) == (
        PartnershipState.RUNNING,
        RoomKind.NONE,
        RoomStep.PICKER,
        "",
    )
    assert scene.shown()[0].startswith("person/1: I am no longer in your shared chat with Ben")
    assert len(scene.told) == 6
    assert partnership.look_at == NOW + DAY


def test_a_new_room_after_a_lost_one_greets_shortly() -> None:
    scene = running()
    scene.happens(RoomLost, None, why="removed")
    scene.now += DAY / 24
    scene.happens(RoomOpened, scene.ben, OTHER, about=scene.partnership.id, checked=True)

    scene.happens(Joined, scene.ana, OTHER)

    assert scene.shown() == ["room/spring-2027.17: I am here again"]


def test_a_chat_that_is_lost_before_it_was_a_room_leads_to_the_next_way() -> None:
    scene = waiting()

    scene.happens(RoomLost, scene.ana, why="removed")

    assert (scene.partnership.step, scene.partnership.chat) == (RoomStep.LINK, "")


def test_another_chat_that_is_lost_is_not_missed() -> None:
    scene = running()

    assert scene.happens(RoomLost, scene.ana, OTHER, why="removed").told == ()


def test_a_lost_attempt_beside_a_relay_changes_only_the_chat() -> None:
    scene = running().knows(room=RoomKind.RELAY)

    scene.happens(RoomLost, scene.ana, why="removed")

    assert (scene.partnership.chat, scene.partnership.room, scene.told) == ("", RoomKind.RELAY, ())


def test_who_leaves_is_missed_invited_back_and_known_to_the_directors() -> None:
    scene = running()

    scene.happens(Left, scene.ben)

    assert [line[:40] for line in scene.shown()] == [
        "person/1: Ben has left your shared chat",
        f"chat/{GROUP}: (invite 5002)",
        "directors/-100: Ben left the shared chat",
    ]
    assert (scene.partnership.room, scene.partnership.present) == (RoomKind.NONE, (1,))
    assert [case.kind for case in scene.cases] == ["left"]
    assert scene.happens(Left, scene.ben).told == ()


def test_who_comes_back_makes_it_a_room_again() -> None:
    scene = running()
    scene.happens(Left, scene.ben)

    scene.happens(Joined, scene.ben)

    assert scene.partnership.room is RoomKind.GROUP


def test_a_chat_that_moves_keeps_the_pair_and_makes_a_new_link() -> None:
    scene = waiting()

    scene.happens(Moved, None, to="-1002300000001")

    assert (scene.partnership.chat, scene.partnership.link) == ("-1002300000001", "")
    assert scene.deeds() == [(RoomDeed.INVITE, "5002")]


def test_the_directors_room_that_moves_is_followed() -> None:
    scene = Scene()
    event = Moved(id="u1", platform="telegram", at=NOW, chat="-100", private=False, to="-1002300000009")

    outcome = rooms.advance(event, scene.turn(scene.ana), scene.program)

    assert [getattr(record, "chat", "") for record in outcome.saves] == ["-1002300000009"]


def test_a_full_room_that_moves_needs_no_link() -> None:
    scene = running()

    assert scene.happens(Moved, None, to="-1002300000001").told == ()
    assert scene.happens(Moved, None, to="-1").partnership.chat == "-1002300000001"
