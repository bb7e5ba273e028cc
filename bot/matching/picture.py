"""The report as one page for directors, as SVG: readable without colour, no fonts or scripts to load."""

from collections import Counter
from collections.abc import Mapping
from html import escape

from bot.matching.model import Matching, Report
from bot.matching.words import GAVE_WAY, STOPPED


WIDTH, HEIGHT, LEFT, RIGHT = 800, 1040, 60, 740
INK, SOFT, GOOD, PALE, GREY = "#1b1f24", "#57606a", "#0b6e4f", "#d0d7de", "#8c959f"
BINS, WIDE, TALL = 20, 34, 150
FROM, FULL_BAR = 210, 270  # where the bars begin, and how long the bound's is


def picture_svg(matching: Matching, baselines: Mapping[str, Mapping[str, int]]) -> str:
    """Draw the report.

    Who is placed, how good the total is, how the pairs are spread, who is not placed and why.
    """
    told = matching.report
    parts = [
        _text(LEFT, 74, f"{told.placed:,} of {told.people:,} people have a partner", 32, INK),
        *_lines(LEFT, 106, _summary(told), 16, SOFT),
        *_bars(told, baselines, 190),
        *_spread(matching, 470),
        *_facts(told, 760),
        *_unplaced(matching, 890),
    ]
    body = "\n".join(parts)
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    title = f"<title>Matching of {told.people:,} people</title>"
    paper = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">\n{title}\n{paper}\n{body}\n</svg>\n'


def _summary(told: Report) -> list[str]:
    most = "No plan could place more." if told.placed >= told.placed_max else _at_most(told)
    return [
        f"{_pairs(told.pairs)} and {told.trios:,} trios. {most}",
        f"People of {told.countries:,} countries; {told.country_links:,} different pairs of countries meet.",
    ]


def _at_most(told: Report) -> str:
    return f"No plan could place more than {told.placed_max:,}."


def _bars(told: Report, baselines: Mapping[str, Mapping[str, int]], top: int) -> list[str]:
    rows = [("No plan can pass", told.upper_bound, "", PALE)]
    rows.append(("These pairs", told.total, _pairs(told.pairs + told.trios), GOOD))
    names = {"greedy": "Best pair first", "random": "By chance"}
    rows += [
        (label, baselines[name]["total"], _fewer(told, baselines[name]["pairs"]), GREY)
        for name, label in names.items()
        if name in baselines
    ]
    found = [_text(LEFT, top, _how_good(told), 20, INK)]
    for place, (label, total, pairs, colour) in enumerate(rows):
        y = top + 24 + place * 46
        length = FULL_BAR * total / max(told.upper_bound, 1)
        share = f"{100 * total / max(told.upper_bound, 1):.1f} %"
        found.append(_text(LEFT, y + 22, label, 16, INK))
        found.append(_rect(FROM, y, length, 32, colour))
        found.append(
            _text(FROM + FULL_BAR + 12, y + 22, " · ".join(part for part in (share, pairs) if part), 15, SOFT)
        )
    return found


def _how_good(told: Report) -> str:
    if told.total == told.upper_bound:
        return "No other plan has a greater total of points: proved"
    sure = "proved" if told.certificate == "proved" else f"sure to {100 * told.confidence:g} %"
    return f"At most {told.gap_percent:.4f} % under the best plan there is ({sure})"


def _fewer(told: Report, pairs: int) -> str:
    alone = 2 * (told.pairs + told.trios - pairs)
    return f"{_pairs(pairs)}, {alone:,} more people alone" if alone > 0 else _pairs(pairs)


def _pairs(count: int) -> str:
    return "1 pair" if count == 1 else f"{count:,} pairs"


def _spread(matching: Matching, top: int) -> list[str]:
    told = matching.report
    counts = Counter(min(pair.fit * BINS // 10_000, BINS - 1) for pair in matching.pairs)
    most = max(counts.values(), default=1)
    low = top + 60 + TALL
    found = [_text(LEFT, top, "How well the pairs fit, in points", 20, INK)]
    found.append(
        _text(
            LEFT,
            top + 26,
            f"Half of the pairs have {told.fit_median:,} points or more, 19 of 20 have {told.fit_p5:,}, "
            f"the worst has {told.fit_worst:,}.",
            16,
            SOFT,
        )
    )
    for place in range(BINS):
        height = TALL * counts[place] / most
        middle = LEFT + place * WIDE + 15
        found.append(_rect(middle - 15, low - height, 30, height, GOOD))
        if counts[place]:
            found.append(_text(middle, low - 5 - height, f"{counts[place]:,}", 12, SOFT, anchor="middle"))
        if place % 4 == 0:
            found.append(_text(LEFT + place * WIDE, low + 20, f"{place * 10_000 // BINS:,}", 13, SOFT))
    found.append(_rect(LEFT, low, RIGHT - LEFT, 1, SOFT))
    return [*found, _text(RIGHT, low + 20, "10,000", 13, SOFT, anchor="end")]


def _facts(told: Report, top: int) -> list[str]:
    share = f" ({100 * told.wishes_met / told.wishes:.1f} %)" if told.wishes else ""
    lines = [f"{told.wishes_met:,} of {told.wishes:,} wishes about the partner are met{share}."]
    lines += [f"{GAVE_WAY[rule]}: {_pairs(count)}." for rule, count in told.relaxed.items()]
    return [_text(LEFT, top, "Wishes and free hours", 20, INK), *_lines(LEFT, top + 28, lines, 16, SOFT)]


def _unplaced(matching: Matching, top: int) -> list[str]:
    if not matching.unplaced:
        return [_text(LEFT, top, "Nobody is left without a partner.", 20, INK)]
    counts = Counter(each.rule for each in matching.unplaced).most_common(4)
    lines = [f"{count:,}: {STOPPED[rule]}" for rule, count in counts]
    heading = _text(LEFT, top, f"Without a partner: {len(matching.unplaced):,}", 20, INK)
    return [heading, *_lines(LEFT, top + 28, lines, 16, SOFT)]


def _lines(x: float, y: float, lines: list[str], size: int, colour: str) -> list[str]:
    return [_text(x, y + 24 * place, line, size, colour) for place, line in enumerate(lines)]


def _text(x: float, y: float, words: str, size: int, colour: str, *, anchor: str = "start") -> str:
    style = f'font-family="sans-serif" font-size="{size}" fill="{colour}" text-anchor="{anchor}"'
    return f'<text x="{x:g}" y="{y:g}" {style}>{escape(words)}</text>'


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:g}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'
