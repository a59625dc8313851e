"""Maps: GeoJSON by its own text, and GPKG, Shapefile, KML and FlatGeobuf by GDAL, one driver each,
in a private copy.

The properties become columns; a feature's position is its point, or the centre of another shape (by
one definition in every format: module ``centres``). GDAL is given a copy under the name that its
driver expects, after the first bytes said what it is: a file of another kind (a VRT that is called
.geojson reads other files) never reaches it.
"""

from __future__ import annotations

import re
import shutil
import uuid
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any

from helpers.reading import archives, bounds, centres, dbase, geopackages, outlines, records
from helpers.reading.around import geojson as around_geojson
from helpers.reading.around import maps, shape_parts, sqlite, zips
from helpers.reading.layers import Folders, Layer
from helpers.reading.records import text
from helpers.reading.snapshot import MAX_ROWS_LISTED, Geometry, Repair, Table
from helpers.reading.source import Read, Source
from helpers.words.errors import InputRefused
from helpers.words.files import shapefiles
from helpers.words.folding import fold
from helpers.words.source_text import SourceText

# The drivers that may open a format (of KML the one or the other is built into GDAL), and the name
# they expect.
DRIVERS = {
    "gpkg": (("GPKG",), ".gpkg"),
    "shapefile": (("ESRI Shapefile",), ".shp"),
    "flatgeobuf": (("FlatGeobuf",), ".fgb"),
    "kml": (("LIBKML", "KML"), ".kml"),
}
MAX_LAYERS = 50
MAX_FOLDERS = 1000  # of a KML, and no more than come to so many bytes parsed in all
KML_WORK = 1 << 30
PLACEMARK = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?Placemark[\s/>]")
NO_ELEMENT = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.S)
MAX_KML = 60 << 20  # bytes: its driver holds all of it, and more than once
PIECE = 32 << 20  # bytes of a layer that are read at a time


def crs_of(document: dict[str, Any]) -> str:
    """The declared system of a GeoJSON; WGS84 where it declares none (RFC 7946)."""
    declared = document.get("crs")
    properties = declared.get("properties") if isinstance(declared, dict) else None
    name = str(properties.get("name", "")).upper() if isinstance(properties, dict) else ""
    code = name.rsplit(":", 1)[-1]
    return f"EPSG:{code}" if "EPSG" in name and code.isdigit() and len(code) <= 6 else "EPSG:4326"


def _numbered(
    features: list[dict[str, Any]], keys: list[str]
) -> Iterator[tuple[int, list[str | None]]]:
    """Each feature's number and cells; ``features`` is emptied on the way."""
    features.reverse()
    for number in range(1, len(features) + 1):
        properties = _properties(features.pop())
        yield number, [text(properties.get(key)) for key in keys] or [None]


def _write(
    source: Source,
    keys: list[str],
    relation: str,
    *,
    kind: str,
    crs: str | None,
    name: str,
    target: str = "table",
) -> tuple[Table, list[Repair], str | None]:
    """The table of a map's ``relation``: its cells, and ``x, y``."""
    names, repairs = records.headers(keys, len(keys)) if keys else (["feature"], [])
    cells = f"(select * exclude (x, y) from {relation})"
    written = source.write(
        relation, names, table=name, target=target, sample=cells, crs=crs, has_xy=True
    )
    source.surroundings.add_rows(name, written.outside)
    made, place = written.table, written.table.geometry
    if place is not None:
        place = Geometry(place.crs, place.certainty, kind, [], place.without, place.beside)
        made = Table(made.name, made.path, made.rows, made.columns, None, place)
    return made, repairs + written.repairs, written.decimal


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    """The feature's properties, and its own id where they have none (RFC 7946, 3.2)."""
    properties = feature["properties"] if isinstance(feature.get("properties"), dict) else {}
    return {"id": feature["id"], **properties} if _is_cell(feature, "id") else properties


