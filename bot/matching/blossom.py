"""Exact maximum-weight matching in a general graph, one search after the other, from any feasible dual prices.

Edmonds' blossom algorithm in primal-dual form. Prices y of the vertices and z of blossoms (odd sets) keep
y(u) + y(v) + z of the blossoms around both >= w(u, v), with equality on matched edges; when every vertex without
a partner has price 0, the prices prove that no matching is heavier. Each search grows one alternating tree from one
exposed vertex, as Dijkstra's algorithm does: `now` is the change of price so far, and a heap holds what happens next.

The same code runs as plain Python on lists and compiled on arrays (see `bot.matching.compiled`): whole numbers only,
no recursion (blossoms nest thousands deep), no objects. Weights and prices are doubled, so that halves stay whole.
Sources: Edmonds 1965; Galil 1986; Applegate and Cook 1993 (start from the fractional optimum); Kolmogorov 2009
(one tree at a time).
"""

from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias


FREE, OUTER, INNER = (
    0,
    1,
    2,
)  # a blossom's place in the tree: not in it, an even or an odd number of steps from the root
EXHAUSTED, EDGE, EXPAND = (
    0,
    1,
    2,
)  # events: a price reaches 0, an edge becomes tight, an inner blossom's price reaches 0
NOBODY = -1
FAR = 1 << 62

Heap: TypeAlias = list[tuple[int, int, int, int]]  # time, kind, vertex, edge


class State(NamedTuple):
    """Arrays over n vertices, or over 2n vertices and blossoms (a blossom's number is n or more)."""

    start: list[int]  # neighbours of v are to[start[v]:start[v + 1]], with weights w
    to: list[int]
    w: list[int]
    y: list[
        int
    ]  # price less the group's lift; within the tree the price at change 0: less now if outer, more if inner
    mate: list[int]
    z: list[int]  # price of a blossom; within the tree the same with 2 * now
    group: list[int]  # of a vertex: vertices of one outermost blossom share it
    own: list[int]  # the group of a vertex or blossom when it is outermost
    top: list[int]  # outermost blossom of a group
    lift: list[
        int
    ]  # added to the prices `y` of a group's vertices, so that a whole blossom moves in one step
    size: list[int]  # vertices of a vertex or blossom
    parent: list[int]  # of vertices and blossoms
    base: list[int]  # the vertex of a blossom whose mate is outside
    child: list[int]  # the part of a blossom that has the base
    after: list[int]  # the next part around the blossom's odd cycle
    before: list[int]
    leaves: list[int]  # the vertex of this part on the edge to the next one ...
    enters: list[int]  # ... and the vertex of the next one
    label: list[int]
    tree_out: list[int]  # an inner blossom was reached from this outer vertex ...
    tree_in: list[int]  # ... at this vertex of its own
    near: list[int]  # when the first edge announced to a free vertex becomes tight
    seen: list[int]  # the number of vertices with such an edge, and the vertices
    clock: list[int]  # when the search is over for certain
    mark: list[int]
    unused: list[int]  # stack of free blossom numbers; unused[n] is its height
    touched: list[int]  # their number, and the blossoms labelled in this search


def fresh(n: int) -> list[list[int]]:
    """Give the arrays of a state without blossoms, from `z` on."""
    nobody = [NOBODY] * (2 * n)
    own = list(range(n))
    return [
        [0] * (2 * n),
        own.copy(),
        list(range(2 * n)),
        list(range(2 * n)),
        [0] * (2 * n),
        [1] * (2 * n),
        nobody.copy(),
        own + nobody[n:],
        *(nobody.copy() for _ in range(5)),
        [FREE] * (2 * n),
        nobody.copy(),
        nobody.copy(),
        [FAR] * n,
        [0] * (2 * n + 2),
        [FAR],
        [0] * (2 * n + 1),
        [*range(2 * n - 1, n - 1, -1), n],
        [0] * (3 * n + 2),
    ]


def solve(s: State, n: int) -> int:
    """Search from every exposed vertex with a price; afterwards `mate` is optimal. Give the number of searches."""
    searches = 0
    for root in range(n):
        if s.mate[root] == NOBODY and price(s, root) > 0:
            search(s, n, root)
            searches += 1
    for v in range(n):
        s.y[v] += s.lift[s.group[v]]
    return searches


def price(s: State, v: int) -> int:
    """Give a vertex's price (outside the tree)."""
    return s.y[v] + s.lift[s.group[v]]


def outermost(s: State, v: int) -> int:
    """Give the blossom around a vertex that is in no other."""
    return s.top[s.group[v]]


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


def follow(s: State, n: int, u: int, k: int, now: int, heap: Heap) -> bool:
    """Use an edge that may be tight now (prices may have moved since it was announced); True when that ends the search."""
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


