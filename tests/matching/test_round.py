"""During a round: matching again, swapping, prices of changes; and the rules, the hours, the simple ways."""

from datetime import date

import numpy as np
import pytest

from bot.matching import BadRules, Rules, Slot, pair_up, pool_of, price_of, rematch, rules_from, swap
from bot.matching.baselines import greedy, random_legal
from bot.matching.hours import WEEK, day_hours, free_hours, hour_of_week, offset_minutes
from bot.matching.picture import picture_svg
from bot.matching.plan import score_table
from bot.matching.scoring import Scorer
from bot.matching.trios import everybody
from tests.matching.people import made_up


PEOPLE = made_up(90, seed=3)


def test_people_left_alone_are_paired_with_each_other() -> None:
    matching = pair_up(PEOPLE, seed=1)
    lost = [pair.members for pair in matching.pairs[:10]]
    pool = pool_of(PEOPLE, seed=1)

    found = rematch(
        pool, alone=[names[0] for names in lost], met_before=[(names[0], names[1]) for names in lost]
    )

    assert len(found.pairs) == 5
    assert found.unplaced == ()


def test_one_left_over_joins_a_willing_pair() -> None:
    pairs = pair_up(PEOPLE, seed=1).pairs
    willing = [pair.members[:2] for pair in pairs[10:]]
    found = rematch(
        pool_of(PEOPLE, seed=1), alone=[pairs[0].members[0]], willing=[(a, b) for a, b in willing]
    )

    assert len(found.trios) == 1
    assert found.trios[0].members[2] == pairs[0].members[0]


def test_nobody_willing_leaves_them_with_a_reason() -> None:
    found = rematch(pool_of(PEOPLE, seed=1), alone=["5"], waiting=[])

    assert [each.id for each in found.unplaced] == ["5"]


def test_a_swap_tells_its_points_and_what_it_breaks() -> None:
    pool, pairs = pool_of(PEOPLE, seed=1), pair_up(PEOPLE, seed=1).pairs
    groups = [pair.members for pair in pairs]
    one, other = groups[0][0], groups[1][0]

    there = swap(pool, groups, one, other)
    back = swap(pool, there.after, one, other)

    assert there.points == -back.points
    assert set(back.after) == set(there.before)


def test_a_swap_inside_one_country_is_told_as_broken() -> None:
    pool = pool_of(PEOPLE, seed=1)
    alike = [person.id for person in PEOPLE if person.country == PEOPLE[0].country][:2]
    away = [person.id for person in PEOPLE if person.country != PEOPLE[0].country][:2]

    change = swap(pool, [(alike[0], away[0]), (away[1], alike[1])], alike[0], away[1])

    assert (away[1], away[0]) in change.after
    assert (alike[0], alike[1], "country") in change.broken


def test_a_swap_into_a_trio_asks_all_three() -> None:
    people = [person for person in PEOPLE if "en" in person.languages][:9]
    pool = pool_of(people, seed=1)
    names = [person.id for person in people]

    change = swap(pool, [tuple(names[:3]), tuple(names[3:5])], names[0], names[3])

    assert [len(group) for group in change.after] == [3, 2]


def test_forbidding_a_pair_costs_points_or_nothing() -> None:
    matching, pool = pair_up(PEOPLE, seed=1), pool_of(PEOPLE, seed=1)
    cost, again = price_of(pool, matching, forbidden=[matching.pairs[0].members[:2]])  # type: ignore[list-item]

    assert cost >= 0
    assert matching.pairs[0].members not in [pair.members for pair in again.pairs]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ({"hats": 1}, "there is no rule called 'hats'"),
        ({"wishes": "many"}, "wishes must be a whole number"),
        ({"wishes": True}, "wishes must be a whole number"),
        ({"wishes": 6_000}, "must add up to 10000"),
        ({"wishes": -1_000, "interests": 8_000}, "none below 0"),
        ({"fairness": 0}, "fairness is between 1 and 8"),
        ({"hours_enough": 0}, "at least 1"),
        ({"trio_percent": 101}, "trio_percent"),
        ({"priority": -1}, "priority"),
        ({"senior_years": -1}, "senior_years"),
        ({"relaxations": {"country": 5}}, "'country' is never relaxed"),
        ({"relaxations": {"hours": -5}}, "relaxing hours costs"),
        ({"relaxations": {"hours": 900, "experience": 5}}, "the cheapest first"),
        ({"relaxations": 5}, "relaxations is a table"),
        ({"bridges": ["slack"]}, "bridges is a list"),
        ({"rescue": 1}, "rescue is true or false"),
    ],
)
def test_rules_that_cannot_be_used_are_refused_kindly(table: dict[str, object], reason: str) -> None:
    with pytest.raises(BadRules, match=reason):
        rules_from(table)


def test_rules_come_from_a_table_and_keep_their_defaults() -> None:
    table = {
        "interests": 1_500,
        "hours": 2_000,
        "relaxations": {"hours": 100},
        "bridges": [["slack", "telegram"]],
    }
    rules = rules_from({**table, "rescue": True})

    assert rules == Rules(
        interests=1_500,
        hours=2_000,
        relaxations=(("hours", 100),),
        bridges=(("slack", "telegram"),),
        rescue=True,
    )
    assert rules.cost("experience") == 0


def test_half_hour_zones_floor_to_the_hour() -> None:
    offset = offset_minutes("Asia/Kolkata", date(2026, 1, 15))

    assert hour_of_week(0, 9, offset) == 3


def test_the_offset_is_that_of_the_round_after_the_clocks_change() -> None:
    winter, summer = (offset_minutes("Europe/Berlin", date(2026, month, 15)) for month in (1, 7))

    assert (winter, summer) == (60, 120)


def test_a_late_slot_runs_into_the_next_day_and_week() -> None:
    assert free_hours([Slot(6, 23, 2)], 0) == 1 << (WEEK - 1) | 1


def test_day_is_from_eight_to_ten_in_the_evening() -> None:
    assert [hour for hour in range(24) if day_hours(0) >> hour & 1] == list(range(8, 22))


def test_simple_ways_are_never_better_than_the_plan() -> None:
    pool = pool_of(PEOPLE, seed=1)
    table = score_table(Scorer(pool), everybody(pool))
    told = pair_up(PEOPLE, seed=1).report
    by_chance, by_greed = random_legal(table, 1), greedy(table)

    assert by_chance.total < by_greed.total <= told.total
    assert by_greed.pairs <= told.pairs + told.trios


def test_greedy_takes_the_best_pair_first() -> None:
    table = np.array([[-1, 5, 9], [5, -1, 2], [9, 2, -1]], np.int32)

    assert (greedy(table).pairs, greedy(table).total) == (1, 9)


def test_the_picture_of_a_full_house_says_so() -> None:
    some = [person for person in PEOPLE if "en" in person.languages][:20]

    assert "Nobody is left without a partner." in picture_svg(pair_up(some, seed=1), {})
