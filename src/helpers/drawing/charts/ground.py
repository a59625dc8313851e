"""What lies where as one small SVG: squares or dots in shades by their mark, with a legend that has
each mark's figure. No background: a map that needs no network and few bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from helpers.drawing.charts.svg import WIDE, Bar, opened, paint, text

MOST_TALL = 420
LINE, SWATCH = 22, 12
DOT, STAR = 2.6, 5.0
SHADES = (1.0, 0.74, 0.5, 0.32, 0.18, 0.1, 0.05)
LENGTHS = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)  # metres
EDGE = 'stroke="currentColor" stroke-opacity=".35" stroke-width=".6"'


class Lying(Protocol):
    """Where marks lie, in metres east and north; each item ends with the place of its mark."""

    @property
    def side(self) -> int: ...
    @property
    def squares(self) -> list[list[int]]: ...
    @property
    def dots(self) -> list[list[int]]: ...
    @property
    def centre(self) -> list[int]: ...


class _Scale:
    """From metres to the drawing: the whole of it within ``WIDE`` and ``MOST_TALL``."""

    def __init__(self, ground: Lying) -> None:
        corners = [(x, y) for x, y, *_ in ground.squares]
        corners += [(x + n * ground.side, y + ground.side) for x, y, n, _ in ground.squares]
        corners += [(x, y) for x, y, _ in ground.dots]
        if ground.centre:
            x, y, far = ground.centre
            corners += [(x - far, y - far), (x + far, y + far)]
        xs, ys = zip(*corners, strict=True)
        self.west, self.north = min(xs), max(ys)
        wide, tall = max(xs) - self.west or 1, self.north - min(ys) or 1
        self.of_metre = min((WIDE - 12) / wide, (MOST_TALL - 12) / tall)
        self.tall = tall * self.of_metre + 12
        self.left = (WIDE - wide * self.of_metre) / 2

    def x(self, east: float) -> float:
        """Across, from the left."""
        return self.left + (east - self.west) * self.of_metre

    def y(self, north: float) -> float:
        """Down, from the top."""
        return 6 + (self.north - north) * self.of_metre


def shade(mark: int) -> str:
    """The fill of a mark, the first the darkest."""
    opacity = SHADES[min(mark, len(SHADES) - 1)]
    return f'fill="{paint("accent")}" fill-opacity="{opacity:g}"'


def drawn(ground: Lying, bars: Sequence[Bar], label: str, unit: str = "") -> str:
    """``bars``: the marks in their order, for the legend, their figures in ``unit``; ``label``:
    what is seen, in words."""
    scale = _Scale(ground)
    several = any(dot[2] > 0 for dot in ground.dots) or bool(ground.squares)
    top = scale.tall + LINE
    first = LINE if unit else 0
    rows = "".join(_row(bar, i, top + first + i * LINE, several) for i, bar in enumerate(bars))
    return "".join(
        (
            opened(round(top + first + LINE * len(bars)), label),
            _squares(ground, scale),
            _dots(ground, scale),
            _centre(ground, scale),
            _length(scale),
            text(WIDE, top + SWATCH - 1, unit, "end") if unit else "",
            rows,
            "</svg>",
        )
    )


def _squares(ground: Lying, scale: _Scale) -> str:
    by_mark: dict[int, list[str]] = {}
    tall = ground.side * scale.of_metre
    for x, y, n, mark in ground.squares:
        left, top, wide = scale.x(x), scale.y(y + ground.side), n * tall
        by_mark.setdefault(mark, []).append(
            f"M{left:.1f} {top:.1f}h{wide:.1f}v{tall:.1f}h{-wide:.1f}z"
        )
    return "".join(
        f'<path d="{"".join(paths)}" {shade(mark)}/>' for mark, paths in sorted(by_mark.items())
    )


def _dots(ground: Lying, scale: _Scale) -> str:
    by_mark: dict[int, list[str]] = {}
    for x, y, mark in ground.dots:
        left, top = scale.x(x) - DOT, scale.y(y)
        by_mark.setdefault(mark, []).append(
            f"M{left:.1f} {top:.1f}a{DOT} {DOT} 0 1 0 {2 * DOT} 0a{DOT} {DOT} 0 1 0 {-2 * DOT} 0"
        )
    # those that belong to no mark first, so that the others lie on top; on squares they are places
    plain = 'fill="currentColor"' if ground.squares else 'fill="none" stroke="currentColor"'
    return "".join(
        f'<path d="{"".join(paths)}" {f"{shade(mark)} {EDGE}" if mark >= 0 else plain}/>'
        for mark, paths in sorted(by_mark.items())
    )


def _centre(ground: Lying, scale: _Scale) -> str:
    if not ground.centre:
        return ""
    x, y, far = ground.centre
    left, top = scale.x(x), scale.y(y)
    ring = far * scale.of_metre
    circle = (
        f'<circle cx="{left:.1f}" cy="{top:.1f}" r="{ring:.1f}" fill="none" stroke="currentColor"'
        ' stroke-dasharray="4 3"/>'
        if far
        else ""
    )
    cross = f"M{left - STAR:.1f} {top:.1f}h{2 * STAR}M{left:.1f} {top - STAR:.1f}v{2 * STAR}"
    return f'{circle}<path d="{cross}" stroke="currentColor" stroke-width="2.5"/>'


def _row(bar: Bar, mark: int, top: float, shaded: bool) -> str:
    """A mark's name and figure; its shade before it, where marks have one each."""
    swatch = f'<rect x="0" y="{top:.1f}" width="{SWATCH}" height="{SWATCH}" {shade(mark)} {EDGE}/>'
    low = top + SWATCH - 1
    name = text(SWATCH + 8 if shaded else 0, low, bar.label)
    return (swatch if shaded else "") + name + text(WIDE, low, bar.said, "end")


def _length(scale: _Scale) -> str:
    """A line of a round length, with how long it is."""
    metres = max((n for n in LENGTHS if n * scale.of_metre <= WIDE / 4), default=LENGTHS[0])
    said = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
    end, low = metres * scale.of_metre, scale.tall + 10
    line = f'<path d="M0 {low - 4:.1f}v4h{end:.1f}v-4" fill="none" stroke="currentColor"/>'
    return line + text(end + 6, low + 2, said)
