"""What the bot does when a pair goes quiet: each rung once, nobody twice a day, nobody who is away."""

from datetime import timedelta

import pytest

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
