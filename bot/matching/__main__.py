"""`python -m bot.matching`.

The same as `antipode match`, for trying it without the command line's other parts.
"""

import argparse
import sys
from pathlib import Path

from bot.matching.command import run_match


def main(arguments: list[str] | None = None) -> int:
    """Read the arguments and match."""
    parser = argparse.ArgumentParser(prog="python -m bot.matching")
    for name, needed in (("people", True), ("out", True), ("history", False), ("blocks", False)):
        parser.add_argument(f"--{name}", type=Path, required=needed)
    for name in ("report", "scores", "picture"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    return run_match(**vars(parser.parse_args(arguments)), progress=lambda line: print(line, file=sys.stderr))  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
