"""Odd cycles.

Making blossoms of them, taking blossoms apart, and exchanging matched edges along paths through them.
"""

from bot.matching.blossom_state import (
    FREE,
    INNER,
    NOBODY,
    OUTER,
    Heap,
    State,
    is_forward,
    next_leaf,
    outermost,
    part_with,
)
from bot.matching.blossom_tree import become_inner, become_outer, rescan_free, scan_all, touch


def shrink(s: State, n: int, u: int, v: int, now: int, heap: Heap) -> None:  # noqa: PLR0917  # arrays and a heap, no objects
    """Make a blossom of the odd cycle that a tight edge closes between two outer vertices."""
    meeting = meeting_point(s, n, outermost(s, u), outermost(s, v))
    height = s.unused[n] - 1
    blossom = s.unused[height]
    s.unused[n] = height
    part = outermost(s, u)  # on this side against the tree's direction: each part points to the one below it
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
    """Settle the parts of a new outer blossom in the largest one's group.

    Inner vertices become outer and look around.
    """
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


def expand(s: State, n: int, blossom: int, now: int, heap: Heap) -> None:
    """Take an inner blossom of price 0 apart.

    An even path of its parts stays in the tree, the others leave it.
    """
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