def _is_cell(feature: dict[str, Any], member: str) -> bool:
    """True for what becomes cells of a feature's row: its properties, and its id where they have
    none."""
    properties = feature.get("properties")
    if member == "properties":
        return isinstance(properties, dict)
    named = isinstance(properties, dict) and any(fold(key) == "id" for key in properties)
    return member == "id" and isinstance(feature.get("id"), (str, int)) and not named


def geojson(source: Source, taken: list[dict[str, Any]]) -> Read:
    """A FeatureCollection or a Feature, its numbers still text: the last of ``taken``, held no
    longer than it must be. Raises ``InputRefused`` where it has no features or is beyond bounds."""
    document = taken.pop()
    listed = document.get("features") if document.get("type") == "FeatureCollection" else [document]
    listed = listed if isinstance(listed, list) else []
    features = [feature for feature in listed if isinstance(feature, dict)]
    if not features:
        raise InputRefused("reading.empty", {"file": source.name})
    crs = crs_of(document)
    source.surroundings.add_all(around_geojson.parts(document, listed, _is_cell))
    others = len(listed) - len(features)
    del document, listed
    keys = list(dict.fromkeys(str(key) for feature in features for key in _properties(feature)))
    bounds.require_max_columns(len(keys), source.path.stem)
    records.require_max_cells(len(keys) * len(features), source.name)
    geometries = [_geometry(feature) for feature in features]
    kind = centres.kind_of({str(geometry.get("type", "")) for geometry in geometries})
    ones = sum(
        geometry.get("type") == "MultiPoint" and len(geometry.get("coordinates") or []) == 1
        for geometry in geometries
    )
    points = [centres.of_geojson(geometry) for geometry in geometries]
    unread = _without_centre(geometries, points)
    if source.outlines:
        source.outlines.add(
            (number, outlines.of_geojson(geometry), outlines.is_high(geometry))
            for number, geometry in enumerate(geometries, 1)
        )
    del geometries
    relation = records.relation(
        source.folder, _numbered(features, keys), len(keys) or 1, "table", points
    )
    del points
    table, repairs, decimal = _write(
        source, keys, relation, kind=kind, crs=crs, name=source.path.stem
    )
    result = Read("geojson", decimal=decimal)
    left = [Repair("no_feature", others)] if others else []
    result.add(table, repairs + _of_shapes(ones, unread) + left)
    return result


def _geometry(feature: dict[str, Any]) -> dict[str, Any]:
    return feature["geometry"] if isinstance(feature.get("geometry"), dict) else {}


def _without_centre(
    geometries: list[dict[str, Any]], points: list[tuple[float, float] | None]
) -> list[int]:
    """Numbers, from 1, of the features that have positions but whose shape cannot be read."""
    return [
        number
        for number, (geometry, point) in enumerate(zip(geometries, points, strict=True), 1)
        if point is None and centres.has_positions(geometry)
    ]


def _copy(source: Source, format: str, work: Path) -> Path:
    """A private copy under the name that the driver expects; of a shapefile the parts that belong
    to it."""
    # what lies in no folder of a KML is called after the copy: a name that no folder bears
    target = work / f"{uuid.uuid4().hex if format == 'kml' else 'layer'}{DRIVERS[format][1]}"
    if format != "shapefile":
        if format == "kml":
            _plain_xml(source)
        shutil.copyfile(source.path, target)
        return target
    if zipfile.is_zipfile(source.path):
        _unpacked_shape(source, work)
    else:
        beside: list[Path] = []
        for part in shapefiles.parts_of(source.path):
            if part.stem == source.path.stem and part.suffix.lower() in shapefiles.READ:
                shutil.copyfile(part, work / f"layer{part.suffix.lower()}")
            else:
                beside.append(part)
        shape_parts.parts(beside, source.surroundings)
    if missing := shapefiles.missing(target):
        raise InputRefused("reading.shape_parts", {"file": source.name, "missing": missing})
    return target


