"""The solvers against brute force and against another library."""

from functools import cache
from itertools import combinations

import numpy as np
import rustworkx
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.columns import Ints
from bot.matching.compiled import copied
from bot.matching.exact import solve_table
from bot.matching.sparse import PLAIN, Code, Halves, halves, wholes


@st.composite
def tables(draw: st.DrawFn, most: int = 9) -> Ints:
    """Small symmetric tables of scores, with islands, ties and people without anybody."""
    people = draw(st.integers(0, most))
    scores = st.one_of(st.just(-1), st.integers(0, 3), st.integers(0, 10_000))
    table = np.full((people, people), -1, np.int32)
    for one, other in combinations(range(people), 2):
        table[one, other] = table[other, one] = draw(scores)
    return table


def best_by_trying_all(table: Ints) -> tuple[int, int]:
    """Give most pairs and, with as many, the greatest total."""

    @cache
    def best(rest: frozenset[int]) -> tuple[int, int]:
        if not rest:
            return 0, 0
        first = min(rest)
        found = [best(rest - {first})]
        for other in rest - {first}:
            if table[first, other] >= 0:
                pairs, total = best(rest - {first, other})
                found.append((pairs + 1, total + int(table[first, other])))
        return max(found)

    return best(frozenset(range(len(table))))


@given(tables())
@settings(max_examples=150, deadline=None)
def test_the_plan_is_the_best_there_is(table: Ints) -> None:
    solved = solve_table(table)

    assert (solved.pairs, solved.total) == best_by_trying_all(table)
    assert solved.upper_bound == solved.total
    assert all(mate < 0 or solved.mate[mate] == place for place, mate in enumerate(solved.mate))


@given(st.integers(0, 10_000), st.integers(15, 60), st.sampled_from([2, 20, 10_000]), st.floats(0.03, 0.6))
@settings(max_examples=60, deadline=None)
def test_larger_plans_agree_with_rustworkx(seed: int, people: int, highest: int, share: float) -> None:
    chance = np.random.default_rng(seed)
    half = np.triu(
        np.where(chance.random((people, people)) < share, chance.integers(0, highest, (people, people)), -1),
        1,
    )
    table = np.where(np.tri(people, dtype=bool), half.T, half).astype(np.int32)
    np.fill_diagonal(table, -1)
    edges = [(a, b, int(table[a, b])) for a, b in combinations(range(people), 2) if table[a, b] >= 0]
    graph = rustworkx.PyGraph()
    graph.add_nodes_from(range(people))
    graph.add_edges_from(edges)

    pairs = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    solved = solve_table(table)

    assert (solved.pairs, solved.total) == (len(pairs), sum(int(table[a, b]) for a, b in pairs))


def test_prices_prove_the_plan_over_blossoms() -> None:
    """The prices of everybody and of the odd sets add up to twice the plan's weight."""
    chance = np.random.default_rng(4)
    people = 80
    edges = np.array(
        [(a, b, chance.integers(1, 50)) for a, b in combinations(range(people), 2) if chance.random() < 0.1]
    )
    whole = wholes(people, edges, halves(people, edges))
    place = np.argsort(whole.order)

    for a, b, weight in edges.tolist():
        first, last = sorted((place[a], place[b]))
        around = int(whole.inside[first:last].min())
        assert whole.prices[a] + whole.prices[b] + around >= 2 * weight
    assert all(whole.prices[person] == 0 for person in np.flatnonzero(whole.mate < 0))


def test_an_earlier_solution_gives_the_same_fractional_optimum() -> None:
    chance = np.random.default_rng(9)
    people = 40
    pairs = [(a, b, int(chance.integers(1, 100))) for a, b in combinations(range(people), 2)]
    few, all_edges = np.array(pairs[::7]), np.array(pairs)

    again = halves(people, all_edges, halves(people, few))

    assert again.prices.sum() == halves(people, all_edges).prices.sum()


def test_copies_made_for_compiling_give_the_same() -> None:
    """What numba gets to compile are copies that call each other."""
    found = copied(lambda function: function)
    code = Code(
        found["assign"],  # type: ignore[arg-type]  # functions by name
        found["open_cycles"],  # type: ignore[arg-type]
        found["solve"],  # type: ignore[arg-type]
        found["laminar"],  # type: ignore[arg-type]
        PLAIN.lay,
    )
    chance = np.random.default_rng(2)
    edges = np.array(
        [(a, b, chance.integers(1, 9)) for a, b in combinations(range(30), 2) if chance.random() < 0.2]
    )

    one, other = wholes(30, edges, halves(30, edges)), wholes(30, edges, halves(30, edges, code=code), code)

    assert one.mate.tolist() == other.mate.tolist()


def test_searches_from_poor_prices_open_and_close_blossoms() -> None:
    """From nothing but the heaviest edge of each vertex, odd sets are made, entered and taken apart again."""
    for seed in range(40):
        chance = np.random.default_rng(seed)
        people, highest = int(chance.integers(12, 45)), int(chance.choice([3, 30, 1_000]))
        pairs = [pair for pair in combinations(range(people), 2) if chance.random() < 0.25]
        edges = np.array([(a, b, chance.integers(1, highest + 1)) for a, b in pairs]).reshape(-1, 3)
        heaviest = np.zeros(people, np.int64)
        np.maximum.at(heaviest, edges[:, :2].ravel(), np.repeat(edges[:, 2], 2))
        nobody = np.full(people, -1)
        graph = rustworkx.PyGraph()
        graph.add_nodes_from(range(people))
        graph.add_edges_from([(a, b, w) for a, b, w in edges.tolist()])

        whole = wholes(people, edges, Halves(heaviest, np.zeros_like(heaviest), nobody, nobody))
        found = rustworkx.max_weight_matching(graph, max_cardinality=False, weight_fn=int)

        weights = {(a, b): w for a, b, w in edges.tolist()}
        mine = sum(w for (a, b), w in weights.items() if whole.mate[a] == b)
        assert mine == sum(weights[min(pair), max(pair)] for pair in found)
