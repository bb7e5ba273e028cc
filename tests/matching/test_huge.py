"""Very many people: near the best plan, under a bound that holds."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.compiled import Tools
from bot.matching.engine import planned_pool
from bot.matching.finish import ManyPairs, finished
from bot.matching.huge import blocks_to_meet, mixed, solve_huge
from bot.matching.packing import packed
from bot.matching.plan import silent
from bot.matching.planes import lay
from bot.matching.pool import pool_of
from bot.matching.reasons import broken_rules
from bot.matching.report_file import pairs_csv
from bot.matching.sampled import most_pairs, top_score, upper_mean, worth_of_all
from bot.matching.sparse import PLAIN, halves
from bot.matching.sweep import visit
from bot.matching.trios import everybody
from tests.matching.people import earlier_pairs, made_up


TOOLS = Tools(lay, visit, PLAIN)
PEOPLE = made_up(90, seed=11)
POOL = pool_of(PEOPLE, met_before=earlier_pairs(PEOPLE), blocked=[("3", "4")], seed=2)
pytestmark = pytest.mark.filterwarnings(
    "ignore:overflow encountered:RuntimeWarning"
)  # 64-bit sums wrap on purpose


def test_the_plan_breaks_no_rule_and_stays_under_a_bound_of_all_plans() -> None:
    plan, best = solve_huge(POOL, everybody(POOL), silent, TOOLS, meets=20), planned_pool(POOL)

    assert [broken_rules(POOL, a, b) for a, b in plan.pairs.tolist()] == [()] * len(plan.pairs)
    assert len(np.unique(plan.pairs)) == 2 * len(plan.pairs)
    assert len(plan.pairs) == len(best.pairs) <= plan.pairs_max
    assert plan.scores.sum() <= best.scores.sum() <= plan.upper_bound


def test_the_same_people_give_the_same_plan_again() -> None:
    one, other = (solve_huge(POOL, everybody(POOL), silent, TOOLS, meets=20) for _ in range(2))

    assert one.pairs.tolist() == other.pairs.tolist()
    assert one.upper_bound == other.upper_bound


def test_poor_prices_are_mended_by_what_the_sample_owes() -> None:
    """From prices of nothing at all the bound still passes the best plan."""
    people, best = packed(POOL, everybody(POOL)), planned_pool(POOL)
    nothing, bonus = np.zeros(len(POOL), np.int64), 4 * top_score(packed(POOL, everybody(POOL)))

    worth = worth_of_all(TOOLS, people, nothing, bonus, seed=1, lowest=10, drawn=60)

    assert worth // 2 >= int(best.scores.sum()) + bonus * len(best.pairs)


def test_a_sample_without_spread_owes_only_for_what_it_may_have_missed() -> None:
    assert upper_mean(np.full(1_001, 5.0), 100) == pytest.approx(5 + 7 * 100 * np.log(2_000) / 3_000)


def test_the_mean_of_all_is_under_that_of_the_sample_as_often_as_promised() -> None:
    chance = Random(6)
    everyone = np.array([chance.random() ** 8 * 100 for _ in range(5_000)])
    bounds = [upper_mean(np.array(chance.choices(everyone, k=200)), 100.0) for _ in range(300)]

    assert min(bounds) >= everyone.mean()


@given(st.integers(0, 10_000), st.integers(1, 30))
@settings(max_examples=40, deadline=None)
def test_most_pairs_is_what_halves_of_pairs_could_fill(seed: int, size: int) -> None:
    people = packed(pool_of(made_up(size, seed=seed)), np.arange(size, dtype=np.int32))
    kind = people.numbers[6]
    edges = [
        (a, b, 1) for a in range(size) for b in range(a + 1, size) if people.legal[kind[a], kind[b]] == 0
    ]
    half = halves(size, np.array(edges, np.int64).reshape(-1, 3))

    assert most_pairs(people) == int((half.partner != np.arange(size)).sum()) // 2


def test_blocks_are_chosen_by_wishes_and_chance_and_as_many_as_asked() -> None:
    people = packed(POOL, everybody(POOL))

    assert blocks_to_meet(people, 1).tolist() == [[True]]
    assert len(np.unique(mixed(np.arange(1_000, dtype=np.uint64)))) == 1_000


def test_pairs_put_together_when_asked_for_are_the_same() -> None:
    plan = planned_pool(POOL)
    matching = finished(POOL, plan, 0.0)
    many = ManyPairs(POOL, plan.pairs, 0, {})

    assert tuple(many) == tuple(many[:]) == tuple(many[k] for k in range(len(many)))
    assert [pair.members[:2] for pair in many] == [pair.members[:2] for pair in matching.pairs]


def test_the_lines_of_very_many_pairs_are_the_same() -> None:
    plan = planned_pool(POOL)

    held, told = (finished(POOL, plan, 0.0, most_held=most) for most in (1_000, 10))

    assert isinstance(told.pairs, ManyPairs)
    assert list(pairs_csv(told)) == list(pairs_csv(held))
    assert told.report.total == held.report.total


def test_very_many_of_one_country_have_no_plan() -> None:
    pool = pool_of([replace(one, country="NZ") for one in made_up(40)])

    plan = solve_huge(pool, everybody(pool), silent, TOOLS)

    assert (len(plan.pairs), plan.upper_bound, plan.certificate) == (0, 0, "proved")


def test_prices_hold_when_the_last_are_left_out() -> None:
    """A few people without a copy leave ways instead of rings, and every edge is worth its prices at most."""
    chance = np.random.default_rng(3)
    edges = np.array([(a, b, chance.integers(1, 99)) for a in range(200) for b in range(a + 1, 200, 9)])

    exact, rough = halves(200, edges), halves(200, edges, enough=12)

    assert (rough.prices[edges[:, 0]] + rough.prices[edges[:, 1]] >= 2 * edges[:, 2]).all()
    assert rough.prices.sum() >= exact.prices.sum()
    assert all(other < 0 or rough.mate[other] == one for one, other in enumerate(rough.mate))
