"""The plan for the people who are free: which rows pair, and the bound no plan can pass."""

from dataclasses import dataclass

import numpy as np
import rustworkx as rx

from bot.matching.columns import Ints
from bot.matching.scoring import Scorer


BLOCK = 256
CANDIDATES = 40


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Pairs of rows with their scores; `pairs_max` and `upper_bound` hold for all legal pairs."""

    pairs: Ints  # pairs x 2, the lower row first, sorted
    scores: Ints
    pairs_max: int
    upper_bound: int
    certificate: str
    engine: str


def solve(scorer: Scorer, rows: Ints) -> Plan:
    """The best plan among each row's best candidates."""
    edges, bound = _candidates(scorer, rows)
    if not len(edges):
        return Plan(np.zeros((0, 2), np.int32), np.zeros(0, np.int32), 0, 0, "proved", "exact")
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(rows)))
    graph.add_edges_from([(a, b, w) for a, b, w in edges.tolist()])
    found = rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    local = np.array(sorted((min(a, b), max(a, b)) for a, b in found), np.int32).reshape(-1, 2)
    pairs = np.sort(rows[local], axis=1)
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    scores = np.array([scorer.scores(p[:1], p[1:])[0, 0] for p in pairs], np.int32)
    return Plan(pairs, scores, len(rows) // 2, max(bound, int(scores.sum())), "proved", "candidates")


def _candidates(scorer: Scorer, rows: Ints) -> tuple[Ints, int]:
    """Edges (a, b, score) over places in `rows`, and half the sum of everybody's best score as a loose bound."""
    best, found = 0, []
    for start in range(0, len(rows), BLOCK):
        block = scorer.scores(rows[start : start + BLOCK], rows)
        best += int(np.maximum(block.max(axis=1), 0).sum())
        keyed = block.astype(np.int64) << 20 | np.arange(len(rows))
        if len(rows) > CANDIDATES:
            keyed = -np.partition(-keyed, CANDIDATES, axis=1)[:, :CANDIDATES]
        place, _ = np.nonzero(keyed >= 0)
        kept = keyed[keyed >= 0]
        found.append(np.stack([place + start, kept & ((1 << 20) - 1), kept >> 20], axis=1))
    edges = np.concatenate(found) if found else np.zeros((0, 3), np.int64)
    edges[:, :2].sort(axis=1)
    return np.unique(edges, axis=0), best // 2
