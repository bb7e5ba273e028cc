"""Surveys in a form: all questions on one page, no summary, every answer kept."""

from dataclasses import replace

from bot.events import Filled
from bot.messages import Message
from bot.model import SurveyAnswer
from tests.conversations.filling import Office
from tests.conversations.homes import STATES


def surveyed() -> Office:
    """Give an office in which the survey is due."""
    return Office(STATES["survey"])


def test_a_survey_can_be_answered_in_one_form() -> None:
    """Its last page is its first."""
    stage = surveyed()
    stage.say("/survey")
    assert stage.labels[-1] == "All in one form"
    stage.press("All in one form")
    assert (stage.form.title, stage.form.submit) == ("Survey", "Send")

    said = stage.fill(0, "survey-mid", contact=("weekly",), match=("5",), help=())

    kept = [(one.question, one.value) for one in stage.saved if isinstance(one, SurveyAnswer)]
    assert kept == [("contact", "weekly"), ("match", "5")]
    assert stage.following
    assert "topics" in {one.id for one in stage.following.fields}
    assert said == ""


def test_a_survey_that_is_complete_is_over() -> None:
    """What was left empty counts as skipped."""
    stage = surveyed()
    stage.press("cmd:survey form")
    empty: dict[str, tuple[str, ...]] = dict.fromkeys(stage.fields, ())

    said = stage.fill(0, "survey-mid", **empty | {"match": ("4",)})

    assert said.startswith("Thank you!")
    assert (stage.following, stage.turn.dialogue) == (None, None)
    assert not any("survey" in choice.value for part in stage.home for row in part.rows for choice in row)


def test_what_was_answered_in_the_chat_stands_in_the_form() -> None:
    """As in an application."""
    stage = surveyed()
    stage.say("/survey")
    stage.say("every week")

    stage.say("/survey")
    stage.press("All in one form")

    assert stage.fields["contact"].initial == ("weekly",)


def test_a_survey_that_is_closed_can_be_gone_on_with() -> None:
    """By its own command."""
    stage = surveyed()
    stage.press("cmd:survey form")

    stage.dismiss("survey-mid")

    assert [one.value for one in stage.buttons] == ["cmd:survey form", "cmd:continue"]


def test_a_survey_that_does_not_run_opens_no_form() -> None:
    """The words are those of the chat."""
    assert "There is no survey" in Office(STATES["applied"]).press("cmd:survey form")


def test_a_form_that_nobody_knows_is_answered_in_the_chat() -> None:
    """Its window closes."""
    stage = Office()

    said = stage.fill(0, "lottery", name=("Bia",))

    assert "closed by now" in said
    assert stage.following is None


def test_a_button_of_a_window_whose_questions_are_closed_says_so_there() -> None:
    """And in the chat, where the window is gone."""
    stage = Office()

    stage.press("f:application:1", view="V1", ref="")

    assert "closed by now" in stage.notes
    assert isinstance(stage.shown.late, Message)


def test_a_page_that_is_sent_in_again_is_answered_with_the_same_page() -> None:
    """Slack saw no answer and lets the person press once more."""
    stage = Office()
    stage.press("cmd:apply form")
    stage.fill_in(0)
    first = stage.following

    stage.happen(Filled(id="e99", platform="slack", at=stage.turn.now, form="application", page=0, view="V1"))

    assert stage.following == first


def test_who_has_no_zone_and_speaks_a_rare_language_has_empty_fields() -> None:
    """Nothing is invented; the hint is that of the question."""
    stage = Office()
    person = replace(stage.turn.person, zone="", language="haw")
    stage.turn = replace(stage.turn, person=person)
    stage.press("cmd:apply form")
    stage.fill_in(0)

    assert [stage.fields[name].initial for name in ("zone", "languages")] == [(), ()]
    assert stage.fields["zone"].help.startswith("So that I know your local time.")
    assert "profile" not in stage.notes
