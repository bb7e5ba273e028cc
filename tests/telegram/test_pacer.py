"""The pacer is arithmetic: it never lets more through than a platform allows, and never waits for nothing."""

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.telegram.limits import PACE
from bot.messages import Message
from bot.pace import Budget, Pace
from bot.pacer import REMEMBERED, Going, Pacer


NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ANA, ROOM = "5000000001", "-1002300000001"


def to(chat: str) -> Going:
    return Going(Message, chat)


def only_chats() -> Pacer:
    """Give a pacer that limits each chat, and all of them together by nothing."""
    return Pacer(Pace({Message: (Budget("chat", every=SECOND, burst=3),)}))


def streaming() -> tuple[Pacer, datetime]:
    """Give a pacer that has sent to thirty people as fast as may be, and when the last went."""
    pacer = Pacer(PACE)
    return pacer, go(pacer, [str(person) for person in range(30)])[-1]


def go(pacer: Pacer, chats: list[str], now: datetime = NOW) -> list[datetime]:
    """Send to the chats one after another, each as soon as it may."""
    times = []
    for chat in chats:
        now += pacer.wait(to(chat), now)
        pacer.took(to(chat), now)
        times.append(now)
    return times


def test_the_first_message_goes_at_once() -> None:
    assert Pacer(PACE).wait(to(ANA), NOW) == timedelta(0)


def test_a_chat_takes_a_short_burst_and_then_one_a_second() -> None:
    times = go(only_chats(), [ANA] * 6)

    assert [(at - NOW).total_seconds() for at in times] == [0, 0, 0, 1, 2, 3]


def test_a_rest_fills_the_burst_again() -> None:
    pacer = only_chats()
    go(pacer, [ANA] * 3)

    times = go(pacer, [ANA] * 3, NOW + 10 * SECOND)

    assert times == [NOW + 10 * SECOND] * 3


def test_a_group_never_gets_more_than_twenty_in_any_minute() -> None:
    times = go(Pacer(PACE), [ROOM] * 45)

    for first, after in zip(times, times[20:], strict=False):
        assert after - first >= timedelta(minutes=1)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 60), min_size=31, max_size=120))
def test_all_chats_together_never_get_more_than_thirty_in_any_second(people: list[int]) -> None:
    times = go(Pacer(PACE), [str(person) for person in people])

    for first, after in zip(times, times[30:], strict=False):
        assert after - first >= SECOND - timedelta(milliseconds=1)


def test_a_steady_stream_to_many_chats_begins_with_twenty_five_a_second() -> None:
    times = go(Pacer(PACE), [str(person) for person in range(1000)])

    assert 39 <= (times[-1] - times[0]).total_seconds() <= 41


def test_a_way_that_hardly_varies_is_used_at_more_than_95_percent_of_what_telegram_allows() -> None:
    pacer = Pacer(PACE)
    for number in range(100):
        pacer.way.answered(timedelta(milliseconds=80 + 20 * (number % 2)))

    times = go(pacer, [str(person) for person in range(1001)])

    assert 1000 / 30 <= (times[-1] - times[0]).total_seconds() <= 1000 / 28.5


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.integers(5, 60))
def test_whatever_the_way_there_does_to_them_no_more_than_thirty_arrive_in_any_second(
    seed: int, varies: int
) -> None:
    dice, pacer, now, arrived = random.Random(seed), Pacer(PACE), NOW, []
    for person in range(400):
        now += pacer.wait(to(str(person)), now)
        pacer.took(to(str(person)), now)
        there = timedelta(milliseconds=20 + dice.uniform(0, varies))
        arrived.append(now + there)
        pacer.way.answered(there + timedelta(milliseconds=20 + dice.uniform(0, 3 * varies)))

    arrived.sort()
    assert min(after - first for first, after in zip(arrived, arrived[30:], strict=False)) >= SECOND


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32))
def test_what_a_busy_machine_sends_late_and_together_does_not_push_too_many_into_one_second(
    seed: int,
) -> None:
    dice, pacer, now, arrived = random.Random(seed), Pacer(PACE), NOW, []
    stalled_until = NOW
    for person in range(400):
        now += pacer.wait(to(str(person)), now)
        pacer.took(to(str(person)), now)
        if not dice.randrange(40):
            stalled_until = now + timedelta(milliseconds=dice.uniform(50, 300))
        left = max(now, stalled_until)
        pacer.went(to(str(person)), now, left)
        there = timedelta(milliseconds=dice.uniform(1, 9))
        arrived.append(left + there)
        pacer.way.answered(2 * there)

    arrived.sort()
    assert min(after - first for first, after in zip(arrived, arrived[30:], strict=False)) >= SECOND


def test_once_a_stream_was_refused_more_is_left_between_messages() -> None:
    pacer, last = streaming()
    before = pacer.way.spread

    pacer.refused(to("31"), last + SECOND / 10, SECOND)

    assert pacer.way.spread == 2 * before


def test_one_group_that_had_too_much_slows_nobody_else() -> None:
    """Telegram does not say which of its limits refused; a few messages cannot have been too many for all."""
    pacer = Pacer(PACE)
    before = pacer.way.spread
    last = go(pacer, [ROOM] * 3)[-1]

    pacer.refused(to(ROOM), last, 40 * SECOND)

    assert pacer.way.spread == before
    times = go(pacer, [str(person) for person in range(100)], last)
    assert (times[-1] - times[0]).total_seconds() < 4.1


def test_an_answer_that_hung_slows_the_others_down_for_a_moment_only() -> None:
    pacer = Pacer(PACE)
    for _ in range(100):
        pacer.way.answered(timedelta(milliseconds=80))

    pacer.way.answered(timedelta(seconds=20))

    assert pacer.way.spread < timedelta(milliseconds=50)


def test_a_refused_chat_waits_as_long_as_it_was_told_and_others_do_not() -> None:
    pacer = Pacer(PACE)

    pacer.refused(to(ROOM), NOW, 40 * SECOND)

    assert (pacer.wait(to(ROOM), NOW), pacer.wait(to(ANA), NOW)) == (40 * SECOND, timedelta(0))


def test_after_a_refusal_of_a_stream_everything_goes_half_as_fast_for_a_while() -> None:
    pacer, last = streaming()
    pacer.refused(to("31"), last, SECOND)

    slow = go(pacer, [str(person) for person in range(100)], last)
    fast = go(pacer, [str(person) for person in range(100)], last + PACE.careful_for + 10 * SECOND)

    assert round((slow[-1] - slow[0]) / (fast[-1] - fast[0]), 2) == 2


def test_a_refusal_of_everything_parks_everybody() -> None:
    pacer = Pacer(PACE)

    pacer.refused(to(ROOM), NOW, 5 * SECOND, everything=True)

    assert pacer.wait(to(ANA), NOW) == 5 * SECOND


def test_a_faster_clock_scales_every_limit() -> None:
    times = go(Pacer(PACE.faster(10)), [ROOM] * 21)

    assert 5.9 <= (times[-1] - times[0]).total_seconds() <= 6.1


def test_chats_that_rest_are_forgotten_when_there_are_very_many() -> None:
    pacer = only_chats()
    for person in range(REMEMBERED + 1):
        pacer.took(to(str(person)), NOW)

    pacer.took(to(ANA), NOW + timedelta(hours=1))

    assert len(pacer._seen) == 1
