"""`python -m tests.wire_slack`: a round with thirty people as a table; exit code 1 when one is wrong."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.slack_server import Limits, SlackServer
from tests.wire_slack.scenario import Scenario, play


MANIFEST = Path(__file__).parents[2] / "slack-manifest.json"


def main() -> int:
    """Play it in each mode that was asked for and print what came of it."""
    asked = argparse.ArgumentParser(prog="python -m tests.wire_slack", description=__doc__)
    asked.add_argument("--people", type=int, default=30, help="an even number, at most 30")
    asked.add_argument("--weeks", type=int, default=16)
    asked.add_argument("--pace", type=float, default=20.0, help="seconds a week lasts")
    asked.add_argument("--speed", type=float, default=6.0, help="how many times shorter Slack's windows are")
    asked.add_argument("--mode", choices=("socket", "http", "both"), default="both")
    given = asked.parse_args()
    modes = ("socket", "http") if given.mode == "both" else (given.mode,)
    return max(_played(given, mode) for mode in modes)


def _played(given: argparse.Namespace, mode: str) -> int:
    began = time.monotonic()

    def tell(words: str) -> None:
        sys.stdout.write(f"{time.monotonic() - began:6.1f} s  {words}\n")
        sys.stdout.flush()

    scenario = Scenario(
        people=given.people, weeks=given.weeks, pace=given.pace, speed=given.speed, http=mode == "http"
    )
    folder = tempfile.TemporaryDirectory(prefix="antipode-wire-slack-")
    with folder as path, SlackServer(MANIFEST, limits=Limits(speed=given.speed)).in_thread() as server:
        figures = play(server, Path(path), scenario, tell)
    sys.stdout.write("".join(f"{name:<30} {value}\n" for name, value in figures.table))
    sys.stdout.write("".join(f"WRONG: {sentence}\n" for sentence in figures.wrong))
    return 1 if figures.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
