"""What is done for the worst pairs, and its price: `python -m benchmarks.matching.fairness 2200`.

The curve of several exponents, and a floor: the greatest total with no pair below the highest floor at which
as many people are placed.
"""

import sys

import numpy as np

from bot.matching import Rules, pair_up, pool_of
from bot.matching.columns import Ints
from bot.matching.exact import solve_table
from bot.matching.plan import score_table
from bot.matching.scoring import Scorer
from bot.matching.trios import everybody
from tests.matching.people import earlier_pairs, made_up


def main(size: int) -> None:
    people = made_up(size, seed=size)
    history = earlier_pairs(people)
    print("| way | total of the fits | worst | 1st percentile | 5th percentile | median |")
    print("| --- | --- | --- | --- | --- | --- |")
    for power in (1, 2, 3, 4):
        matching = pair_up(people, met_before=history, seed=1, rules=Rules(fairness=power))
        tell(f"exponent {power}", sorted(pair.fit for pair in matching.pairs))
    pool = pool_of(people, met_before=history, seed=1, rules=Rules(fairness=1))
    tell("highest floor, then the total", above_a_floor(score_table(Scorer(pool), everybody(pool))))


def above_a_floor(table: Ints) -> list[int]:
    """Give the fits of the best plan above the highest floor that leaves nobody out."""
    most, possible, too_high = solve_table(table).pairs, 0, 10_001
    while too_high - possible > 1:
        middle = (possible + too_high) // 2
        enough = solve_table(np.where(table >= middle, table, -1)).pairs == most
        possible, too_high = (middle, too_high) if enough else (possible, middle)
    found = solve_table(np.where(table >= possible, table, -1))
    placed = np.flatnonzero(found.mate > np.arange(len(table)))
    return sorted(table[placed, found.mate[placed]].tolist())


def tell(way: str, fits: list[int]) -> None:
    picked = [fits[(len(fits) - 1) * percent // 100] for percent in (0, 1, 5, 50)]
    print(f"| {way} | {sum(fits):,} | {' | '.join(f'{fit:,}' for fit in picked)} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_200)
