"""The assignment of people to a second copy of themselves, which is the fractional matching problem.

Everybody may give half of themselves to each of two partners; somebody's own copy is always there at weight
0, for staying single. Auction-like reduction first, then shortest paths (Jonker and Volgenant 1987, for
sparse edges), in whole numbers. The same code runs as plain Python on lists and compiled on arrays, as in
`bot.matching.blossom`.
"""

from heapq import heappop, heappush
from typing import NamedTuple


NOBODY = -1
FAR = 1 << 62
CHAIN = 30  # bids in a row; three who fight over two would go on by single points up to the worth of a pair
FEW = 4  # people left for whom single searches are quicker than one from all of them
MANY = 100  # people left for whom it pays to search in several goes
PASSES = 3  # of the reduction; more of them fight over the same few


class Cover(NamedTuple):
    """Arrays over n people; edges as in `bot.matching.blossom.State`, with weights as they are."""

    start: list[int]
    to: list[int]
    w: list[int]
    p: list[int]  # price of the person; p[i] + q[j] >= weight of (i, j), with equality where assigned
    q: list[int]  # price of the copy
    out: list[int]  # the copy a person is assigned to
    back: list[int]  # the person a copy is assigned to
    far: list[int]  # distance of a copy in this search
    stamp: list[int]  # the search in which it was set; stamp[n + j] the one in which it was final
    came: list[int]  # the person before the copy on the path
    reached: list[int]  # copies final in this search
    root: list[int]  # the person whose tree a person is in
    goal: list[int]  # the free copy nearest to a root


def assign(c: Cover, n: int, enough: int) -> None:
    """Make `out` an assignment of greatest weight, with prices that prove it.

    Keeps what is assigned tightly already. With `enough` above 0 up to so many people may stay without a
    copy: the prices hold all the same.
    """
    reopen(c, n)
    for _ in range(PASSES):
        for i in range(n):
            if c.out[i] == NOBODY:
                bid(c, i)
    stamp = 0
    while sweep(c, n, stamp + 1) > max(FEW, enough):
        stamp += 1
    stamp += 1
    for i in range(n):
        if enough == 0 and c.out[i] == NOBODY:
            stamp += 1
            augment(c, n, i, stamp)


def reopen(c: Cover, n: int) -> None:
    """Lift prices that edges break and free whoever is not assigned at exactly the price."""
    for i in range(n):
        price, tight = -c.q[i], c.out[i] == i
        held = price
        for k in range(c.start[i], c.start[i + 1]):
            worth = c.w[k] - c.q[c.to[k]]
            price = max(price, worth)
            if c.to[k] == c.out[i]:
                tight, held = True, worth
        if c.out[i] != NOBODY and (not tight or held < price):
            c.back[c.out[i]] = NOBODY
            c.out[i] = NOBODY
        c.p[i] = price


def bid(c: Cover, i: int) -> None:
    """Let a person take the copy worth most to them, at the price at which the second best is as good.

    Who had it bids next.
    """
    person = i
    for _ in range(CHAIN):
        best, first, second = person, -c.q[person], -FAR
        for k in range(c.start[person], c.start[person + 1]):
            worth = c.w[k] - c.q[c.to[k]]
            if worth > first:
                best, first, second = c.to[k], worth, first
            elif worth > second:
                second = worth
        if second == -FAR:  # nothing but the own copy, which nobody else can want
            second = first
        loser = c.back[best]
        if loser != NOBODY and first == second:
            c.p[person] = first
            return
        c.p[person] = second
        c.q[best] += first - second
        c.out[person], c.back[best] = best, person
        if loser != NOBODY:
            c.out[loser] = NOBODY
        person = loser
        if person == NOBODY:
            return


