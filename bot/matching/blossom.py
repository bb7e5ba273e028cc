"""Exact maximum-weight matching in a general graph, one search after the other, from any feasible prices.

Edmonds' blossom algorithm in primal-dual form. Prices y of the vertices and z of blossoms (odd sets) keep
y(u) + y(v) + z of the blossoms around both >= w(u, v), with equality on matched edges; when every vertex
without a partner has price 0, the prices prove that no matching is heavier. Each search grows one alternating
tree from one exposed vertex, as Dijkstra's algorithm does: `now` is the change of price so far, and a heap
holds what comes next.

Whole numbers only: weights and prices are doubled, so that halves stay whole. A blossom's vertices share a
group whose prices are lifted together, and a smaller group joins a larger one, so that nested blossoms cost
little. Sources: Edmonds 1965; Galil 1986; Applegate and Cook 1993 (start from the fractional optimum);
Kolmogorov 2009 (one tree at a time).
"""

from heapq import heappop

from bot.matching.blossom_cycles import expand, flip, rebase, shrink
from bot.matching.blossom_state import (
    EDGE,
    EXHAUSTED,
    FAR,
    FREE,
    INNER,
    NOBODY,
    OUTER,
    Heap,
    State,
    outermost,
    price,
)
from bot.matching.blossom_tree import become_inner, become_outer


def solve(s: State, n: int) -> int:
    """Search from every exposed vertex with a price.

    Afterwards `mate` is optimal. Give the number of searches.
    """
    searches = 0
    for root in range(n):
        if s.mate[root] == NOBODY and price(s, root) > 0:
            search(s, n, root)
            searches += 1
    for v in range(n):
        s.y[v] += s.lift[s.group[v]]
    return searches


def search(s: State, n: int, root: int) -> None:
    """Grow one tree until its root finds a partner, or until a vertex on an even path can go without."""
    heap = [(0, 0, 0, 0)]
    heap.pop()
    s.touched[0] = 0
    s.seen[0], s.clock[0] = 0, FAR
    now = 0
    become_outer(s, n, outermost(s, root), now, heap)
    done = False
    while not done:
        now, kind, u, k = heappop(heap)
        if kind == EDGE:
            done = follow(s, n, u, k, now, heap)
        elif kind == EXHAUSTED:
            flip(s, n, u, NOBODY)
            done = True
        elif s.label[u] == INNER and s.parent[u] == NOBODY and s.z[u] == 2 * now:
            expand(s, n, u, now, heap)
    settle(s, n, now)


def follow(s: State, n: int, u: int, k: int, now: int, heap: Heap) -> bool:  # noqa: PLR0917  # arrays and a heap, no objects
    """Use an edge that may be tight now (prices may have moved since it was announced).

    True when that ends the search.
    """
    v = s.to[k]
    if s.label[outermost(s, u)] != OUTER:
        u, v = v, u
    label = s.label[outermost(s, v)]
    slack = price(s, u) + price(s, v) - s.w[k]
    if label == FREE and slack == now:
        return step(s, n, u, v, now, heap)
    if label == OUTER and slack == 2 * now and outermost(s, u) != outermost(s, v):
        shrink(s, n, u, v, now, heap)
    return False


def step(s: State, n: int, u: int, v: int, now: int, heap: Heap) -> bool:  # noqa: PLR0917  # arrays and a heap, no objects
    """Follow a tight edge out of the tree.

    True when it ends at an exposed vertex and the path was flipped.
    """
    blossom = outermost(s, v)
    partner = s.mate[s.base[blossom]]
    if partner == NOBODY:
        flip(s, n, u, v)
        rebase(s, n, blossom, v)
        s.mate[v] = u
        return True
    become_inner(s, n, blossom, now, heap)
    s.tree_out[blossom], s.tree_in[blossom] = u, v
    become_outer(s, n, outermost(s, partner), now, heap)
    return False


def settle(s: State, n: int, now: int) -> None:
    """Write the prices of the tree down and forget its labels."""
    for k in range(s.seen[0]):
        s.near[s.seen[k + 1]] = FAR
    for k in range(s.touched[0]):
        blossom = s.touched[k + 1]
        label = s.label[blossom]
        if label == FREE:
            continue
        s.label[blossom] = FREE
        s.z[blossom] += 2 * now if label == OUTER else -2 * now
        s.lift[s.own[blossom]] += -now if label == OUTER else now
