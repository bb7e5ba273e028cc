"""What numbers cost: a look with nothing due, and a message, among 100,000 people and among 1,000 in one run.

`python -m benchmarks.look_cost [people …]`; the ratio is to the first of the sizes, on SQLite.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable

from storage import StoreImplementation, open_store
from tests.storage.crowd import crowd, hear, look


SIZES = (1_000, 100_000)
TIMES = 20

Deed = Callable[[StoreImplementation], Awaitable[int]]


async def main(sizes: tuple[int, ...] = SIZES) -> None:
    stores = {people: await filled(people) for people in sizes}
    print("| deed | people | ms | ratio |")
    print("| --- | --- | --- | --- |")
    for name, deed in (("a look with nothing due", look), ("a message", hear)):
        spans = await quickest(deed, stores)
        for people, span in spans.items():
            print(f"| {name} | {people:,} | {1000 * span:.2f} | {span / spans[sizes[0]]:.2f} |", flush=True)
    for store in stores.values():
        await store.close()


async def filled(people: int) -> StoreImplementation:
    store = open_store("sqlite://")
    await store.migrate()
    await crowd(store, people)
    return store


async def quickest(deed: Deed, stores: dict[int, StoreImplementation]) -> dict[int, float]:
    """Give the seconds of the quickest of many, in turns: other programs share the machine."""
    spans = dict.fromkeys(stores, float("inf"))
    for _ in range(TIMES):
        for people, store in stores.items():
            began = time.perf_counter()
            await deed(store)
            spans[people] = min(spans[people], time.perf_counter() - began)
    return spans


if __name__ == "__main__":
    asyncio.run(main(tuple(int(word) for word in sys.argv[1:]) or SIZES))