def step(s: State, n: int, u: int, v: int, now: int, heap: Heap) -> bool:
    """Follow a tight edge out of the tree; True when it ends at an exposed vertex and the path was flipped."""
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


def next_leaf(s: State, n: int, blossom: int, leaf: int) -> int:
    """Give the vertex after `leaf` inside a blossom (the first one after NOBODY), or NOBODY after the last."""
    if leaf == NOBODY:
        part = blossom
    else:
        part = leaf
        while part != blossom and s.after[part] == s.child[s.parent[part]]:
            part = s.parent[part]
        if part == blossom:
            return NOBODY
        part = s.after[part]
    while part >= n:
        part = s.child[part]
    return part


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


def touch(s: State, blossom: int) -> None:
    """Remember a blossom that enters the tree."""
    s.touched[0] += 1
    s.touched[s.touched[0]] = blossom


def scan_outer(s: State, u: int, heap: Heap) -> None:
    """Announce what an outer vertex will meet: price 0, tight edges to free and to outer vertices.

    Nothing is announced that comes after the search is over for certain, or after a vertex is reached otherwise.
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


def reach(s: State, u: int, v: int, k: int, tight: int, heap: Heap) -> None:
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


def shrink(s: State, n: int, u: int, v: int, now: int, heap: Heap) -> None:
    """Make a blossom of the odd cycle that a tight edge closes between two outer vertices."""
    meeting = meeting_point(s, n, outermost(s, u), outermost(s, v))
    height = s.unused[n] - 1
    blossom = s.unused[height]
    s.unused[n] = height
    part, inside = (
        outermost(s, u),
        u,
    )  # against the tree's direction on this side: each part points to the one below it
    below, from_below, to_below = outermost(s, v), v, u
    while True:
        link(s, part, below, to_below, from_below)
        if part == meeting:
            break
        below, from_below = part, s.base[part]
        partner = s.mate[from_below]
        part = outermost(s, partner)
        link(s, part, below, partner, from_below)
        below, from_below, to_below = part, s.tree_in[part], s.tree_out[part]
        part = outermost(s, to_below)
    part = outermost(s, v)
    while part != meeting:
        partner = s.mate[s.base[part]]
        link(s, part, outermost(s, partner), s.base[part], partner)
        part = outermost(s, partner)
        link(s, part, outermost(s, s.tree_out[part]), s.tree_in[part], s.tree_out[part])
        part = outermost(s, s.tree_out[part])
    s.base[blossom], s.child[blossom], s.parent[blossom] = s.base[meeting], meeting, NOBODY
    s.label[blossom], s.z[blossom] = OUTER, -2 * now
    touch(s, blossom)
    absorb(s, n, blossom, now, heap)


def link(s: State, part: int, following: int, leaving: int, entering: int) -> None:
    """Put one part after another around a cycle."""
    s.after[part], s.before[following] = following, part
    s.leaves[part], s.enters[part] = leaving, entering


def meeting_point(s: State, n: int, one: int, other: int) -> int:
    """Give the outer blossom where two paths to the root meet."""
    s.mark[2 * n] += 1
    stamp = s.mark[2 * n]
    while True:
        if one != NOBODY:
            if s.mark[one] == stamp:
                return one
            s.mark[one] = stamp
            partner = s.mate[s.base[one]]
            one = NOBODY if partner == NOBODY else outermost(s, s.tree_out[outermost(s, partner)])
        one, other = (other, one) if other != NOBODY else (one, other)


def absorb(s: State, n: int, blossom: int, now: int, heap: Heap) -> None:
    """Settle the parts of a new outer blossom in the largest one's group; inner vertices become outer and look around."""
    first = s.child[blossom]
    part, largest, size = first, first, 0
    while True:
        s.parent[part] = blossom
        s.z[part] += 2 * now if s.label[part] == OUTER else -2 * now
        s.lift[s.own[part]] += 2 * now if s.label[part] == INNER else 0
        size += s.size[part]
        if s.size[part] > s.size[largest]:
            largest = part
        part = s.after[part]
        if part == first:
            break
    s.size[blossom], s.own[blossom] = size, s.own[largest]
    s.top[s.own[largest]] = blossom
    while True:
        if part != largest:
            move_leaves(s, n, part, s.own[part], s.own[largest])
        part = s.after[part]
        if part == first:
            break
    while True:
        if s.label[part] == INNER:
            scan_all(s, n, part, heap)
        s.label[part] = FREE
        part = s.after[part]
        if part == first:
            break


def move_leaves(s: State, n: int, part: int, source: int, target: int) -> None:
    """Put a part's vertices into another group at the same prices."""
    change = s.lift[source] - s.lift[target]
    leaf = next_leaf(s, n, part, NOBODY)
    while leaf != NOBODY:
        s.group[leaf] = target
        s.y[leaf] += change
        leaf = next_leaf(s, n, part, leaf)


