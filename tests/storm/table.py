"""The episodes that were played, kept as lines of JSON, and the table of them."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


#: Figures of which the largest counts, not the sum.
LARGEST = frozenset({"most repeats of one kill", "longest of those, ms"})


@dataclass(frozen=True, slots=True)
class Done:
    """One episode."""

    kind: str
    seed: int
    figures: Counter[str]
    wrong: tuple[str, ...]


class Kept:
    """The folder in which episodes are kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "episodes.jsonl"
        folder.mkdir(parents=True, exist_ok=True)

    def done(self, kind: str = "") -> list[Done]:
        """Give the episodes of a kind, or all."""
        lines = self.file.read_text(encoding="utf-8").splitlines() if self.file.exists() else []
        read = [json.loads(line) for line in lines]
        return [
            Done(each["kind"], each["seed"], Counter(each["figures"]), tuple(each["wrong"]))
            for each in read
            if kind in ("", each["kind"])
        ]

    def next_seed(self, kind: str) -> int:
        """Give the first seed that was not played."""
        return max((each.seed for each in self.done(kind)), default=0) + 1

    def add(self, done: Done) -> None:
        """Keep an episode."""
        line = {"kind": done.kind, "seed": done.seed, "figures": done.figures, "wrong": done.wrong}
        with self.file.open("a", encoding="utf-8") as opened:
            opened.write(json.dumps(line) + "\n")

    def forget(self, kind: str | None) -> None:
        """Forget the episodes of a kind, or all."""
        left = [each for each in self.done() if kind and each.kind != kind]
        self.file.unlink(missing_ok=True)
        for each in left:
            self.add(each)

    def copy(self, folder: Path, name: str) -> None:
        """Keep an episode's logs and database, to look into."""
        shutil.copytree(folder, self.folder / name, dirs_exist_ok=True)


def table(done: Sequence[Done], kinds: Sequence[str]) -> str:
    """Give the figures of each kind beside each other."""
    columns = {kind: _together([each for each in done if each.kind == kind]) for kind in kinds}
    names = list(dict.fromkeys(name for column in columns.values() for name in column))
    widths = {kind: max(len(kind) + 2, 12) for kind in kinds}
    lines = [f"{'':<45}" + "".join(f"{kind:>{width}}" for kind, width in widths.items())]
    for name in names:
        values = ((str(columns[kind].get(name, "-")), width) for kind, width in widths.items())
        lines.append(f"{name:<45}" + "".join(f"{value:>{width}}" for value, width in values))
    return "\n".join(lines)


def _together(done: Sequence[Done]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in done:
        for name, value in each.figures.items():
            before = found.get(name, 0)
            found[name] = max(before, value) if name in LARGEST else before + value
    return found
