"""How a report begins: by the command and its words, a call for help, an answer that not all is well."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversations.tables import MORE
from bot.model import CheckIn, RoomKind
from bot.texts import load_program
from bot.texts.program import BUILT_IN
from tests.conversations.stage import PAIR, paired
from tests.conversations.test_commands_report_more import carried, cases


def test_a_sentence_instead_of_the_kind_is_not_asked_for_twice() -> None:
    stage = paired(RoomKind.RELAY)
    stage.say("/report")

    told = stage.say("My partner is rude to me every day and sends photos")

    assert "The directors have it now" in told
    assert cases(stage)[0].tried[1] == "My partner is rude to me every day and sends photos"


def test_what_stands_behind_the_command_is_the_report() -> None:
    stage = paired(RoomKind.RELAY)
    stage.say("/report He asked me for money")

    stage.tap("Selling or asking for money")

    assert cases(stage)[0].tried == ("Selling or asking for money", "He asked me for money")


def test_after_a_call_for_help_the_next_lines_are_a_report() -> None:
    stage = paired(RoomKind.RELAY)
    asked = CheckIn(PAIR.id, 7, 9, stage.turn.now - timedelta(hours=1))
    stage.turn = replace(stage.turn, check_in=asked, check_ins=(asked,))

    stage.say("I need help")
    told = stage.say("he sent me ugly photos")

    assert "The directors have that, too" in told
    assert carried(stage) == []
    assert [(case.kind, case.tried) for case in cases(stage)] == [
        ("help", ()),
        ("report", ("he sent me ugly photos",)),
    ]


@pytest.mark.parametrize("answer", ["l:spring-2027.17:1009:wrong", "Something is wrong"])
def test_after_something_is_wrong_the_next_lines_are_for_the_directors(answer: str) -> None:
    stage = paired(RoomKind.RELAY)
    asked = CheckIn(PAIR.id, 7, 1009, stage.turn.now - timedelta(hours=1))
    stage.turn = replace(stage.turn, check_in=asked, check_ins=(asked,))

    told = stage.tap(answer) if answer.startswith("l:") else stage.say(answer)
    stage.say("he sent me ugly photos")

    assert "Everything you write here now goes to the directors" in told
    assert carried(stage) == []
    assert cases(stage)[0].tried[-1] == "he sent me ugly photos"


@pytest.mark.parametrize("cause", ["He insults me and asks for money", "Bad behaviour", "No, I stay"])
def test_why_somebody_wants_another_partner_is_for_no_partner(cause: str) -> None:
    stage = paired(RoomKind.RELAY)
    asked = CheckIn(PAIR.id, 7, 1009, stage.turn.now - timedelta(hours=1))
    stage.turn = replace(stage.turn, check_in=asked, check_ins=(asked,))

    told = stage.say("another")
    stage.say(cause)

    assert "Only the directors see it" in told
    assert carried(stage) == []


def test_a_cause_that_is_tapped_ends_the_telling() -> None:
    stage = paired(RoomKind.RELAY)
    stage.tap("l:spring-2027.17:0:another")

    stage.tap("l:spring-2027.17:0:stay")
    stage.say("Hello Ben")

    assert stage.turn.dialogue is None
    assert len(carried(stage)) == 1


def test_a_second_call_for_help_is_heard_like_the_first() -> None:
    """It opens no second case, but what follows is for the directors."""
    stage = paired(RoomKind.RELAY)
    asked = CheckIn(PAIR.id, 7, 9, stage.turn.now - timedelta(hours=1))
    stage.turn = replace(stage.turn, check_in=asked, check_ins=(asked,))
    stage.say("I need help")
    stage.say("that was all")
    answered = next(row for row in reversed(stage.saved) if isinstance(row, CheckIn))
    stage.turn = replace(stage.turn, check_in=answered, check_ins=(answered,))

    stage.tap(f"c:{PAIR.id}:9:need-help")
    stage.say("he threatens me")

    assert carried(stage) == []
    assert cases(stage)[-1].tried == ("he threatens me",)


def test_a_call_for_help_in_the_middle_of_something_else_is_heard_too() -> None:
    stage = paired(RoomKind.RELAY)
    asked = CheckIn(PAIR.id, 7, 9, stage.turn.now - timedelta(hours=1))
    stage.turn = replace(stage.turn, check_in=asked, check_ins=(asked,))
    stage.say("/language")

    stage.say("I need help")
    stage.say("he threatens me")

    assert carried(stage) == []
    assert cases(stage)[-1].tried == ("he threatens me",)


def test_who_asks_for_a_director_in_a_survey_may_say_why() -> None:
    stage = paired(RoomKind.RELAY)
    stage.say("/survey")
    for _ in range(12):
        if "get in touch" in stage.message.text:
            break
        stage.say("skip")
    stage.say("yes")
    while stage.turn.dialogue is not None and stage.turn.dialogue.kind.startswith("survey"):
        stage.say("skip")

    stage.say("he threatens me")

    assert carried(stage) == []
    assert cases(stage)[-1].tried == ("he threatens me",)


def test_going_on_with_what_lies_under_a_report_keeps_the_report() -> None:
    stage = paired(RoomKind.RELAY)
    stage.say("/profile")
    stage.say("/report He insulted me and asked for money")

    stage.say("/profile")
    stage.say("cancel")
    stage.say("throw away")
    stage.say("And he hit me")

    assert carried(stage) == []


def test_a_report_begun_twice_keeps_its_words() -> None:
    stage = paired(RoomKind.RELAY)
    stage.say("/report He asked me for money")
    stage.say("/report and he hit me")

    stage.tap("Somebody's conduct")

    assert cases(stage)[0].tried[1] == "He asked me for money\nand he hit me"


@pytest.mark.parametrize(
    "words", ["Report.", "report!", "Help!", "block!", "report he hit me", "Report: he hit me"]
)
def test_plain_words_for_the_bot_are_carried_to_nobody(words: str) -> None:
    stage = paired(RoomKind.RELAY)

    assert stage.say(words)
    assert carried(stage) == []


def test_a_program_with_its_own_small_questions_has_the_new_one_too(tmp_path: Path) -> None:
    """Commands ask by their ids: a question that the program's file does not know yet is built in."""
    own = tmp_path / "en"
    own.mkdir()
    whole = (BUILT_IN / "en" / "asides.toml").read_text(encoding="utf-8")
    tables = whole.split("[[question]]\n")
    (own / "asides.toml").write_text("[[question]]\n".join(each for each in tables if MORE not in each))

    found = load_program(tmp_path).questions("asides", "en")

    assert [question.id for question in found].count(MORE) == 1
