"""A bar chart as SVG text: the report's picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape


WIDTH, HEIGHT, MARGIN, HEAD, FOOT = 720, 320, 48, 56, 44
INK, BAR, LINE = "#22313f", "#2a7f9e", "#d5dde3"


@dataclass(frozen=True, slots=True)
class Scale:
    """The value at the top of the chart, above 0, and what stands behind each figure."""

    most: float
    unit: str


PERCENT = Scale(100, "%")


def bars(title: str, values: Sequence[tuple[str, float | None]], scale: Scale = PERCENT) -> str:
    """Give a chart with a bar for each (label, value); None is a gap, which is not the same as nothing."""
    wide = (WIDTH - 2 * MARGIN) / max(len(values), 1)
    drawn = [
        _bar(MARGIN + place * wide, wide, label, value, scale) for place, (label, value) in enumerate(values)
    ]
    said = "; ".join(f"{label}: {_figure(value, scale)}" for label, value in values)
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
            f'height="{HEIGHT}" role="img" font-family="sans-serif" font-size="12" fill="{INK}">',
            f"<title>{escape(title)}</title><desc>{escape(said)}</desc>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            f'<text x="{MARGIN}" y="24" font-size="16" font-weight="bold">{escape(title)}</text>',
            *(_line(part * scale.most / 4, scale) for part in range(5)),
            *drawn,
            "</svg>",
        ]
    )


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
