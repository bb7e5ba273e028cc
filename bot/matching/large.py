"""Programs too large for a table of scores: the same pricing, with compiled looks at all pairs."""

from dataclasses import replace

import numpy as np

from bot.matching.blossom_state import FAR
from bot.matching.columns import Ints
from bot.matching.compiled import Tools, compiled_tools
from bot.matching.kernels import Packed
from bot.matching.looking import held_against, look
from bot.matching.model import Applicant
from bot.matching.packing import packed, reordered
from bot.matching.plan import Plan, Progress, silent
from bot.matching.pool import Pool, pool_of
from bot.matching.sparse import Code, Longs, Wholes, halves, wholes


CANDIDATES, CANDIDATES_OF_MANY = 20, 30  # with 30 one round leaves a gap of some 0.015 % at 100,000 people
ADDED = 8  # per person and round of pricing
NEAR = 30  # half points: pairs so little short of the prices are added too, which saves rounds
DEEP = 256  # people in one blossom, from which on the people stay as the blossoms lie, not by price
MANY = 50_000  # up to so many people the proof is completed, above one look at all pairs gives the bound
ALL_ROUNDS, ONE_ROUND = 12, 1


def solve_large(pool: Pool, rows: Ints, progress: Progress, tools: Tools | None = None) -> Plan:
    """Find the plan for many rows; its bound is proved over all legal pairs.

    Up to 50,000 people pricing goes on until the bound is reached.
    """
    tools = tools or compiled_tools()
    people, count = packed(pool, rows), len(rows)
    progress(f"Looking for everybody's best partners: {count * (count - 1) // 2:,} pairs.")
    few = count <= MANY
    most = CANDIDATES if few else CANDIDATES_OF_MANY
    edges = look(tools, people, held_against(people, np.zeros(count, np.int64)), most=most, lowest=-1).pairs
    if not len(edges):
        return planned(rows, np.full(count, -1), edges, bound=0, certificate="proved")
    bonus = int(edges[:, 2].max()) * (count // 2) + 1
    bound = FAR
    for _ in range(ALL_ROUNDS if few else ONE_ROUND):
        progress(f"Solving with {len(edges):,} pairs.")
        whole = solved(count, edges, bonus, tools.code)
        progress("Holding the prices against all pairs.")
        missing, excess = priced(tools, people, whole, bonus)
        plan = planned(rows, whole.mate, edges, bound=0, certificate="proved")
        bound = min(bound, whole.bound(bonus, excess))
        total, more = int(plan.scores.sum()), excess // (2 * bonus)
        plan = replace(plan, pairs_max=plan.pairs_max + more)
        progress(f"At most {100 * (bound - total) / bound:.6f} % below the best plan there is.")
        if not excess:
            break
        edges = np.unique(np.concatenate([edges, missing]), axis=0)
    return replace(plan, upper_bound=bound)


def solved(count: int, edges: Longs, bonus: int, code: Code) -> Wholes:
    """Solve on the edges, with a bonus for each pair."""
    lifted = edges + np.array([0, 0, bonus])
    return wholes(count, lifted, halves(count, lifted, code=code), code)


def priced(tools: Tools, people: Packed, whole: Wholes, bonus: int) -> tuple[Longs, int]:
    """Find the legal pairs worth more than the prices of their two and of the blossoms around both.

    And the sum of each row's greatest excess, doubled.
    """
    prices = whole.prices - bonus
    order = np.argsort(prices, kind="stable")
    alone = np.flatnonzero(whole.inside == 0)
    if np.diff(alone, prepend=-1).max(initial=0) > DEEP:
        order = whole.order
    place = np.empty_like(order)
    place[whole.order] = np.arange(len(order))
    people = reordered(people, order)
    held = held_against(people, prices[order], place[order], whole.inside)
    kept = look(tools, people, held, most=ADDED, lowest=-NEAR)
    pairs = kept.pairs
    ends = np.sort(order[pairs[:, :2]], axis=1)
    return np.column_stack([ends, pairs[:, 2]]), int(np.maximum(kept.excess[:, 0], 0).sum())


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
