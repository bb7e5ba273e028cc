"""Scores: whole matrices, single pairs told in words, and the kernels for compiling all give the same."""

from dataclasses import replace

import numpy as np
import pytest

from bot.matching import Applicant, Pool, Rules, Slot, Wish, explain, pool_of, sentence
from bot.matching.compiled import Tools
from bot.matching.engine import planned_pool
from bot.matching.large import solve_large
from bot.matching.looking import held_against, look
from bot.matching.packing import packed
from bot.matching.plan import silent
from bot.matching.planes import lay
from bot.matching.scoring import Scorer
from bot.matching.sparse import PLAIN
from bot.matching.sweep import visit
from bot.matching.trios import everybody
from bot.matching.words import in_short
from tests.matching.people import earlier_pairs, made_up


TOOLS = Tools(lay, visit, PLAIN)
pytestmark = pytest.mark.filterwarnings(
    "ignore:overflow encountered:RuntimeWarning"
)  # 64-bit sums wrap on purpose

WISHES = (
    Wish("sector", "same"),
    Wish("sector", "other"),
    Wish("stage", "same"),
    Wish("stage", "manager"),
    Wish("seniority", "more"),
    Wish("seniority", "less"),
    Wish("continent", "AF"),
    Wish("region", "southern-asia"),
    Wish("country", "BR"),
    Wish("language", "fr"),
    Wish("interest", "interest-03"),
    Wish("goal", "friendship"),
    Wish("colour", "blue"),
)


def varied(count: int) -> list[Applicant]:
    """People with wishes of every kind, some without years or hours, some let down before."""
    people = made_up(count, seed=8)
    return [
        replace(
            one,
            wishes=WISHES[k % 13 : k % 13 + k % 4],
            years=None if k % 9 == 0 else one.years,
            sector="" if k % 11 == 0 else one.sector,
            hours=() if k % 7 == 0 else one.hours,
            priority=k % 17 // 15,
            met_countries=("AU", "XX") if k % 5 == 0 else (),
        )
        for k, one in enumerate(people)
    ]


def varied_pool(count: int = 60, rules: Rules | None = None) -> Pool:
    people = varied(count)
    return pool_of(people, met_before=earlier_pairs(people), blocked=[("1", "2")], seed=4, rules=rules)


def test_the_reasons_of_a_pair_add_up_to_its_fit() -> None:
    pool = varied_pool()
    scorer, rows = Scorer(pool), everybody(pool)
    fits, scores = scorer.fits(rows, rows), scorer.scores(rows, rows)

    for a in range(0, len(pool), 3):
        for b in range(a + 1, len(pool)):
            told = explain(pool, pool.ids[a], pool.ids[b])
            assert told.fit == fits[a, b]
            assert (scores[a, b] < 0) == bool(told.broken)
            assert told.broken or told.score == scores[a, b]


def test_scores_are_the_same_from_both_sides() -> None:
    pool = varied_pool()
    scores = Scorer(pool).scores(everybody(pool), everybody(pool))

    assert (scores == scores.T).all()


def test_every_reason_has_a_sentence() -> None:
    pool = varied_pool()
    reasons = {
        reason.kind: sentence(reason)
        for a in range(20)
        for b in range(a + 1, 40)
        for reason in explain(pool, pool.ids[a], pool.ids[b]).reasons
    }

    assert set(reasons) >= {
        "wish",
        "missed",
        "open",
        "interest",
        "hours",
        "goal",
        "sector",
        "stage",
        "relaxed",
    }
    assert all(text.endswith(".") for text in reasons.values())


def test_a_rare_interest_counts_more_than_a_common_one() -> None:
    people = [replace(one, interests=("maps",)) for one in made_up(20)]
    people[0], people[1] = (
        replace(people[0], interests=("zines", "maps")),
        replace(people[1], interests=("zines",)),
    )
    pool = pool_of(people)

    points = dict(zip(pool.interests.names, pool.interest_points.tolist(), strict=True))

    assert points["zines"] > points["maps"]


@pytest.mark.parametrize(("names", "most_kinds"), [(60, 1_000), (60, 3), (400, 1_000), (400, 3)])
def test_kernels_agree_with_the_matrices(names: int, most_kinds: int) -> None:
    """Also when interests and wishes need more words, and when there are too many kinds of people to tell."""
    people = varied(50)
    if names > 60:
        many = [tuple(f"own-{(k * 7 + j) % 150:03}" for j in range(30)) for k in range(50)]
        people = [
            replace(
                one,
                interests=many[k],
                wishes=tuple(Wish("interest", name) for name in many[k][:9]),
                languages=(f"l{k:02}", f"m{k // 2:02}", f"n{(k + 1) // 2:02}"),
                goals=(f"goal-{k:02}", f"hope-{k // 3:02}", f"wish-{k // 7:02}"),
                platforms=(f"room-{k:02}", f"hall-{k // 5:02}", f"yard-{k // 9:02}"),
            )
            for k, one in enumerate(people)
        ]
    pool = pool_of(people, met_before=earlier_pairs(people), seed=4)
    count = len(pool)

    people_packed = packed(pool, everybody(pool), most_kinds=most_kinds)
    nothing = held_against(people_packed, np.zeros(count, np.int64))
    found = look(TOOLS, people_packed, nothing, most=60, lowest=-1)
    table = np.full((count, count), -1)
    table[found.pairs[:, 0], found.pairs[:, 1]] = found.pairs[:, 2]
    scores = Scorer(pool).scores(everybody(pool), everybody(pool))

    assert (table == np.where(np.tri(count, dtype=bool), -1, scores)).all()


def test_the_plan_for_large_programs_is_the_same_plan() -> None:
    pool = varied_pool(70)
    exact = planned_pool(pool)
    large = solve_large(pool, everybody(pool), silent, TOOLS)

    assert (len(large.pairs), int(large.scores.sum())) == (len(exact.pairs), int(exact.scores.sum()))
    assert large.upper_bound == exact.upper_bound


def test_large_programs_without_legal_pairs_have_no_plan() -> None:
    pool = pool_of([replace(one, country="NZ") for one in made_up(5)])

    assert len(solve_large(pool, everybody(pool), silent, TOOLS).pairs) == 0


def test_fairness_lifts_low_fits_more_than_high_ones() -> None:
    even, fair = pool_of(made_up(10), rules=Rules(fairness=1)), pool_of(made_up(10), rules=Rules(fairness=4))
    pairs = [(explain(even, "0", str(k)), explain(fair, "0", str(k))) for k in range(1, 10)]

    assert all(one.score == one.fit for one, _ in pairs)
    assert all(other.score >= other.fit for _, other in pairs)


def test_the_short_form_names_the_weightiest_reason_first() -> None:
    person = Applicant("a", "NZ", "UTC", ("en",), ("maps",), hours=(Slot(0, 9, 3),), platforms=("slack",))
    other = replace(person, id="b", country="FJ", experience_wish="similar", years=4)
    pool = pool_of([person, replace(other, wishes=(Wish("country", "NZ"),))])
    from bot.matching import pair_up  # noqa: PLC0415  # the one place that needs a matching

    text = in_short(pair_up([person, other], seed=1).pairs[0])

    assert len(pool) == 2
    assert text.startswith("hours in common 3 (+1500); new country New Zealand and Fiji (+400)")
