"""The ladder leads every pair to a room: by the picker, a link, their contacts, or the relay."""

from datetime import timedelta

import pytest

from bot import rooms
from bot.messages import Ask, Message, OpenRoom, RoomDeed
from bot.model import PartnershipState, RoomKind, RoomStep
from tests.rooms.scene import DAY, GROUP, NOW, Scene, program


HOUR = timedelta(hours=1)


def step_of(scene: Scene) -> tuple[PartnershipState, RoomStep, RoomKind]:
    return scene.partnership.state, scene.partnership.step, scene.partnership.room


def test_on_telegram_both_are_asked_to_make_a_group() -> None:
    scene = Scene().begins()

    assert scene.shown() == [
        "person/1: You and Ben need a place to talk [new-group]",
        "person/2: You and Ana need a place to talk [new-group]",
        "person/1: Do you not want a group? These ways are just as good:",
        "person/2: Do you not want a group? These ways are just as good:",
    ]
    assert step_of(scene) == (PartnershipState.OPENING, RoomStep.PICKER, RoomKind.NONE)
    assert scene.partnership.look_at == NOW + DAY


def test_the_picker_carries_the_echo_and_the_second_way() -> None:
    scene = Scene().begins()
    message = scene.told[0].body
    assert isinstance(message, Message)

    assert (message.ask, message.ask_about) == (Ask.NEW_GROUP, scene.partnership.echo)
    link = f"https://t.me/antipode_bot?startgroup={scene.partnership.echo}&admin=invite_users+pin_messages"
    assert f"({link})" in message.text


def test_without_a_bot_name_there_is_no_link_and_no_rung_for_it() -> None:
    scene = Scene(program=program(bot="")).begins()
    message = scene.told[0].body
    assert isinstance(message, Message)
    scene.looks(3 * DAY)

    assert "t.me" not in message.text
    assert scene.partnership.step is RoomStep.CONTACT


def test_echoes_are_31_bits_and_differ_between_rounds() -> None:
    scene = Scene()
    now = scene.partnership.echo
    later = scene.knows(round="autumn-2027").partnership.echo

    assert 0 < now < 2**31
    assert 0 < later < 2**31
    assert now != later
    assert now % 2**20 == later % 2**20 == 17


@pytest.mark.parametrize("platform", ["slack", "playground"])
def test_elsewhere_the_platform_opens_the_room(platform: str) -> None:
    scene = Scene(platform=platform).begins()

    assert [delivery.key for delivery in scene.told] == ["room/spring-2027.17"]
    assert scene.told[0].body == OpenRoom("spring-2027.17", (1, 2), "Ana and Ben")
    assert scene.partnership.step is RoomStep.DIRECT


def test_three_people_are_named_in_one_phrase() -> None:
    scene = Scene(platform="playground", people=("Ana", "Ben", "Cho")).begins()

    assert scene.shown() == ["room/spring-2027.17: (open Ana, Ben and Cho)"]


def test_an_unknown_platform_and_two_platforms_get_the_relay() -> None:
    unknown = Scene(platform="pigeon").begins()
    bridge = Scene()
    members = (bridge.ana, Scene(platform="slack").ben)
    bridge.members = members

    assert step_of(unknown) == (PartnershipState.RUNNING, RoomStep.OPEN, RoomKind.RELAY)
    assert step_of(bridge.begins()) == (PartnershipState.RUNNING, RoomStep.OPEN, RoomKind.RELAY)


def test_beginning_twice_sends_once() -> None:
    scene = Scene()

    first = [delivery.key for delivery in scene.begins().told]

    assert [delivery.key for delivery in scene.begins().told] == first
    assert len(set(first)) == 4


def test_before_a_day_a_look_says_nothing_and_after_it_nudges_once() -> None:
    scene = Scene().begins()

    assert scene.looks(20 * HOUR).shown() == []
    assert [line.split(":")[0] for line in scene.looks(4 * HOUR).shown()] == ["person/1", "person/2"]
    assert scene.buttons(scene.ana) == ["Write through the bot", "Share our contacts"]
    keys = [delivery.key for delivery in scene.told]
    assert [delivery.key for delivery in scene.looks(HOUR).told] == keys
    assert scene.partnership.look_at == NOW + 3 * DAY


def test_people_who_do_nothing_come_down_the_ladder_to_the_relay() -> None:
    scene = Scene().begins()

    steps = []
    for days in (3, 3, 2):
        scene.looks(days * DAY)
        steps.append(scene.partnership.step)

    assert steps == [RoomStep.LINK, RoomStep.CONTACT, RoomStep.OPEN]
    assert step_of(scene) == (PartnershipState.RUNNING, RoomStep.OPEN, RoomKind.RELAY)
    assert scene.partnership.look_at == scene.now
    assert [delivery.body.ask for delivery in scene.told if isinstance(delivery.body, Message)] == [
        Ask.CLOSE,
        Ask.CLOSE,
    ]


