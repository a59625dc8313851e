"""Where a region's candidates come from: a still map of each county as SVG, with how many
candidates each municipality has.

It stands in a page as it is, in the page's colours (``palette.SITE``), light and dark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from helpers.declared import organisations
from helpers.words import messages
from helpers.words.escaping import html

WIDE = 400.0  # units of the picture from west to east
TALL = 360.0  # and from south to north at most
MARGIN = 10.0
LETTER, PLAIN = 9.4, 8.4  # about how wide a letter of a name is, bold and not
SEEN = 2500  # an island so many times smaller than the largest land is left out
COUNT = 18.0  # how much room a count takes
BESIDE = (-17.0, 19.0, -31.0, 33.0)  # where a name may stand, below its count or above


@dataclass(frozen=True)
class County:
    """How many candidates a county's municipalities have by code, how many belong to the county as
    a whole (its region, or several municipalities together), and where the first one is from."""

    code: str
    name: str
    held: dict[str, int]
    whole: int
    first: str = ""

    @property
    def total(self) -> int:
        return sum(self.held.values()) + self.whole


def counties(owners: Iterable[str], first: str = "") -> list[County]:
    """The counties that the organisations with these ids (one for each candidate) lie in, the one
    with most candidates first. Those that no county is known of are in none. ``first``: whose the
    first candidate is."""
    from helpers.drawing import ground  # geopandas: 0.7 s

    held: dict[str, Counter[str]] = {}
    for id in owners:
        area = _area(id)
        if area:
            held.setdefault(area[:2], Counter())[area] += 1
    names = ground.county_names()
    made = [
        County(
            code,
            names[code],
            {area: count for area, count in counts.items() if len(area) > 2},
            counts.get(code, 0),
            _area(first) if _area(first).startswith(code) else "",
        )
        for code, counts in held.items()
        if code in names
    ]
    return sorted(made, key=lambda one: (-one.total, one.code))


def _area(organisation: str) -> str:
    known = organisations.organisation(organisation) if organisation else None
    return (known.area or "") if known else ""


def said(county: County, language: str) -> str:
    """What the map shows, in words."""
    names = _names()
    each = [
        f"{names.get(code, code)} {messages.number(count, language)}"
        for code, count in sorted(county.held.items(), key=lambda one: (-one[1], one[0]))
    ]
    if county.whole:
        whole = messages.text("site.map.whole", language)
        each.append(f"{whole} {messages.number(county.whole, language)}")
    return messages.text(
        "site.map.said", language, county=county.name, each=messages.listed(each, language)
    )


def _names() -> dict[str, str]:
    from helpers.drawing import ground  # geopandas: 0.7 s

    shapes = ground.municipalities()
    return dict(zip(shapes["kommunkod"], shapes["kommun"], strict=True))


def svg(county: County, language: str, *, small: bool = False) -> str:
    """The map of a county: ``<svg>`` with its title and its description in words. ``small``: where
    names could not be read, and are left out."""
    from helpers.drawing import ground  # geopandas: 0.7 s

    shapes = ground.of_area(county.code).to_crs("EPSG:3006")
    west, south, east, north = shapes.total_bounds
    scale = min((WIDE - 2 * MARGIN) / (east - west), (TALL - 2 * MARGIN) / (north - south))
    wide = (east - west) * scale + 2 * MARGIN
    tall = (north - south) * scale + 2 * MARGIN

    def at(x: float, y: float) -> tuple[float, float]:
        return (x - west) * scale + MARGIN, (north - y) * scale + MARGIN

    rows = list(zip(shapes["kommunkod"], shapes["kommun"], shapes.geometry, strict=True))
    land = "".join(_land(shape, code, county, at) for code, _, shape in rows)
    names = "" if small else "".join(_labels(rows, county, at, wide, language))
    key, title = f"map-{county.code}", html(county.name)
    return (
        f'<svg viewBox="0 0 {wide:.0f} {tall:.0f}" role="img"'
        f' aria-labelledby="{key}-t {key}-d" font-family="system-ui,sans-serif">'
        f'<title id="{key}-t">{title}</title>'
        f'<desc id="{key}-d">{html(said(county, language))}</desc>{land}{names}</svg>'
    )


def _colour(name: str) -> str:
    """The page's colour of this name."""
    return f"var(--{name})"


def _land(shape: Any, code: str, county: County, at: Any) -> str:
    fill = _colour("held" if code in county.held else "card")
    parts = getattr(shape, "geoms", [shape])
    largest = max(part.area for part in parts)
    path = ""
    for part in parts:
        if part.area < largest / SEEN:
            continue
        points = [at(x, y) for x, y in part.exterior.coords[:-1]]
        path += "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"
    edge, width = ("accent", 1.8) if code == county.first else ("edge", 0.7)
    return f'<path d="{path}" fill="{fill}" stroke="{_colour(edge)}" stroke-width="{width}"/>'


def _labels(
    rows: list[tuple[str, str, Any]], county: County, at: Any, wide: float, language: str
) -> Iterable[str]:
    """Counts where they belong; names where they fit, those with candidates first."""
    counted = [row for row in rows if county.held.get(row[0])]
    taken = []
    for code, _, shape in counted:
        x, y = _spot(shape, at)
        taken.append((x - COUNT / 2, y - COUNT / 2, x + COUNT / 2, y + COUNT / 2))
        number = messages.number(county.held[code], language)
        yield _text(x, y + 6, number, 17, "accent", bold=True)
    others = [row for row in rows if row not in counted]
    for code, name, shape in [*counted, *others]:
        has, (x, y) = code in county.held, _spot(shape, at)
        half = len(name) * (LETTER if has else PLAIN) / 2
        x = min(max(x, half + 2), wide - half - 2)
        for down in BESIDE if has else (0,):
            box = (x - half, y + down - 8, x + half, y + down + 6)
            if not any(_meet(box, other) for other in taken):
                taken.append(box)
                yield _text(x, y + down + 4, name, 14, "ink" if has else "soft", bold=has)
                break


def _spot(shape: Any, at: Any) -> tuple[float, float]:
    """A point well within the shape, in the picture."""
    point = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    spot = point.representative_point()
    x, y = at(spot.x, spot.y)
    return float(x), float(y)


def _text(x: float, y: float, text: str, size: int, colour: str, *, bold: bool) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="middle"'
        f' font-weight="{700 if bold else 400}" fill="{_colour(colour)}">{html(text)}</text>'
    )


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
