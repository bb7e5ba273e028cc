"""Chats, buttons and events that make no room for a pair change nothing."""

import pytest

from bot import rooms
from bot.events import (
    AskedToJoin,
    Invited,
    Joined,
    Left,
    Moved,
    Reachable,
    RoomLost,
    RoomOpened,
)
from bot.messages import RoomDeed
from tests.rooms.scene import LINK, NOW, OTHER, Scene, running


def test_a_chat_for_an_earlier_partnership_is_left() -> None:
    scene = Scene().begins()

    scene.happens(RoomOpened, scene.ana, OTHER, about="12345")

    assert scene.shown() == [
        f"chat/{OTHER}: (leave)",
        "person/1: That button was for an earlier partnership, so I have left the chat again [close]",
    ]


def test_buttons_in_the_pairs_own_room_do_nothing() -> None:
    scene = running()

    assert scene.happens(RoomOpened, scene.ana, about="12345").told == ()
    assert scene.happens(RoomOpened, scene.ana, about=str(scene.partnership.echo)).told == ()


def test_somebody_without_a_private_chat_is_not_written_to() -> None:
    scene = Scene().begins()
    unknown = type(scene.ana)(id=98, platform="telegram", account="5098")

    scene.happens(RoomOpened, unknown, OTHER, about="12345")

    assert scene.deeds() == [(RoomDeed.LEAVE, "")]
    assert len(scene.told) == 1


def test_a_stranger_cannot_make_the_pairs_room() -> None:
    scene = Scene().begins()

    scene.happens(RoomOpened, scene.stranger, OTHER, about=str(scene.partnership.echo))

    assert scene.deeds() == [(RoomDeed.LEAVE, "")]
    assert scene.partnership.chat == ""


def test_a_group_without_a_word_about_it_is_nobodys_room() -> None:
    scene = Scene().begins()

    assert scene.happens(RoomOpened, scene.ana, OTHER, about="").told == ()
    scene.partnership = None  # type: ignore[assignment]
    assert scene.happens(RoomOpened, scene.ana, OTHER, about="").told == ()


def test_the_directors_room_is_nobodys_pair_room() -> None:
    scene = Scene().begins()
    turn = scene.turn(scene.ana)
    inside = type(turn)(turn.now, turn.person, partnership=turn.partnership, in_directors_room=True)
    event = RoomOpened(id="u1", platform="telegram", at=NOW, chat="-100", private=False, about="1")

    assert rooms.advance(event, inside, scene.program).deliveries == ()


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Joined, {}),
        (Left, {}),
        (AskedToJoin, {}),
        (Invited, {"url": LINK, "about": "spring-2027.17"}),
        (RoomLost, {"why": "removed"}),
        (Moved, {"to": "-1"}),
        (RoomOpened, {"about": ""}),
    ],
)
def test_what_happens_in_chats_of_nobody_changes_nothing(kind: type, values: dict[str, str]) -> None:
    scene = Scene().begins()
    before = scene.partnership

    scene.happens(kind, scene.ana, OTHER, **values)
    assert (scene.told, scene.partnership) == ((), before)

    scene.partnership = None  # type: ignore[assignment]
    scene.happens(kind, scene.ana, OTHER, **values)
    assert scene.told == ()


def test_reachable_again_is_no_matter_of_rooms() -> None:
    assert Scene().happens(Reachable, Scene().ana).told == ()