def test_at_a_fast_pace_the_ladder_is_as_fast() -> None:
    scene = Scene(program=program(pace_days=7 / 1000)).begins()

    assert scene.partnership.look_at == NOW + DAY / 1000
    assert scene.looks(3 * DAY / 1000).partnership.step is RoomStep.LINK
    assert {delivery.zones for delivery in scene.told} == {()}


def test_messages_of_the_ladder_keep_the_night() -> None:
    scene = Scene().begins()

    assert [delivery.zones for delivery in scene.told[:2]] == [("Europe/Lisbon",), ("Asia/Manila",)]


def test_the_link_comes_with_the_other_ways() -> None:
    scene = Scene().begins().looks(3 * DAY)

    assert scene.buttons(scene.ana) == ["Add me to our group", "Write through the bot", "Share our contacts"]


def test_the_contact_question_shows_each_what_would_be_seen_of_them() -> None:
    scene = Scene().begins().looks(3 * DAY).looks(3 * DAY)

    texts = [delivery.body.text for delivery in scene.told if isinstance(delivery.body, Message)]
    assert ["[Ana](person:1) (@ana_books)" in texts[0], "[Ben](person:2)" in texts[1]] == [True, True]
    assert scene.buttons(scene.ben) == [
        "Yes, show my contact",
        "No, write through the bot",
        "Try with a group chat",
    ]


def test_only_those_who_have_not_agreed_are_nudged_about_their_contact() -> None:
    scene = Scene().begins().looks(3 * DAY).looks(3 * DAY).taps(Scene().ana, "contact-yes")

    assert [line.split(":")[0] for line in scene.looks(DAY).shown()] == ["person/2"]


def test_a_platform_that_does_not_open_the_room_becomes_a_case_and_a_relay() -> None:
    scene = Scene(platform="slack").begins()

    assert scene.looks(12 * HOUR).shown() == []
    scene.looks(12 * HOUR)

    assert [case.key for case in scene.cases] == ["room/spring-2027.17"]
    assert step_of(scene) == (PartnershipState.RUNNING, RoomStep.OPEN, RoomKind.RELAY)
    assert scene.shown()[0].startswith("directors/-100: Room of spring-2027.17")


def test_looks_at_a_pair_that_has_a_room_or_is_over_change_nothing() -> None:
    running = Scene(state=PartnershipState.RUNNING).knows(step=RoomStep.OPEN, room=RoomKind.GROUP)
    over = Scene(state=PartnershipState.DISSOLVED).knows(step=RoomStep.PICKER)
    early = Scene(state=PartnershipState.DRAFTED)

    outcomes = [rooms.look(scene.book, NOW, scene.program) for scene in (running, over, early)]

    assert [(outcome.saves, outcome.deliveries) for outcome in outcomes] == [((), ())] * 3


def test_a_look_begins_a_partnership_that_was_only_approved() -> None:
    assert Scene().looks(timedelta(0)).partnership.step is RoomStep.PICKER


def test_who_is_missing_gets_a_fresh_link_and_is_let_in_blind() -> None:
    scene = Scene().begins().knows(chat=GROUP, present=(1,), link="https://t.me/+old")

    scene.looks(DAY)

    assert scene.deeds() == [(RoomDeed.ADMIT, "5002"), (RoomDeed.INVITE, "5002")]


def test_a_partner_who_never_joins_leads_to_the_contacts_not_to_another_group() -> None:
    scene = Scene().begins().knows(chat=GROUP, present=(1,))

    assert scene.looks(3 * DAY).partnership.step is RoomStep.CONTACT


def test_a_running_pair_keeps_its_next_look_when_that_is_sooner() -> None:
    scene = Scene(state=PartnershipState.RUNNING).knows(step=RoomStep.OPEN, look_at=NOW + HOUR)

    scene.begins()

    assert scene.partnership.look_at == NOW + HOUR
    assert rooms.next_look(scene.partnership, NOW, scene.program) == NOW + DAY
    assert scene.partnership.state is PartnershipState.RUNNING


def test_a_group_that_is_tried_beside_a_relay_ends_with_the_relay_and_no_words() -> None:
    scene = Scene(state=PartnershipState.RUNNING).knows(
        step=RoomStep.PICKER, step_at=NOW, room=RoomKind.RELAY
    )

    scene.looks(3 * DAY)

    assert (step_of(scene), scene.told) == (
        (PartnershipState.RUNNING, RoomStep.OPEN, RoomKind.RELAY),
        (),
    )
