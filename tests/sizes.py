"""Checks what a reader relies on: no file over 300 lines, no unfinished marks. Run by `make check`."""

import re
import sys
from pathlib import Path


ROOT = Path(__file__).parent.parent
FOLDERS = ("bot", "adapters", "scheduler", "storage", "tests", "benchmarks")
MOST_LINES = 300
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")


def complaints() -> list[str]:
    """Give a line for every file that is too long or says that it is not finished."""
    found = []
    for file in sorted(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        name = file.relative_to(ROOT)
        if len(text.splitlines()) > MOST_LINES:
            found.append(f"{name}: {len(text.splitlines())} lines; {MOST_LINES} are the most")
        if UNFINISHED.search(text) and file != Path(__file__):
            found.append(f"{name}: has an unfinished mark")
    return found


if __name__ == "__main__":
    for complaint in complaints():
        print(complaint)  # noqa: T201 - a command's answer
    sys.exit(1 if complaints() else 0)
