"""The alternating tree: labels, and what its outer vertices will meet next."""

from heapq import heappush

from bot.matching.blossom_state import (
    EDGE,
    EXHAUSTED,
    EXPAND,
    FAR,
    FREE,
    INNER,
    NOBODY,
    OUTER,
    Heap,
    State,
    next_leaf,
    outermost,
    price,
)


def touch(s: State, blossom: int) -> None:
    """Remember a blossom that enters the tree."""
    s.touched[0] += 1
    s.touched[s.touched[0]] = blossom


def become_outer(s: State, n: int, blossom: int, now: int, heap: Heap) -> None:
    """Label a free blossom outer: its vertices' prices fall from now on."""
    touch(s, blossom)
    s.label[blossom] = OUTER
    s.lift[s.own[blossom]] += now
    s.z[blossom] -= 2 * now
    scan_all(s, n, blossom, heap)


def scan_all(s: State, n: int, blossom: int, heap: Heap) -> None:
    """Announce what the vertices of a part that has become outer will meet."""
    leaf = next_leaf(s, n, blossom, NOBODY)
    while leaf != NOBODY:
        scan_outer(s, leaf, heap)
        leaf = next_leaf(s, n, blossom, leaf)


def become_inner(s: State, n: int, blossom: int, now: int, heap: Heap) -> None:
    """Label a free blossom inner: its vertices' prices rise, and its own falls."""
    touch(s, blossom)
    s.label[blossom] = INNER
    s.lift[s.own[blossom]] -= now
    s.z[blossom] += 2 * now
    if blossom >= n:
        heappush(heap, (s.z[blossom] // 2, EXPAND, blossom, 0))


def scan_outer(s: State, u: int, heap: Heap) -> None:
    """Announce what an outer vertex will meet: price 0, tight edges to free and to outer vertices.

    Nothing is announced that comes after the search is over for certain, or after a vertex is reached
    otherwise.
    """
    mine, group, lift = s.group[u], s.group, s.lift
    own = s.y[u] + lift[mine]
    if own < s.clock[0]:
        s.clock[0] = own
        heappush(heap, (own, EXHAUSTED, u, 0))
    for k in range(s.start[u], s.start[u + 1]):
        v = s.to[k]
        other = group[v]
        label = s.label[s.top[other]]
        if label == FREE:
            tight = own + s.y[v] + lift[other] - s.w[k]
            if tight < s.near[v] and tight <= s.clock[0]:
                reach(s, u, v, k, tight, heap)
        elif label == OUTER and other != mine:
            tight = (own + s.y[v] + lift[other] - s.w[k]) // 2
            if tight <= s.clock[0]:
                heappush(heap, (tight, EDGE, u, k))


def reach(s: State, u: int, v: int, k: int, tight: int, heap: Heap) -> None:  # noqa: PLR0917  # arrays and a heap, no objects
    """Announce an edge to a free vertex; if that has no partner, the search ends there at the latest."""
    if s.near[v] == FAR:
        s.seen[0] += 1
        s.seen[s.seen[0]] = v
    s.near[v] = tight
    heappush(heap, (tight, EDGE, u, k))
    if s.mate[s.base[outermost(s, v)]] == NOBODY:
        s.clock[0] = tight


def rescan_free(s: State, v: int, heap: Heap) -> None:
    """Announce the first tight edge from an outer vertex to a vertex that has left the tree."""
    if s.near[v] != FAR:
        s.near[v] = FAR - 1
    for k in range(s.start[v], s.start[v + 1]):
        u = s.to[k]
        if s.label[outermost(s, u)] == OUTER:
            tight = price(s, u) + price(s, v) - s.w[k]
            if tight < s.near[v]:
                reach(s, v, v, k, tight, heap)
