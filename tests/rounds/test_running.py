"""A running round: its start, those without a partner, re-matching, and its end."""

from dataclasses import replace
from datetime import timedelta

from bot import rounds
from bot.model import ApplicationState, Block, Membership, PartnershipState, RoundState, SurveyAnswer
from tests.rounds.play import DAY, HOUR, START, Play, a_person, a_round, program, running


END = START + 16 * 7 * DAY


def test_starting_a_round_places_everybody_of_the_draft() -> None:
    play = running("PT", "JP", "BR", "KE")

    assert play.round.state is RoundState.RUNNING
    assert play.round.started_at == START
    assert [each.state for each in play.partnerships.values()] == [PartnershipState.OPENING] * 2
    assert [each.look_at for each in play.partnerships.values()] == [START] * 2
    assert set(play.states().values()) == {"placed"}
    assert len([row for row in play.memberships.values() if row.active]) == 4


def test_who_withdrew_since_the_draft_leaves_a_partner_who_gets_another() -> None:
    play = Play(a_round(RoundState.CLOSED))
    for number, country in enumerate(["PT", "JP", "BR", "KE"], start=1):
        play.apply(number, country, state=ApplicationState.ACCEPTED)
    play.look()
    for pair in play.partnerships.values():
        gone = pair.members[0]
        play.applications[gone] = replace(play.applications[gone], state=ApplicationState.WITHDRAWN)
    play.start()
    assert play.partnerships == {}
    play.look()

    assert sorted(play.states().values()) == ["placed", "placed", "withdrawn", "withdrawn"]
    assert len(play.pairs()) == 1


def test_a_trio_whose_third_withdrew_since_the_draft_begins_as_a_pair() -> None:
    play = Play(a_round(RoundState.CLOSED))
    for number, country in enumerate(["PT", "JP", "BR"], start=1):
        play.apply(number, country, state=ApplicationState.ACCEPTED)
    play.look()
    (trio,) = play.partnerships.values()
    gone = trio.starter
    play.applications[gone] = replace(play.applications[gone], state=ApplicationState.WITHDRAWN)
    play.start()

    (pair,) = play.live()
    assert set(pair.members) == {1, 2, 3} - {gone}
    assert pair.starter in pair.members


def test_the_unplaced_and_those_who_wait_are_told_why_once_when_the_round_begins() -> None:
    play = Play(a_round(RoundState.CLOSED))
    for number, country in enumerate(["PT", "JP"], start=1):
        play.apply(number, country, state=ApplicationState.ACCEPTED)
    play.apply(3, "FI", state=ApplicationState.ACCEPTED, languages=("fi",))
    play.look()
    play.start()
    play.apply(4, "US", state=ApplicationState.WAITING)
    play.run(START + 5 * DAY)

    assert "Nobody else in this round speaks one of your languages." in play.text("unplaced/spring/3")
    assert "when a place opens" in play.text("unplaced/spring/3")
    assert len([key for key in play.outbox if key.startswith("unplaced/")]) == 2


def test_a_running_round_is_looked_at_twice_a_day() -> None:
    play = running("PT", "JP")

    assert play.round.look_at == START + 12 * HOUR


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


def left_over() -> Play:
    """Person 5 was left alone; two pairs in good contact go on."""
    play = running("PT", "JP", "BR", "KE")
    play.apply(5, "NO", state=ApplicationState.ALONE)
    play.lively = ("spring.1", "spring.2")
    return play


def test_lively_pairs_are_asked_once_whether_a_third_is_welcome() -> None:
    play = left_over().run(START + 3 * DAY)

    assert {(person, row.value) for (person, _), row in play.surveys.items()} == {
        (1, "asked"),
        (2, "asked"),
        (3, "asked"),
        (4, "asked"),
    }
    assert "Would you welcome a third person?" in play.text("third/spring.1/1")


def test_who_is_left_over_joins_a_pair_whose_both_said_yes() -> None:
    play = left_over().run(START + 3 * DAY)
    pair = play.partnerships["spring.1"]
    for member in pair.members:
        play.surveys[member, "spring.1"] = SurveyAnswer("spring", member, "third", "spring.1", "yes", START)
    play.run(START + 4 * DAY)

    trio = play.partnerships["spring.3"]
    assert trio.members == (*pair.members, 5)
    assert trio.state is PartnershipState.OPENING
    assert play.partnerships["spring.1"].state is PartnershipState.DISSOLVED
    assert play.states()[5] == "placed"
    assert {person: row.active for (_, person), row in sorted(play.memberships.items())} == dict.fromkeys(
        range(1, 6), True
    )
    assert "**P5 joins you.**" in play.text(f"found/spring.3/{pair.members[0]}")
    assert "I have found a partner for you" in play.text("found/spring.3/5")