def _unpacked_shape(source: Source, work: Path) -> None:
    with archives.opened(source.path, source.name) as archive:
        members = archives.members(archive)
        maps = [name for name in members if name.lower().endswith(".shp")]
        if len(maps) != 1:
            raise InputRefused("reading.zip_several", {"file": source.name, "count": len(maps)})
        stem = maps[0][:-4].lower()
        read: dict[str, zipfile.ZipInfo] = {}
        for name in members:
            suffix = Path(name).suffix.lower()
            if name.lower().rsplit(".", 1)[0] == stem and suffix in shapefiles.READ:
                archives.unpack(archive, name, work / f"layer{suffix}")
                read[suffix] = archive.getinfo(name)
        zips.hand_over(archive, source.surroundings, source.folder, list(read.values()))


def _plain_xml(source: Source) -> None:
    data = source.path.read_bytes()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise InputRefused("reading.entities", {"file": source.name})


def by_gdal(source: Source, format: str) -> Read:
    """Every layer a table, the largest the main one.

    Raises ``InputRefused`` for a map that GDAL cannot read, that is empty or beyond bounds.
    """
    with warnings.catch_warnings():
        # GDAL names our own folder there; a refusal says the same
        warnings.simplefilter("ignore", RuntimeWarning)
        return _by_gdal(source, format)


