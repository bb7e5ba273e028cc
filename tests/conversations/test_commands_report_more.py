"""What follows a report goes to the directors, too, and no line of it ever to the partner."""

from dataclasses import replace
from datetime import timedelta
from math import inf

import pytest

from bot.messages import Carry, Delivery, Message
from bot.model import Case, DirectorsRoom, RoomKind
from tests.conversations.stage import NOW, Stage, paired


def reporting() -> Stage:
    """Give a stage on which Ana, whose words the bot carries to Ben, is to tell what happened."""
    stage = paired(RoomKind.RELAY)
    stage.turn = replace(stage.turn, directors_room=DirectorsRoom("telegram", "-1", NOW))
    stage.say("/report", order=10)
    stage.say("conduct", order=12)
    return stage


def reported() -> Stage:
    """Give a stage on which she has told it."""
    stage = reporting()
    stage.say("He insulted me", order=14)
    return stage


def carried(stage: Stage) -> list[Delivery]:
    """Give what was carried to Ben."""
    return [one for one in stage.sent if isinstance(one.body, Carry)]


def cases(stage: Stage) -> list[Case]:
    """Give the cases as they were saved last, by key."""
    return list({case.key: case for case in stage.of(Case) if isinstance(case, Case)}.values())


def told_to_directors(stage: Stage) -> list[str]:
    return [
        one.body.text for one in stage.sent if one.key.startswith("case/") and isinstance(one.body, Message)
    ]


def test_a_report_in_several_lines_is_one_case() -> None:
    """The directors hear of more of it, once in ten minutes."""
    stage = reported()
    for line in ("and he asked me for money", "twice", "no"):
        stage.say(line)
    stage.later(minutes=10)
    told = stage.say("He has my number")

    assert "The directors have that, too" in told
    (case,) = cases(stage)
    assert case.tried == (
        "Somebody's conduct",
        "He insulted me",
        "and he asked me for money",
        "twice",
        "He has my number",
    )
    assert len({one.key for one in stage.sent if one.key.startswith("case/")}) == 3
    assert "has told more" in told_to_directors(stage)[-1]
    assert carried(stage) == []


def test_words_that_say_nothing_more_are_asked_about_and_not_sent() -> None:
    stage = reported()
    before = cases(stage)

    for word in ("no", "Yes", "ok thank you", "back", "skip"):
        assert "I did not send that" in stage.say(word)

    assert cases(stage) == before
    assert carried(stage) == []


def test_lines_that_were_written_before_one_could_see_to_ask_are_all_lines() -> None:
    """ "I said" – "No" – "Then he threatened me": a "no" among them ends nothing."""
    stage = reported()
    stage.turn = replace(stage.turn, put=inf)
    for order, line in enumerate(("I said", "No", "that was all", "Then he threatened me"), start=15):
        stage.say(line, order=order)

    assert cases(stage)[0].tried[2:] == ("I said", "No", "that was all", "Then he threatened me")
    assert carried(stage) == []


@pytest.mark.parametrize("ending", ["That was all", "that was all.", "done", "cancel", "Nothing more!"])
def test_when_a_report_was_all_words_are_for_the_partner_again(ending: str) -> None:
    stage = reported()

    told = stage.tap(ending) if ending in stage.labels else stage.say(ending)
    stage.say("Hello Ben")

    assert "The directors have what you told" in told
    assert "what you write here to Ben again" in told
    assert len(cases(stage)) == 1
    assert len(carried(stage)) == 1


def test_nothing_but_its_own_button_ends_a_report() -> None:
    """ "Cancel" beside it would sound like taking it back."""
    assert reported().labels == ["That was all"]


@pytest.mark.parametrize("hours", [1.1, 25, 200])
def test_what_comes_long_after_a_report_goes_to_nobody_until_it_is_written_again(hours: float) -> None:
    stage = reported()
    stage.later(hours=hours)

    told = stage.say("and yesterday he asked for photos of me")

    assert "went to nobody" in told
    assert carried(stage) == []
    assert len(cases(stage)[0].tried) == 2
    stage.say("Hello Ben")
    assert len(carried(stage)) == 1


@pytest.mark.parametrize("hours", [1.1, 25, 200])
def test_a_report_waits_for_its_words_and_is_asked_for_again(hours: float) -> None:
    """However long somebody looks for them; what comes late may be for the partner, so nobody gets it."""
    stage = reporting()
    stage.later(hours=hours)

    told = stage.say("He insulted me and asked me for money")

    assert "Welcome back" in told
    assert (carried(stage), cases(stage)) == ([], [])
    stage.say("He insulted me and asked me for money")
    assert len(cases(stage)) == 1


@pytest.mark.parametrize(
    "between",
    [
        ("/language", "English"),
        ("/withdraw", "no"),
        ("/block", "keep"),
        ("/forget", "no"),
        ("/survey", "cancel"),
        ("/survey", "/language", "English", "cancel"),
        ("/away", "next Monday"),
        ("/help",),
        ("/status",),
    ],
)
def test_what_comes_between_does_not_end_a_report(between: tuple[str, ...]) -> None:
    stage = reported()
    for words in between:
        told = stage.say(words)

    assert "You were telling the directors something" in told
    stage.say("and he asked me for money")
    assert carried(stage) == []
    assert cases(stage)[-1].tried[-1] == "and he asked me for money"


def test_a_report_begun_again_does_not_lie_over_the_one_before() -> None:
    stage = reported()
    stage.say("/language")
    stage.say("/report")
    stage.say("selling")
    stage.say("He sells socks")

    assert "still waits" not in stage.say("that was all")
    assert len(cases(stage)) == 2


def test_what_comes_long_after_something_over_a_report_goes_to_nobody() -> None:
    """It may be more of the report, and it may be for the partner."""
    stage = reporting()
    stage.say("/withdraw")
    stage.later(hours=2)

    told = stage.say("He insulted me")

    assert "went to nobody" in told
    assert carried(stage) == []


@pytest.mark.parametrize("asked", ["/away", "/report"])
def test_an_answer_that_was_written_in_time_and_read_late_is_one(asked: str) -> None:
    """The bot was away; what counts is when it was written."""
    stage = paired(RoomKind.RELAY)
    stage.say(asked)
    written = stage.turn.now + timedelta(minutes=3)
    stage.later(minutes=65)

    told = stage.say("next Monday" if asked == "/away" else "conduct", at=written)

    assert "until" in told or "what happened" in told
    assert carried(stage) == []


def test_more_that_was_written_in_time_and_read_after_a_day_is_more() -> None:
    stage = reported()
    written = stage.turn.now + timedelta(minutes=50)
    stage.later(hours=24.4)

    stage.say("and he asked me for money", at=written)

    assert cases(stage)[0].tried[-1] == "and he asked me for money"
    assert carried(stage) == []


def test_a_picture_is_not_sent_along_and_the_person_is_told() -> None:
    stage = reporting()

    told = stage.say("look what he sent me", media="photo")
    again = stage.say("and this", media="photo")

    assert "only your words, not the picture" in told
    assert "only your words, not the picture" in again
    assert carried(stage) == []
    assert "only read words" in stage.say("", media="photo")
    assert carried(stage) == []


def test_after_an_hour_under_something_else_it_asks_before_it_takes_words_for_a_report() -> None:
    """Few people tap that it was all; "Hello Ben" is no report."""
    stage = reported()
    stage.later(hours=26)
    stage.say("/language")
    stage.say("English")

    told = stage.say("Hello Ben, see you at five")

    assert "went to nobody" in told
    assert len(cases(stage)[0].tried) == 2
