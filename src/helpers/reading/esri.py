"""Answers of Esri's feature services (ArcGIS) as the GeoJSON that they stand for: the same rows,
positions and system."""

from __future__ import annotations

import datetime as dt
from typing import Any

WEB_MERCATOR = {
    "102100": "3857",
    "102113": "3857",
    "900913": "3857",
}  # Esri's own numbers of EPSG:3857
SHAPES = (("points", "MultiPoint"), ("paths", "MultiLineString"), ("rings", "Polygon"))


def as_geojson(document: dict[str, Any]) -> dict[str, Any] | None:
    """The FeatureCollection of a document that has ``attributes`` in each of its ``features``; None
    where it has not,

    or no feature has a position. Columns of the service's dates (milliseconds since 1970, UTC)
    become dates and times.
    """
    listed = document.get("features")
    if not isinstance(listed, list) or not all(_is_feature(one) for one in listed):
        return None
    if not any(_geometry(one.get("geometry")) for one in listed):
        return None
    dates = {
        one.get("name")
        for one in _objects(document.get("fields"))
        if one.get("type") == "esriFieldTypeDate"
    }
    features = [
        {
            "type": "Feature",
            "properties": {
                key: _date(value) if key in dates else value
                for key, value in one["attributes"].items()
            },
            "geometry": _geometry(one.get("geometry")),
        }
        for one in listed
    ]
    made: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    code = _code(document.get("spatialReference"))
    if code:
        made["crs"] = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{code}"}}
    return made


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _is_feature(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(one.get("attributes"), dict) and "type" not in one


def _code(reference: Any) -> str | None:
    if not isinstance(reference, dict):
        return None
    code = str(reference.get("latestWkid") or reference.get("wkid") or "")
    return WEB_MERCATOR.get(code, code) if code.isdigit() else None


def _geometry(shape: Any) -> dict[str, Any] | None:
    if not isinstance(shape, dict):
        return None
    if shape.get("x") is not None:
        return {"type": "Point", "coordinates": [shape["x"], shape.get("y")]}
    return next(
        ({"type": kind, "coordinates": shape[key]} for key, kind in SHAPES if shape.get(key)), None
    )


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
