"""Tests of what simulated partners write in their rooms."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from adapters.playground.boards import Board
from adapters.playground.people import Neighbours
from adapters.playground.talk import Line, Talk, kind_of
from bot.rehearsal.people import Temper, cast
from bot.texts import load_program


AT = datetime(2027, 1, 25, 8, tzinfo=UTC)
LATER = AT + timedelta(days=4)
ROOM = Board("room/spring.1", "room", "Ana and Ben", ("p00000", "p00001"))
PROMPT = "**Week 1 · Getting to know you**\n\nWelcome!"


def talk_of(temper: Temper = Temper.KEEN) -> Talk:
    return Talk(Neighbours(cast(2, 1, {temper: 1}), load_program()))


def writers(lines: Sequence[Line]) -> set[str]:
    return {line.account for line in lines}


def test_partners_greet_each_other_after_the_introduction() -> None:
    talk = talk_of()
    talk.bot_wrote(ROOM, "introduction/spring.1", "Please meet each other!", AT)

    assert [line.account for line in talk.due(LATER)] == ["p00000", "p00001"]


def test_after_a_prompt_partners_write_about_its_topic() -> None:
    talk = talk_of()
    talk.bot_wrote(ROOM, "prompt/spring.1/1", PROMPT, AT)
    lines = talk.due(LATER)

    assert len({line.text for line in lines}) == len(lines) > 0


def test_nobody_writes_before_their_morning_or_in_the_past() -> None:
    talk = talk_of()
    talk.bot_wrote(ROOM, "prompt/spring.1/1", PROMPT, AT)

    assert talk.due(AT) == []
    assert talk.next_at is not None
    assert talk.next_at > AT


def test_who_is_played_by_hand_writes_nothing_by_themselves() -> None:
    talk = talk_of()
    talk.company.by_hand.add("p00000")
    talk.bot_wrote(ROOM, "introduction/spring.1", "Please meet each other!", AT)

    assert writers(talk.due(LATER)) == {"p00001"}


def test_the_partner_answers_once_and_not_at_once() -> None:
    talk = talk_of()
    talk.company.by_hand.add("p00000")
    talk.person_wrote(ROOM, "p00000", "Hello!", AT)
    talk.person_wrote(ROOM, "p00000", "Are you there?", AT)

    assert talk.due(AT) == []
    assert [line.account for line in talk.due(LATER)] == ["p00001"]


def test_who_blocked_the_bot_is_gone() -> None:
    talk = talk_of()
    talk.person_wrote(ROOM, "p00000", "Hello!", AT)
    talk.company.blocked.add("p00001")

    assert talk.due(LATER) == []


def test_a_silent_partner_falls_silent() -> None:
    talk = talk_of(Temper.SILENT)
    talk.bot_wrote(ROOM, "prompt/spring.1/9", PROMPT, AT)
    talk.person_wrote(ROOM, "p00000", "Hello?", AT)

    assert talk.due(LATER) == []


def test_other_messages_of_the_bot_start_no_talk() -> None:
    talk = talk_of()
    talk.bot_wrote(ROOM, "nudge/spring.1/2", "How are you two?", AT)

    assert talk.next_at is None


def test_the_same_seed_gives_the_same_talk() -> None:
    def lines() -> list[Line]:
        talk = talk_of()
        talk.bot_wrote(ROOM, "prompt/spring.1/1", PROMPT, AT)
        return talk.due(LATER)

    assert lines() == lines()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hi! I am Robin.", "greeting"),
        ("Shall we MEET on Tuesday?", "meeting"),
        ("Thank you so much", "thanks"),
        ("Do you like maps?", "question"),
        ("This is my desk.", "other"),
        ("", "other"),
        ("مرحبا", "other"),
    ],
)
def test_a_partner_sees_what_a_message_is_about(text: str, kind: str) -> None:
    assert kind_of(text) == kind