def part_with(s: State, blossom: int, vertex: int) -> int:
    """Give the part of a blossom that has a vertex."""
    part = vertex
    while s.parent[part] != blossom:
        part = s.parent[part]
    return part


def is_forward(s: State, blossom: int, part: int) -> bool:
    """Say whether the path of even length from a part to the base goes forward around the cycle."""
    odd = False
    step = s.child[blossom]
    while step != part:
        step = s.after[step]
        odd = not odd
    return odd


def expand(s: State, n: int, blossom: int, now: int, heap: Heap) -> None:
    """Take an inner blossom of price 0 apart: an even path of its parts stays in the tree, the others leave it."""
    entry = part_with(s, blossom, s.tree_in[blossom])
    first = s.child[blossom]
    part = first
    whole = s.own[blossom]
    s.lift[whole] += now
    while (
        True
    ):  # all parts become outermost, out of the tree; the largest keeps the group it gave at the time
        s.parent[part], s.label[part] = NOBODY, FREE
        if s.own[part] != whole:
            move_leaves(s, n, part, whole, s.own[part])
        s.top[s.own[part]] = part
        part = s.after[part]
        if part == first:
            break
    forward = is_forward(s, blossom, entry)
    become_inner(s, n, entry, now, heap)
    s.tree_out[entry], s.tree_in[entry] = s.tree_out[blossom], s.tree_in[blossom]
    part = entry
    while part != first:
        outer = s.after[part] if forward else s.before[part]
        part = s.after[outer] if forward else s.before[outer]
        become_inner(s, n, part, now, heap)
        s.tree_out[part] = s.leaves[outer] if forward else s.enters[part]
        s.tree_in[part] = s.enters[outer] if forward else s.leaves[part]
    part = entry
    while part != first:
        outer = s.after[part] if forward else s.before[part]
        become_outer(s, n, outer, now, heap)
        part = s.after[outer] if forward else s.before[outer]
    part = s.after[first]
    while part != first:
        if s.label[part] == FREE:
            leaf = next_leaf(s, n, part, NOBODY)
            while leaf != NOBODY:
                rescan_free(s, leaf, heap)
                leaf = next_leaf(s, n, part, leaf)
        part = s.after[part]
    retire(s, n, blossom)


def retire(s: State, n: int, blossom: int) -> None:
    """Give a blossom's number back."""
    s.label[blossom] = FREE
    s.child[blossom] = NOBODY
    s.z[blossom] = 0
    s.unused[s.unused[n]] = blossom
    s.unused[n] += 1


def flip(s: State, n: int, u: int, v: int) -> None:
    """Match an outer vertex with `v` (or with nobody) and exchange the edges on its path to the root."""
    while True:
        blossom = outermost(s, u)
        partner = s.mate[s.base[blossom]]
        rebase(s, n, blossom, u)
        s.mate[u] = v
        if partner == NOBODY:
            return
        inner = outermost(s, partner)
        u, v = s.tree_out[inner], s.tree_in[inner]
        rebase(s, n, inner, v)
        s.mate[v] = u


def rebase(s: State, n: int, blossom: int, vertex: int) -> None:
    """Make a vertex the base of its blossom by exchanging matched edges inside, through all nested ones."""
    if blossom < n:
        return
    tasks = [(blossom, vertex)]
    while tasks:
        b, v = tasks.pop()
        part, first = part_with(s, b, v), s.child[b]
        forward = is_forward(s, b, part)
        s.base[b], s.child[b] = v, part
        if part >= n:
            tasks.append((part, v))
        while part != first:
            one = s.after[part] if forward else s.before[part]
            part = s.after[one] if forward else s.before[one]
            x = s.leaves[one] if forward else s.enters[part]
            other = s.enters[one] if forward else s.leaves[part]
            s.mate[x], s.mate[other] = other, x
            if one >= n:
                tasks.append((one, x))
            if part >= n:
                tasks.append((part, other))


def laminar(s: State, n: int, order: list[int], inside: list[int]) -> int:
    """Lay the vertices out so that each blossom is a run, for pricing pairs that are not edges.

    `order` gets the vertices; `inside[k]` gets the prices of the blossoms around both `order[k]` and `order[k + 1]`.
    The blossoms around any two places i < j are worth the least of inside[i:j]. Give the number of blossoms.
    """
    place, blossoms = 0, 0
    for top in range(2 * n):
        if s.parent[top] != NOBODY or (top >= n and s.child[top] == NOBODY):
            continue
        part, worth = top, 0
        while True:
            while part >= n:
                blossoms += 1
                worth += s.z[part]
                part = s.child[part]
            order[place] = part
            while part != top and s.after[part] == s.child[s.parent[part]]:
                part = s.parent[part]
                worth -= s.z[part]
            inside[place] = 0 if part == top else worth
            place += 1
            if part == top:
                break
            part = s.after[part]
    return blossoms


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
