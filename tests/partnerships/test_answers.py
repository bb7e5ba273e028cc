"""Whatever somebody taps or writes, there is exactly one reply, and nothing about others changes."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.partnerships.play import DAY, START, Play, a_round


WORDS = (
    "met",
    "date-set",
    "not-yet",
    "need-help",
    "yes",
    "away",
    "another",
    "wrong",
    "stay",
    "handle",
    "no",
    "",
)
VALUES = st.builds(
    lambda kind, about, week, word: f"{kind}:{about}:{week}:{word}",
    st.sampled_from("cl"),
    st.sampled_from(["spring.1", "spring.2", ""]),
    st.one_of(st.integers(-1, 20).map(str), st.just("1002"), st.text(max_size=4)),
    st.one_of(st.sampled_from(WORDS), st.text(max_size=12)),
)
TEXTS = st.one_of(st.sampled_from(["yes", "Not yet!", "my partner is away", "another partner"]), st.text())


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 30), st.lists(VALUES, max_size=4))
def test_every_tap_gets_exactly_one_reply(day: int, values: list[str]) -> None:
    play = Play().run(START + day * DAY)
    partners = {key: row for key, row in play.check_ins.items() if key[0] == 2}
    for value in values:
        assert play.tap(1, value, after=timedelta(minutes=1))

    assert {key: row for key, row in play.check_ins.items() if key[0] == 2} == partners


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 30), st.sampled_from("clk"), st.lists(TEXTS, max_size=3))
def test_all_words_get_exactly_one_reply(day: int, kind: str, texts: list[str]) -> None:
    play = Play().run(START + day * DAY)
    for text in texts:
        assert play.says(1, text, to=kind, after=timedelta(minutes=1))


def test_words_about_the_ladder_without_its_question_change_nothing() -> None:
    play = Play().run(START + DAY)

    assert play.says(1, "yes", to="l").startswith("That question was about an earlier partnership")


def test_a_ladder_question_of_last_month_is_closed_and_changes_nothing() -> None:
    play = Play().run(START + 10 * DAY + timedelta(hours=12))
    rows = dict(play.check_ins)
    play.now += 21 * DAY

    assert play.tap(1, "l:spring.1:1002:yes").startswith("That question is closed now.")
    assert play.check_ins == rows


def test_a_question_of_two_weeks_ago_can_still_be_answered() -> None:
    play = Play().run(START + 10 * DAY + timedelta(hours=12))
    play.now += 13 * DAY

    assert play.tap(1, "l:spring.1:1002:yes") == "Good to hear. Thank you!"


def test_in_a_trial_a_question_closes_after_two_of_its_short_weeks() -> None:
    week = timedelta(hours=1)
    play = Play(round=a_round(id="other"), pace=week).run(START + 10 * week / 7)

    assert play.tap(1, "l:spring.1:1002:yes", after=3 * week).startswith("That question is closed now.")
