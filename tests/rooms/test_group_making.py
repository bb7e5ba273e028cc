"""A shared chat comes about: found, checked for its rights, and taken; one group only."""

from bot.events import (
    Invited,
    RoomLost,
    RoomOpened,
)
from bot.messages import RoomDeed
from bot.model import PartnershipState, RoomKind, RoomStep
from tests.rooms.scene import DAY, GROUP, LINK, OTHER, Scene, picked, program, waiting


def test_a_new_chat_is_checked_before_anybody_is_invited() -> None:
    scene = Scene().begins()

    scene.happens(RoomOpened, scene.ben, about=str(scene.partnership.echo))

    assert scene.deeds() == [(RoomDeed.CHECK, "5002,5001")]
    assert (scene.partnership.chat, scene.partnership.present) == (GROUP, ())


def test_a_checked_chat_is_taken_and_the_other_is_invited() -> None:
    scene = picked()

    assert scene.shown() == [
        "person/1: Thank you! Your chat is ready [close]",
        f"chat/{GROUP}: (invite 5002)",
    ]
    assert (scene.partnership.chat, scene.partnership.present) == (GROUP, (1,))
    assert scene.told[0].zones == ()


def test_the_first_group_wins_and_the_second_is_left() -> None:
    scene = waiting()

    scene.happens(RoomOpened, scene.ben, OTHER, about=str(scene.partnership.echo))

    assert scene.shown() == [
        f"chat/{OTHER}: (leave)",
        "person/2: Ana was a little faster and made a chat for you already",
    ]
    assert scene.partnership.chat == GROUP


def test_whoever_is_in_the_first_group_hears_that_the_second_is_not_needed() -> None:
    scene = waiting()

    scene.happens(RoomOpened, scene.ana, OTHER, about=str(scene.partnership.echo))

    assert scene.shown()[1].startswith("person/1: There is a chat for your partnership already")


def test_a_group_that_was_only_noted_gives_way_to_one_that_works() -> None:
    scene = Scene().begins()
    scene.happens(RoomOpened, scene.ana, about=str(scene.partnership.echo))

    scene.happens(RoomOpened, scene.ben, OTHER, about=str(scene.partnership.echo))
    scene.happens(RoomOpened, scene.ben, OTHER, about=scene.partnership.id, checked=True)

    assert (scene.partnership.chat, scene.partnership.present) == (OTHER, (2,))


def test_the_same_chat_told_twice_invites_once() -> None:
    scene = picked()
    keys = [delivery.key for delivery in scene.told]

    scene.now += DAY / 24
    again = scene.happens(RoomOpened, scene.ana, about=scene.partnership.id, checked=True)
    assert [delivery.key for delivery in again.told] == keys

    invited = scene.happens(Invited, scene.ben, about=scene.partnership.id, url=LINK)
    assert invited.happens(RoomOpened, scene.ana, about=scene.partnership.id, checked=True).told == ()


def test_rights_that_come_late_are_checked_then() -> None:
    scene = Scene().begins()
    scene.happens(RoomOpened, scene.ana, about=str(scene.partnership.echo))

    assert scene.happens(RoomOpened, scene.ana, about="").deeds() == [(RoomDeed.CHECK, "5001,5002")]


def test_a_room_opened_by_the_platform_runs_at_once() -> None:
    scene = Scene(platform="playground").begins()

    scene.happens(RoomOpened, None, "room/1", about=scene.partnership.id, checked=True)

    partnership = scene.partnership
    assert (partnership.chat, partnership.room, partnership.present) == ("room/1", RoomKind.GROUP, (1, 2))
    assert partnership.state is PartnershipState.RUNNING


def test_a_picker_that_did_not_let_the_bot_in_leads_to_the_link() -> None:
    scene = Scene().begins()
    scene.happens(RoomOpened, scene.ana, about=str(scene.partnership.echo))

    scene.happens(RoomLost, scene.ana, why="not-there", about=scene.partnership.id)

    assert [line.split(",")[0] for line in scene.shown()] == [
        "person/1: Telegram told me that you made a chat",
        "person/1: There is another way to your chat with Ben",
    ]
    assert scene.partnership.step is RoomStep.LINK
    since = scene.partnership.step_at

    scene.now += DAY
    scene.happens(RoomLost, scene.ana, why="not-there", about=scene.partnership.id)
    assert scene.partnership.step_at == since


def test_a_link_cannot_be_offered_without_the_bots_name() -> None:
    scene = Scene(program=program(bot="")).begins()

    assert scene.happens(RoomLost, scene.ana, why="not-there", about=scene.partnership.id).told == ()


def test_a_bot_without_rights_says_how_to_give_them() -> None:
    scene = Scene().begins()
    scene.happens(RoomOpened, scene.ana, about=str(scene.partnership.echo))

    scene.happens(RoomLost, scene.ana, why="rights", about=scene.partnership.id)

    assert scene.shown() == ["person/1: I am in your chat now, but I am not allowed to invite Ben. [close]"]
    assert scene.partnership.present == (1,)
    assert scene.happens(RoomLost, None, why="rights").shown()[0].startswith("person/1: I am in your chat")
    assert scene.happens(RoomLost, scene.ana, OTHER, why="rights").told == ()
