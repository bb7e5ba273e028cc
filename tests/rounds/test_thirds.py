"""Somebody left over joins a pair as its third, where both welcome it."""

from dataclasses import replace

from bot.model import ApplicationState, Membership, PartnershipState, SurveyAnswer
from tests.rounds.play import DAY, START, Play, running


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


def test_a_re_matched_person_leaves_before_they_join() -> None:
    play = left_over().run(START + 3 * DAY)
    pair = play.partnerships["spring.2"]
    for member in pair.members:
        play.surveys[member, "spring.2"] = SurveyAnswer("spring", member, "third", "spring.2", "yes", START)
    outcome = play.look(START + 4 * DAY)

    rows = [record for record in outcome.saves if isinstance(record, Membership)]
    assert [row.active for row in rows] == [False, False, True, True, True]
