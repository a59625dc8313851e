"""The names on a still picture: what it is about first, then towns by size, then what lies around;
a name that would lie on another is left out.

Positions are metres of EPSG:3006; nothing of a name is read as mathematics (``$``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from helpers.drawing import ground
from helpers.drawing.layers import Bounds
from helpers.drawing.map import Map

INK, SOFT = "#17252d", "#4c5d67"
# so many metres wide and wider, towns of at least so many inhabitants are named
TOWNS_FROM = (
    (600_000, 60_000),
    (300_000, 20_000),
    (120_000, 5_000),
    (50_000, 1_500),
    (20_000, 500),
)
MOST = 40  # towns
APART = 3.0  # pixels between two names, and between a town's mark and its name


@dataclass(frozen=True)
class Name:
    text: str
    x: float
    y: float
    town: bool = False
    near: bool = True


def write(axes: Any, m: Map, window: Bounds, municipalities: Any) -> None:
    """Write the names that the window has room for above the layers. ``axes`` has its place in its
    figure already; ``municipalities``: GeoDataFrame in EPSG:3006 as ``Ground.areas`` has them."""
    renderer = axes.figure.canvas.get_renderer()
    taken: list[Any] = []
    for name in _in_order(m, window, municipalities):
        label = _label(axes, name)
        box = label.get_window_extent(renderer).padded(APART)
        if any(box.overlaps(other) for other in taken):
            label.remove()
            continue
        taken.append(box)
        if name.town:
            axes.plot([name.x], [name.y], "o", color=INK, alpha=0.7, markersize=2.5, zorder=7)


def halo(text: Any) -> Any:
    """The same text, readable on any ground."""
    from matplotlib import patheffects  # 0.8 s

    text.set_path_effects([patheffects.withStroke(linewidth=2.5, foreground="white")])
    return text


def _in_order(m: Map, window: Bounds, municipalities: Any) -> Iterator[Name]:
    areas = sorted(_areas(m, municipalities), key=lambda name: not name.near)
    near = [name for name in areas if name.near]
    for name in (*near, *_towns(m, window), *areas[len(near) :]):
        if window[0] < name.x < window[2] and window[1] < name.y < window[3]:
            yield name


def _areas(m: Map, municipalities: Any) -> list[Name]:
    """Counties of a wide map, else municipalities."""
    if ground.is_wide(m.bounds):
        return [Name(name, x, y) for name, x, y in ground.names(ground.counties(), "lan")]
    municipalities = municipalities[municipalities["kommun"] != ""]
    named = zip(ground.names(municipalities), municipalities["near"], strict=True)
    return [Name(name, x, y, near=bool(near)) for (name, x, y), near in named]


def _towns(m: Map, window: Bounds) -> list[Name]:
    from pyproj import Transformer  # 0.2 s

    wide = window[2] - window[0]
    least = next((least for metres, least in TOWNS_FROM if wide >= metres), 0)
    towns = [town for town in ground.towns(m.bounds) if town[3] >= least]
    if not towns:
        return []
    names, lon, lat, _ = zip(*towns, strict=True)
    x, y = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True).transform(lon, lat)
    placed = zip(names, x, y, strict=True)
    inside = [
        Name(name, east, north, town=True)
        for name, east, north in placed
        if window[0] < east < window[2] and window[1] < north < window[3]
    ]
    return inside[:MOST]


def _label(axes: Any, name: Name) -> Any:
    common: dict[str, Any] = {"zorder": 7, "parse_math": False, "clip_on": True, "va": "center"}
    if name.town:
        offset = {"xytext": (APART, 0), "textcoords": "offset points"}
        return halo(
            axes.annotate(
                name.text, (name.x, name.y), ha="left", fontsize=8.5, color=INK, **offset, **common
            )
        )
    return halo(
        axes.text(
            name.x,
            name.y,
            name.text.upper(),
            ha="center",
            fontsize=7.5 if name.near else 7,
            color=SOFT,
            fontweight="bold" if name.near else "normal",
            **common,
        )
    )
