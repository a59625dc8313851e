"""Made-up broadband of Blekinge: measurements at the middles of squares of 1 km, and what operators
report as available in the same municipalities.

A measurement's position is the middle of its square, so that no home is pointed out; in a few
squares fewer than five people have measured, which a map must not show.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import shapely
from pyproj import Transformer

from . import content, forms
from .entries import FORM, entry_of, judged

OWN = "region-blekinge"
SIDE = 1000  # metres, EPSG:3006
TO_DEGREES = Transformer.from_crs("EPSG:3006", "EPSG:4326", always_xy=True)
NAMES = {
    "1060": "Olofström",
    "1080": "Karlskrona",
    "1081": "Ronneby",
    "1082": "Karlshamn",
    "1083": "Sölvesborg",
}
HOUSEHOLDS = {"1060": 6100, "1080": 31800, "1081": 13200, "1082": 15400, "1083": 8300}
SQUARES = 26  # of each municipality in which at least so many have measured:
LEAST = 5
FEW = {"1080": (2, 4), "1081": (3,), "1082": (4,)}  # and squares in which fewer have
IMPOSSIBLE = (100, 700)  # rows with a speed that there is none of
MEASURED = [
    "measured_at",
    "kommunkod",
    "technology",
    "operator",
    "download_mbit",
    "upload_mbit",
    "latency_ms",
    "latitude",
    "longitude",
]
REPORTED = [
    "ar",
    "kommunkod",
    "kommun",
    "omradestyp",
    "teknik",
    "hastighet_mbit",
    "antal_hushall",
    "hushall_med_tillgang",
    "andel",
]
# technology, Mbit/s, how many per cent of the households in a town and outside one can have it
OFFERED = (
    ("fiber", 100, 96.5, 84.0),
    ("fiber", 1000, 96.1, 82.5),
    ("xDSL", 30, 24.0, 16.0),
    ("5G", 100, 93.0, 61.0),
)
STALE = 29  # the row whose share is of the year before


def measured(rng: random.Random, places: random.Random) -> tuple[forms.Rows, list[int]]:
    """The rows, and the numbers of those in squares of few."""
    rows: forms.Rows = [
        [
            f"2026-{rng.randint(1, 9):02}-{rng.randint(1, 28):02}",
            rng.choice(tuple(NAMES)),
            rng.choice(("fiber", "4G", "5G", "xDSL")),
            f"Påhittad operatör {rng.randint(1, 5)}",
            round(rng.lognormvariate(4.6, 0.9), 1),
            round(rng.lognormvariate(4.0, 1.0), 1),
            rng.randint(2, 60),
        ]
        for _ in range(1500)
    ]
    few: list[int] = []
    for kommunkod in NAMES:
        mine = [i for i, row in enumerate(rows) if row[1] == kommunkod]
        # the slower it is, the farther from the town, by and large
        mine.sort(key=lambda i: (rows[i][4] * places.lognormvariate(0, 0.7), i), reverse=True)
        sizes, scarce = _sizes(len(mine), FEW.get(kommunkod, ()), places)
        at = 0
        for size, spot in zip(sizes, _squares(kommunkod, len(sizes), places), strict=True):
            for i in mine[at : at + size]:
                rows[i] += [f"{degrees:.3f}".replace(".", ",") for degrees in spot]
            few += [i + 2 for i in mine[at : at + size] if size in scarce]
            at += size
    for at in IMPOSSIBLE:
        rows[at - 2][4] = 940000.0
    return rows, sorted(few)


def _sizes(count: int, few: tuple[int, ...], rng: random.Random) -> tuple[list[int], set[int]]:
    """How many have measured in each square, most near the town; those of the few are its last."""
    rest = count - sum(few) - SQUARES * LEAST
    extra = sorted((rng.expovariate(1) for _ in range(SQUARES)), reverse=True)
    sizes = [LEAST + int(rest * one / sum(extra)) for one in extra]
    sizes[0] += count - sum(few) - sum(sizes)
    return [*sizes, *few], set(few)


def _squares(kommunkod: str, count: int, rng: random.Random) -> list[tuple[float, float]]:
    """Latitude and longitude of the middles of squares on the municipality's land, the nearest to
    its town first; no two of the farthest meet."""
    rings = json.loads(content.AREAS.read_text("utf-8"))["rings"][kommunkod]
    land = shapely.multipolygons([shapely.polygons(ring) for ring in rings])
    east, north = content.TO_METRES.transform(*content.CENTRES[kommunkod])
    found: set[tuple[int, int]] = set()
    while len(found) < count:
        x = int(rng.gauss(east, 4200) // SIDE) * SIDE
        y = int(rng.gauss(north, 4200) // SIDE) * SIDE
        inside = shapely.contains(land, shapely.box(x, y, x + SIDE, y + SIDE))
        beside = {(x + i * SIDE, y + j * SIDE) for i in (-1, 0, 1) for j in (-1, 0, 1)} & found
        if inside and (len(found) < SQUARES or not beside):
            found.add((x, y))
            if len(found) == SQUARES:
                near = sorted(found, key=lambda s: (s[0] - east) ** 2 + (s[1] - north) ** 2)
    middles = [*near, *sorted(found - set(near))]
    spots = [TO_DEGREES.transform(x + SIDE / 2, y + SIDE / 2) for x, y in middles]
    return [(lat, lon) for lon, lat in spots]


def reported(rng: random.Random) -> forms.Rows:
    """Shares of households by year, municipality, kind of settlement, technology and speed."""
    rows: forms.Rows = []
    for year in (2024, 2025):
        for kommunkod, kommun in NAMES.items():
            town = round(HOUSEHOLDS[kommunkod] * rng.uniform(0.72, 0.82))
            areas = {"tatort": town, "utanfor": HOUSEHOLDS[kommunkod] - town}
            drift = {"tatort": rng.uniform(-2, 2), "utanfor": rng.uniform(-8, 8)}
            for technology, speed, inside, outside in OFFERED:
                shares = {"tatort": inside, "utanfor": outside}
                covered = {
                    area: round(
                        count * min(99.8, shares[area] + drift[area] - 1.6 * (2025 - year)) / 100
                    )
                    for area, count in areas.items()
                }
                whole = {"alla": (sum(areas.values()), sum(covered.values()))}
                counts = whole | {area: (areas[area], covered[area]) for area in areas}
                rows += [
                    [year, kommunkod, kommun, area, technology, speed, of, part, part / of * 100]
                    for area, (of, part) in counts.items()
                ]
    for row in rows:
        row[-1] = round(row[-1], 1)
    rows[STALE - 2][-1] = round(rows[STALE - 2][-1] - 7, 1)
    return rows


def write(
    folder: Path, rng: random.Random, own: random.Random
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Both files; their entries, and what the manifest declares. ``rng`` goes on from the region's
    other files, ``own`` is for places and shares alone."""
    rows, few = measured(rng, own)
    forms.delimited(folder / f"{OWN}-bredband.csv", MEASURED, rows, decimal_comma=True)
    shares = reported(own)
    name = f"{OWN}-bredbandstillgang"
    forms.delimited(folder / f"{name}.csv", REPORTED, shares, decimal_comma=True)
    entries = [
        entry_of(
            f"{OWN}-bredband",
            "Uppmätt bredband, Blekinge",
            "bredband",
            OWN,
            f"{OWN}-bredband.csv",
            value=judged(3, 3, 3, 2, 4),
            source_system={"name": "Extern mättjänst", "supplier_owns_data": "yes"},
        ),
        entry_of(
            name,
            "Tillgång till bredband, Blekinge",
            "bredband",
            OWN,
            f"{name}.csv",
            value=judged(3, 3, 2, 2, 2),
            published={"status": "national_source", "url": "https://statistik.pts.se/"},
        ),
    ]
    impossible = {
        "kind": "impossible_speed",
        "column": "download_mbit",
        "rows": list(IMPOSSIBLE),
    }
    scarce = {"kind": "few_in_square", "column": "latitude", "rows": few}
    stale = {"kind": "share_of_another_year", "column": "andel", "rows": [STALE]}
    manifest = {
        f"{OWN}-bredband": FORM["csv"] | {"rows": len(rows), "defects": [impossible, scarce]},
        name: FORM["csv"] | {"rows": len(shares), "defects": [stale]},
    }
    return entries, manifest
