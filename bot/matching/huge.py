"""Programs of hundreds of thousands: close to the best plan, with a bound that a sample of people gives.

Everybody looks at the people of some blocks, first those whose wishes suit. The fractional optimum on the
best few of each gives pairs, a few odd rings and prices. Each ring is opened, and those over are paired with
each other, exactly. Then the prices are held against all pairs of some people (`bot.matching.sampled`).
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bot.matching.columns import Ints
from bot.matching.compiled import Tools, compiled_tools
from bot.matching.hours import WEEK
from bot.matching.kernels import HOURS, INTERESTS, KIND, WISHING, Packed, Words
from bot.matching.large import planned, solve_large
from bot.matching.looking import Kept, held_against, look
from bot.matching.packing import packed, reordered
from bot.matching.plan import Plan, Progress, silent
from bot.matching.planes import BLOCK
from bot.matching.pool import Pool
from bot.matching.sampled import CONFIDENCE, most_pairs, top_score, worth_of_all
from bot.matching.sparse import Longs, halves


MOST_PROVED = 250_000  # people; of more not all pairs are looked at
KEPT = 16  # best partners of everybody
MEETS = 2_048  # people whom everybody looks at, whoever they are
ALIKE = 12_288  # and of those who are free when they are
ENOUGH = 1_000  # one in so many may be left out of the fractional optimum, where the last ones cost most
HARD = 9  # in a hundred, who found the worst, look at everybody


def solve_huge(
    pool: Pool, rows: Ints, progress: Progress, tools: Tools | None = None, *, meets: int = MEETS
) -> Plan:
    """Find a plan for very many rows; its bound holds with the confidence of `bot.matching.sampled`."""
    tools = tools or compiled_tools()
    people, count = packed(pool, rows), len(rows)
    order = np.argsort(people.numbers[WISHING], kind="stable")
    rows, people = rows[order], reordered(people, order)
    progress(f"Everybody looks at {min(meets, count):,} of {count:,} people.")
    edges = candidates(tools, people, meets, progress)
    if not len(edges):
        return planned(rows, np.full(count, -1), edges, bound=0, certificate="proved")
    bonus = 4 * top_score(people)
    progress(f"Solving with {len(edges):,} pairs.")
    lifted = edges + np.array([0, 0, bonus])
    half = halves(count, lifted, code=tools.code, enough=count // ENOUGH)
    plan = planned(rows, half.mate, edges, bound=0, certificate="sampled")
    over = np.flatnonzero((half.mate < 0) & ~without_kin(people))
    progress(f"Pairing {len(over):,} people who are over.")
    if len(over) > 1:
        plan = joined(plan, solve_large(pool, rows[over], silent, tools))
    progress("Holding the prices against all pairs of some people.")
    worth = worth_of_all(tools, people, half.prices, bonus, seed=pool.seed)
    bound = -(-worth // 2) - bonus * len(plan.pairs)
    below = 100 * (bound - int(plan.scores.sum())) / max(bound, 1)
    progress(f"At most {below:.4f} % below the best plan there is, sure to {100 * CONFIDENCE:g} %.")
    return replace(plan, upper_bound=bound, pairs_max=most_pairs(people), confidence=CONFIDENCE)


def candidates(tools: Tools, people: Packed, meets: int, progress: Progress) -> Longs:
    """Give everybody's best partners among those whom they look at."""
    count = people.numbers.shape[1]
    nothing = held_against(people, np.zeros(count, np.int64))
    kept = look(tools, people, nothing, most=KEPT, lowest=-1, chosen=blocks_to_meet(people, meets))
    progress("Everybody looks at those who are free when they are.")
    meet_alike(tools, people, kept)
    able = np.flatnonzero(~without_kin(people))
    hardest = np.argsort(kept.scores[able, KEPT - 1], kind="stable")[: len(able) * HARD // 100]
    lonely = able[np.sort(hardest)]
    progress(f"{len(lonely):,} who found the least look at everybody.")
    return without_banned(people, with_more(kept.pairs, seen_by(tools, people, lonely, KEPT)))


def meet_alike(tools: Tools, people: Packed, kept: Kept) -> None:
    """Let everybody look at those who are free in two hours running in which they are free too."""
    hours = people.words[int(people.sheet[HOURS]) : int(people.sheet[INTERESTS])]
    for hour in range(WEEK):
        some = np.flatnonzero(free_at(hours, hour) & free_at(hours, (hour + 1) % WEEK))
        parts = -(-len(some) // ALIKE)
        for part in range(parts):  # each with people of all wishes
            look_within(tools, people, kept, some[part::parts])


def free_at(hours: Words, hour: int) -> NDArray[np.bool_]:
    """Say who is free in an hour of the week."""
    free: NDArray[np.bool_] = (hours[hour // 64] >> np.uint64(hour % 64)) & np.uint64(1) != 0
    return free


def look_within(tools: Tools, people: Packed, kept: Kept, some: Longs) -> None:
    """Let some people look at each other, where their wishes suit."""
    bans = np.full(len(some) + 1, len(some) + 1)
    part = people._replace(words=people.words.T[some].T, numbers=people.numbers.T[some].T, bans=bans)
    held = held_against(part, np.zeros(len(some), np.int64), names=some)
    found = Kept(kept.ids[some], kept.scores[some], kept.excess[some])
    look(tools, part, held, most=KEPT, lowest=-1, kept=found, chosen=suiting_blocks(part))
    kept.ids[some], kept.scores[some], kept.excess[some] = found.ids, found.scores, found.excess


def suiting_blocks(people: Packed) -> NDArray[np.bool_]:
    """Say in which blocks somebody can fulfil somebody's wishes as well as in any."""
    wishing = people.numbers[WISHING]
    ways = [np.unique(wishing[begin : begin + BLOCK]) for begin in range(0, len(wishing), BLOCK)]
    mine = [people.wishes[one].max(axis=0) for one in ways]
    best = np.array([[points[other].max() for other in ways] for points in mine])
    suiting: NDArray[np.bool_] = best >= best.max(axis=1, keepdims=True)
    return suiting


def without_banned(people: Packed, edges: Longs) -> Longs:
    """Leave out pairs that are kept apart by name."""
    count = people.numbers.shape[1]
    owner = np.repeat(np.arange(count), np.diff(people.bans[: count + 1]))
    banned = owner * count + people.bans[count + 1 :]
    kept: Longs = edges[~np.isin(edges[:, 0] * count + edges[:, 1], banned)]
    return kept


def seen_by(tools: Tools, people: Packed, rows: Longs, most: int) -> Longs:
    """Give the best partners of some rows among all people."""
    count = people.numbers.shape[1]
    order = np.concatenate([rows, np.delete(np.arange(count), rows)])
    again = reordered(people, order)
    nothing = held_against(again, np.zeros(count, np.int64))
    pairs = look(tools, again, nothing, most=most, lowest=-1, rows=len(rows)).pairs
    return np.column_stack([np.sort(order[pairs[:, :2]], axis=1), pairs[:, 2]])


def with_more(edges: Longs, more: Longs) -> Longs:
    """Give all pairs, each once, in order."""
    every = np.concatenate([edges, more])
    _, first = np.unique(every[:, 0] * (int(every[:, 1].max(initial=0)) + 1) + every[:, 1], return_index=True)
    return every[first]


def without_kin(people: Packed) -> NDArray[np.bool_]:
    """Say who can be paired with nobody, whoever is free."""
    lonely: NDArray[np.bool_] = (people.legal != 0).all(axis=1)[people.numbers[KIND]]
    return lonely


def blocks_to_meet(people: Packed, meets: int) -> NDArray[np.bool_]:
    """Say which blocks look at which: by chance, among the half that fulfils each other's wishes best."""
    wishing = people.numbers[WISHING]
    starts = range(0, len(wishing), BLOCK)
    share = np.array([np.bincount(wishing[k : k + BLOCK], minlength=len(people.wishes)) for k in starts])
    best = share @ people.wishes.astype(np.int64) @ share.T
    chance = mixed(np.arange(len(share) ** 2, dtype=np.uint64)).reshape(best.shape)
    worse = best < np.median(best, axis=1, keepdims=True)
    rank = np.argsort(np.lexsort((chance, worse), axis=1), axis=1)
    chosen: NDArray[np.bool_] = rank < -(-meets // BLOCK)
    return chosen


def mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Give numbers that look like chance, the same on every machine (S. Vigna's splitmix64)."""
    mix = (numbers + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mix = (mix ^ (mix >> np.uint64(shift))) * np.uint64(factor)
    return mix ^ (mix >> np.uint64(31))


def joined(one: Plan, other: Plan) -> Plan:
    """Give the pairs of both."""
    pairs, scores = np.concatenate([one.pairs, other.pairs]), np.concatenate([one.scores, other.scores])
    order = np.argsort(pairs[:, 0], kind="stable")
    return replace(one, pairs=pairs[order], scores=scores[order])
