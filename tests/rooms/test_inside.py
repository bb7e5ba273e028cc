"""In the pair's own chat the bot answers commands shortly, private matters in private, and reads nothing."""

from datetime import timedelta

import pytest

from bot.messages import Message
from bot.model import PartnershipState, RoomKind, RoomStep
from tests.rooms.scene import DAY, GROUP, NOW, Scene, program


def room(**changes: object) -> Scene:
    scene = Scene(state=PartnershipState.RUNNING)
    return scene.knows(chat=GROUP, room=RoomKind.GROUP, step=RoomStep.OPEN, present=(1, 2), **changes)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/prompt", "Week 1 · Getting to know you: Saying hello"),
        ("/when", "It is now:"),
        ("/partner", "This is the chat of Ana and Ben"),
        ("/status", "This is week 1 of 16"),
        ("/help", "In this chat I understand:"),
        ("/antipode help", "In this chat I understand:"),
        ("/antipode", "In this chat I understand:"),
        ("/WHEN now", "It is now:"),
        ("/dance", "I do not know this here"),
    ],
)
def test_commands_are_answered_in_the_room(typed: str, answer: str) -> None:
    scene = room()

    assert scene.says(scene.ana, typed).shown() == [f"chat/{GROUP}: {answer}"]


def test_when_shows_every_clock() -> None:
    scene = room()
    body = scene.says(scene.ana, "/when").told[0].body
    assert isinstance(body, Message)

    assert "Ana: Wednesday 12:00\nBen: Wednesday 20:00" in body.text


@pytest.mark.parametrize("typed", ["/report", "/withdraw", "/mydata", "/forget", "/block Ben"])
def test_private_matters_are_answered_in_private_only(typed: str) -> None:
    scene = room()

    scene.says(scene.ben, typed)

    word = typed[1:].split(maxsplit=1)[0]
    assert scene.shown() == [f"person/2: You wrote /{word} in the shared chat"]
    assert scene.buttons(scene.ben) == [f"Go on with /{word}"]


def test_who_has_no_private_chat_is_asked_to_open_it() -> None:
    scene = room()
    newcomer = type(scene.ben)(id=2, platform="telegram", account="5002", name="Ben")

    assert scene.says(newcomer, "/report").shown() == [
        f"chat/{GROUP}: Let us do this in private: open my chat, tap Start, and write the same there."
    ]


@pytest.mark.parametrize("text", ["Hello Ben!", "", "  ", "help me", "5 // 2"])
def test_talk_is_never_answered(text: str) -> None:
    scene = room()

    assert scene.says(scene.ana, text).told == ()


def test_forwarded_and_edited_commands_are_talk() -> None:
    scene = room()

    assert scene.says(scene.ana, "/when", forwarded=True).told == ()
    assert scene.says(scene.ana, "/when", edited=True).told == ()


def test_strangers_in_the_room_get_one_kind_sentence() -> None:
    scene = room()

    assert scene.says(scene.stranger, "/partner").shown() == [
        f"chat/{GROUP}: I answer only the people of this partnership here"
    ]


def test_when_it_is_over_the_room_says_so() -> None:
    scene = room().knows(state=PartnershipState.ENDED)
    assert scene.says(scene.ana, "/prompt").shown()[0].startswith(f"chat/{GROUP}: This partnership is over")

    scene.partnership = None  # type: ignore[assignment]
    assert scene.says(scene.ana, "/prompt").shown()[0].startswith(f"chat/{GROUP}: This partnership is over")


def test_there_is_no_prompt_outside_the_weeks() -> None:
    later = room()
    later.now = NOW + 200 * DAY
    rematched = room(first_week=5)
    homeless = room()
    homeless.round = None  # type: ignore[assignment]

    for scene in (later, rematched, homeless):
        assert scene.says(scene.ana, "/prompt").shown() == [
            f"chat/{GROUP}: There is no question for this week"
        ]
    assert homeless.says(homeless.ana, "/status").shown() == [f"chat/{GROUP}: This is week 0 of 0"]


def test_buttons_in_the_room_run_its_commands() -> None:
    scene = room()

    assert scene.taps(scene.ben, "cmd:help", chat=GROUP).shown() == [
        f"chat/{GROUP}: In this chat I understand:"
    ]
    assert scene.taps(scene.ben, "c:spring-2027.17:1:met", chat=GROUP).shown() == [
        f"chat/{GROUP}: This button does not belong in this chat"
    ]


def test_the_room_offers_the_way_to_the_private_chat() -> None:
    with_name, without = room(), room()
    without.program = program(bot="")

    links = [scene.says(scene.ana, "/help").buttons(scene.ana) for scene in (with_name, without)]
    rows = [scene.told[0].body.rows for scene in (with_name, without)]  # type: ignore[union-attr]

    assert links == [[], []]
    assert [[choice.url for row in each for choice in row] for each in rows] == [
        ["https://t.me/antipode_bot"],
        [],
    ]


def test_a_round_that_has_a_date_only_counts_from_it() -> None:
    scene = room()
    scene.round = type(scene.round)("r", "R", scene.round.state, starts_at=NOW - timedelta(days=8))

    assert scene.says(scene.ana, "/status").shown() == [f"chat/{GROUP}: This is week 2 of 16"]
