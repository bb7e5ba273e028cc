"""Programs too large for a table of scores: the same pricing, with compiled scans over all pairs."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from bot.matching.blossom_state import FAR
from bot.matching.columns import Ints
from bot.matching.compiled import Tools, compiled_tools
from bot.matching.kernels import FULL, PRIORITY, W_PRIORITY, Packed
from bot.matching.model import Applicant
from bot.matching.packing import packed, reordered
from bot.matching.plan import Plan, Progress, silent
from bot.matching.pool import Pool, pool_of
from bot.matching.sparse import Code, Longs, Wholes, halves, wholes
from bot.matching.sweep import BLOCK, GROUP, PLANES, Held


CANDIDATES, CANDIDATES_OF_MANY = 20, 30  # with 30 one round leaves a gap of some 0.015 % at 100,000 people
ADDED = 8  # per person and round of pricing
NEAR = 30  # half points: pairs so little short of the prices are added too, which saves rounds
ROWS = 2_048  # of one task
MANY = 50_000  # up to so many people the proof is completed, above one look at all pairs gives the bound
ALL_ROUNDS, ONE_ROUND = 12, 1


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Pairs (a, b, score) worth more than the prices, and the sum of each row's greatest excess, doubled."""

    pairs: Longs
    excess: int


def solve_large(pool: Pool, rows: Ints, progress: Progress, tools: Tools | None = None) -> Plan:
    """Find the plan for many rows; its bound is proved over all legal pairs.

    Up to 50,000 people pricing goes on until the bound is reached.
    """
    tools = tools or compiled_tools()
    people, count = packed(pool, rows), len(rows)
    progress(f"Looking for everybody's best partners: {count * (count - 1) // 2:,} pairs.")
    few = count <= MANY
    most = CANDIDATES if few else CANDIDATES_OF_MANY
    nothing = held_against(np.zeros(count, np.int64), people.numbers[PRIORITY], people.sheet)
    edges = scanned(tools, people, nothing, most=most, lowest=-1).pairs
    if not len(edges):
        return planned(rows, np.full(count, -1), edges, bound=0, certificate="proved")
    bonus = int(edges[:, 2].max()) * (count // 2) + 1
    bound = FAR
    for _ in range(ALL_ROUNDS if few else ONE_ROUND):
        progress(f"Solving with {len(edges):,} pairs.")
        whole = solved(count, edges, bonus, tools.code)
        progress("Holding the prices against all pairs.")
        found = priced(tools, people, whole, bonus)
        plan = planned(rows, whole.mate, edges, bound=0, certificate="proved")
        bound = min(bound, whole.bound(bonus, found.excess))
        total, more = int(plan.scores.sum()), found.excess // (2 * bonus)
        plan = replace(plan, pairs_max=plan.pairs_max + more)
        progress(f"At most {100 * (bound - total) / bound:.6f} % below the best plan there is.")
        if not found.excess:
            break
        edges = np.unique(np.concatenate([edges, found.pairs]), axis=0)
    return replace(plan, upper_bound=bound)


def solved(count: int, edges: Longs, bonus: int, code: Code) -> Wholes:
    """Solve on the edges, with a bonus for each pair."""
    lifted = edges + np.array([0, 0, bonus])
    return wholes(count, lifted, halves(count, lifted, code=code), code)


def priced(tools: Tools, people: Packed, whole: Wholes, bonus: int) -> Found:
    """Find the legal pairs worth more than the prices of their two and of the blossoms around both."""
    prices = whole.prices - bonus
    order = np.argsort(prices, kind="stable")
    place = np.empty_like(order)
    place[whole.order] = np.arange(len(order))
    found = scanned(
        tools,
        reordered(people, order),
        held_against(
            prices[order], people.numbers[PRIORITY, order], people.sheet, place[order], whole.inside
        ),
        most=ADDED,
        lowest=-NEAR,
    )
    ends = np.sort(order[found.pairs[:, :2]], axis=1)
    return Found(np.column_stack([ends, found.pairs[:, 2]]), found.excess)


def held_against(
    prices: Longs, priority: Ints, sheet: Longs, place: Longs | None = None, inside: Longs | None = None
) -> Held:
    """Give what pairs are held against; without places each pair is looked at from both sides."""
    nothing = np.zeros(0, np.int64)
    due = prices / 2 - priority * (sheet[W_PRIORITY] + FULL / 2)
    low = np.minimum.reduceat(due, np.arange(0, len(due), GROUP)) if len(due) else due
    if place is None or inside is None:
        return Held(prices, due, low, float(np.median(due)), nothing, nothing, nothing, later=False)
    outer = np.concatenate([nothing, np.zeros(1, np.int64), np.cumsum(inside == 0)])[: len(inside)]
    return Held(prices, due, low, float(np.median(due)), place, inside, outer, later=True)


def scanned(tools: Tools, people: Packed, held: Held, *, most: int, lowest: int) -> Found:
    """Scan all pairs with all processors; a row's result does not depend on how the rows are shared out."""
    count = len(held.prices)
    ids, scores = np.full((count, most), -1, np.int32), np.full((count, most), -1, np.int32)
    excess = np.full((count, most), lowest, np.int64)
    width = min(BLOCK, -(-count // GROUP) * GROUP)
    planes = np.zeros((PLANES, width), np.int16)
    kinds, wishes = (np.zeros((len(each), width), np.int16) for each in (people.legal, people.wishes))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for begin in range(0, count, BLOCK):
            end = min(begin + BLOCK, count)
            tools.lay(people, begin, end, planes, kinds, wishes)

            def task(start: int, begin: int = begin, end: int = end) -> None:
                stop = min(start + ROWS, end if held.later else count)
                tools.visit(people, begin, end, planes, kinds, wishes, start, stop, held, ids, scores, excess)

            list(pool.map(task, range(0, end if held.later else count, ROWS)))
    row, place = np.nonzero(ids >= 0)
    pairs = np.column_stack([row, ids[row, place], scores[row, place]]).astype(np.int64)
    pairs[:, :2].sort(axis=1)
    return Found(np.unique(pairs, axis=0), int(np.maximum(excess[:, 0], 0).sum()))


def planned(rows: Ints, mate: Longs, edges: Longs, *, bound: int, certificate: str) -> Plan:
    """Give the plan of a solution on edges, back in the pool's rows."""
    count = len(rows)
    first = np.flatnonzero(mate > np.arange(count))
    keys = edges[:, 0] * count + edges[:, 1]  # in order, as np.unique leaves them
    scores = edges[np.searchsorted(keys, first * count + mate[first]), 2].astype(np.int32)
    pairs = np.sort(rows[np.stack([first, mate[first]], axis=1)], axis=1).astype(np.int32)
    order = np.argsort(pairs[:, 0], kind="stable")
    return Plan(pairs[order], scores[order], len(pairs), bound, certificate)


def warm_up() -> None:  # pragma: no cover  # compiles, which is what it is for
    """Compile everything for this machine now, so that the first large program need not wait for it."""
    people = [
        Applicant(str(k), country, "UTC", ("en",), platforms=("any",))
        for k, country in enumerate(("NZ", "FJ", "PH") * 2)
    ]
    pool = pool_of(people)
    solve_large(pool, np.arange(len(pool), dtype=np.int32), silent)
