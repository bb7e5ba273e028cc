"""What a tick with nothing due costs among 100,000 people and 50,000 partnerships, and a look at the metrics.

`python -m benchmarks.tick_cost [people]`. A tick asks what is due and finds nothing; the sender asks, too.
The plans are SQLite's own: no table may be scanned. The memory is read before and after ten thousand of them.

Goals: a tick under 20 ms, no scan of a table, memory flat.
"""

import asyncio
import os
import statistics
import sys
import time
from pathlib import Path

from adapters.clock import VirtualClock
from adapters.metrics import as_text
from bot.app import Bot
from bot.entry.meter import Meter
from bot.entry.watch import Watch
from bot.texts import load_program
from storage import StoreImplementation, open_store
from storage.quick import QUERIES
from tests.storage.crowd import crowd
from tests.storage.given import NOW, claimed


PEOPLE = 100_000
TIMES = 10_000
#: What is small, and what is left of a statement without a table.
SMALL = ("round", "directors_room", "lease", "dead_letter", "CONSTANT", "json_each")


def resident() -> float:
    """Give the MiB of memory this process has."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def plans(store: StoreImplementation) -> list[str]:
    """Give every step of the plans of what was asked."""
    steps: list[str] = []
    async with store.database.reading() as connection:
        for query in list(QUERIES.values()):
            asked = f"EXPLAIN QUERY PLAN {query.text}"
            found = await connection.exec_driver_sql(asked, tuple(None for _ in query.names))
            steps += [str(step.detail) for step in found]
    return sorted(set(steps))


async def measure(people: int) -> bool:
    store = open_store("sqlite://")
    try:
        await store.migrate()
        await crowd(store, people)
        QUERIES.clear()
        clock = VirtualClock(NOW)
        bot, watch = Bot(store, load_program(), clock), Watch(store, Meter(), clock.now, ("telegram",))
        spans = []
        for _ in range(200):
            began = time.perf_counter()
            assert await bot.tick() == 0
            assert await claimed(store) == []
            spans.append(1000 * (time.perf_counter() - began))
        as_text(await watch.families())  # imports what it needs
        began = time.perf_counter()
        as_text(await watch.families())
        scrape = 1000 * (time.perf_counter() - began)
        steps = await plans(store)
        before = resident()
        for _ in range(TIMES):
            await bot.tick()
        grown = resident() - before
    finally:
        await store.close()
    scans = [step for step in steps if step.startswith("SCAN") and not any(word in step for word in SMALL)]
    tables = [step for step in scans if "INDEX" not in step]
    print("| a tick with nothing due | measured |")
    print("| --- | --- |")
    print(f"| {people:,} people, {people // 2:,} partnerships | median {statistics.median(spans):.2f} ms,"
          f" the first {spans[0]:.1f} ms, longest of 199 after it {max(spans[1:]):.1f} ms |")  # fmt: skip
    print(f"| a look at the metrics | {scrape:.0f} ms |")
    print(f"| tables scanned | {len(tables)} {tables} |")
    print(f"| memory after {TIMES:,} ticks | {grown:+.1f} MiB |")
    print("\n".join(["", "The plans:", *(f"    {step}" for step in steps)]))
    return statistics.median(spans) < 20 and not tables and grown < 2


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)) else 1)
