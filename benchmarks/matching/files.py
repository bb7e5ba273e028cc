"""Files of made-up people for `antipode match`, and a check of what it wrote that shares no code with it.

`python -m benchmarks.matching.files make 20000 FOLDER` writes people.csv and history.csv;
`python -m benchmarks.matching.files check FOLDER` reads them and pairs.csv, and counts what is broken.
"""

import csv
import sys
from itertools import combinations
from pathlib import Path

from bot.matching import Applicant, Slot
from bot.matching.people_file import COLUMNS
from tests.matching.people import earlier_pairs, stream


DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def make(count: int, folder: Path, seed: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(COLUMNS)
        lines.writerows(cells(person) for person in stream(count, seed=seed))
    with (folder / "history.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("round", "a", "b"))
        lines.writerows((1, a, b) for a, b in earlier_pairs(count))


def cells(one: Applicant) -> tuple[object, ...]:
    several = [";".join(each) for each in (one.languages, one.interests, one.goals, one.platforms)]
    languages, interests, goals, platforms = several
    hours = " ".join(slot(each) for each in one.hours)
    facts = (one.id, one.country, one.zone, languages, interests, one.sector, one.stage, one.years)
    return (*facts, goals, hours, one.experience_wish, platforms)


def slot(one: Slot) -> str:
    return f"{DAYS[one.weekday]}{one.start:02}+{one.length}"


def check(folder: Path) -> None:
    with (folder / "people.csv").open(encoding="utf-8", newline="") as file:
        people = {
            row["id"]: (row["country"], set(row["languages"].split(";")), set(row["platforms"].split(";")))
            for row in csv.DictReader(file)
        }
    with (folder / "history.csv").open(encoding="utf-8", newline="") as file:
        met = {frozenset((row["a"], row["b"])) for row in csv.DictReader(file)}
    with (folder / "pairs.csv").open(encoding="utf-8", newline="") as file:
        groups = [[row[k] for k in "abc" if row[k]] for row in csv.DictReader(file)]
    names = [name for group in groups for name in group]
    broken = sum(
        people[one][0] == people[other][0]
        or not people[one][1] & people[other][1]
        or not people[one][2] & people[other][2]
        or frozenset((one, other)) in met
        for group in groups
        for one, other in combinations(group, 2)
    )
    twice = len(names) - len(set(names))
    print(f"{len(groups):,} groups, {len(names):,} people; twice: {twice}; broken: {broken}")


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[2]))
    else:
        check(Path(sys.argv[2]))
