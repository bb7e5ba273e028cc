"""Answers to the weekly check-in, by taps and in words."""

from dataclasses import replace

import pytest

from bot.messages import Message, Settle
from bot.model import Contact, PartnershipState
from tests.partnerships.play import DAY, HOUR, START, Play


@pytest.fixture
def asked() -> Play:
    """Both were asked about week 1: Ken in the night of Lisbon, Ana in her morning."""
    return Play().run(START + 4 * DAY)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("met", "Wonderful, thank you!"),
        ("date-set", "A date is set: very good. Thank you!"),
        (
            "not-yet",
            "Thank you for telling me. A short hello to Ken is a good start: two sentences are enough.",
        ),
    ],
)
def test_each_answer_has_its_thanks(asked: Play, answer: str, said: str) -> None:
    assert asked.tap(1, f"c:spring.1:1:{answer}") == said
    assert asked.check_ins[1, 1].answer is Contact(answer)


def test_help_is_a_case_and_says_who_knows_now(asked: Play) -> None:
    assert "The directors know now" in asked.tap(1, "c:spring.1:1:need-help")
    assert [case.kind for case in asked.cases.values()] == ["help"]


def test_when_both_say_met_there_is_a_warm_line(asked: Play) -> None:
    asked.tap(1, "c:spring.1:1:met")

    assert asked.tap(2, "c:spring.1:1:met").startswith("Wonderful: all of you say that you met.")


def test_the_same_tap_twice_gets_the_same_thanks_and_keeps_the_first_moment(asked: Play) -> None:
    asked.tap(1, "c:spring.1:1:met")
    first = asked.check_ins[1, 1]

    assert asked.tap(1, "c:spring.1:1:met") == "Wonderful, thank you!"
    assert asked.check_ins[1, 1] == first


def test_an_answer_can_be_changed_within_the_week(asked: Play) -> None:
    asked.tap(1, "c:spring.1:1:not-yet")

    assert (
        asked.tap(1, "c:spring.1:1:met") == "I have changed it to “We met or talked”. Wonderful, thank you!"
    )
    assert asked.check_ins[1, 1].answer is Contact.MET


def test_last_weeks_button_is_answered_kindly_and_changes_nothing(asked: Play) -> None:
    asked.tap(1, "c:spring.1:1:not-yet")

    said = asked.tap(1, "c:spring.1:1:met", after=8 * DAY)
    assert said.startswith("That question was about week 1, and it is closed now.")
    assert asked.check_ins[1, 1].answer is Contact.NOT_YET


def test_the_used_buttons_are_taken_away_and_show_what_was_chosen(asked: Play) -> None:
    asked.tap(1, "c:spring.1:1:met")

    assert asked.outbox["settle/telegram/701/55"].body == Settle("55", "We met or talked")


@pytest.mark.parametrize("value", ["c:spring.2:1:met", "c:spring.1:1:bananas", "c:", "c:spring.1:one:met"])
def test_a_tap_about_another_partnership_or_nonsense_changes_nothing(asked: Play, value: str) -> None:
    said = asked.tap(1, value)

    assert said == "That question was about an earlier partnership. Nothing has changed. Thank you!"
    assert asked.check_ins[1, 1].answer is None


def test_a_week_that_nobody_asked_about_is_closed(asked: Play) -> None:
    assert asked.tap(1, "c:spring.1:9:met").startswith("That question was about week 9")


def test_a_partnership_that_ended_keeps_its_answers(asked: Play) -> None:
    asked.partnership = replace(asked.partnership, state=PartnershipState.DISSOLVED)

    assert asked.tap(1, "c:spring.1:1:met").startswith("That question was about an earlier partnership")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("met", Contact.MET),
        ("We met!", Contact.MET),
        ("We met or talked", Contact.MET),
        ("  YES ", Contact.MET),
        ("date set", Contact.DATE_SET),
        ("not yet…", Contact.NOT_YET),
        ("no", Contact.NOT_YET),
        ("need-help", Contact.NEED_HELP),
    ],
)
def test_an_answer_can_be_written(asked: Play, text: str, answer: Contact) -> None:
    asked.says(1, text, after=HOUR)

    assert asked.check_ins[1, 1].answer is answer


@pytest.mark.parametrize("text", ["bananas", "", "🙂", "x" * 5000])
def test_words_that_are_no_answer_get_the_question_again_with_its_buttons(asked: Play, text: str) -> None:
    said = asked.says(1, text)

    assert said.startswith("Thank you. I did not understand that as an answer.")
    assert asked.check_ins[1, 1].answer is None
    reply = asked.outbox["reply/telegram/1"].body
    assert isinstance(reply, Message)
    assert len([choice for row in reply.rows for choice in row]) == 4


def test_words_without_an_open_question_change_nothing(asked: Play) -> None:
    asked.tap(1, "c:spring.1:1:met")

    assert asked.says(1, "met").startswith("That question was about an earlier partnership")


def test_every_button_fits_the_sixty_bytes_a_platform_allows(asked: Play) -> None:
    asked.run(START + 100 * DAY)
    for delivery in asked.outbox.values():
        if isinstance(delivery.body, Message):
            for row in delivery.body.rows:
                assert all(len(choice.value.encode()) <= 40 for choice in row)
