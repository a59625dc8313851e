"""Coordinate systems that Swedish data come in, told apart by where the points would lie.

Names and extents are the EPSG register's; SWEREF 99's twelve zones have a false easting of 150 km,
so their numbers look alike.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from helpers.ground import geography
from helpers.ground.geography import DEGREES, ZONES, Array

ZONE = "SWEREF 99"  # some zone of it
MOST = 5_000  # points that are tried
NAMES = {
    "EPSG:4326": "WGS 84",
    "EPSG:3006": "SWEREF 99 TM",
    "EPSG:3021": "RT 90 2,5 gon V",
    "EPSG:3857": "Web Mercator",
    **{
        f"EPSG:{code}": f"SWEREF 99 {int(degree):02d} {round(degree % 1 * 60):02d}"
        for code, degree in ZONES.items()
    },
}


def name(crs: str) -> str:
    """What people call a system.

    >>> name("EPSG:3008"), name("EPSG:3012"), name("EPSG:25833")
    ('SWEREF 99 13 30', 'SWEREF 99 14 15', 'EPSG:25833')
    """
    return NAMES.get("EPSG:4326" if crs in DEGREES else crs, crs)


def look_like(
    x: Array, y: Array, lon: Array, lat: Array, crs: str, area: str | None = None
) -> NDArray[np.object_]:
    """For each point that lies outside Sweden: the name of the system by which it would lie in
    ``area``, or in Sweden.

    None for one that is right, or lies right by no system. ``x, y`` are east and north as the
    source has them, ``lon, lat`` the same in degrees by ``crs``. Points in Sweden are asked too
    where most lie outside ``area``: then the table is in another zone. At most 5,000 points are
    tried; the system that most of them fit is taken first. Of a table in an unknown system no point
    is in another: that it could not be settled is told once, by reading.
    """
    result: NDArray[np.object_] = np.full(len(x), None, dtype=object)
    if crs == "unknown":
        return result
    given = np.isfinite(x) & np.isfinite(y) & ~((np.abs(x) < 0.01) & (np.abs(y) < 0.01))
    wrong = given & ~geography.in_sweden(
        np.nan_to_num(lon, nan=999.0), np.nan_to_num(lat, nan=999.0)
    )
    if area and given.any() and geography.share_on_land(lon, lat, "EPSG:4326", area) < 0.5:
        wrong = given & ~_on_land(lon, lat, area)
    left = np.flatnonzero(wrong)[:MOST]
    while len(left):
        fits = {
            system: _fits(x[left], y[left], system, area)
            for system in NAMES
            if system != crs and not (system in crs and system in DEGREES)
        }
        best = max(fits, key=lambda system: fits[system].sum())
        hits = fits[best]
        if not hits.any():
            break
        zones = [
            system for system in fits if _is_zone(system) and fits[system].sum() >= 0.8 * hits.sum()
        ]
        result[left[hits]] = ZONE if _is_zone(best) and len(zones) > 1 else name(best)
        left = left[~hits]
    return result


def _is_zone(crs: str) -> bool:
    return int(crs.removeprefix("EPSG:")) in ZONES


def _on_land(lon: Array, lat: Array, area: str | None) -> NDArray[np.bool_]:
    codes = geography.codes_of(lon, lat)
    return np.array(
        [code is not None and code.startswith(area or "") for code in codes], dtype=bool
    )


def _fits(x: Array, y: Array, crs: str, area: str | None) -> NDArray[np.bool_]:
    """True where the point, or the point with its axes the other way round, lies on land in the
    area by that system."""
    fits = np.zeros(len(x), dtype=bool)
    for east, north in ((x, y), (y, x)):
        if crs in DEGREES and east is y:  # axes that changed places have a rule of their own
            continue
        kind = geography.plausible(east, north, crs)
        if kind.any():
            fits[kind] |= _on_land(*geography.to_wgs84(east[kind], north[kind], crs), area)
    return fits
