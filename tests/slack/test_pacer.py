"""Slack's pace: never more than a method of a workspace allows, nearly all of it, and no stampede."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heapify, heappop, heappush

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.limits import POSTS, TIERS, pace
from bot.messages import Message, OpenRoom, Settle
from bot.pacer import Going, Pacer


NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
#: As the sender does it: a short wait is spent, a longer one is put back.
SHORT = timedelta(milliseconds=250)
#: So often in each minute a method may be called, by the kind of body that calls it.
ALLOWED = {Message: POSTS, OpenRoom: TIERS[3], Settle: TIERS[3]}


@dataclass
class Sending:
    """A sender on a virtual clock: what went when, and how often something was put back."""

    pacer: Pacer
    went: dict[tuple[type, str], list[datetime]] = field(default_factory=lambda: defaultdict(list))
    put_back: Counter[int] = field(default_factory=Counter)

    def send(self, goings: Sequence[Going], awaited: Sequence[bool] = (), at: datetime = NOW) -> datetime:
        """Send all of them, which are due at once; gives when the last went."""
        waiting = [(at, number) for number in range(len(goings))]
        heapify(waiting)
        last = at
        while waiting:
            now, number = heappop(waiting)
            going = goings[number]
            wait = self.pacer.wait(going, now)
            if wait > SHORT:
                self.put_back[number] += 1
                hurry = bool(awaited) and awaited[number]
                heappush(waiting, (now + self.pacer.turn(number, going, now, awaited=hurry), number))
                continue
            self.pacer.took(going, now + wait, number=number)
            self.went[going.kind, going.chat.partition("/")[0]].append(now + wait)
            last = max(last, now + wait)
        return last


def rooms(count: int, team: str = "T1") -> list[Going]:
    return [Going(OpenRoom, f"{team}/U{number}") for number in range(count)]


def posts(count: int, chats: int, team: str = "T1") -> list[Going]:
    return [Going(Message, f"{team}/C{number % chats}") for number in range(count)]


def most_in_a_minute(times: Sequence[datetime]) -> int:
    times = sorted(times)
    most = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - MINUTE:
            first += 1
        most = max(most, last - first + 1)
    return most


goings = st.builds(
    Going,
    st.sampled_from([Message, OpenRoom, Settle]),
    st.builds("T{}/C{}".format, st.integers(1, 2), st.integers(1, 40)),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(goings, min_size=80, max_size=400), st.lists(st.booleans(), min_size=400, max_size=400))
def test_no_method_of_a_workspace_is_called_more_often_than_slack_allows(
    every: list[Going], awaited: list[bool]
) -> None:
    sending = Sending(Pacer(pace()))

    sending.send(every, awaited)

    too_many = {
        key: most_in_a_minute(times)
        for key, times in sending.went.items()
        if most_in_a_minute(times) > ALLOWED[key[0]]
    }
    assert too_many == {}


@settings(max_examples=30, deadline=None)
@given(st.lists(goings, min_size=80, max_size=300), st.integers(1, 150))
def test_a_sender_that_takes_over_from_one_that_died_keeps_to_the_same_windows(
    every: list[Going], seconds: int
) -> None:
    died_at = NOW + seconds * SECOND
    first, second = Sending(Pacer(pace())), Sending(Pacer(pace()))

    first.send(every)
    second.pacer.begins(died_at)
    second.send(every, at=died_at)

    for key, times in second.went.items():
        both = [at for at in first.went[key] if at < died_at] + times
        assert most_in_a_minute(both) <= ALLOWED[key[0]]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=20, max_size=60))
def test_a_conversation_gets_one_message_a_second_after_two_at_once(chats: list[int]) -> None:
    sending = Sending(Pacer(pace()))

    sending.send([Going(Message, f"T{chat}/C1") for chat in chats])

    for times in sending.went.values():
        assert all(later - sooner >= SECOND for sooner, later in zip(times, times[2:], strict=False))


def test_1100_rooms_are_opened_at_more_than_95_percent_of_what_is_allowed() -> None:
    sending = Sending(Pacer(pace()))

    last = sending.send(rooms(1100))

    fewest = 1100 / TIERS[3] * MINUTE
    assert fewest <= last - NOW + 2 * SECOND
    assert (last - NOW) * 0.95 <= fewest


def test_1100_posts_go_at_more_than_95_percent_of_what_is_allowed() -> None:
    last = Sending(Pacer(pace())).send(posts(1100, 1100))

    assert (last - NOW) * 0.95 <= 1100 / POSTS * MINUTE


def test_of_a_thousand_that_wait_each_is_put_back_once() -> None:
    sending = Sending(Pacer(pace()))

    sending.send(rooms(1100))

    assert len(sending.put_back) == 1098
    assert sum(sending.put_back.values()) <= 1098 * 1.03


def test_an_answer_goes_before_what_was_put_back_earlier() -> None:
    pacer = Pacer(pace())
    sending = Sending(pacer)
    crowd = posts(600, 600)
    for number, going in enumerate(crowd):
        if (wait := pacer.wait(going, NOW)) <= SHORT:
            pacer.took(going, NOW + wait, number=number)
        else:
            pacer.turn(number, going, NOW)

    answered = sending.send([Going(Message, "T1/D7")], [True], NOW + SECOND)

    assert answered - NOW <= 2 * SECOND


def test_what_lost_its_turn_to_an_answer_has_the_next_one() -> None:
    pacer = Pacer(pace())
    for number, going in enumerate(rooms(4)):
        if pacer.wait(going, NOW) <= SHORT:
            pacer.took(going, NOW, number=number)
        else:
            pacer.turn(number, going, NOW)
    due = NOW + pacer.wait(rooms(1)[0], NOW)
    pacer.took(Going(OpenRoom, "T1/U99"), due)

    again = pacer.turn(2, rooms(4)[2], due)

    assert again == pacer.wait(rooms(1)[0], due)


def test_a_refusal_parks_that_method_of_that_workspace_only() -> None:
    pacer = Pacer(pace())

    pacer.refused(Going(OpenRoom, "T1/U1"), NOW, 30 * SECOND)

    assert {
        each: pacer.wait(each, NOW).total_seconds()
        for each in (
            Going(OpenRoom, "T1/U2"),
            Going(OpenRoom, "T2/U2"),
            Going(Message, "T1/C1"),
            Going(Settle, "T1/D1"),
        )
    } == {
        Going(OpenRoom, "T1/U2"): 30,
        Going(OpenRoom, "T2/U2"): 0,
        Going(Message, "T1/C1"): 0,
        Going(Settle, "T1/D1"): 0,
    }


def test_a_workspace_whose_installation_is_gone_waits_and_no_other() -> None:
    pacer = Pacer(pace())

    pacer.refused(Going(OpenRoom, "T1/U1"), NOW, 30 * SECOND, everything=True)

    assert [pacer.wait(Going(Message, f"{team}/C1"), NOW) for team in ("T1", "T2")] == [
        30 * SECOND,
        timedelta(0),
    ]


def test_after_a_long_refusal_nobody_tries_more_than_twice_again() -> None:
    sending = Sending(Pacer(pace()))
    sending.pacer.refused(rooms(1)[0], NOW, 5 * MINUTE)

    last = sending.send(rooms(200))

    assert max(sending.put_back.values()) <= 3
    assert last - NOW <= 5 * MINUTE + 200 / TIERS[3] * MINUTE * 1.1 + pace().careful_for


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1.8), min_size=120, max_size=200), st.integers(0, 6))
def test_neither_a_busy_machine_nor_the_way_there_pushes_too_many_into_one_minute(
    on_the_way: list[float], busy: int
) -> None:
    pacer, room = Pacer(pace()), rooms(1)[0]
    arrived, now = [], NOW
    for number, span in enumerate(on_the_way):
        planned = now + pacer.wait(room, now)
        pacer.took(room, planned)
        now = planned + busy * SECOND * (number % 7 == 0)
        pacer.went(room, planned, now)
        arrived.append(now + span * SECOND)

    assert most_in_a_minute(arrived) <= TIERS[3]


def test_a_clock_that_is_put_back_makes_nobody_wait_for_it() -> None:
    pacer = Pacer(pace())
    room, hour = rooms(1)[0], timedelta(hours=1)
    for number in range(3):
        pacer.took(room, NOW + pacer.wait(room, NOW), number=number)
    pacer.turn(7, room, NOW)
    pacer.refused(Going(Message, "T1/C1"), NOW, MINUTE, everything=True)
    before = [pacer.wait(each, NOW) for each in (room, Going(Message, "T1/C1"))]

    after = [pacer.wait(each, NOW - hour) for each in (room, Going(Message, "T1/C1"))]

    assert before == after == [MINUTE, MINUTE]


def test_private_channels_are_made_as_slowly_as_slack_wants() -> None:
    sending = Sending(Pacer(pace(channels=True)))

    sending.send(rooms(100))

    assert most_in_a_minute(sending.went[OpenRoom, "T1"]) <= TIERS[2]


def test_a_faster_clock_scales_every_limit() -> None:
    last = Sending(Pacer(pace().faster(10))).send(rooms(500))

    assert 58 <= (last - NOW).total_seconds() <= 64
