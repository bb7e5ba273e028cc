"""Somebody whose round is running and who has applied for the next one already."""

from dataclasses import replace
from datetime import timedelta

from bot.model import Application, ApplicationState, SurveyAnswer
from tests.conversations.stage import NOW, OPEN, RUNNING, Stage, paired, told_to_ben


AUTUMN = replace(OPEN, id="autumn-2027", name="Autumn 2027", starts_at=NOW + timedelta(days=100), weeks=12)


def in_two_rounds() -> Stage:
    """Give Ana, who is in week 9 of spring with Ben, and has applied for autumn."""
    stage = paired()
    applied = Application("autumn-2027", 7, ApplicationState.SUBMITTED, {"name": "Ana"}, NOW, "BR")
    stage.turn = replace(stage.turn, open_round=AUTUMN, application=applied, round=AUTUMN, earlier=RUNNING)
    return stage


def test_their_week_and_partner_are_those_of_the_round_that_is_running() -> None:
    told = in_two_rounds().say("/status")

    assert ("Spring 2027" in told, "week 9 of 16" in told.lower()) == (True, True)
    assert "Autumn 2027" in told


def test_the_topic_of_the_week_is_there() -> None:
    assert in_two_rounds().say("/prompt") == paired().say("/prompt")


def test_leaving_the_next_round_keeps_the_partner() -> None:
    stage = in_two_rounds()
    asked = stage.say("/withdraw")
    stage.tap("Yes, leave the round")

    states = [(one.round, one.state) for one in stage.of(Application) if isinstance(one, Application)]
    assert "This is about Autumn 2027" in asked
    assert states == [("autumn-2027", ApplicationState.WITHDRAWN)]
    assert (stage.turn.partnership is not None, told_to_ben(stage)) == (True, [])


def test_a_survey_is_about_the_round_that_is_running() -> None:
    stage = in_two_rounds()
    stage.say("/survey")
    stage.tap(stage.labels[0])

    answers = [one for one in stage.of(SurveyAnswer) if isinstance(one, SurveyAnswer)]
    assert {one.round for one in answers} == {"spring-2027"}
