"""Other ways on the same people, in one run: `python -m benchmarks.matching.peers 400 2200`.

The exact solvers get the same edges (everybody's 20 best legal partners) and the same weights; the simple
ways and the engine get all legal pairs. networkx takes more than a minute for 2,200, and is left out above.
"""

import sys
from collections.abc import Callable
from time import perf_counter

import networkx as nx
import numpy as np
import rustworkx

from bot.matching.baselines import Baseline, greedy, random_legal
from bot.matching.columns import Ints
from bot.matching.exact import best_candidates, solve_table
from bot.matching.plan import score_table
from bot.matching.pool import pool_of
from bot.matching.scoring import Scorer
from bot.matching.sparse import Longs, halves, wholes
from bot.matching.trios import everybody
from tests.matching.people import earlier_pairs, made_up


MOST_FOR_NETWORKX = 2_500


def main(sizes: list[int]) -> None:
    print("| people | way | edges | pairs | total | seconds |")
    print("| --- | --- | --- | --- | --- | --- |")
    for size in sizes:
        compare(size)


def compare(size: int) -> None:
    people = made_up(size, seed=size)
    pool = pool_of(people, met_before=earlier_pairs(people), seed=1)
    table = score_table(Scorer(pool), everybody(pool))
    edges = best_candidates(table, 20)
    lifted = edges + np.array([0, 0, int(table.max()) * (size // 2) + 1])
    legal = int((table >= 0).sum()) // 2
    ways: list[tuple[str, int, Callable[[], tuple[int, int]]]] = [
        ("random among the legal", legal, lambda: _pair(random_legal(table, 1))),
        ("greedy, best pair first", legal, lambda: _pair(greedy(table))),
        ("rustworkx, 20 best each", len(edges), lambda: _rustworkx(edges)),
        ("own solver, plain Python, 20 best each", len(edges), lambda: _own(lifted, table)),
        ("engine with proof, plain Python", legal, lambda: _engine(table)),
    ]
    if size <= MOST_FOR_NETWORKX:
        ways.insert(2, ("networkx, 20 best each", len(edges), lambda: _networkx(edges)))
    for name, count, way in ways:
        began = perf_counter()
        pairs, total = way()
        print(
            f"| {size:,} | {name} | {count:,} | {pairs:,} | {total:,} | {perf_counter() - began:.2f} |",
            flush=True,
        )


def _pair(found: Baseline) -> tuple[int, int]:
    return found.pairs, found.total


def _rustworkx(edges: Longs) -> tuple[int, int]:
    graph = rustworkx.PyGraph()
    graph.add_nodes_from(range(int(edges[:, :2].max()) + 1))
    graph.add_edges_from([(a, b, w) for a, b, w in edges.tolist()])
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    weights = {(a, b): w for a, b, w in edges.tolist()}
    return len(found), sum(weights[min(pair), max(pair)] for pair in found)


def _networkx(edges: Longs) -> tuple[int, int]:
    graph = nx.Graph()
    graph.add_weighted_edges_from(edges.tolist())
    found = nx.max_weight_matching(graph, maxcardinality=True)
    return len(found), sum(graph[a][b]["weight"] for a, b in found)


def _own(lifted: Longs, table: Ints) -> tuple[int, int]:
    whole = wholes(len(table), lifted, halves(len(table), lifted))
    placed = np.flatnonzero(whole.mate >= 0)
    return len(placed) // 2, int(table[placed, whole.mate[placed]].sum()) // 2


def _engine(table: Ints) -> tuple[int, int]:
    found = solve_table(table)
    return found.pairs, found.total


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [400, 2_200])