def _filled_layers(
    copy: Path, file: SourceText, format: str, chosen: str | None
) -> tuple[list[tuple[int, str, dict[str, Any]]], int]:
    """Number, name and description of each layer with features, maps before tables, the largest
    first (of a KML in its own order); and how many layers more there are than are read."""
    import pyogrio  # 0.7 s

    listed = [str(name) for name, _ in pyogrio.list_layers(copy)]
    most = MAX_LAYERS
    if format == "kml":  # each look at a folder parses all of the file
        most = max(most, min(MAX_FOLDERS, KML_WORK // copy.stat().st_size))
    infos = [
        (
            number,
            name,
            pyogrio.read_info(copy, layer=number, encoding=chosen, force_feature_count=True),
        )
        for number, name in enumerate(listed[:most])
    ]
    infos = [entry for entry in infos if entry[2]["features"]]
    if any(info["driver"] not in DRIVERS[format][0] for *_, info in infos):
        raise InputRefused("reading.broken_map", {"file": file, "format": DRIVERS[format][0][-1]})
    if not infos:
        raise InputRefused("reading.empty", {"file": file})
    cells = sum(info["features"] * (len(info["fields"]) + 2) for *_, info in infos)
    records.require_max_cells(cells, file)
    if format != "kml":
        infos.sort(key=lambda entry: (entry[2]["geometry_type"] is None, -entry[2]["features"]))
    return infos, max(0, len(listed) - most)


def _by_gdal(source: Source, format: str) -> Read:
    import pyogrio  # 0.7 s

    records.require_max_bytes(
        source.path, source.name, min(MAX_KML, records.MAX_MEMORY_FILE) if format == "kml" else None
    )
    work = source.folder / "gdal.work"
    work.mkdir()
    try:
        return _layers(source, format, work)
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        pyogrio.errors.FeatureError,
        RuntimeError,
        UnicodeDecodeError,
        ValueError,
    ):
        raise InputRefused(
            "reading.broken_map", {"file": source.name, "format": DRIVERS[format][0][-1]}
        ) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _layers(source: Source, format: str, work: Path) -> Read:
    """The layers that hold something, read from a copy in ``work``."""
    copy = _copy(source, format, work)
    if format == "gpkg":
        geopackages.check(copy, source.name)
    chosen, of_texts = (
        dbase.recognise(work / "layer.dbf", source.name) if format == "shapefile" else (None, [])
    )
    infos, left_out = _filled_layers(copy, source.name, format, chosen)
    cells: set[int] = set()
    result = Read(format, encoding=None if chosen in (None, "utf-8") else chosen)
    layers = [
        Layer(copy, name, number, info["features"], chosen, cells) for number, name, info in infos
    ]
    together = format == "kml" and len(layers) > 1
    for layer in layers if together else layers[:1]:
        layer.outlines = source.outlines
    if together:
        table, repairs, result.decimal = _folders(source, layers)
        result.add(table, repairs)
    for number, layer in enumerate([] if together else layers):
        target = "table" if number == 0 else f"layer_{number}"
        table, repairs, decimal = _layer(source, layer, target, len(infos[number][2]["fields"]))
        result.add(table, repairs, beside=number > 0)
        result.decimal = result.decimal if number else decimal
    read = [(name, info) for _, name, info in infos]
    source.surroundings.add_all(maps.parts(source.path, copy, read, cells))
    counts = (
        ("folders", len(layers) if together else 0),
        ("layers", 0 if together else len(layers) - 1),
        ("placemarks_left", _placemarks_left(copy, layers) if format == "kml" else 0),
        ("layers_left_out", left_out),
        ("journal", len(sqlite.journals(source.path))),
        ("encoding", int(result.encoding is not None)),
    )
    result.repairs += [Repair(code, count) for code, count in counts if count] + of_texts
    result.repairs += shape_parts.own(copy, chosen, source.surroundings) if chosen else []
    return result


def _layer(
    source: Source, layer: Layer, target: str, width: int
) -> tuple[Table, list[Repair], str | None]:
    size = max(1, source.path.stat().st_size // layer.count)
    most = layer.count if layer.whole else max(1, min(records.batch_of(width + 2), PIECE // size))
    with closing(layer.pieces(most)) as pieces:
        first = next(pieces)
        keys, has_xy = first.keys, first.shapes is not None
        bounds.require_max_columns(len(keys), layer.name)
        title = source.path.stem if target == "table" else layer.name
        taken = layer.taken(chain([first], pieces))
        relation = records.relation_of(source.folder, taken, len(keys) or 1, target, xy=has_xy)
    if not has_xy:
        names, repairs = records.headers(keys, len(keys))
        written = source.write(relation, names, table=title, target=target)
        source.surroundings.add_rows(title, written.outside)
        return written.table, repairs + written.repairs, written.decimal
    table, repairs, decimal = _write(
        source,
        keys,
        relation,
        kind=centres.kind_of(layer.kinds),
        crs=epsg(first.meta["crs"]),
        name=title,
        target=target,
    )
    return table, repairs + _of_shapes(layer.ones, layer.unread), decimal


def _folders(source: Source, layers: list[Layer]) -> tuple[Table, list[Repair], str | None]:
    """All folders of a KML as one table."""
    folders = Folders(layers)
    bounds.require_max_columns(len(folders.keys), source.path.stem)
    relation = records.relation_of(
        source.folder, folders.taken(), len(folders.keys), "table", xy=True
    )
    crs = epsg(folders.pieces[0].meta["crs"])
    table, repairs, decimal = _write(
        source,
        folders.keys,
        relation,
        kind=centres.kind_of(layers[0].kinds),
        crs=crs,
        name=source.path.stem,
    )
    ones = sum(layer.ones for layer in layers)
    return table, repairs + _of_shapes(ones, folders.unread), decimal


def _placemarks_left(copy: Path, layers: list[Layer]) -> int:
    """How many placemarks of a KML are in none of the layers that were read."""
    written = PLACEMARK.findall(NO_ELEMENT.sub(b"", copy.read_bytes()))
    return max(0, len(written) - sum(layer.count for layer in layers))


def _of_shapes(ones: int, unread: list[int]) -> list[Repair]:
    """What is told of the shapes of a layer: multipoints of one point, and the rows of those that
    do not read."""
    lone = [Repair("multipoint_of_one", ones)] if ones else []
    if not unread:
        return lone
    return [*lone, Repair("shapes_unread", len(unread), unread[:MAX_ROWS_LISTED])]


def epsg(declared: str | None) -> str | None:
    """``EPSG:n`` of what the file declares; None where it declares nothing that is in the
    register."""
    if not declared:
        return None
    import pyproj  # 0.2 s

    if declared.startswith("OGC:CRS84"):
        return "EPSG:4326"  # the same with east first, as all is kept here
    try:
        code = pyproj.CRS.from_user_input(declared).to_epsg(min_confidence=25)
    except pyproj.exceptions.CRSError:
        return None
    return f"EPSG:{code}" if code else None
