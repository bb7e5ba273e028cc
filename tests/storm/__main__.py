"""`python -m tests.storm`: episodes until enough kills are done, as a table; exit code 0 when all is well."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from tests.storm.episode import Plan, play
from tests.storm.postgres import cluster


def main() -> int:
    """Play and print."""
    asked = argparse.ArgumentParser(prog="python -m tests.storm", description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--kills", type=int, default=40)
    asked.add_argument("--no-faults", action="store_true")
    asked.add_argument("--postgres", action="store_true", help="two replicas on PostgreSQL")
    asked.add_argument("--clocks", action="store_true", help="real weeks on a clock that goes wrong")
    asked.add_argument("--keep", type=Path, help="a folder for the logs and the database")
    given = asked.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # whatever runs is stopped on the way out
    began = time.monotonic()

    def tell(words: str) -> None:
        sys.stdout.write(f"{time.monotonic() - began:6.1f} s  {words}\n")
        sys.stdout.flush()

    with tempfile.TemporaryDirectory(prefix="antipode-storm-") as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        with cluster() if given.postgres else nullcontext() as ground:
            plan = Plan(
                given.seed, given.kills, faults=not given.no_faults, cluster=ground, clocks=given.clocks
            )
            found = play(plan, folder, tell)
    sys.stdout.write("".join(f"{name:<45} {value}\n" for name, value in found.figures.items()))
    sys.stdout.write("".join(f"WRONG: {sentence}\n" for sentence in found.wrong))
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
