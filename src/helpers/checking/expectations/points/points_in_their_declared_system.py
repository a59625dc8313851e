"""The points lie in Sweden by the coordinate system that the source says.

Who trusts what the file says puts them elsewhere. Source: files whose system was changed and whose
statement was not.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Judged
from helpers.ground import systems
from helpers.reading.snapshot import Snapshot


def _said(form: str, system: str | None) -> str:
    """The key of what is told: a map in GeoJSON need not name WGS 84 (RFC 7946)."""
    return "implied" if form == "geojson" and system == "EPSG:4326" else "declared"


def _judge(snapshot: Snapshot) -> list[Judged]:
    place = snapshot.main.geometry
    contradicted = next(
        (str(repair.column) for repair in snapshot.repairs if repair.code == "crs_contradicted"),
        None,
    )
    if place is None or (place.certainty != "declared" and contradicted is None):
        return []
    names = {}
    if contradicted:
        names = {"declared": systems.name(contradicted), "system": systems.name(place.crs)}
    return [
        Judged(
            1,
            int(contradicted is not None),
            snapshot.main.name,
            told=(_said(snapshot.format, contradicted), names) if names else None,
        )
    ]


_POINT = [{"lon": 15.5, "lat": 56.2}]

EXPECTATION = Expectation(
    lambda on: None,
    scope="source",
    judge=_judge,
    right=(_POINT,),
    wrong=(
        {
            "example": _POINT,
            "repairs": [{"code": "crs_contradicted", "count": 1, "column": "EPSG:3006"}],
        },
    ),
)
