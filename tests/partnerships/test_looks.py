"""Looks may come late, twice or in any number: what goes out is the same, but for what is too late."""

from bisect import bisect_right
from datetime import datetime, timedelta
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages import Delivery
from tests.partnerships.play import DAY, HOUR, START, Play, a_person


END = START + 16 * 7 * DAY
ZONES = ("Europe/Lisbon", "Asia/Tokyo", "America/New_York", "Pacific/Auckland", "")
GAPS = st.one_of(
    st.timedeltas(timedelta(minutes=1), timedelta(hours=8)),
    st.timedeltas(timedelta(hours=8), timedelta(days=4)),
    st.timedeltas(timedelta(days=4), timedelta(days=25)),
)


def a_play(zones: tuple[str, str]) -> Play:
    return Play(people={1: a_person(1, zones[0]), 2: a_person(2, zones[1])})


@lru_cache
def hourly(zones: tuple[str, str]) -> dict[str, Delivery]:
    play = a_play(zones)
    play.look(START)
    play.every(HOUR, END)
    return play.outbox


def looked_in(looks: list[datetime], first: datetime, last: datetime) -> bool:
    """Tell whether there was a look after `first`, and not after `last`."""
    at = bisect_right(looks, first)
    return at < len(looks) and looks[at] <= last


def was_missed(play: Play, looks: list[datetime], delivery: Delivery) -> bool:
    """Tell whether nobody looked while the thing made sense."""
    kind, _, person, week = (*delivery.key.split("/"), "", "")[:4]
    due = delivery.due_at
    if kind == "reminder":
        row = play.check_ins.get((int(person), int(week)))
        if row is None:
            return True
        due = row.asked_at + 2 * DAY
        return not looked_in(looks, due, due + DAY)
    if kind in ("survey", "digest", "certificate"):
        looks = [*looks, END]
    assert delivery.give_up_at is not None
    return not looked_in(looks, due, delivery.give_up_at)


@settings(max_examples=40, deadline=None)
@given(st.tuples(st.sampled_from(ZONES), st.sampled_from(ZONES)), st.lists(GAPS, min_size=1, max_size=60))
def test_any_looks_give_what_hourly_looks_give_but_for_what_is_too_late(
    zones: tuple[str, str], gaps: list[timedelta]
) -> None:
    play, looks = a_play(zones), [START]
    play.look(START)
    for gap in gaps:
        looks.append(min(looks[-1] + gap, END - HOUR))
        play.look(looks[-1])
    play.look(END)

    expected = hourly(zones)
    assert set(play.outbox) <= set(expected)
    for key in set(expected) - set(play.outbox):
        assert was_missed(play, looks, expected[key]), key


@settings(max_examples=8, deadline=None)
@given(st.tuples(st.sampled_from(ZONES), st.sampled_from(ZONES)))
def test_looking_just_when_the_rules_ask_for_it_misses_nothing(zones: tuple[str, str]) -> None:
    play = a_play(zones).run(END)

    assert set(play.outbox) == set(hourly(zones))
    assert play.looks < 120


@settings(max_examples=30, deadline=None)
@given(st.timedeltas(timedelta(0), timedelta(days=111)))
def test_looking_twice_at_once_gives_the_same_keys(after: timedelta) -> None:
    play = a_play(("Europe/Lisbon", "Asia/Tokyo")).run(START + after)
    before, row = dict(play.outbox), dict(play.check_ins)
    play.look(play.now)
    play.look(play.now)

    assert (set(play.outbox), set(play.check_ins)) == (set(before), set(row))
