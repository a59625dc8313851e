"""A picture that matplotlib has drawn, as SVG or PNG, in fewer bytes: it looks the same."""

from __future__ import annotations

import io
import re
from itertools import count

import numpy as np

COLOURS = 128  # of a PNG
_PATH = re.compile(r' d="[^"]*"')
_CURVE, _STEP = re.compile("[CSTAcqsta]"), re.compile("([MLQz])([^MLQz]*)")
_TWICE = re.compile(r'<path( d="[^"]*")([^<>]*?) style="([^"]*)"/>\s*<path\1\2 style="([^"]*)"/>')
_LONG = re.compile(r"-?\d+\.\d{2,}")


def picture(drawn: bytes, format: str) -> bytes:
    """The same picture in fewer bytes: so many colours are more than a map has, and a tenth of a
    point is less than can be seen."""
    if format == "svg":
        numbers = count(1)
        short = _PATH.sub(_in_tenths, drawn.decode("utf-8"))
        return _TWICE.sub(lambda found: _once(found, next(numbers)), short).encode("utf-8")
    from PIL import Image  # 0.1 s, and only where pictures are drawn

    out = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as whole:
        # not by how often a colour is there: a legend has few points of each
        few = whole.convert("RGB").quantize(
            COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
        few.save(fp=out, format="png", optimize=True)
    return out.getvalue()


def _once(found: re.Match[str], number: int) -> str:
    """Letters that are drawn twice, first as their halo, told once; the second use of them has a
    style of its own."""
    path, more, first, second = found.groups()
    return (
        f'<g style="{first}"><path id="twice{number}"{path}{more}/></g>'
        f'<use xlink:href="#twice{number}" style="{second}"/>'
    )


def _in_tenths(path: re.Match[str]) -> str:
    """A path of SVG in tenths of a point, each corner by how far it is from the one before, which
    has fewer digits."""
    if _CURVE.search(path[0]):
        return _LONG.sub(lambda number: f"{float(number[0]):.1f}", path[0])
    steps, x, y, start = [], 0, 0, (0, 0)
    for letter, numbers in _STEP.findall(path[0].rstrip('"')):
        corners = [round(float(number) * 10) for number in numbers.split()]
        if letter == "z":
            steps.append("z")
            x, y = start
        elif letter == "Q":
            steps.append("q" + "".join(map(_tenth, np.subtract(corners, (x, y, x, y)).tolist())))
            x, y = corners[2:]
        else:
            for i, (east, south) in enumerate(zip(corners[::2], corners[1::2], strict=True)):
                moved = letter == "M" and not i
                start = (east, south) if moved else start
                if moved or (east, south) != (x, y):
                    steps.append(f"{'m' if moved else 'l'}{_tenth(east - x)}{_tenth(south - y)}")
                x, y = east, south
    return f' d="{_shortly(steps)}"'


def _shortly(steps: list[str]) -> str:
    """The steps without the letters that a path of SVG takes as said: ``l`` after a line or a move,
    ``q`` after a curve."""
    befores = ["", *(step[0] for step in steps)]
    said = {("l", "l"), ("m", "l"), ("q", "q")}
    return "".join(
        step[1:] if (before, step[0]) in said else step
        for before, step in zip(befores, steps, strict=False)
    )


def _tenth(tenths: int) -> str:
    """A number of tenths as a path of SVG may have it after another: with a sign or a blank."""
    sign = "-" if tenths < 0 else " "
    whole, part = divmod(abs(tenths), 10)
    return f"{sign}{whole or '' if part else whole}{f'.{part}' if part else ''}"
