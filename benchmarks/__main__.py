"""Runs every benchmark that is quick, each in a process of its own: `make bench`.

`python -m benchmarks --large` adds matching's large sizes and 1,100 rooms on Slack (minutes); `peers` and
`fairness` of matching run by name.
"""

import argparse
import subprocess
import sys


QUICK = {
    "reading_cost": (),
    "look_cost": (),
    "storage_cost": (),
    "tick_cost": (),
    "starting": (),
    "sending": ("1100", "2000"),
    "receiving": ("20",),
    "slack_presses": ("50", "10"),
    "day": ("4",),
    "matching.sizes": ("400", "2200"),
}
LARGE = {
    "matching.sizes": ("20000", "100000"),
    "slack_rooms": ("1100",),
    "receiving": ("60",),
    "sending": (),
    "day": (),
}


def main() -> int:
    """Print the tables; gives how many benchmarks failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--large", action="store_true", help="also the sizes that take minutes")
    wanted = [*QUICK.items(), *(LARGE.items() if parser.parse_args().large else ())]
    return sum(run(name, words) for name, words in wanted)


def run(name: str, words: tuple[str, ...]) -> bool:
    """Run one, its table printed as it grows; gives whether it failed."""
    print(f"\n## {' '.join((name, *words))}\n", flush=True)
    return bool(subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *words], check=False).returncode)


if __name__ == "__main__":
    sys.exit(main())
