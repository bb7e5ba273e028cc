"""What the bot does when a pair goes quiet: each rung once, nobody twice a day, nobody who is away."""

from datetime import timedelta

import pytest

from bot.messages import Message
from bot.model import Contact, SurveyAnswer
from bot.timetable import daytime, zone_of
from tests.partnerships.play import DAY, HOUR, START, Play, a_partnership, a_person, days_of


def rungs(play: Play) -> dict[str, list[int]]:
    return {name: days_of(play.sent(f"{name}/")) for name in ("starter", "nudge", "question")}


def test_a_silent_pair_climbs_the_ladder_on_days_two_seven_ten_and_fourteen() -> None:
    play = Play().run(START + 20 * DAY)

    assert rungs(play) == {"starter": [2], "nudge": [7, 7], "question": [10, 10]}
    assert [(case.opened_at - START).days for case in play.cases.values()] == [14]


def test_only_the_starter_is_asked_on_day_two() -> None:
    play = Play().run(START + 3 * DAY)

    assert [each.to.id for each in play.sent("starter/")] == ["1"]


def test_the_case_says_what_was_tried_and_is_about_somebody_who_said_nothing() -> None:
    play = Play().run(START + 10 * DAY + HOUR)
    play.tap(1, "l:spring.1:1002:not-yet", after=13 * HOUR)
    play.run(START + 15 * DAY)

    (case,) = play.cases.values()
    assert case.person == 2
    assert case.tried == (
        "Day 2: asked the starter in private.",
        "Day 7: a friendly nudge to both.",
        "Day 10: asked both in private with one tap.",
        "Ana answered: not yet.",
    )


def test_a_sign_of_contact_begins_the_count_anew() -> None:
    play = Play().run(START + 4 * DAY)
    play.tap(2, "c:spring.1:1:met")
    play.run(START + 13 * DAY)

    assert rungs(play) == {"starter": [2], "nudge": [], "question": []}


def test_a_pair_that_says_met_every_week_never_hears_of_a_silence() -> None:
    play = Play()
    for week in range(1, 17):
        play.run(START + timedelta(days=7 * week - 3))
        play.tap(1, f"c:spring.1:{week}:met", after=3 * HOUR)
    play.run(START + 112 * DAY)

    assert rungs(play) == {"starter": [2], "nudge": [], "question": []}
    assert play.cases == {}


def test_after_a_check_in_its_answer_is_waited_for() -> None:
    play = Play().run(START + 4 * DAY)
    play.tap(2, "c:spring.1:1:met")
    play.run(START + 40 * DAY)

    assert rungs(play) == {"starter": [2], "nudge": [13, 13], "question": [14, 14]}
    assert [(case.opened_at - START).days for case in play.cases.values()] == [20]


@pytest.mark.parametrize("began", [0, 5, 11, 17, 30, 55, 70, 100, 140])
@pytest.mark.parametrize("zones", [("Europe/Lisbon", "Asia/Tokyo"), ("America/New_York", "Pacific/Auckland")])
def test_nobody_hears_twice_a_day_of_a_silence(began: int, zones: tuple[str, str]) -> None:
    people = {1: a_person(1, zones[0]), 2: a_person(2, zones[1])}
    play = Play(partnership=a_partnership(look_at=START + began * HOUR), people=people).run(START + 60 * DAY)

    for person, zone in (("1", zones[0]), ("2", zones[1])):
        about = ("starter/", "nudge/", "question/", "check-in/", "reminder/")
        sent = [each for name in about for each in play.sent(name) if each.to.id == person]
        days = [daytime(each.due_at, [zone]).astimezone(zone_of(zone)).date() for each in sent]
        assert len(set(days)) == len(days)


def test_one_silence_makes_one_case() -> None:
    play = Play().run(START + 112 * DAY)

    assert len(play.cases) == 1


def test_yes_to_the_question_ends_the_silence() -> None:
    play = Play().run(START + 10 * DAY)
    said = play.tap(1, "l:spring.1:1002:yes", after=14 * HOUR)
    play.run(START + 16 * DAY)

    assert said == "Good to hear. Thank you!"
    assert play.cases == {}


def test_while_one_is_away_nobody_is_nudged_and_the_count_begins_when_they_are_back() -> None:
    away = a_person(2, "Asia/Tokyo", away_until=(START + 20 * DAY).date())
    play = Play(people={1: a_person(1), 2: away}).run(START + 26 * DAY)
    assert rungs(play) == {"starter": [], "nudge": [], "question": []}

    play.run(START + 35 * DAY)

    assert days_of(play.sent("nudge/")) == [27, 27]


def test_who_comes_back_early_and_stays_silent_becomes_a_case_all_the_same() -> None:
    away = a_person(2, "Asia/Tokyo", away_until=(START + 60 * DAY).date())
    play = Play(people={1: a_person(1), 2: away}).run(START + 30 * DAY)
    play.people[2] = a_person(2, "Asia/Tokyo")
    play.look(START + 30 * DAY + HOUR)
    play.run(START + 40 * DAY)

    assert len(play.cases) == 1


def test_where_one_cannot_be_reached_the_ladder_rests_for_that_is_a_case_already() -> None:
    play = Play(people={1: a_person(1), 2: a_person(2, reachable=False)}).run(START + 30 * DAY)

    assert rungs(play) == {"starter": [], "nudge": [], "question": []}
    assert play.cases == {}


def test_who_asked_for_help_is_not_nudged_and_no_second_case_is_opened() -> None:
    play = Play().run(START + 4 * DAY)
    play.tap(1, "c:spring.1:1:need-help", after=12 * HOUR)
    play.run(START + 30 * DAY)

    assert {each.to.id for each in play.sent("nudge/")} == {"2"}
    assert list(play.cases) == ["help/spring.1/1/1"]


def test_no_case_is_opened_in_the_last_week() -> None:
    play = Play().run(START + 92 * DAY)
    play.tap(1, "c:spring.1:13:met")
    before = set(play.cases)
    play.run(START + 112 * DAY)

    assert set(play.cases) == before


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