def sweep(c: Cover, n: int, stamp: int) -> int:  # noqa: C901  # one search, told in one place
    """Search from everybody unassigned at once and assign one in each tree that reaches a free copy.

    Give how many are left.

    The trees have no copy in common, so that all their shortest paths can be used together.
    """
    heap = [(0, 0)]
    heap.pop()
    left = 0
    for i in range(n):
        if c.out[i] == NOBODY:
            left += 1
            c.root[i], c.goal[i] = i, NOBODY
            relax(c, i, c.p[i], stamp, FAR - 1, heap)
    count, away = 0, 0
    half = left // 2 if left > MANY else 0  # the other half would go far for theirs: they search again
    while heap and left >= half:
        away, j = heappop(heap)
        if c.stamp[n + j] == stamp:
            continue
        c.stamp[n + j] = stamp
        c.reached[count] = j
        count += 1
        root = c.root[c.came[j]]
        i = c.back[j]
        if i != NOBODY:
            c.root[i] = root
            relax(c, i, away + c.p[i], stamp, FAR - 1, heap)
        elif c.goal[root] == NOBODY:
            c.goal[root] = j
            left -= 1
    for k in range(count):
        j = c.reached[k]
        c.q[j] += away - c.far[j]
        if c.back[j] != NOBODY:
            c.p[c.back[j]] -= away - c.far[j]
    for i in range(n):
        if c.out[i] == NOBODY:
            c.p[i] -= away
    for i in range(n):
        if c.out[i] == NOBODY and c.goal[i] != NOBODY:
            exchange(c, i, c.goal[i])
    return left


def exchange(c: Cover, root: int, j: int) -> None:
    """Assign along the path from a root to a free copy."""
    i = NOBODY
    while i != root:
        i = c.came[j]
        c.back[j] = i
        j, c.out[i] = c.out[i], j


def augment(c: Cover, n: int, root: int, stamp: int) -> None:
    """Assign one more person along the shortest path, and move the prices of all that was nearer."""
    heap = [(0, 0)]
    heap.pop()
    i, away, count, limit = root, 0, 0, FAR
    while True:
        limit = relax(c, i, away + c.p[i], stamp, limit, heap)
        away, j = heappop(heap)
        while c.stamp[n + j] == stamp:
            away, j = heappop(heap)
        c.stamp[n + j] = stamp
        if c.back[j] == NOBODY:
            break
        c.reached[count] = j
        count += 1
        i = c.back[j]
    c.p[root] -= away
    for k in range(count):
        nearer = away - c.far[c.reached[k]]
        c.q[c.reached[k]] += nearer
        c.p[c.back[c.reached[k]]] -= nearer
    exchange(c, root, j)


def relax(c: Cover, i: int, near: int, stamp: int, limit: int, heap: list[tuple[int, int]]) -> int:  # noqa: PLR0917  # arrays and a heap, no objects
    """Note shorter ways to copies from a person.

    None is of use that is longer than `limit`, one to a free copy.
    """
    stamps, far, came, back, q = c.stamp, c.far, c.came, c.back, c.q
    for k in range(c.start[i] - 1, c.start[i + 1]):
        j = c.to[k] if k >= c.start[i] else i
        away = near + q[j] - (c.w[k] if k >= c.start[i] else 0)
        if away >= limit or (stamps[j] == stamp and away >= far[j]):
            continue
        stamps[j], far[j], came[j] = stamp, away, i
        heappush(heap, (away, j))
        if back[j] == NOBODY and limit != FAR - 1:
            limit = away
    return limit


def open_cycles(out: list[int], mate: list[int], seen: list[int], n: int) -> None:
    """Pair people along the cycles of an assignment; the first of an odd cycle stays without.

    People who have no copy end a way instead, which begins at a copy that nobody has.
    """
    for i in range(n):
        if out[i] != NOBODY:
            seen[out[i]] = 1
    for first in range(n):
        if seen[first] == 0:
            one = first
            while one != NOBODY and out[one] != NOBODY:
                other = out[one]
                mate[one], mate[other] = other, one
                seen[one], seen[other] = 2, 2
                one = out[other]
            if one != NOBODY:
                seen[one] = 2
    for first in range(n):
        length, last = 0, first
        while seen[last] == 1:
            seen[last] = 2
            last = out[last]
            length += 1
        one = first if length % 2 == 0 else out[first]
        for _ in range(length // 2):
            mate[one], mate[out[one]] = out[one], one
            one = out[out[one]]
