"""The surveys: offered in their weeks, kept answer by answer, never asked twice."""

from dataclasses import replace
from datetime import timedelta

from bot.model import (
    Case,
    RoundState,
    SurveyAnswer,
)
from tests.conversations.stage import NOW, RUNNING, Stage, paired


def test_the_survey_is_offered_in_its_weeks_only() -> None:
    """None at first, the middle one from the middle, the last one in the last two weeks and after."""
    early = paired()
    early.turn = replace(early.turn, round=replace(RUNNING, started_at=NOW - timedelta(days=3)))
    last = paired()
    last.turn = replace(last.turn, round=replace(RUNNING, started_at=NOW - timedelta(days=7 * 15)))

    assert "There is no survey" in early.say("/survey")
    assert "There is no survey" in Stage().say("/survey")
    assert "The round is nearly over. 8 short questions" in last.say("/survey")
    assert "I stop here" in last.say("cancel")


def test_the_end_survey_keeps_every_answer_at_once() -> None:
    """The words too; what is skipped leaves no row; a button of the other survey does not count."""
    stage = paired()
    stage.turn = replace(stage.turn, round=replace(RUNNING, state=RoundState.ENDED))
    stage.tap("cmd:survey")
    assert "earlier question" in stage.tap("a:mid.contact:weekly")
    for words in ("Every week", "5"):
        stage.tap(words)
    for words in ("skip", "4", "a friend", "yes", "no"):
        stage.say(words)
    stage.say("More time, please.")

    rows = [(one.question, one.value) for one in stage.of(SurveyAnswer) if isinstance(one, SurveyAnswer)]
    assert rows == [
        ("contact", "weekly"),
        ("satisfaction", "5"),
        ("topics", "4"),
        ("learned", "friend"),
        ("recommend", "yes"),
        ("again", "no"),
        ("words", "More time, please."),
    ]
    assert stage.turn.dialogue is None


def test_who_asks_for_help_in_the_survey_gets_a_case() -> None:
    """The directors write to them."""
    stage = paired()
    stage.say("survey")
    for _ in range(5):
        stage.say("skip")
    stage.tap("Yes, please")

    assert [one.kind for one in stage.of(Case) if isinstance(one, Case)] == ["help"]


def test_a_survey_goes_on_where_it_was() -> None:
    """Asking for it again is no second survey."""
    stage = paired()
    stage.say("/survey")
    stage.tap("Every week")

    assert "How happy are you" in stage.say("/survey")


def test_a_survey_that_waits_under_a_report_is_not_asked_twice() -> None:
    """What was asked before goes on after the report was stopped."""
    stage = paired()
    stage.say("/survey")
    stage.say("/report")

    assert "still waits: Contact" in stage.say("cancel")
    assert "How often" in stage.tap("Go on")
