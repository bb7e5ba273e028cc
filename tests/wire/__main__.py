"""`python -m tests.wire`: a round with thirty people, as a table; exit code 1 when something is wrong."""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.telegram_server import TelegramServer
from tests.wire.scenario import Scenario, play


def main() -> int:
    """Play it and print what came of it."""
    asked = argparse.ArgumentParser(prog="python -m tests.wire", description=__doc__)
    asked.add_argument("--people", type=int, default=30, help="an even number, at most 30")
    asked.add_argument("--weeks", type=int, default=16)
    asked.add_argument("--pace", type=float, default=20.0, help="seconds a week lasts")
    given = asked.parse_args()
    os.environ["PTB_TIMEDELTA"] = "1"
    began = time.monotonic()

    def tell(words: str) -> None:
        sys.stdout.write(f"{time.monotonic() - began:6.1f} s  {words}\n")
        sys.stdout.flush()

    scenario = Scenario(people=given.people, weeks=given.weeks, pace=given.pace)
    folder = tempfile.TemporaryDirectory(prefix="antipode-wire-")
    with folder as path, TelegramServer().in_thread() as server:
        figures = play(server, Path(path), scenario, tell)
    sys.stdout.write("".join(f"{name:<30} {value}\n" for name, value in figures.table))
    sys.stdout.write("".join(f"WRONG: {sentence}\n" for sentence in figures.wrong))
    return 1 if figures.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
