"""Those without a partner while a round runs: who is matched anew, with whom, and when."""

from dataclasses import replace
from datetime import timedelta

from bot.model import ApplicationState, Block
from tests.rounds.play import DAY, HOUR, START, running


END = START + 16 * 7 * DAY


def test_two_people_left_alone_are_paired_within_two_days() -> None:
    play = running("PT", "JP", "BR", "KE")
    first = play.pairs()
    play.dissolve("spring.1")
    play.dissolve("spring.2")
    play.run(START + 2 * DAY)

    assert len(play.pairs()) == 2
    assert not play.pairs() & first
    assert {each.first_week for each in play.live()} == {1}
    assert set(play.states().values()) == {"placed"}
    assert "I have found a partner for you" in play.text("found/spring.3/1")
    assert any(key.startswith("rematched/") for key in play.outbox)


def test_a_new_pair_begins_in_the_week_it_is_made() -> None:
    play = running("PT", "JP", "BR", "KE").run(START + 30 * DAY)
    play.dissolve("spring.1")
    play.dissolve("spring.2")
    play.run(START + 32 * DAY)

    assert {each.first_week for each in play.live()} == {5}


def test_somebody_left_alone_is_paired_with_a_late_one() -> None:
    play = running("PT", "JP").run(START + DAY)
    play.dissolve("spring.1")
    play.applications[2] = replace(play.applications[2], state=ApplicationState.WITHDRAWN)
    play.apply(3, "KE", state=ApplicationState.LATE)
    play.run(START + 3 * DAY)

    assert play.pairs() == {frozenset((1, 3))}


def test_two_late_ones_are_paired() -> None:
    play = running("PT", "JP")
    play.apply(3, "KE", state=ApplicationState.LATE).apply(4, "PE", state=ApplicationState.LATE)
    play.run(START + DAY)

    assert frozenset((3, 4)) in play.pairs()


def test_a_late_one_alone_is_told_once_that_they_are_in_line() -> None:
    play = running("PT", "JP")
    play.apply(3, "KE", state=ApplicationState.LATE)
    play.run(START + 4 * DAY)

    assert [key for key in play.outbox if key.startswith("late/")] == ["late/spring/3"]


def test_those_waiting_for_the_balance_are_taken_for_a_place_but_not_paired_with_each_other() -> None:
    play = running("PT", "JP")
    play.apply(3, "US", state=ApplicationState.WAITING).apply(4, "CA", state=ApplicationState.WAITING)
    play.run(START + DAY)
    assert play.pairs() == {frozenset((1, 2))}

    play.dissolve("spring.1")
    play.applications[2] = replace(play.applications[2], state=ApplicationState.WITHDRAWN)
    play.run(START + 3 * DAY)

    (pair,) = play.pairs()
    assert pair in (frozenset((1, 3)), frozenset((1, 4)))
    assert sorted(play.states().values()) == ["placed", "placed", "waiting", "withdrawn"]


def test_who_cannot_be_placed_stays_and_is_told_once() -> None:
    play = running("PT", "JP")
    play.dissolve("spring.1")
    play.run(START + 5 * DAY)

    assert set(play.states().values()) == {"alone"}
    assert {each.priority for each in play.applications.values()} == {1}
    assert sorted(key for key in play.outbox if key.startswith("looking/")) == [
        "looking/spring/1",
        "looking/spring/2",
    ]


def test_who_blocked_somebody_is_not_paired_with_them() -> None:
    play = running("PT", "JP", "BR", "KE")
    pairs = play.pairs()
    play.blocks = tuple(
        Block(one, other, START) for one in range(1, 5) for other in range(1, 5) if one != other
    )
    play.dissolve("spring.1")
    play.dissolve("spring.2")
    play.run(START + 3 * DAY)

    assert len(pairs) == 2
    assert play.pairs() == set()


def test_whoever_left_two_partners_silently_is_told_to_say_when_they_are_back() -> None:
    play = running("PT", "JP", "BR", "KE")
    play.dissolve("spring.1")
    play.dissolve("spring.2")
    play.people[1] = replace(play.people[1], ghosted=2)
    play.run(START + 2 * DAY)
    assert not [pair for pair in play.pairs() if 1 in pair]
    assert "tap the button" in play.text("back/spring/1")

    play.people[1] = replace(play.people[1], ghosted=1, seen_at=START + 2 * DAY)
    play.apply(5, "NO", state=ApplicationState.LATE)
    play.run(START + 4 * DAY)

    assert [pair for pair in play.pairs() if 1 in pair]


def test_whoever_left_a_partner_silently_is_matched_when_they_were_seen_again() -> None:
    play = running("PT", "JP")
    play.dissolve("spring.1")
    play.apply(3, "KE", state=ApplicationState.LATE)
    play.applications[2] = replace(play.applications[2], state=ApplicationState.WITHDRAWN)
    play.people[1] = replace(play.people[1], ghosted=1, seen_at=START - 20 * DAY)
    play.run(START + 5 * DAY)
    assert play.pairs() == set()

    play.people[1] = replace(play.people[1], seen_at=START + 5 * DAY)
    play.run(START + 6 * DAY)

    assert play.pairs() == {frozenset((1, 3))}


def test_who_is_away_is_matched_when_they_are_back() -> None:
    play = running("PT", "JP", "BR", "KE")
    play.dissolve("spring.1")
    play.dissolve("spring.2")
    for person in (1, 2, 3):
        play.people[person] = replace(play.people[person], away_until=(START + 9 * DAY).date())
    play.run(START + 8 * DAY)
    assert play.pairs() == set()

    play.run(START + 11 * DAY)

    assert len(play.pairs()) == 2


def test_nobody_is_matched_in_the_last_two_weeks() -> None:
    play = running("PT", "JP", "BR", "KE").run(START + 14 * 7 * DAY)
    play.dissolve("spring.1")
    play.dissolve("spring.2")
    play.run(END - HOUR)

    assert play.pairs() == set()


def test_nobody_is_ever_in_two_partnerships_or_lost_while_pairs_come_and_go() -> None:
    play = running(*(f"{number % 7}" for number in range(21)))
    for week in range(12):
        for pair in list(play.live())[week % 3 :: 4]:
            play.dissolve(pair.id)
        play.run(START + timedelta(days=7 * week + 5))
        busy = [member for pair in play.live() for member in pair.members]
        assert len(busy) == len(set(busy))
        assert len([row for row in play.memberships.values() if row.active]) == len(busy)
        lonely = {person for person, state in play.states().items() if state in ("alone", "unplaced")}
        assert set(busy) | lonely == set(play.people)
