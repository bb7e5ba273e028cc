"""What the curve of fairness does to the worst pairs: `python -m benchmarks.matching.fairness 2200`."""

import sys

from bot.matching import Rules, pair_up
from tests.matching.people import earlier_pairs, made_up


def main(size: int) -> None:
    people = made_up(size, seed=size)
    print("| exponent | total of the fits | worst | 1st percentile | 5th percentile | median |")
    print("| --- | --- | --- | --- | --- | --- |")
    for power in (1, 2, 3, 4):
        matching = pair_up(people, met_before=earlier_pairs(people), seed=1, rules=Rules(fairness=power))
        fits = sorted(pair.fit for pair in matching.pairs)
        count = len(fits)
        picked = [fits[(count - 1) * percent // 100] for percent in (0, 1, 5, 50)]
        print(f"| {power} | {sum(fits):,} | {' | '.join(f'{fit:,}' for fit in picked)} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_200)
