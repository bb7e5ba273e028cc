"""Time, memory and proof over the sizes: `python -m benchmarks.matching.sizes 400 2200 20000 100000`.

Each size has a process of its own, so that the most memory is its own, too.
"""

import resource
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import perf_counter, process_time

from bot.matching.engine import planned_pool
from bot.matching.finish import finished
from bot.matching.large import warm_up
from bot.matching.plan import LARGEST_TABLE
from bot.matching.pool import pool_of
from tests.matching.people import earlier_pairs, stream


HEADING = (
    "people",
    "placed",
    "of at most",
    "total",
    "gap %",
    "seconds",
    "of processors",
    "µs a person",
    "peak MB",
)


def main(sizes: list[int]) -> None:
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as processes:
        if max(sizes) > LARGEST_TABLE:
            began = perf_counter()
            processes.submit(warm_up).result()
            seconds = perf_counter() - began
            print(f"Compiled in {seconds:.1f} s, once a machine; not counted below.", file=sys.stderr)
        print(f"| {' | '.join(HEADING)} |")
        print("| --- " * len(HEADING) + "|")
        for size in sizes:
            print(processes.submit(measured, size).result(), flush=True)


def measured(size: int) -> str:
    history = earlier_pairs(size)
    began, busy = perf_counter(), process_time()
    pool = pool_of(stream(size, seed=size), met_before=history, seed=1)
    plan = planned_pool(
        pool, progress=lambda line: print(f"{perf_counter() - began:.2f} {line}", file=sys.stderr)
    )
    told = finished(pool, plan, began).report
    seconds, busy = perf_counter() - began, process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return (
        f"| {size:,} | {told.placed:,} | {told.placed_max:,} | {told.total:,} | {told.gap_percent:.6f} "
        f"| {seconds:.2f} | {busy:.2f} | {1e6 * busy / size:.0f} | {peak:,} |"
    )


if __name__ == "__main__":
    main([int(word.replace(",", "")) for word in sys.argv[1:]] or [400, 2_200, 20_000])
