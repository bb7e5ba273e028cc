"""Away and back: a day is asked for, the partner is told once, and the status shows it."""

from dataclasses import replace
from datetime import date

from bot.snapshots import Turn
from tests.conversations.stage import ANA, BEN, NOW, OPEN, Stage, paired, told_to_ben


def test_away_tells_the_partner_and_back_ends_it() -> None:
    """The day is in the person's own calendar."""
    stage = paired()
    stage.say("/away until 1 February")

    assert stage.turn.person.away_until == date(2027, 2, 1)
    assert "Ana is away until 1 February 2027" in told_to_ben(stage)[0]
    assert "You are away until 1 February 2027." in stage.say("/status")
    stage.say("/back")
    assert told_to_ben(stage)[1] == "Ana is back again."
    assert "You are here already" in stage.say("/back")


def test_away_without_a_day_asks_for_it() -> None:
    """Nonsense and the past are asked again."""
    stage = paired()

    assert "Until when are you away?" in stage.say("/pause")
    assert "could not read a day" in stage.say("when the cows come home")
    assert "not in the future" in stage.say("2020-01-01")
    assert "not in the future" in stage.say("/away 2020-01-01")
    assert "could not read a day" in stage.say("/away zzz")
    assert "You are away until 15 January 2027" in stage.say("15 January")


def test_a_day_that_comes_with_the_command_answers_the_question_for_it() -> None:
    """Else the question would wait on although it is answered."""
    stage = paired()
    stage.say("/away zzz")

    assert "still waits" not in stage.say("/away 15 January")
    assert stage.turn.dialogue is None
    stage.say("/away")
    assert "still waits" not in stage.say("/back")
    stage.say("/language klingon")
    assert "still waits" not in stage.say("/language english")


def test_who_left_two_partners_without_a_word_is_matched_again_when_back() -> None:
    """Saying so is enough."""
    stage = Stage(Turn(NOW, replace(ANA, ghosted=2), open_round=OPEN))
    stage.say("/back")

    assert stage.turn.person.ghosted == 1


def test_the_same_absence_is_told_once() -> None:
    """Saying it again changes nothing; a partner who cannot be reached is not told."""
    stage = paired()
    stage.say("/away 1 February")
    stage.say("/away 1 February")
    assert len(told_to_ben(stage)) == 1

    stage.turn = replace(stage.turn, partners=(replace(BEN, reachable=False),))
    stage.say("/back")
    assert len(told_to_ben(stage)) == 1


def test_an_absence_that_is_over_is_not_shown() -> None:
    """The day named is the first on which they are back."""
    stage = paired()
    stage.say("/away 10 January")
    assert "You are away until 10 January 2027" in stage.say("/status")

    stage.later(days=1)
    assert "away" not in stage.say("/status")


def test_a_partner_who_is_away_is_shown_so() -> None:
    """On their card."""
    stage = paired()
    stage.turn = replace(stage.turn, partners=(replace(BEN, away_until=date(2027, 2, 1), zone=""),))
    reply = stage.say("/partner")

    assert "Away at the moment." in reply
    assert "there now" not in reply
