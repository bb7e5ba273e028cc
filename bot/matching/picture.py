"""The report as one page for directors, as SVG: readable without colour, no fonts or scripts to load."""

from collections import Counter
from collections.abc import Mapping
from html import escape

from bot.matching.model import Matching


WIDTH, HEIGHT, LEFT = 800, 1000, 60
INK, SOFT, GOOD, PALE = "#1b1f24", "#57606a", "#0b6e4f", "#d0d7de"
BINS = 20


def picture_svg(matching: Matching, baselines: Mapping[str, Mapping[str, int]]) -> str:
    """Draw the report.

    Who is placed, how good the total is, how the pairs are spread, who is not placed and why.
    """
    told = matching.report
    parts = [
        _text(LEFT, 70, f"{told.placed:,} of {told.people:,} people have a partner", 30, INK),
        _text(LEFT, 102, _subtitle(matching), 15, SOFT),
        *_bars(matching, baselines, 150),
        *_spread(matching, 420),
        *_facts(matching, 700),
        *_unplaced(matching, 830),
    ]
    body = "\n".join(parts)
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    title = f"<title>Matching of {told.people} people</title>"
    paper = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">\n{title}\n{paper}\n{body}\n</svg>\n'


def _subtitle(matching: Matching) -> str:
    told = matching.report
    return (
        f"{told.pairs:,} pairs, {told.trios:,} trios, {told.countries} countries, "
        f"{told.country_links:,} different meetings of countries. At most {told.placed_max:,} can be placed."
    )


def _bars(matching: Matching, baselines: Mapping[str, Mapping[str, int]], top: int) -> list[str]:
    told = matching.report
    rows = [("No plan can pass", told.upper_bound, told.placed_max // 2, PALE)]
    rows.append(("These pairs", told.total, told.pairs + told.trios, GOOD))
    names = {"greedy": "Best pair first", "random": "Random, legal"}
    rows += [
        (label, baselines[name]["total"], baselines[name]["pairs"], SOFT)
        for name, label in names.items()
        if name in baselines
    ]
    found = [
        _text(
            LEFT,
            top,
            f"Total of the scores: {told.gap_percent:.4f} % under the bound ({told.certificate})",
            18,
            INK,
        )
    ]
    for place, (label, total, pairs, colour) in enumerate(rows):
        y = top + 24 + place * 46
        length = 400 * total / max(told.upper_bound, 1)
        found.append(_text(LEFT, y + 22, label, 14, INK))
        found.append(_rect(200, y, length, 32, colour))
        found.append(_text(200 + length + 8, y + 22, f"{total:,} ({pairs:,} pairs)", 13, SOFT))
    return found


def _spread(matching: Matching, top: int) -> list[str]:
    told = matching.report
    counts = Counter(min(pair.fit * BINS // 10_000, BINS - 1) for pair in matching.pairs)
    most = max(counts.values(), default=1)
    found = [_text(LEFT, top, "How well the pairs fit (points of 10,000)", 18, INK)]
    for place in range(BINS):
        height = 170 * counts[place] / most
        found.append(_rect(LEFT + place * 34, top + 200 - height, 30, height, GOOD))
        if counts[place]:
            found.append(
                _text(
                    LEFT + place * 34 + 15, top + 195 - height, str(counts[place]), 11, SOFT, anchor="middle"
                )
            )
        if place % 4 == 0:
            found.append(_text(LEFT + place * 34, top + 218, f"{place * 10_000 // BINS:,}", 11, SOFT))
    marks = f"worst {told.fit_worst:,} · 5th percentile {told.fit_p5:,} · median {told.fit_median:,}"
    return [*found, _text(LEFT, top + 242, marks, 14, INK)]


def _facts(matching: Matching, top: int) -> list[str]:
    told = matching.report
    share = f"{100 * told.wishes_met / told.wishes:.1f} %" if told.wishes else "none asked"
    lines = [f"Wishes met: {told.wishes_met:,} of {told.wishes:,} ({share})"]
    lines += [f"Rule relaxed: {rule}, in {count:,} pairs" for rule, count in told.relaxed.items()]
    return [_text(LEFT, top + 22 * place, line, 15, INK) for place, line in enumerate(lines)]


def _unplaced(matching: Matching, top: int) -> list[str]:
    if not matching.unplaced:
        return [_text(LEFT, top, "Nobody is left without a partner.", 18, INK)]
    found = [
        _text(
            LEFT, top, f"{len(matching.unplaced):,} without a partner, and the rule that stops them", 18, INK
        )
    ]
    counts = Counter(each.rule for each in matching.unplaced).most_common(6)
    lines = [f"{rule}: {count:,}" for rule, count in counts]
    return found + [_text(LEFT, top + 24 + 20 * place, line, 14, SOFT) for place, line in enumerate(lines)]


def _text(x: float, y: float, words: str, size: int, colour: str, *, anchor: str = "start") -> str:
    style = f'font-family="sans-serif" font-size="{size}" fill="{colour}" text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'
