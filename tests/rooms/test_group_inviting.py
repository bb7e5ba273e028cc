"""Who comes into a shared chat: its people by their link, nobody else."""

from bot.events import (
    AskedToJoin,
    Invited,
    Joined,
    RoomLost,
    RoomOpened,
)
from bot.messages import Message, RoomDeed
from bot.model import PartnershipState, RoomKind, RoomStep
from tests.rooms.scene import GROUP, LINK, Scene, picked, running, waiting


def test_the_other_gets_the_link_in_private() -> None:
    scene = waiting()

    assert scene.shown() == [
        "person/2: Ana made a chat for you. [close]",
        "person/2: Tap here and then Request to join",
    ]
    assert scene.buttons(scene.ben) == ["Go to our chat", "Write through the bot"]
    assert scene.partnership.link == LINK


def test_a_second_link_is_a_reminder() -> None:
    scene = waiting()

    scene.happens(Invited, scene.ben, about=scene.partnership.id, url="https://t.me/+new")

    assert scene.shown()[0].startswith("person/2: Your chat with Ana is ready and waits for you")
    assert scene.partnership.link == "https://t.me/+new"


def test_a_member_who_asks_is_let_in() -> None:
    scene = waiting()

    assert scene.happens(AskedToJoin, scene.ben).deeds() == [(RoomDeed.ADMIT, "5002")]


def test_with_everybody_there_the_link_ends_and_the_partnership_runs() -> None:
    scene = waiting()

    scene.happens(Joined, scene.ben)

    assert scene.shown() == [f"chat/{GROUP}: (revoke)"]
    partnership = scene.partnership
    assert (partnership.state, partnership.room, partnership.step) == (
        PartnershipState.RUNNING,
        RoomKind.GROUP,
        RoomStep.OPEN,
    )
    assert (partnership.link, partnership.look_at) == ("", scene.now)


def test_three_people_run_when_the_third_has_come() -> None:
    scene = Scene(people=("Ana", "Ben", "Cho")).begins()
    scene.happens(RoomOpened, scene.ana, about=scene.partnership.id, checked=True)

    assert scene.deeds() == [(RoomDeed.INVITE, "5002,5003")]
    assert scene.happens(Joined, scene.ben).partnership.state is PartnershipState.OPENING
    assert scene.happens(Joined, scene.members[2]).partnership.state is PartnershipState.RUNNING


def test_somebody_who_was_in_the_group_already_counts() -> None:
    scene = picked()

    scene.happens(Joined, scene.ben)
    assert scene.partnership.state is PartnershipState.RUNNING

    scene.happens(Invited, scene.ben, about=scene.partnership.id, url=LINK)
    assert scene.deeds() == [(RoomDeed.REVOKE, "")]


def test_coming_twice_changes_nothing() -> None:
    scene = running()

    assert scene.happens(Joined, scene.ben).told == ()


def test_a_stranger_is_refused_and_the_link_is_made_anew() -> None:
    scene = waiting()

    scene.happens(AskedToJoin, scene.stranger)

    assert scene.deeds() == [(RoomDeed.REFUSE, "5099"), (RoomDeed.REVOKE, ""), (RoomDeed.INVITE, "5002")]
    assert any(line.startswith("person/99: This chat is for the people of one") for line in scene.shown())
    assert scene.partnership.link == ""


def test_a_stranger_without_a_private_chat_is_refused_silently() -> None:
    scene = waiting()
    scene.stranger = type(scene.stranger)(id=99, platform="telegram", account="5099")

    scene.happens(AskedToJoin, scene.stranger)

    assert [delivery.to.kind for delivery in scene.told] == ["chat", "chat", "chat"]


def test_a_stranger_at_a_full_room_only_hears_no() -> None:
    scene = running()

    assert scene.happens(AskedToJoin, scene.stranger).deeds() == [(RoomDeed.REFUSE, "5099")]


def test_nobody_is_let_in_when_the_partnership_is_over() -> None:
    scene = waiting().knows(state=PartnershipState.ENDED)

    assert scene.happens(AskedToJoin, scene.ben).deeds() == [(RoomDeed.REFUSE, "5002")]


def test_a_guest_in_the_room_is_told_whose_it_is_once() -> None:
    scene = running()

    first = scene.happens(Joined, scene.stranger).told
    again = scene.happens(Joined, scene.stranger).told

    assert scene.shown() == ["room/spring-2027.17: Hello Zoe! This is the chat of Ana and Ben"]
    assert first[0].key == again[0].key


def test_somebody_who_is_in_too_many_groups_gets_the_next_way() -> None:
    scene = waiting()

    scene.happens(RoomLost, scene.ben, why="full", about=scene.partnership.id)

    assert scene.partnership.step is RoomStep.CONTACT


def test_a_message_about_a_room_never_says_more_than_its_buttons_do() -> None:
    scene = waiting()

    values = [
        choice.value
        for delivery in scene.told
        if isinstance(delivery.body, Message)
        for row in delivery.body.rows
        for choice in row
    ]
    assert [len(value.encode()) <= 60 for value in values] == [True] * len(values)
