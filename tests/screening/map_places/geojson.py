"""Places in GeoJSON and Esri JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.screening.map_places.standing import (
    stands,
)


def features(**members: Any) -> list[dict[str, Any]]:
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [15.5 + i / 100, 56.1]},
            "properties": {"namn": name},
            **members,
        }
        for i, name in enumerate(("Bollplan", "Badplats", "Hundrastgård"))
    ]


def geojson(folder: Path, listed: list[Any], **members: Any) -> Path:
    file = folder / "karta.geojson"
    whole = {"type": "FeatureCollection", **members, "features": listed}
    file.write_text(json.dumps(whole), "utf-8")
    return file


@stands("map_member")
def geojson_name(folder: Path, text: str) -> Path:
    return geojson(folder, features(), name=text)


@stands("map_member")
def geojson_foreign_member(folder: Path, text: str) -> Path:
    return geojson(folder, features(), metadata={"kontakt": [{"vem": text}]})


@stands("map_member")
def geojson_key(folder: Path, text: str) -> Path:
    return geojson(folder, features(), metadata={text: 1})


@stands("map_member")
def geojson_system(folder: Path, text: str) -> Path:
    return geojson(folder, features(), crs={"type": "name", "properties": {"name": text}})


@stands("map_member")
def geojson_bounds(folder: Path, text: str) -> Path:
    return geojson(folder, features(), bbox=[15, 56, text, 57])


@stands("map_member")
def geojson_json_in_a_text(folder: Path, text: str) -> Path:
    return geojson(folder, features(), about=json.dumps({"text": [text]}))


@stands("map_member")
def geojson_after_the_features(folder: Path, text: str) -> Path:
    file = folder / "karta.geojson"
    listed = {"type": "FeatureCollection", "features": features(), "features_note": text}
    file.write_text(json.dumps(listed), "utf-8")
    return file


@stands("feature_member")
def geojson_feature_member(folder: Path, text: str) -> Path:
    return geojson(folder, features(anmärkning=text))


@stands("feature_member")
def geojson_properties_that_are_a_text(folder: Path, text: str) -> Path:
    return geojson(folder, [*features(), *features(properties=text)])


@stands("feature_member")
def geojson_shape_that_is_a_text(folder: Path, text: str) -> Path:
    return geojson(folder, [*features(), *features(geometry=text)])


@stands("feature_member")
def geojson_type_of_a_feature(folder: Path, text: str) -> Path:
    return geojson(folder, features(type=text))


@stands("feature_member")
def geojson_bounds_of_a_feature(folder: Path, text: str) -> Path:
    return geojson(folder, features(bbox=[text]))


@stands("feature_id")
def geojson_id_beside_an_id(folder: Path, text: str) -> Path:
    return geojson(folder, features(id=text, properties={"id": "a", "namn": "Park"}))


@stands("feature_id")
def geojson_id_that_is_an_object(folder: Path, text: str) -> Path:
    return geojson(folder, features(id={"nr": text}))


@stands("geometry_member")
def geojson_member_of_a_shape(folder: Path, text: str) -> Path:
    shape = {"type": "Point", "coordinates": [15.5, 56.1], "foo": text}
    return geojson(folder, features(geometry=shape))


@stands("geometry_member")
def geojson_coordinate(folder: Path, text: str) -> Path:
    shape = {"type": "Point", "coordinates": [15.5, 56.1, text]}
    return geojson(folder, features(geometry=shape))


@stands("geometry_member", number=True)
def geojson_coordinate_that_is_a_number(folder: Path, text: str) -> Path:
    number = int(text) if text.isdigit() else 3
    shape = {"type": "Point", "coordinates": [15.5, 56.1, number]}
    return geojson(folder, features(geometry=shape))


@stands("geometry_member")
def geojson_shape_in_a_collection(folder: Path, text: str) -> Path:
    point = {"type": "Point", "coordinates": [15.5, 56.1], "bild": {"text": text}}
    shape = {"type": "GeometryCollection", "geometries": [point]}
    return geojson(folder, [*features(), *features(geometry=shape)])


@stands("no_feature")
def geojson_junk(folder: Path, text: str) -> Path:
    return geojson(folder, [*features(), text, [text], 17])


@stands("feature_member")
def geojson_lines(folder: Path, text: str) -> Path:
    file = folder / "karta.json"
    lines = [*features(), *features(about=text)]
    file.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return file


@stands("feature_member")
def geojson_one_feature(folder: Path, text: str) -> Path:
    file = folder / "karta.geojson"
    file.write_text(json.dumps(features()[0] | {"about": text}), "utf-8")
    return file


def esri(folder: Path, feature: dict[str, Any] | None = None, **members: Any) -> Path:
    listed = [
        {"attributes": {"namn": name}, "geometry": {"x": 15.5, "y": 56.1}, **(feature or {})}
        for name in ("Bollplan", "Badplats", "Hundrastgård")
    ]
    file = folder / "karta.json"
    whole = {"spatialReference": {"wkid": 4326}, "features": listed, **members}
    file.write_text(json.dumps(whole), "utf-8")
    return file


@stands("map_member")
def esri_alias(folder: Path, text: str) -> Path:
    field = {"name": "namn", "alias": text, "type": "esriFieldTypeString"}
    return esri(folder, fields=[field])


@stands("map_member")
def esri_domain(folder: Path, text: str) -> Path:
    domain = {"type": "codedValue", "codedValues": [{"name": text, "code": 1}]}
    return esri(folder, fields=[{"name": "namn", "domain": domain}])


@stands("feature_member")
def esri_member(folder: Path, text: str) -> Path:
    return esri(folder, {"symbol": {"text": text}})


@stands("geometry_member")
def esri_shape(folder: Path, text: str) -> Path:
    return esri(folder, {"geometry": {"x": 15.5, "y": 56.1, "z": text}})
