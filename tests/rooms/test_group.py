"""A shared chat comes about: found, checked, its people invited and let in; and it is mended when lost."""

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
from bot.messages import Message, RoomDeed
from bot.model import PartnershipState, RoomKind, RoomStep
from tests.rooms.scene import DAY, GROUP, NOW, OTHER, Scene, program


LINK = "https://t.me/+abc"


def picked() -> Scene:
    """Ana has made the group, the bot is in it."""
    scene = Scene().begins()
    scene.happens(RoomOpened, scene.ana, about=str(scene.partnership.echo))
    return scene.happens(RoomOpened, scene.ana, about=scene.partnership.id, checked=True)


def waiting() -> Scene:
    """Ben has the link."""
    scene = picked()
    return scene.happens(Invited, scene.ben, about=scene.partnership.id, url=LINK)


def running() -> Scene:
    scene = waiting()
    scene.happens(Joined, scene.ben)
    return scene.knows(introduced_at=NOW, look_at=NOW + DAY)


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


def test_in_an_open_room_lost_rights_only_end_the_pinning() -> None:
    scene = running()

    scene.happens(RoomLost, scene.ben, why="rights")

    assert scene.shown() == ["person/2: I am no longer an administrator of your shared chat [close]"]
    assert scene.partnership.room is RoomKind.GROUP


def test_somebody_who_is_in_too_many_groups_gets_the_next_way() -> None:
    scene = waiting()

    scene.happens(RoomLost, scene.ben, why="full", about=scene.partnership.id)

    assert scene.partnership.step is RoomStep.CONTACT


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
