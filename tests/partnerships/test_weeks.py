"""What a pair gets through the weeks of a round."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.messages import Message, Unsure
from bot.model import Contact, PartnershipState, RoomKind, RoundState
from bot.timetable import is_night, zone_of
from tests.partnerships.play import DAY, HOUR, START, Play, a_partnership, a_person, a_round, days_of


END = START + 16 * 7 * DAY


def test_a_pair_gets_sixteen_prompts_and_thirty_two_check_ins() -> None:
    play = Play().run(END)

    assert len(play.sent("prompt/")) == 16
    assert len(play.sent("check-in/")) == 32


def test_the_introduction_comes_first_and_the_first_prompt_with_it() -> None:
    play = Play()
    play.look(START)

    assert play.keys == ["introduction/spring.1", "prompt/spring.1/1"]
    assert play.partnership.introduced_at == START


def test_a_prompt_comes_on_the_pairs_morning_where_it_is_day_for_both() -> None:
    play = Play(people={1: a_person(1, "America/New_York"), 2: a_person(2, "Asia/Tokyo")}).run(END)

    first, *later = play.sent("prompt/")
    assert (first.due_at, len(later)) == (START, 15)
    for prompt in later:
        assert not any(is_night(prompt.due_at, zone) for zone in ("America/New_York", "Asia/Tokyo"))


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Lisbon", "Australia/Sydney", "Asia/Kathmandu"])
def test_check_ins_stay_at_ten_in_the_morning_through_changes_of_clocks(zone: str) -> None:
    play = Play(people={1: a_person(1, zone), 2: a_person(2, zone)}).run(END)

    hours = {each.due_at.astimezone(zone_of(zone)).hour for each in play.sent("check-in/")}
    assert hours == {10}


def test_a_check_in_is_asked_on_the_fourth_day_and_reminded_once_two_days_later() -> None:
    play = Play().run(START + 7 * DAY)

    asked = {each.key: each.due_at for each in play.sent("check-in/spring.1/1")}
    reminded = {each.key: each.due_at for each in play.sent("reminder/spring.1/1")}
    assert list(asked) == ["check-in/spring.1/1/1"]
    assert reminded == {"reminder/spring.1/1/1": asked["check-in/spring.1/1/1"] + 2 * DAY}


def test_who_answered_is_not_reminded() -> None:
    play = Play().run(START + 5 * DAY)
    play.tap(1, "c:spring.1:1:met")
    play.run(START + 8 * DAY)

    assert [each.key for each in play.sent("reminder/")] == ["reminder/spring.1/2/1"]


def test_a_prompt_more_than_three_days_late_is_left_to_the_outbox_which_gives_it_up() -> None:
    play = Play()
    play.look(START)
    play.look(START + 11 * DAY)

    late = play.outbox["prompt/spring.1/2"].give_up_at
    assert late
    assert late < START + 11 * DAY


def test_a_check_in_that_is_too_late_is_given_up_and_nobody_counts_as_asked() -> None:
    play = Play()
    play.look(START)
    play.look(START + 11 * DAY)

    late = play.outbox["check-in/spring.1/1/1"].give_up_at
    assert late
    assert late < START + 11 * DAY
    assert [row for row in play.check_ins if row[-1] == 1] == []


def test_what_is_asked_but_seldom_is_left_to_the_outbox_too_when_it_is_too_late() -> None:
    play = Play()
    play.look(START)
    play.look(START + 4 * DAY + 12 * HOUR)
    play.look(START + 111 * DAY)

    late = {key.rpartition("/")[0]: each for key, each in play.outbox.items() if each.give_up_at}
    for key in ("reminder/spring.1/1", "survey/mid/spring", "keep/spring.1"):
        given_up = late[key].give_up_at
        assert given_up
        assert given_up < START + 111 * DAY, key


def test_a_prompt_a_day_late_is_sent() -> None:
    play = Play()
    play.look(START)
    play.look(START + 8 * DAY)

    assert "prompt/spring.1/2" in play.outbox


def test_a_room_that_came_late_begins_with_the_first_topic() -> None:
    play = Play()
    play.look(START + 15 * DAY)

    assert play.partnership.first_week == 3
    assert "Getting to know you" in play.text("prompt/spring.1/3")


def test_the_last_two_weeks_are_for_looking_back_whenever_a_pair_began() -> None:
    play = Play(partnership=a_partnership(first_week=9, look_at=START + 57 * DAY)).run(END)

    assert "Reflection and review" in play.text("prompt/spring.1/15")
    assert "Reflection and review" in play.text("prompt/spring.1/16")
    assert "Getting to know you" in play.text("prompt/spring.1/9")


def test_partners_introduced_just_before_a_check_in_are_not_asked_yet() -> None:
    play = Play()
    play.look(START + 3 * DAY)
    play.run(START + 6 * DAY)

    assert play.sent("check-in/") == []


def test_surveys_and_keep_in_touch_come_in_their_weeks() -> None:
    play = Play().run(END)

    assert days_of(play.sent("survey/mid/")) == [50, 50]
    assert days_of(play.sent("keep/")) == [99, 99]
    assert days_of(play.sent("survey/end/")) == [106, 106]


def test_somebody_away_gets_no_check_in_and_the_prompt_comes_all_the_same() -> None:
    away = a_person(1, away_until=(START + 10 * DAY).date())
    play = Play(people={1: away, 2: a_person(2, "Asia/Tokyo")}).run(START + 10 * DAY)

    assert [each.key for each in play.sent("check-in/")] == ["check-in/spring.1/2/1"]
    assert len(play.sent("prompt/")) == 2


def test_somebody_unreachable_gets_nothing() -> None:
    play = Play(
        partnership=a_partnership(room=RoomKind.RELAY, chat=""),
        people={1: a_person(1, reachable=False), 2: a_person(2, "Asia/Tokyo")},
    ).run(END)

    assert [each.key for each in play.outbox.values() if each.to.id == "1"] == []
    assert len(play.sent("prompt/")) == 16


def test_a_pair_without_a_shared_chat_gets_each_prompt_in_private() -> None:
    play = Play(partnership=a_partnership(room=RoomKind.RELAY, chat="")).run(END)

    assert len(play.sent("prompt/")) == 32
    assert "introduction/spring.1/2" in play.outbox


def test_a_trio_is_asked_one_by_one() -> None:
    people = {1: a_person(1), 2: a_person(2, "Asia/Kolkata"), 3: a_person(3, "Africa/Lagos")}
    play = Play(partnership=a_partnership((1, 2, 3)), people=people).run(START + 7 * DAY)

    assert len(play.sent("check-in/")) == 3
    assert "Ana, Ken and Zoe" in play.text("introduction/spring.1")
    assert "You are three" in play.text("introduction/spring.1")


def test_people_whose_zone_nobody_knows_are_written_to_by_utc() -> None:
    play = Play(people={1: a_person(1, ""), 2: a_person(2, "")}).run(START + 7 * DAY)

    assert {each.due_at.hour for each in play.sent("check-in/")} == {10}


def test_the_end_gives_a_digest_and_a_certificate_to_each() -> None:
    play = Play().run(START + 4 * DAY)
    play.tap(2, "c:spring.1:1:met", after=12 * HOUR)
    play.run(END)

    assert play.partnership.state is PartnershipState.ENDED
    assert play.partnership.look_at is None
    assert "**1 of 16 weeks**" in play.text("digest/spring.1/1")
    certificate = play.outbox["certificate/spring.1/1"].body
    assert isinstance(certificate, Message)
    assert certificate.attachment is not None
    assert "Ana</text>" in certificate.attachment.content
    assert "24 May 2027" in certificate.attachment.content


def test_a_name_cannot_break_the_certificate() -> None:
    play = Play(people={1: a_person(1, name='A<b> & "c"'), 2: a_person(2)}).run(END)

    certificate = play.outbox["certificate/spring.1/1"].body
    assert isinstance(certificate, Message)
    assert certificate.attachment is not None
    assert "A&lt;b&gt; &amp; &quot;c&quot;</text>" in certificate.attachment.content


def test_a_round_that_directors_end_early_ends_its_pairs_at_their_next_look() -> None:
    play = Play().run(START + 20 * DAY)
    play.round = replace(play.round, state=RoundState.ENDED)
    play.look(START + 21 * DAY)

    assert play.partnership.state is PartnershipState.ENDED
    assert "These were the topics" in play.text("digest/spring.1/1")


def test_a_pair_that_never_had_a_room_gets_kind_words_at_the_end() -> None:
    play = Play(partnership=a_partnership(state=PartnershipState.OPENING, room=RoomKind.NONE))
    play.look(END)

    assert "did not come together" in play.text("digest/spring.1/1")
    assert "certificate/spring.1/1" not in play.outbox


def test_a_pair_whose_room_is_coming_about_is_looked_at_again_and_told_nothing_else() -> None:
    opening = a_partnership(state=PartnershipState.OPENING, room=RoomKind.NONE, chat="", step="")
    play = Play(partnership=opening)
    play.look(START)

    assert play.partnership.look_at is not None
    assert play.keys == []


def test_a_partnership_that_is_over_is_not_looked_at_again() -> None:
    play = Play(partnership=a_partnership(state=PartnershipState.DISSOLVED))
    play.look(START)

    assert play.partnership.look_at is None
    assert play.keys == []


def test_a_trial_of_seconds_has_no_nights_and_everything_in_its_order() -> None:
    week = timedelta(seconds=20)
    play = Play(pace=week)
    play.run(START + 16 * week)

    assert len(play.sent("prompt/")) == 16
    assert len(play.sent("check-in/")) == 32
    assert {each.zones for each in play.outbox.values()} == {()}
    assert play.sent("check-in/")[0].due_at == START + 4 * week / 7


def test_a_trial_that_stops_for_some_seconds_loses_nothing() -> None:
    week = timedelta(seconds=20)
    play = Play(pace=week)
    play.look(START)
    play.look(START + week * 1.9)

    assert "prompt/spring.1/2" in play.outbox
    assert "check-in/spring.1/1/1" in play.outbox


def test_a_second_check_in_answer_is_never_lost_by_a_look() -> None:
    play = Play().run(START + 4 * DAY)
    play.tap(2, "c:spring.1:1:date-set", after=timedelta(minutes=2))
    play.look(play.now)

    assert play.check_ins[2, 1].answer is Contact.DATE_SET


def test_prompts_may_come_twice_rather_than_never() -> None:
    play = Play()
    play.look(START)

    assert play.outbox["prompt/spring.1/1"].unsure is Unsure.REPEAT


def test_a_round_of_four_weeks_has_its_surveys_too() -> None:
    play = Play(round=a_round(weeks=4)).run(START + 28 * DAY)

    assert len(play.sent("prompt/")) == 4
    assert days_of(play.sent("survey/mid/")) == [8, 8]
    assert play.partnership.state is PartnershipState.ENDED


def test_what_came_due_before_a_look_for_a_lost_room_is_not_forgotten() -> None:
    play = Play()
    play.look(START)
    lost = START + 8 * DAY
    play.partnership = replace(play.partnership, looked_at=lost, step_at=lost, look_at=lost)
    play.look(lost)

    assert "prompt/spring.1/2" in play.outbox


def test_what_was_decided_is_not_decided_again_at_the_next_look() -> None:
    play = Play().run(START + 7 * DAY)
    again = play.look(START + 8 * DAY)

    assert again.deliveries == ()
