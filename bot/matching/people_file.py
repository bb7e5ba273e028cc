"""The CSV files of `antipode match`: read whole and refused whole, with file, line and reason."""

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.matching.model import Applicant, Slot, Wish
from bot.matching.places import COUNTRIES


class Lines(Protocol):
    """What csv.reader gives: rows of cells, and how far it has come."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]:
        """Give the rows."""
        ...

    def __next__(self) -> list[str]:
        """Give the next row."""
        ...


COLUMNS = (
    "id",
    "country",
    "timezone",
    "languages",
    "interests",
    "library_type",
    "role",
    "years",
    "goals",
    "hours_local",
    "experience_wish",
    "platforms",
)
OPTIONAL = ("priority", "wishes")
WISHES = ("any", "similar", "different")
_DAYS = {name: day for day, name in enumerate(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"))}
_SLOT = re.compile(r"(Mo|Tu|We|Th|Fr|Sa|Su)(\d\d)\+(\d{1,2})")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class BadFile(ValueError):
    """A file cannot be used: `path`, `line` (1 is the heading, 0 the file itself) and `reason`."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")
        self.path, self.line, self.reason = path, line, reason


def read_people(path: Path) -> Iterator[Applicant]:
    """Give the applicants of a file one after the other; raises BadFile at the first line that is wrong."""
    seen: set[str] = set()
    for line, row in _rows(path, COLUMNS, OPTIONAL):
        try:
            applicant = _applicant(row)
        except ValueError as error:
            raise BadFile(path, line, str(error)) from error
        if applicant.id in seen:
            raise BadFile(path, line, f"the id {applicant.id!r} comes twice")
        seen.add(applicant.id)
        yield applicant


def read_pairs(path: Path, *, columns: tuple[str, ...] = ("a", "b")) -> list[tuple[str, str]]:
    """Give the pairs of a history or blocks file; raises BadFile."""
    pairs = []
    for line, row in _rows(path, columns, ()):
        if not row["a"] or not row["b"]:
            raise BadFile(path, line, "both a and b need an id")
        pairs.append((row["a"], row["b"]))
    return pairs


def _rows(
    path: Path, needed: tuple[str, ...], optional: tuple[str, ...]
) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _checked(path, csv.reader(file, strict=True), needed, optional)
    except OSError as error:
        raise BadFile(path, 0, f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise BadFile(path, 0, f"is not UTF-8 text (byte {error.start})") from error


def _checked(
    path: Path, reader: Lines, needed: tuple[str, ...], optional: tuple[str, ...]
) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        heading = [name.strip() for name in next(reader, [])]
        missing = [name for name in needed if name not in heading]
        if missing:
            raise BadFile(path, 1, f"the column {', '.join(missing)} is missing")
        if len(set(heading)) != len(heading):
            raise BadFile(path, 1, "a column comes twice")
        wanted = [name for name in (*needed, *optional) if name in heading]
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(heading):
                raise BadFile(
                    path, reader.line_num, f"{len(cells)} cells where the heading has {len(heading)}"
                )
            row = dict(zip(heading, cells, strict=True))
            yield reader.line_num, {name: row[name].strip() for name in wanted}
    except csv.Error as error:
        raise BadFile(path, reader.line_num, f"is not CSV ({error})") from error


def _applicant(row: dict[str, str]) -> Applicant:
    if not row["id"]:
        raise ValueError("the id is empty")
    if row["country"] not in COUNTRIES:
        raise ValueError(f"{row['country']!r} is no country (ISO 3166 alpha-2)")
    if not _is_zone(row["timezone"]):
        raise ValueError(f"{row['timezone']!r} is no time zone (IANA)")
    if row["experience_wish"] not in WISHES:
        raise ValueError(f"experience_wish is any, similar or different, not {row['experience_wish']!r}")
    platforms = _several(row["platforms"])
    if not platforms:
        raise ValueError("no platform is named")
    return Applicant(
        id=row["id"],
        country=row["country"],
        zone=row["timezone"],
        languages=_languages(row["languages"]),
        interests=_several(row["interests"]),
        sector=row["library_type"],
        stage=row["role"],
        years=_number("years", row["years"]) if row["years"] else None,
        goals=_several(row["goals"]),
        hours=_slots(row["hours_local"]),
        experience_wish=row["experience_wish"],
        wishes=_wishes(row.get("wishes", "")),
        platforms=platforms,
        priority=_number("priority", row.get("priority") or "0"),
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


@lru_cache(maxsize=4096)
def _languages(cell: str) -> tuple[str, ...]:
    codes = _several(cell)
    wrong = next((code for code in codes if not _LANGUAGE.fullmatch(code)), None)
    if wrong is not None or not codes:
        raise ValueError(f"{wrong!r} is no language code (ISO 639-1)" if codes else "no language is named")
    return codes


def _number(name: str, cell: str) -> int:
    if not re.fullmatch(r"\d{1,4}", cell, re.ASCII):
        raise ValueError(f"{name} is a whole number, not {cell!r}")
    return int(cell)


def _slots(cell: str) -> tuple[Slot, ...]:
    return tuple(_slot(part) for part in cell.replace(";", " ").split())


@lru_cache(maxsize=65536)
def _slot(part: str) -> Slot:
    found = _SLOT.fullmatch(part)
    if not found or int(found[2]) > 23 or not 1 <= int(found[3]) <= 24:
        raise ValueError(f"{part!r} is no free time such as Mo09+2 (Monday from 09:00, two hours)")
    return Slot(_DAYS[found[1]], int(found[2]), int(found[3]))


def _wishes(cell: str) -> tuple[Wish, ...]:
    return tuple(_wish(part) for part in _several(cell))


def _wish(part: str) -> Wish:
    about, _, value = part.partition("=")
    if about not in _ABOUT or not value:
        raise ValueError(f"{part!r} is no wish such as continent=AF or sector=same")
    return Wish(about, value)


_ABOUT = ("sector", "stage", "seniority", "continent", "region", "country", "language", "interest", "goal")


@lru_cache(maxsize=1024)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
        return False
    return True
