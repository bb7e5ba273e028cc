"""What is done on a person's own page: answered in a window over it, and off it what must not stay."""

import pytest

from bot.markup import plain
from bot.messages import Message, OpenForm, ShowHome
from tests.conversations.homes import looking
from tests.conversations.stage import Stage


def test_an_answer_to_a_tap_on_the_page_is_a_window_over_it() -> None:
    """The chat is on another tab. What is tapped in the window takes its place."""
    stage = looking("paired")

    stage.press("cmd:status", at_home=True, ref="")

    assert (stage.shown.trigger, stage.shown.view, stage.form.submit) == ("t2", "", "")
    assert "week 2 of 16" in stage.notes
    assert [value for _, value in stage.form.buttons] == ["cmd:partner", "cmd:when", "cmd:prompt"]
    assert stage.shown.late
    assert "week 2 of 16" in stage.shown.late.text

    stage.press("cmd:prompt", view="V1", ref="")

    assert (stage.shown.trigger, stage.shown.view) == ("", "V1")
    assert "Week 2" in stage.notes


@pytest.mark.parametrize("value", ["cmd:withdraw", "cmd:when", "cmd:mydata", "cmd:apply here"])
def test_a_question_or_a_file_is_in_the_chat_and_the_window_says_so(value: str) -> None:
    """Words can be written only there."""
    stage = looking("drafting" if "apply" in value else "paired")

    stage.press(value, at_home=True, ref="")

    message, window = (one.body for one in stage.replies)
    assert isinstance(message, Message)
    assert isinstance(window, OpenForm)
    assert plain(window.form.fields[0].label) == "I have written to you in my Messages tab."


def test_without_a_trigger_no_window_opens() -> None:
    """Then the answer is in the chat."""
    stage = looking("paired")

    assert "week 2 of 16" in stage.press("cmd:status", at_home=True, ref="", trigger="")


def test_who_is_forgotten_has_an_empty_page() -> None:
    """Wherever they said so: nothing about them may stay there. It is found by the account alone."""
    stage = looking("paired")
    stage.say("/forget")

    stage.say("forget")

    page = stage.sent[-1]
    assert stage.erased == [7]
    assert (page.to.kind, page.to.id) == ("chat", "T1/U7")
    assert stage.page == ["I hold nothing about you. If you ever want to take part, write /apply."]


def test_words_in_the_chat_do_not_show_the_page() -> None:
    """It is shown when it is looked at: a call for each word would be too many."""
    stage = looking("paired")
    before = len([one for one in stage.sent if isinstance(one.body, ShowHome)])

    stage.say("/status")
    stage.press("cmd:status")

    assert len([one for one in stage.sent if isinstance(one.body, ShowHome)]) == before


def test_other_platforms_have_no_page() -> None:
    """Whatever is tapped."""
    stage = Stage()
    stage.say("/start")
    stage.tap("cmd:apply")
    stage.say("/forget")
    stage.say("forget")

    assert not any(isinstance(one.body, ShowHome) for one in stage.sent)
