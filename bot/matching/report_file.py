"""The files `antipode match` writes: pairs, report, scores; all of them or none."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from bot.matching.columns import Ints
from bot.matching.finish import ManyPairs
from bot.matching.model import Matching, Pair, Report
from bot.matching.pool import Pool
from bot.matching.words import in_short


FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets run (OWASP, CSV injection)
HEADING = ("pair", "a", "b", "c", "score", "reasons")


def guarded(cell: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def pairs_csv(matching: Matching) -> Iterator[str]:
    """Give the lines of pairs.csv."""
    yield _line(HEADING)
    for number, (members, score, reasons) in enumerate(_rows(matching.pairs), start=1):
        yield _line((str(number), *map(guarded, (*members, "")[:3]), str(score), guarded(reasons)))


def _rows(pairs: Sequence[Pair]) -> Iterator[tuple[tuple[str, ...], int, str]]:
    if isinstance(pairs, ManyPairs):
        return pairs.in_short()
    return ((pair.members, pair.score, in_short(pair)) for pair in pairs)


def scores_csv(pool: Pool, table: Ints) -> Iterator[str]:
    """Give the lines of scores.csv: every legal pair with its score, by id.

    The table is over all the pool's rows.
    """
    order = sorted(range(len(pool)), key=lambda row: pool.ids[row])
    names = [_line((guarded(pool.ids[row]),))[:-1] for row in order]
    ordered = table[np.ix_(order, order)]
    yield "a,b,score\n"
    for place, name in enumerate(names):
        later = ordered[place, place + 1 :]
        columns = np.flatnonzero(later >= 0)
        rest = names[place + 1 :]
        yield "".join(
            f"{name},{rest[k]},{score}\n"
            for k, score in zip(columns.tolist(), later[columns].tolist(), strict=True)
        )


def report_json(report: Report, matching: Matching, more: dict[str, object]) -> str:
    """Give report.json: the report's fields with `unplaced` as a list, and what else was measured."""
    unplaced = [
        {"id": each.id, "rule": each.rule, "why": each.why, "help": each.help} for each in matching.unplaced
    ]
    return json.dumps({**asdict(report), "unplaced": unplaced, **more}, indent=2, ensure_ascii=False) + "\n"


def write_all(files: dict[Path, Iterable[str]]) -> None:
    """Write several files; none appears before all are complete. Raises OSError with nothing left behind."""
    waiting: list[tuple[str, Path]] = []
    try:
        for path, lines in files.items():
            with NamedTemporaryFile(
                "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
            ) as file:
                waiting.append((file.name, path))
                file.writelines(lines)
        for name, path in waiting:
            Path(name).chmod(0o644)
            Path(name).replace(path)
    except BaseException:
        for name, _ in waiting:
            Path(name).unlink(missing_ok=True)
        raise


def _line(cells: tuple[str, ...]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
