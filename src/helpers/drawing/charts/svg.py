"""Bars, upright or lying, as one small SVG: drawn at the width of a telephone, so that its letters
are readable there too, and enlarged where there is room.

Colours follow the page (``--accent`` and so on), else JupyterLab's theme, light or dark, else the
page's text. All texts are escaped; what a chart shows is its label's, and stands in a table beside
it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.words.escaping import html

WIDE, TALL = 360, 150
FOOT = 18  # for the labels of the axis
LINE = 34  # a lying bar with its label above it
STRIP = 76  # a row of bars in time
LONG = 46  # letters of a label
OF_JUPYTERLAB = {"accent": "--jp-brand-color1", "granska": "--jp-warn-color1"}
Rectangle = tuple[float, float, float, float]  # x, y, width, height


@dataclass(frozen=True)
class Bar:
    """``share`` of the longest (0-1); None where it is hidden. ``said``: its figure. ``fill``: how
    dense it is (1: full, 0: an outline), where density says something, beside a word for it."""

    label: str
    share: float | None
    said: str = ""
    fill: float = 1.0


def opened(height: int, label: str) -> str:
    """The beginning of a chart of that height; ``label``: what is seen, in words."""
    return (
        f'<svg class="chart" role="img" aria-label="{html(label)}" viewBox="0 0 {WIDE} {height}"'
        ' width="100%" style="max-width:32rem;display:block" font-size="13"'
        ' font-family="inherit" fill="currentColor">'
    )


def paint(colour: str) -> str:
    """A colour of ``palette.SITE`` as CSS has it; ``KeyError`` for one that JupyterLab's themes
    have nothing like."""
    return f"var(--{colour},var({OF_JUPYTERLAB[colour]},currentColor))"


def text(x: float, y: float, words: str, anchor: str = "start") -> str:
    """Words at a place of the chart."""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{html(words)}</text>'


def _path(rectangles: Sequence[Rectangle], colour: str, fill: float = 1.0) -> str:
    """Rectangles in one path; with an outline where they are not filled."""
    drawn = "".join(
        f"M{x:.4g} {y:.4g}h{width:.4g}v{height:.4g}h{-width:.4g}z"
        for x, y, width, height in rectangles
    )
    if not drawn:
        return ""
    edge = f' fill-opacity="{fill:g}" stroke="{paint(colour)}"' if fill < 1 else ""
    return f'<path d="{drawn}" fill="{paint(colour)}"{edge}/>'


def _hidden(rectangles: Sequence[Rectangle]) -> str:
    """Marks whose count is not shown: a dashed outline of the same size for all."""
    return "".join(
        f'<rect x="{x:.4g}" y="{y:.4g}" width="{width:.4g}" height="{height:.4g}" fill="none"'
        ' stroke="currentColor" stroke-dasharray="3 2"/>'
        for x, y, width, height in rectangles
    )


def upright(
    bars: Sequence[Bar],
    label: str,
    *,
    top: str,
    ends: tuple[str, str],
    colour: str = "accent",
    whole: bool = False,
) -> str:
    """Bars side by side along an axis. ``top``: the figure of the tallest; ``ends``: what stands
    under the first and the last; ``label``: what is seen, in words. ``whole``: each is a share, and
    a line shows where all would be."""
    base = TALL - FOOT
    step = WIDE / max(len(bars), 1)
    width = max(step - 1, step * 0.7)
    room = base - FOOT
    shown = [
        (i * step, base - max(bar.share * room, 1), width, max(bar.share * room, 1))
        for i, bar in enumerate(bars)
        if bar.share
    ]
    hidden = [(i * step, base - 8, width, 8) for i, bar in enumerate(bars) if bar.share is None]
    return "".join(
        (
            opened(TALL, label),
            text(0, 12, top),
            _path(shown, colour),
            _hidden(hidden),
            f'<path d="M0 {base}h{WIDE}" stroke="currentColor" stroke-width="1"/>',
            f'<path d="M0 {FOOT}h{WIDE}" stroke="currentColor" stroke-dasharray="2 3"/>'
            if whole
            else "",
            text(0, TALL - 4, ends[0]),
            text(WIDE, TALL - 4, ends[1], "end"),
            "</svg>",
        )
    )


def lying(bars: Sequence[Bar], label: str, *, colour: str = "accent") -> str:
    """Bars below each other, each under its own label, with its figure at the right."""
    by_fill: dict[float, list[Rectangle]] = {}
    for i, bar in enumerate(bars):
        if bar.share:
            end = max(bar.share * WIDE, 1)
            by_fill.setdefault(bar.fill, []).append((0, i * LINE + 18, end, 10))
    hidden = [(0, i * LINE + 18, 40, 10) for i, bar in enumerate(bars) if bar.share is None]
    words = "".join(
        text(0, i * LINE + 13, _short(bar.label)) + text(WIDE, i * LINE + 13, bar.said, "end")
        for i, bar in enumerate(bars)
    )
    height = max(len(bars), 1) * LINE
    drawn = "".join(_path(shown, colour, fill) for fill, shown in by_fill.items())
    return f"{opened(height, label)}{words}{drawn}{_hidden(hidden)}</svg>"


def strips(rows: Sequence[tuple[str, Sequence[Bar]]], label: str) -> str:
    """A row of bars for each name, from left to right in time, each with its figure above it; a
    hidden one has none to compare."""
    step = min(WIDE / max((len(bars) for _, bars in rows), default=1), 44)
    parts = [opened(max(len(rows), 1) * STRIP, label)]
    for i, (name, bars) in enumerate(rows):
        base = (i + 1) * STRIP - 6
        parts.append(text(0, i * STRIP + 13, _short(name)))
        room = STRIP - 42
        shown = [
            (
                j * step + 2,
                base - max((bar.share or 0) * room, 1),
                step - 6,
                (bar.share or 0) * room,
            )
            for j, bar in enumerate(bars)
            if bar.share is not None
        ]
        hidden = [
            (j * step + 2, base - 8, step - 6, 8) for j, bar in enumerate(bars) if bar.share is None
        ]
        parts += [_path(shown, "accent"), _hidden(hidden)]
        parts += [
            text(j * step + step / 2 - 1, base - (bar.share or 0) * room - 3, bar.said, "middle")
            for j, bar in enumerate(bars)
        ]
        parts.append(f'<path d="M0 {base}h{WIDE}" stroke="currentColor" stroke-width="1"/>')
    return "".join([*parts, "</svg>"])


def _short(label: str) -> str:
    return label if len(label) <= LONG else f"{label[: LONG - 1]}…"
