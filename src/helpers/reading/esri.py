"""Answers of Esri's feature services (ArcGIS) as the GeoJSON that they stand for: the same rows,
positions and system."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from helpers.reading.around import geojson
from helpers.reading.surroundings import Part

# Esri's own numbers of EPSG:3857
WEB_MERCATOR = {"102100": "3857", "102113": "3857", "900913": "3857"}
SHAPES = (("points", "MultiPoint"), ("paths", "MultiLineString"))


def as_geojson(document: dict[str, Any]) -> dict[str, Any] | None:
    """The FeatureCollection of a document that has ``attributes`` in each of its ``features``; None
    where it has not, or no feature has a position.

    Columns of the service's dates (milliseconds since 1970, UTC) become dates and times.
    """
    listed = document.get("features")
    if not isinstance(listed, list) or not all(_is_feature(feature) for feature in listed):
        return None
    if not any(_geometry(feature.get("geometry")) for feature in listed):
        return None
    dates = {
        field.get("name")
        for field in _objects(document.get("fields"))
        if field.get("type") == "esriFieldTypeDate"
    }
    features = [
        {
            "type": "Feature",
            "properties": {
                key: _date(value) if key in dates else value
                for key, value in feature["attributes"].items()
            },
            "geometry": _geometry(feature.get("geometry")),
        }
        for feature in listed
    ]
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    code = _code(document.get("spatialReference"))
    if code:
        collection["crs"] = {
            "type": "name",
            "properties": {"name": f"urn:ogc:def:crs:EPSG::{code}"},
        }
    return collection


def beside(document: dict[str, Any]) -> Iterator[Part]:
    """All of a document that ``as_geojson`` takes but its features' attributes, which are cells."""
    return geojson.parts(document, document["features"], lambda _, member: member == "attributes")


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _is_feature(candidate: Any) -> bool:
    return (
        isinstance(candidate, dict)
        and isinstance(candidate.get("attributes"), dict)
        and "type" not in candidate
    )


def _code(reference: Any) -> str | None:
    if not isinstance(reference, dict):
        return None
    code = str(reference.get("latestWkid") or reference.get("wkid") or "")
    return WEB_MERCATOR.get(code, code) if code.isdigit() else None


def _geometry(shape: Any) -> dict[str, Any] | None:
    if not isinstance(shape, dict):
        return None
    if shape.get("x") == "NaN":  # how Esri writes a point that has no place
        return None
    if shape.get("x") is not None:
        return {"type": "Point", "coordinates": [shape["x"], shape.get("y")]}
    if shape.get("rings"):
        return {"type": "MultiPolygon", "coordinates": _polygons(shape["rings"])}
    return next(
        ({"type": kind, "coordinates": shape[key]} for key, kind in SHAPES if shape.get(key)), None
    )


def _polygons(rings: list[Any]) -> list[list[Any]]:
    """The polygons of Esri's rings: one that runs clockwise begins a polygon, one the other way is
    a hole in it (ArcGIS REST API, geometry objects)."""
    polygons: list[list[Any]] = []
    for ring in rings:
        if polygons and not _is_clockwise(ring):
            polygons[-1].append(ring)
        else:
            polygons.append([ring])
    return polygons


def _is_clockwise(ring: list[Any]) -> bool:
    try:
        pairs = [(float(position[0]), float(position[1])) for position in ring]
    except (TypeError, ValueError, IndexError):
        return True
    return sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(pairs)) >= 0


def _date(value: Any) -> Any:
    try:
        moment = dt.datetime(1970, 1, 1) + dt.timedelta(milliseconds=int(value))
    except (TypeError, ValueError, OverflowError):
        return value
    return (
        moment.date().isoformat()
        if moment.time() == dt.time()
        else moment.isoformat(" ", "seconds")
    )
