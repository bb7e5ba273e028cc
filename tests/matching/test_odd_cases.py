"""Whatever people come: the most pairs, and of those the greatest total, as trying everything finds it."""

from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching import Applicant, Matching, Rules, explain, pair_up, pool_of


COUNTRIES, LANGUAGES, PLATFORMS = ("NZ", "PH", "FR"), ("en", "fr", "tl"), ("telegram", "slack")
Pairs = list[tuple[str, str]]


@st.composite
def crowds(draw: st.DrawFn) -> tuple[list[Applicant], Pairs, Pairs]:
    """Nobody to seven people, odd numbers, islands of language, few countries; former partners and blocks."""
    people = [
        Applicant(
            id=f"p{number}",
            country=draw(st.sampled_from(COUNTRIES)),
            zone="UTC",
            languages=tuple(draw(st.sets(st.sampled_from(LANGUAGES), min_size=1, max_size=2))),
            interests=tuple(draw(st.sets(st.sampled_from(("maps", "zines", "law")), max_size=2))),
            sector=draw(st.sampled_from(("", "public", "school"))),
            years=draw(st.none() | st.integers(0, 9)),
            experience_wish=draw(st.sampled_from(("any", "similar", "different"))),
            platforms=tuple(draw(st.sets(st.sampled_from(PLATFORMS), min_size=1))),
            priority=draw(st.sampled_from((0, 0, 0, 1))),
        )
        for number in range(draw(st.integers(0, 7)))
    ]
    every = [(one.id, other.id) for one, other in combinations(people, 2)]
    apart = st.lists(st.sampled_from(every), max_size=6) if every else st.just([])
    return people, draw(apart), draw(apart)


def best_by_trying_all(people: list[Applicant], met: Pairs, blocked: Pairs) -> tuple[int, int]:
    """Give most pairs and, with as many, the greatest total."""
    pool = pool_of(people, met_before=met, blocked=blocked, seed=1)

    @cache
    def best(rest: frozenset[str]) -> tuple[int, int]:
        if not rest:
            return 0, 0
        first = min(rest)
        found = [best(rest - {first})]
        for other in rest - {first}:
            seen = explain(pool, first, other)
            if not seen.broken:
                pairs, total = best(rest - {first, other})
                found.append((pairs + 1, total + seen.score))
        return max(found)

    return best(frozenset(one.id for one in people))


def broken(matching: Matching, people: list[Applicant], met: Pairs, blocked: Pairs) -> list[tuple[str, ...]]:
    pool = pool_of(people, met_before=met, blocked=blocked, seed=1)
    return [
        rules
        for pair in matching.pairs
        for one, other in combinations(pair.members, 2)
        if (rules := explain(pool, one, other).broken)
    ]


@given(crowds(), st.booleans())
@settings(max_examples=120, deadline=None)
def test_any_crowd_gets_the_most_pairs_and_points(
    crowd: tuple[list[Applicant], Pairs, Pairs], rescue: bool
) -> None:
    people, met, blocked = crowd
    matching = pair_up(people, met_before=met, blocked=blocked, seed=1, rules=Rules(rescue=rescue))
    pairs, total = best_by_trying_all(people, met, blocked)
    told = matching.report
    names = [name for pair in matching.pairs for name in pair.members]

    assert broken(matching, people, met, blocked) == []
    assert sorted(names + [each.id for each in matching.unplaced]) == [one.id for one in people]
    assert told.placed <= told.placed_max
    assert told.total <= told.upper_bound
    assert rescue or (len(matching.pairs), told.total, told.upper_bound) == (pairs, total, total)
    assert told.placed >= 2 * pairs


@pytest.mark.parametrize("count", [2, 3, 7])
def test_a_country_by_itself_gets_no_pair(count: int) -> None:
    people = [Applicant(str(k), "NZ", "UTC", ("en",), platforms=("slack",)) for k in range(count)]
    matching = pair_up(people, seed=1)

    assert matching.pairs == ()
    assert {each.rule for each in matching.unplaced} == {"country"}


def test_when_all_have_met_nobody_is_paired_again() -> None:
    people = [Applicant(k, k, "UTC", ("en",), platforms=("slack",)) for k in ("NZ", "PH", "FR", "KE", "PE")]
    everybody = list(combinations([one.id for one in people], 2))
    matching = pair_up(people, met_before=everybody, seed=1)

    assert matching.pairs == ()
    assert {each.rule for each in matching.unplaced} == {"history"}
