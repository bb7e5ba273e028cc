"""`python -m tests.storm`: episodes until enough kills are done, as a table; exit code 0 when all is well.

An episode that is done is kept in `.storm/`, so a run that was stopped goes on with the next seed.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from tests.storm.episode import Plan, play
from tests.storm.postgres import cluster
from tests.storm.table import Done, Kept, table


#: What is played: kinds of episode, and of how many kills (of 200).
KINDS = {"sqlite": 200, "postgresql": 200, "slack": 60, "polling": 20, "hanging": 12, "clocks": 12}
ON_POSTGRESQL = frozenset({"postgresql", "polling", "hanging"})
#: So few kills that are missing are not worth another episode.
FEW = 4
KEPT = Path(".storm")


def main() -> int:
    """Play what was not played yet and print the table."""
    asked = argparse.ArgumentParser(prog="python -m tests.storm", description=__doc__)
    asked.add_argument("--kind", choices=KINDS, help="only this kind of episode, in this process")
    asked.add_argument("--kills", type=int, default=200, help="kills of each database")
    asked.add_argument("--again", action="store_true", help="forget what was played before")
    asked.add_argument("--keep", type=Path, default=KEPT, help="the folder of results, logs and databases")
    given = asked.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # whatever runs is stopped on the way out
    kept = Kept(given.keep)
    if given.again:
        kept.forget(given.kind)
    if given.kind:
        return _play_kind(given.kind, given.kills * KINDS[given.kind] // 200, kept)
    began = time.monotonic()
    words = [sys.executable, "-m", "tests.storm", "--kills", str(given.kills), "--keep", str(given.keep)]
    codes = [process.wait() for process in [subprocess.Popen([*words, "--kind", kind]) for kind in KINDS]]
    done = kept.done()
    say(table(done, list(KINDS)))
    say(f"{time.monotonic() - began:.0f} s, {len(done)} episodes")
    for each in done:
        for sentence in each.wrong:
            say(f"WRONG ({each.kind}, seed {each.seed}): {sentence}")
    return 1 if any(codes) or any(each.wrong for each in done) else 0


def say(words: str) -> None:
    """Write a line."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def _play_kind(kind: str, kills: int, kept: Kept) -> int:
    began = time.monotonic()
    while (left := kills - sum(each.figures["kills"] for each in kept.done(kind))) > FEW:
        seed = kept.next_seed(kind)

        def tell(words: str, seed: int = seed) -> None:
            say(f"{time.monotonic() - began:6.1f} s  {kind} {seed}: {words}")

        with tempfile.TemporaryDirectory(prefix="antipode-storm-") as folder:
            with cluster() if kind in ON_POSTGRESQL else nullcontext() as ground:
                plan = Plan(seed, left, cluster=ground, kind=kind)
                found = play(plan, Path(folder), tell)
            if found.wrong:
                kept.copy(Path(folder), f"{kind}-{seed}")
        kept.add(Done(kind, seed, found.figures, tuple(found.wrong)))
        tell(f"{found.figures['kills']} kills; {'; '.join(found.wrong) or 'all is well'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
