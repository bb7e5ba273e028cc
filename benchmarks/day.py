"""A day of traffic on a virtual clock: whether the memory of a running bot grows.

`python -m benchmarks.day [messages a minute] [hours]`. The whole core, the storage and the sender live 24
hours on a time that jumps; 2,000 people write, looks are taken, everything is sent, the metrics are read each
minute.

Goal: no growth after the sixth hour (1 MiB is allowed: what malloc keeps goes up and down).
"""

import asyncio
import contextlib
import gc
import sys
from datetime import datetime, timedelta

from adapters.metrics import as_text
from adapters.recorded import RecordedChat
from benchmarks.tick_cost import resident
from benchmarks.virtual import LoopClock, run
from bot.app import Bot
from bot.entry.meter import Counted, Meter
from bot.entry.watch import Watch
from bot.events import Said, Sender
from bot.sender import Lane
from bot.texts import load_program
from storage import open_store


PEOPLE = 2000
HOURS = 24
#: MiB.
ALLOWED = 1.0
#: What people write: a help, an application that goes on and is given up, nonsense.
WORDS = ("/help", "/apply", "yes", "yes", "Ana", "Brazil", "/status", "blargh", "/cancel", "/privacy")


def said(number: int, now: datetime) -> Said:
    account = str(number % PEOPLE + 1)
    who, word = Sender(account, "Ana", language="en"), WORDS[number // PEOPLE % len(WORDS)]
    return Said(id=f"u{number}", platform="telegram", at=now, chat=account, sender=who, text=word)


async def day(minute: int, hours: int) -> list[float]:
    """Live so long; give the memory at the end of each hour."""
    store, clock = open_store("sqlite://"), LoopClock()
    await store.migrate()
    meter = Meter()
    counted = Counted(store, meter, clock.now, clock.monotonic)
    bot = Bot(counted, load_program(), clock)
    lane = Lane(RecordedChat(clock, "telegram", keep=False), counted, clock, bot.handle)
    watch = Watch(store, meter, clock.now, ("telegram",))
    awake = asyncio.Event()
    bot.sleepers.append(awake)
    sending = asyncio.create_task(lane.keep_delivering(awake))
    memory, number = [], 0
    for _ in range(hours):
        for _ in range(60):
            for _ in range(minute):
                await bot.handle([said(number, clock.now())])
                number += 1
            await bot.tick()
            as_text(await watch.families())
            await clock.sleep(timedelta(minutes=1))
        await store.tidy(clock.now(), timedelta(days=365))
        gc.collect()
        memory.append(resident())
    sending.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await sending
    await store.close()
    return memory


def main() -> int:
    minute = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    hours = int(sys.argv[2]) if len(sys.argv) > 2 else HOURS
    memory = run(day(minute, hours))
    shown = [hour for hour in (1, 3, 6, 12, 18, 24, 36, 48, 72) if hour <= hours]
    grown = max(memory[6:]) - memory[5]
    told = ", ".join(f"{memory[hour - 1]:.1f}" for hour in shown)
    print(f"| {hours} hours of traffic | measured |")
    print("| --- | --- |")
    print(f"| {minute * 60 * hours:,} messages; MiB after {', '.join(map(str, shown))} hours | {told} |")
    print(f"| growth from the sixth hour on, at its most | {grown:+.1f} MiB |")
    return 0 if grown < ALLOWED else 1


if __name__ == "__main__":
    sys.exit(main())
