"""The status says where somebody is: before, in and after a round."""

from dataclasses import replace

import pytest

from bot.model import (
    Application,
    ApplicationState,
    RoundState,
)
from bot.model import PartnershipState as State
from bot.snapshots import Turn
from bot.wording import in_words
from tests.conversations.stage import ANA, NOW, OPEN, PAIR, Stage, paired, program


@pytest.mark.parametrize(
    ("turn", "words"),
    [
        (Turn(NOW, ANA, open_round=OPEN), "You have not applied yet."),
        (Turn(NOW, ANA), "No round takes applications now. Write /apply"),
        (Turn(NOW, ANA, open_round=replace(OPEN, state=RoundState.CLOSED)), "has begun already"),
    ],
)
def test_status_without_an_application_says_what_to_do(turn: Turn, words: str) -> None:
    """Open, closed, and with a line for the late."""
    assert words in Stage(turn).say("/status")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ApplicationState.SUBMITTED, "Your application for Spring 2027 is in."),
        (ApplicationState.ACCEPTED, "You are accepted for Spring 2027."),
        (ApplicationState.WAITING, "Your place in the queue is 4."),
        (ApplicationState.LATE, "You are in the line"),
        (ApplicationState.PLACED, "You take part in Spring 2027."),
        (ApplicationState.ALONE, "looking for another partner"),
        (ApplicationState.UNPLACED, "could not find a partner"),
    ],
)
def test_status_says_where_an_application_is(state: ApplicationState, words: str) -> None:
    """Each state in words."""
    application = Application("spring-2027", 7, state, {}, NOW)
    stage = Stage(Turn(NOW, ANA, application=application, round=OPEN, open_round=OPEN, queue_place=3))

    assert words in stage.say("/status")


def test_status_tells_of_a_round_that_is_over_and_of_an_opening_room() -> None:
    """And that an application is not sent yet."""
    application = Application("spring-2027", 7, ApplicationState.PLACED, {}, NOW)
    over = Turn(NOW, ANA, application=application, round=replace(OPEN, state=RoundState.ENDED))
    opening = replace(paired().turn, partnership=replace(PAIR, state=State.OPENING))
    undated = replace(OPEN, closes_at=None, starts_at=None)

    assert "Spring 2027 is over." in Stage(over).say("/status")
    assert "I am just opening a place" in Stage(opening).say("/status")
    assert "a day that will be told soon" in Stage(
        Turn(NOW, ANA, application=replace(application, state=ApplicationState.ACCEPTED), round=undated)
    ).say("/status")
    draft = Stage()
    draft.say("/apply")
    assert "Your application is not sent yet." in draft.say("/status")


@pytest.mark.parametrize("language", ["tr", "pt-br"])
def test_days_and_languages_are_named_in_the_language_of_the_words(language: str) -> None:
    """Where the texts fall back to English, the names of days and countries do so too."""
    stage = paired()
    stage.turn = replace(stage.turn, person=replace(stage.turn.person, language=language))
    table = {one.id: one for one in program().questions("application", language)}

    assert program().texts.spoken(language) == "en"
    assert "Sat 14:05" in stage.say("/when")
    assert "India" in stage.say("/partner")
    assert in_words(table["languages"], ["pl", "en"], language, program()) == "Polish, English"
    assert "15 March 2027" in stage.say("/away 15 March")


def test_a_round_without_days_says_so_once() -> None:
    """Not once for each day."""
    undated = replace(OPEN, closes_at=None, starts_at=None)
    application = Application("spring-2027", 7, ApplicationState.SUBMITTED, {}, NOW)
    status = Stage(Turn(NOW, ANA, application=application, round=undated)).say("/status")

    assert status.count("dates as soon as") == 1
    assert "a day that" not in status
