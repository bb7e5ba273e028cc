"""What a start costs: seconds until `antipode run` is ready, by the clock and of the processor; its memory.

`python -m benchmarks.starting [starts]`. The bot is the real process against the tests' strict server, on a
database that has its schema, as every start but the first finds it. Ready is when /readyz says so.

Goals: ready in 2 s, 150 MiB resident.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import httpx

from tests.telegram_server import TelegramServer
from tests.wire.process import BotProcess


STARTS = 5
#: Seconds the bot is left alone before its memory is read.
SETTLES = 2.0


def resident(pid: int) -> float:
    """Give the MiB of memory a process has."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def ready(bot: BotProcess) -> tuple[float, float]:
    """Start it; give the seconds until /readyz says that it is ready, and those of the processor."""
    began = time.perf_counter()
    bot.start()
    bot.wait_until_running()
    with httpx.Client(base_url=f"http://127.0.0.1:{bot.health_port}", trust_env=False, timeout=5) as client:
        while client.get("/readyz").status_code != 200:
            time.sleep(0.02)
    return time.perf_counter() - began, worked(bot.pid)


def worked(pid: int) -> float:
    """Give the seconds a process had of the processor: other programs share the machine."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def imports() -> list[tuple[float, str]]:
    """Give the slowest of what `antipode run` imports, in ms of their own."""
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import bot.entry.run"],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    lines = [line.split("|") for line in told.splitlines() if line.count("|") == 2 and "[us]" not in line]
    return sorted(((int(own.split(":")[1]) / 1000, name.strip()) for own, _, name in lines), reverse=True)


def main() -> int:
    starts = int(sys.argv[1]) if len(sys.argv) > 1 else STARTS
    spans, work, memory = [], [], []
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="antipode-starting-"))
        bot = BotProcess(stack.enter_context(TelegramServer().in_thread()), Path(folder))
        for number in range(starts + 1):
            span, worked_for = ready(bot)
            time.sleep(SETTLES)
            if number:  # the first makes the database
                spans.append(span)
                work.append(worked_for)
                memory.append(resident(bot.pid))
            bot.stop()
    print("| start | measured |")
    print("| --- | --- |")
    print(f"| ready | quickest {min(spans):.2f} s, median {statistics.median(spans):.2f} s |")
    print(f"| seconds of the processor until then | {min(work):.2f} |")
    print(f"| resident | {max(memory):.0f} MiB |")
    slow = ", ".join(f"{name} {own:.0f}" for own, name in imports()[:6])
    print(f"| slowest imports, ms of their own | {slow} |")
    return 0 if min(work) <= 2.0 and max(memory) <= 150 else 1


if __name__ == "__main__":
    sys.exit(main())
