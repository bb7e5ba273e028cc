"""How the question about a silence is answered: yes, not yet, help, another partner, a welcome third."""

import pytest

from bot.messages import Message
from bot.model import Contact, SurveyAnswer
from tests.partnerships.play import DAY, HOUR, START, Play, a_partnership, a_person


def test_the_question_can_be_answered_in_words() -> None:
    play = Play().run(START + 10 * DAY + 12 * HOUR)
    play.tap(1, "c:spring.1:1:not-yet")

    assert play.says(1, "No answer!", to="l").startswith("Thank you for telling me. Please send Ken")
    assert play.check_ins[1, 1002].answer is Contact.NOT_YET


def test_words_that_are_no_answer_are_asked_again() -> None:
    play = Play().run(START + 10 * DAY + 12 * HOUR)
    play.tap(1, "c:spring.1:1:not-yet")

    assert "I did not understand" in play.says(1, "bananas", to="l")


def test_the_same_tap_twice_gets_the_same_thanks() -> None:
    play = Play().run(START + 10 * DAY + 12 * HOUR)

    first = play.tap(1, "l:spring.1:1002:not-yet")
    assert play.tap(1, "l:spring.1:1002:not-yet") == first


def test_an_answer_can_be_changed() -> None:
    play = Play().run(START + 10 * DAY + 12 * HOUR)
    play.tap(1, "l:spring.1:1002:not-yet")

    assert play.tap(1, "l:spring.1:1002:yes") == (
        "I have changed it to “Yes, we are in touch”. Good to hear. Thank you!"
    )


@pytest.mark.parametrize(
    "value", ["l:spring.9:1002:yes", "l:spring.1:1002:bananas", "l:", "l:spring.1:x:yes"]
)
def test_a_tap_about_another_partnership_or_nonsense_changes_nothing(value: str) -> None:
    play = Play().run(START + 10 * DAY + 12 * HOUR)
    rows = dict(play.check_ins)

    assert (
        play.tap(1, value)
        == "That question was about an earlier partnership. Nothing has changed. Thank you!"
    )
    assert play.check_ins == rows


def test_something_is_wrong_goes_to_the_directors_at_once() -> None:
    play = Play().run(START + 10 * DAY + 12 * HOUR)
    said = play.tap(1, "l:spring.1:1002:wrong")

    assert "The directors will look at it today" in said
    assert [case.kind for case in play.cases.values()] == ["report"]


def test_my_partner_is_away_rests_the_ladder_for_two_weeks() -> None:
    play = Play().run(START + 10 * DAY + 12 * HOUR)
    play.tap(1, "l:spring.1:1002:away")
    play.run(START + 17 * DAY)

    assert [case.kind for case in play.cases.values()] == ["away"]
    assert len(play.sent("nudge/")) == 2


def test_a_wish_for_another_partner_asks_for_the_cause_first() -> None:
    play = Play().run(START + 10 * DAY + 12 * HOUR)
    said = play.tap(1, "l:spring.1:1002:another")

    assert "What is the main cause?" in said
    assert play.partnership.state == "running"
    reply = play.outbox["reply/telegram/1"].body
    assert isinstance(reply, Message)
    assert [choice.label for row in reply.rows for choice in row] == [
        "Time zones",
        "Language",
        "Too little time",
        "Technical problems",
        "No answer",
        "Bad behaviour",
        "No, I stay",
    ]


def test_after_the_cause_the_partnership_ends_and_the_partner_is_told_without_it() -> None:
    play = Play().run(START + 10 * DAY + 12 * HOUR)
    said = play.tap(1, "l:spring.1:0:because-zone")

    assert said.startswith("All right. Your partnership has ended")
    assert play.partnership.state == "dissolved"
    assert "ime zone" not in play.text("parted/spring.1/2")
    assert play.surveys[1, "another", "spring.1"] == SurveyAnswer(
        "spring", 1, "another", "spring.1", "zone", play.now
    )


def test_a_partner_who_never_answered_is_counted_and_asked_whether_they_are_still_there() -> None:
    play = Play().run(START + 10 * DAY + 12 * HOUR)
    play.tap(1, "l:spring.1:0:because-silent")

    assert play.people[2].ghosted == 1
    assert "Are you still with us?" in play.text("parted/spring.1/2")


def test_bad_behaviour_is_a_report_and_ends_the_partnership() -> None:
    play = Play().run(START + 10 * DAY + 12 * HOUR)
    play.tap(1, "l:spring.1:0:because-conduct")

    (case,) = play.cases.values()
    assert (case.kind, case.person, case.tried) == ("report", 1, ("The cause they gave: Bad behaviour.",))
    assert play.partnership.state == "dissolved"


def test_who_thinks_better_of_it_stays() -> None:
    play = Play().run(START + 10 * DAY + 12 * HOUR)

    assert play.tap(1, "l:spring.1:0:stay") == "Good. Nothing has changed."
    assert play.partnership.state == "running"


def test_leaving_a_trio_leaves_a_pair() -> None:
    people = {1: a_person(1), 2: a_person(2), 3: a_person(3)}
    play = Play(partnership=a_partnership((1, 2, 3)), people=people).run(START + 10 * DAY + 12 * HOUR)
    said = play.tap(1, "l:spring.1:0:because-workload")

    assert said.startswith("All right. You have left your group of three")
    assert (play.partnership.members, play.partnership.state, play.partnership.starter) == (
        (2, 3),
        "running",
        2,
    )
    assert "You and Zoe simply go on as a pair" in play.text("parted/spring.1/2/2")


def test_the_starters_button_is_thanked_and_the_nudges_help_opens_a_case() -> None:
    play = Play().run(START + 7 * DAY + HOUR)

    assert play.tap(1, "l:spring.1:1:wrote") == "Very good, thank you! Now give Ken a few days."
    assert "The directors know now" in play.tap(2, "l:spring.1:2:help")
    assert list(play.cases) == ["help/spring.1/2"]


def test_a_third_is_welcome_or_not() -> None:
    play = Play().run(START + DAY)

    assert play.tap(1, "l:spring.1:0:third-yes").startswith("How kind")
    assert play.tap(2, "l:spring.1:0:third-no").startswith("That is fine")
    assert [row.value for row in play.surveys.values()] == ["yes", "no"]
