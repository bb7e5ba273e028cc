"""`antipode match`: people in a file, pairs in a file."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

from bot.matching.baselines import greedy, random_legal
from bot.matching.engine import planned_pool
from bot.matching.finish import finished
from bot.matching.model import Matching
from bot.matching.people_file import BadFile, read_pairs, read_people
from bot.matching.picture import picture_svg
from bot.matching.plan import Plan, score_table
from bot.matching.pool import Pool, pool_of
from bot.matching.report_file import pairs_csv, report_json, scores_csv, write_all
from bot.matching.scoring import Scorer
from bot.matching.trios import everybody


MOST_SCORED = 5_000  # people for whom every legal pair is written: 12 million lines

Progress = Callable[[str], None]


def run_match(
    *,
    people: Path,
    history: Path | None = None,
    blocks: Path | None = None,
    seed: int = 1,
    out: Path,
    report: Path | None = None,
    scores: Path | None = None,
    picture: Path | None = None,
    progress: Progress,
) -> int:
    """Match the people of a file and write the result; give the exit code: 0, or 1 when a file was refused.

    `progress` is told each step, and the reason of a refusal, in one line. Nothing is written unless all
    is.
    """
    began = perf_counter()
    try:
        pool = _read(people, history, blocks, seed, progress)
    except BadFile as error:
        progress(f"Refused, nothing is written. {error}")
        return 1
    if scores is not None and len(pool) > MOST_SCORED:
        progress(
            f"Refused, nothing is written. --scores is for up to {MOST_SCORED:,} people; here {len(pool):,}."
        )
        return 1
    plan = planned_pool(pool, progress=progress)
    matching = finished(pool, plan, began)
    files: dict[Path, Iterable[str]] = {out: pairs_csv(matching)}
    measured = _measured(plan) if report or picture else {}
    if picture is not None:
        files[picture] = [picture_svg(matching, measured)]
    if scores is not None:
        table = plan.table if plan.table is not None else score_table(Scorer(pool), everybody(pool))
        files[scores] = scores_csv(pool, table)
    if report is not None:
        more: dict[str, object] = {"peak_rss_mb": peak_rss_mb(), "baselines": measured}
        files[report] = [report_json(matching.report, matching, more)]
    return _written(files, matching, progress)


def peak_rss_mb() -> float:
    """Give the most memory this process has had, in megabytes; 0 where the system does not tell."""
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)


def _read(people: Path, history: Path | None, blocks: Path | None, seed: int, progress: Progress) -> Pool:
    met = read_pairs(history, columns=("round", "a", "b")) if history else []
    blocked = read_pairs(blocks) if blocks else []
    progress(f"Reading {people}.")
    pool = pool_of(read_people(people), met_before=met, blocked=blocked, seed=seed)
    progress(f"{len(pool):,} people from {len(pool.countries)} countries.")
    return pool


def _measured(plan: Plan) -> dict[str, dict[str, int]]:
    """Say what simpler ways would have given; only where all scores are at hand."""
    if plan.table is None or not len(plan.table):
        return {}
    return {"random": asdict(random_legal(plan.table, 1)), "greedy": asdict(greedy(plan.table))}


def _written(files: dict[Path, Iterable[str]], matching: Matching, progress: Progress) -> int:
    try:
        write_all(files)
    except OSError as error:
        progress(f"Nothing is written. {error}")
        return 1
    told = matching.report
    progress(
        f"{told.placed:,} of {told.people:,} people in {told.pairs:,} pairs and {told.trios:,} trios "
        f"(at most {told.placed_max:,}); total {told.total:,} of at most {told.upper_bound:,}, "
        f"gap {told.gap_percent:.6f} %; {told.seconds:.2f} s."
    )
    return 0
