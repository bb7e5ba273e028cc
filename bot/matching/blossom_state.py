"""The arrays of the blossom algorithm, and ways through its nested odd sets.

Arrays instead of objects, so that the same code runs as plain Python on lists and compiled on arrays; no
recursion, because blossoms nest thousands deep.
"""

from typing import NamedTuple, TypeAlias


FREE, OUTER, INNER = 0, 1, 2  # not in the tree, or an even or odd number of steps from its root
EXHAUSTED, EDGE, EXPAND = 0, 1, 2  # events: a price is 0, an edge tight, an inner blossom's price 0
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


def price(s: State, v: int) -> int:
    """Give a vertex's price (outside the tree)."""
    return s.y[v] + s.lift[s.group[v]]


def outermost(s: State, v: int) -> int:
    """Give the blossom around a vertex that is in no other."""
    return s.top[s.group[v]]


def next_leaf(s: State, n: int, blossom: int, leaf: int) -> int:
    """Give the vertex after `leaf` in a blossom: the first one after NOBODY, and NOBODY after the last."""
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


def laminar(s: State, n: int, order: list[int], inside: list[int]) -> int:
    """Lay the vertices out so that each blossom is a run, for pricing pairs that are not edges.

    `order` gets the vertices; `inside[k]` gets the prices of the blossoms around both `order[k]` and
    `order[k + 1]`. The blossoms around any two places i < j are worth the least of inside[i:j]. Give
    what the odd sets add to the worth of all prices.
    """
    place, odd_worth = 0, 0
    for top in range(2 * n):
        if s.parent[top] != NOBODY or (top >= n and s.child[top] == NOBODY):
            continue
        part, worth = top, 0
        while True:
            while part >= n:
                odd_worth += s.z[part] * (s.size[part] // 2)
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
    return odd_worth