def test_one_yes_is_not_enough_for_a_third() -> None:
    play = left_over().run(START + 3 * DAY)
    member = play.partnerships["spring.1"].members[0]
    play.surveys[member, "spring.1"] = SurveyAnswer("spring", member, "third", "spring.1", "yes", START)
    play.run(START + 6 * DAY)

    assert play.states()[5] == "alone"


def test_a_third_joins_only_where_the_hard_rules_hold() -> None:
    play = left_over()
    countries = {play.applications[member].country for member in play.partnerships["spring.1"].members}
    fifth = play.applications[5]
    country = min(countries)
    play.applications[5] = replace(fifth, country=country, answers={**fifth.answers, "country": country})
    play.lively = ("spring.1",)
    play.run(START + 3 * DAY)

    assert play.surveys == {}


def test_nobody_is_matched_in_the_last_two_weeks() -> None:
    play = running("PT", "JP", "BR", "KE").run(START + 14 * 7 * DAY)
    play.dissolve("spring.1")
    play.dissolve("spring.2")
    play.run(END - HOUR)

    assert play.pairs() == set()


def test_the_round_ends_by_itself_and_the_directors_get_its_figures() -> None:
    play = running("PT", "JP", "BR", "KE")
    play.counts = {
        "applications.placed": 4,
        "partnerships.ended": 2,
        "cases.closed": 1,
        "minutes": 12,
        "week.1.pairs": 2,
        "week.1.contact": 1,
        "week.2.pairs": 2,
        "week.2.contact": 2,
    }
    play.run(END + DAY)

    assert (play.round.state, play.round.ended_at, play.round.look_at) == (RoundState.ENDED, END, None)
    report = play.text("ended/spring/ended")
    assert "Placed: 4, in 2 partnerships (ended early: 0, re-matched: 0)." in report
    assert "75 % on average. By week: 50 100 – –" in report


def test_who_had_no_partner_at_the_end_hears_what_comes_next() -> None:
    play = running("PT", "JP").run(START + DAY)
    play.dissolve("spring.1")
    play.apply(3, "JP", state=ApplicationState.UNPLACED, languages=("fi",))
    play.people[2] = replace(play.people[2], reachable=False)
    play.run(END)

    assert [key for key in play.outbox if key.startswith("over/")] == ["over/spring/1", "over/spring/3"]


def test_directors_can_end_a_round_early() -> None:
    play = running("PT", "JP", "BR", "KE")
    play.keep(rounds.finish(play.round, play.partnerships.values(), START + 30 * DAY))

    assert (play.round.state, play.round.look_at) == (RoundState.ENDED, None)
    assert {each.look_at for each in play.partnerships.values()} == {START + 30 * DAY}


def test_a_cancelled_round_drops_its_draft_and_tells_everybody() -> None:
    play = Play(a_round(RoundState.CLOSED))
    for number, country in enumerate(["PT", "JP", "BR"], start=1):
        play.apply(number, country, state=ApplicationState.ACCEPTED)
    play.people[3] = a_person(3, reachable=False)
    play.look()
    play.keep(rounds.cancel(play.round, play.partnerships.values(), play.people.values(), START, program()))

    assert (play.round.state, play.partnerships) == (RoundState.CANCELLED, {})
    assert [key for key in play.outbox if key.startswith("cancelled/")] == [
        "cancelled/spring/1",
        "cancelled/spring/2",
    ]


def test_a_re_matched_person_leaves_before_they_join() -> None:
    play = left_over().run(START + 3 * DAY)
    pair = play.partnerships["spring.2"]
    for member in pair.members:
        play.surveys[member, "spring.2"] = SurveyAnswer("spring", member, "third", "spring.2", "yes", START)
    outcome = play.look(START + 4 * DAY)

    rows = [record for record in outcome.saves if isinstance(record, Membership)]
    assert [row.active for row in rows] == [False, False, True, True, True]


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
