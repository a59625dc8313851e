"""A square of figures between named things, the stronger the deeper its colour: each figure stands
in its place, so that colour says nothing by itself.

Half of the square is drawn: what holds of two holds both ways. The names stand at the left, with a
number that heads each column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpers.drawing.charts.svg import paint
from helpers.words.escaping import html

SIDE, HIGH = 42, 24  # of a place
NAMES = 170  # wide
LONG = 19  # letters of a name
DEEPEST = 0.45  # opacity: the figure on it stays readable


def half_square(
    names: Sequence[str], figures: Mapping[tuple[int, int], tuple[float, str]], label: str
) -> str:
    """``figures``: (row, column) with column < row -> strength (0-1) and the figure as it stands
    there. ``label``: what is seen, in words."""
    count = len(names)
    wide, tall = NAMES + (count - 1) * SIDE, count * HIGH + 2
    drawn = [
        (
            f'<svg role="img" aria-label="{html(label)}" viewBox="0 0 {wide} {tall}" width="{wide}"'
            f' height="{tall}" style="display:block;max-width:none" font-size="13"'
            ' font-family="inherit" fill="currentColor">'
        )
    ]
    for i, name in enumerate(names):
        y = i * HIGH
        short = name if len(name) <= LONG else f"{name[: LONG - 1]}…"
        drawn.append(f'<text x="0" y="{y + 17}">{i + 1}. {html(short)}</text>')
        for j in range(i):
            x = NAMES + j * SIDE
            strength, said = figures.get((i, j), (0.0, ""))
            if strength:
                drawn.append(
                    f'<path d="M{x} {y}h{SIDE - 1}v{HIGH - 1}h{1 - SIDE}z"'
                    f' style="fill:{paint("accent")}" opacity="{strength * DEEPEST:.2f}"/>'
                )
            if said:
                drawn.append(_middle(x, y, said))
        if i < count - 1:  # the number of the column below, on the diagonal
            drawn.append(_middle(NAMES + i * SIDE, y, str(i + 1), bold=True))
    return "".join([*drawn, "</svg>"])


def _middle(x: float, y: float, words: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x + SIDE / 2:g}" y="{y + 17}" text-anchor="middle"{weight}>{html(words)}</text>'
    )
