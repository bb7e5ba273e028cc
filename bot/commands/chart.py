"""Bar charts as SVG text, standing and lying, and several of them on one sheet: the report's picture."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape


WIDTH, HEIGHT, MARGIN, HEAD, FOOT = 720, 320, 48, 56, 44
INK, BAR, LINE, PALE = "#22313f", "#2a7f9e", "#d5dde3", "#5b6b78"
#: A lying chart: where its bars begin and end, and how high a row is.
LEFT, RIGHT, ROW = 250, 610, 28
LONGEST_LABEL = 34


@dataclass(frozen=True, slots=True)
class Scale:
    """The value at the top of the chart, above 0, and what stands behind each figure."""

    most: float
    unit: str


PERCENT = Scale(100, "%")


@dataclass(frozen=True, slots=True)
class Row:
    """One lying bar in percent, with a note at its end, and the limits within which the true value is."""

    label: str
    value: float
    note: str = ""
    limits: tuple[float, float] | None = None


def bars(title: str, values: Sequence[tuple[str, float | None]], scale: Scale = PERCENT) -> str:
    """Give a chart with a bar for each (label, value); None is a gap, which is not the same as nothing."""
    wide = (WIDTH - 2 * MARGIN) / max(len(values), 1)
    drawn = [
        _bar(MARGIN + place * wide, wide, label, value, scale) for place, (label, value) in enumerate(values)
    ]
    said = "; ".join(f"{label}: {_figure(value, scale)}" for label, value in values)
    drawn = [*(_line(part * scale.most / 4, scale) for part in range(5)), *drawn]
    return _chart(title, said, HEIGHT, drawn)


def rows(title: str, values: Sequence[Row]) -> str:
    """Give a chart with a lying bar for each row, from the top; limits are a line with two ends."""
    high = HEAD + ROW * len(values) + FOOT - 14
    said = "; ".join(f"{row.label}: {_said(row)}" for row in values)
    drawn = [_upright(part * 25, high) for part in range(5)]
    drawn += [_lying(HEAD + place * ROW, row) for place, row in enumerate(values)]
    return _chart(title, said, high, drawn)


def sheet(charts: Sequence[str]) -> str:
    """Give one picture with the charts of `bars` and `rows` below each other."""
    highs = [int(re.findall(r'height="(\d+)"', chart)[0]) for chart in charts]
    tops = [sum(highs[:place]) for place in range(len(charts))]
    placed = [
        f'<g transform="translate(0 {top})">{chart}</g>' for top, chart in zip(tops, charts, strict=True)
    ]
    size = f'viewBox="0 0 {WIDTH} {sum(highs)}" width="{WIDTH}" height="{sum(highs)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(placed)}</svg>'


def _chart(title: str, said: str, high: int, drawn: Sequence[str]) -> str:
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" width="{WIDTH}" '
            f'height="{high}" role="img" font-family="sans-serif" font-size="12" fill="{INK}">',
            f"<title>{escape(title)}</title><desc>{escape(said)}</desc>",
            f'<rect width="{WIDTH}" height="{high}" fill="#ffffff"/>',
            f'<text x="{MARGIN}" y="24" font-size="16" font-weight="bold">{escape(title)}</text>',
            *drawn,
            "</svg>",
        ]
    )


def _lying(y: float, row: Row) -> str:
    label = row.label if len(row.label) <= LONGEST_LABEL else f"{row.label[: LONGEST_LABEL - 1].rstrip()}…"
    end, middle = _x(row.value), y + ROW / 2
    figure = max(end, _x(row.limits[1]) if row.limits else 0) + 6
    return (
        f'<text x="{LEFT - 8}" y="{middle + 4:.1f}" text-anchor="end">{escape(label)}</text>'
        f'<rect x="{LEFT}" y="{y + 5:.1f}" width="{end - LEFT:.1f}" height="{ROW - 10}" fill="{BAR}"/>'
        f"{_whisker(row.limits, middle)}"
        f'<text x="{figure:.1f}" y="{middle + 4:.1f}">{_figure(row.value, PERCENT)} '
        f'<tspan fill="{PALE}">{escape(row.note)}</tspan></text>'
    )


def _whisker(limits: tuple[float, float] | None, middle: float) -> str:
    if limits is None:
        return ""
    low, high = (_x(each) for each in limits)
    path = f"M{low:.1f} {middle - 5:.1f}v10M{high:.1f} {middle - 5:.1f}v10M{low:.1f} {middle:.1f}H{high:.1f}"
    return f'<path d="{path}" stroke="{INK}" stroke-width="1.5" fill="none"/>'


def _upright(value: float, high: int) -> str:
    x, bottom = _x(value), high - FOOT + 14
    line = f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{HEAD}" y2="{bottom}" stroke="{LINE}"/>'
    return f'{line}<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{_figure(value, PERCENT)}</text>'


def _said(row: Row) -> str:
    limits = f" ({row.limits[0]:.0f}–{row.limits[1]:.0f}%)" if row.limits else ""
    return f"{_figure(row.value, PERCENT)}{limits}"


def _x(value: float) -> float:
    return LEFT + min(max(value / 100, 0), 1) * (RIGHT - LEFT)


def _bar(x: float, wide: float, label: str, value: float | None, scale: Scale) -> str:
    middle = x + wide / 2
    name = f'<text x="{middle:.1f}" y="{HEIGHT - 24}" text-anchor="middle">{escape(label)}</text>'
    if value is None:
        return name
    top = _y(value, scale)
    figure = f'<text x="{middle:.1f}" y="{top - 4:.1f}" text-anchor="middle">{_figure(value, scale)}</text>'
    shape = f'width="{wide * 0.7:.1f}" height="{HEIGHT - FOOT - top:.1f}" fill="{BAR}"'
    return f'{name}<rect x="{x + wide * 0.15:.1f}" y="{top:.1f}" {shape}/>{figure}'


def _line(value: float, scale: Scale) -> str:
    y = _y(value, scale)
    stroke = f'<line x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{y:.1f}" y2="{y:.1f}" stroke="{LINE}"/>'
    return f'{stroke}<text x="{MARGIN - 6}" y="{y + 4:.1f}" text-anchor="end">{_figure(value, scale)}</text>'


def _y(value: float, scale: Scale) -> float:
    """Give the height on the page of a value, the most at the top."""
    share = min(max(value / scale.most, 0), 1)
    return HEIGHT - FOOT - share * (HEIGHT - FOOT - HEAD)


def _figure(value: float | None, scale: Scale) -> str:
    return "–" if value is None else f"{value:.0f}{scale.unit}"
