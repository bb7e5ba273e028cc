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
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from tests.storm.episode import Plan, play
from tests.storm.life import Story, Tell
from tests.storm.postgres import cluster
from tests.storm.table import Done, Kept, table


#: What is played, what takes longest first: kinds of episode, and of how many kills (of 200).
KINDS = {
    "slack-postgresql": 200,
    "postgresql": 200,
    "sqlite": 200,
    "slack": 200,
    "clocks": 12,
    "hanging": 12,
    "polling": 20,
}
ON_POSTGRESQL = frozenset({"slack-postgresql", "postgresql", "polling", "hanging"})
#: Taking over takes half a week of the usual story, and much would come too late: these have longer weeks.
LONGER = frozenset({"slack-postgresql", "postgresql"})
#: So many kinds at once: each waits for most of its time.
AT_ONCE = 4
KEPT = Path(".storm")


def main() -> int:
    """Play what was not played yet and print the table."""
    asked = argparse.ArgumentParser(prog="python -m tests.storm", description=__doc__)
    asked.add_argument("--kind", choices=KINDS, help="only this kind of episode, in this process")
    asked.add_argument("--kills", type=int, default=200, help="kills of each database")
    asked.add_argument("--at-once", type=int, default=AT_ONCE, help="so many kinds side by side")
    asked.add_argument("--again", action="store_true", help="forget what was played before")
    asked.add_argument("--keep", type=Path, default=KEPT, help="the folder of results, logs and databases")
    asked.add_argument(
        "--part", action="store_true", help=argparse.SUPPRESS
    )  # of a run that prints the table
    given = asked.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # whatever runs is stopped on the way out
    kept = Kept(given.keep)
    if given.again:
        kept.forget(given.kind)
    if given.kind:
        code = _play_kind(given.kind, given.kills * KINDS[given.kind] // 200, kept)
        return code if given.part else max(code, _told(kept.done(given.kind), [given.kind]))
    began = time.monotonic()
    words = [sys.executable, "-m", "tests.storm", "--part", "--kills", str(given.kills)]
    words += ["--keep", str(given.keep)]
    codes = _side_by_side([[*words, "--kind", kind] for kind in KINDS], given.at_once)
    say(f"{time.monotonic() - began:.0f} s")
    told = _told(kept.done(), list(KINDS))
    return 1 if any(codes) else told


def _told(done: Sequence[Done], kinds: Sequence[str]) -> int:
    """Print the table and what was wrong; gives the exit code."""
    say(table(done, kinds))
    say(f"{len(done)} episodes")
    for each in done:
        for sentence in each.wrong:
            say(f"WRONG ({each.kind}, seed {each.seed}): {sentence}")
    return 1 if any(each.wrong for each in done) else 0


def say(words: str) -> None:
    """Write a line."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def _side_by_side(orders: list[list[str]], at_once: int) -> list[int]:
    """Run programs, so many at once, and give their exit codes; whoever stops us stops them."""
    waiting, running, codes = list(orders), list[subprocess.Popen[bytes]](), list[int]()
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                running.append(subprocess.Popen(waiting.pop(0)))
            time.sleep(0.2)
            codes += [each.returncode for each in running if each.poll() is not None]
            running = [each for each in running if each.returncode is None]
    finally:
        for each in running:
            each.terminate()
    return codes


def _play_kind(kind: str, kills: int, kept: Kept) -> int:
    began = time.monotonic()
    while (left := kills - sum(each.figures["kills"] for each in kept.done(kind))) > 0:
        seed = kept.next_seed(kind)

        def tell(words: str, seed: int = seed) -> None:
            say(f"{time.monotonic() - began:6.1f} s  {kind} {seed}: {words}")

        with tempfile.TemporaryDirectory(prefix="antipode-storm-") as folder:
            with cluster() if kind in ON_POSTGRESQL else nullcontext() as ground:
                story = Story(pace=24.0) if kind in LONGER else Story()
                done = _played(Plan(seed, left, story=story, cluster=ground, kind=kind), Path(folder), tell)
            if done.wrong:
                kept.copy(Path(folder), f"{kind}-{seed}")
        kept.add(done)
        tell(f"{done.figures['kills']} kills; {'; '.join(done.wrong) or 'all is well'}")
        if not done.figures:
            return 1
    return 0


def _played(plan: Plan, folder: Path, tell: Tell) -> Done:
    """Play an episode; one that did not come to its end is wrong, too, and has no figures."""
    try:
        found = play(plan, folder, tell)
    except AssertionError as stuck:
        return Done(plan.kind, plan.seed, Counter(), (f"it did not come to its end: {stuck}"[:2000],))
    return Done(plan.kind, plan.seed, found.figures, tuple(found.wrong))


if __name__ == "__main__":
    sys.exit(main())
