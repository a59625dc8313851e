"""JSON: records alone or wrapped as APIs do (EntryScape, Opendatasoft, CKAN, Esri, PxWeb), or
GeoJSON, which is a map.

Numbers are kept as the digits that stand in the file.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field
from typing import Any

from helpers.reading import bounds, encoding, esri, features, layout, records
from helpers.reading.snapshot import Repair
from helpers.reading.source import Read, Source
from helpers.words.errors import InputRefused

MAX_FILE = 100 << 20  # bytes: parsed, a file takes about seven times its size
# bytes of a parsed value with its key; a list takes as much as two more, an object as four
VALUE = 67
MAX_PARSED = 620 << 20
MAX_DEPTH = 4  # how deep a list of records may lie
NESTED = 2  # how deep objects in a record become columns of their own
STRAY = 64  # characters after the end that are told and left out
# without the facts of the objects, or in a form of their own
MAPS = {"Topology", "GeometryCollection"}
GEOGRAPHIC = {"FeatureCollection", "Feature"}
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
HALF = "[0-9a-fA-F]{2}"
ESCAPED = re.compile(
    rf"\\u[dD][89abAB]{HALF}\\u[dD][c-fC-F]{HALF}|(?P<lone>\\u[dD][89a-fA-F]{HALF})|\\.", re.S
)


@dataclass
class Document:
    """A parsed file. Of an object with the same key twice the last value counts; ``repeated`` says
    how many."""

    value: Any
    encoding: str
    repairs: list[Repair] = field(default_factory=list)

    def taken(self) -> list[Any]:
        """The value, in a list that whoever takes it out of leaves empty: once written, it is not
        to be held."""
        value, self.value = [self.value], None
        return value


class _Objects:
    def __init__(self) -> None:
        self.repeated = 0

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        self.repeated += len(pairs) - len(made)
        return made


def load(source: Source) -> Document:
    """The file's document. ``InputRefused`` names the line where it is not JSON; what stands after
    it is told.

    Raises ``InputRefused`` too for a file that is empty, too large or does not decode.
    """
    records.small(source.path, source.name, min(MAX_FILE, records.MAX_MEMORY_FILE))
    chosen = encoding.recognise(source.path, source.hints.get("encoding"), source.name)
    try:
        plain = source.path.read_bytes()[chosen.bom :].decode(chosen.name)
    except UnicodeDecodeError as error:
        raise InputRefused(
            "reading.undecodable",
            {"file": source.name, "encoding": chosen.name, "byte": error.start + chosen.bom},
        ) from None
    plain, halves = _whole(plain)
    bounds.parsed(_parsed(plain), source.name, MAX_PARSED)
    objects = _Objects()
    values, repairs = _values(plain, objects, source.name)
    if not values:
        raise InputRefused("reading.empty", {"file": source.name})
    if halves:
        repairs.append(Repair("half_letters", halves))
    if chosen.bom:
        repairs.append(Repair("bom", 1))
    if chosen.name != "utf-8":
        repairs.append(Repair("encoding", 1))
    if objects.repeated:
        repairs.append(Repair("repeated_keys", objects.repeated))
    return Document(values[0] if len(values) == 1 else values, chosen.name, repairs)


def _values(plain: str, objects: _Objects, file: str) -> tuple[list[Any], list[Repair]]:
    """The values that stand one after another in a text, and what stray text after them is told."""
    decoder = json.JSONDecoder(
        object_pairs_hook=objects, parse_float=records.plain, parse_int=str, parse_constant=str
    )
    values: list[Any] = []
    repairs: list[Repair] = []
    position = 0
    try:
        while (position := _skipped(plain, position)) < len(plain):
            value, end = decoder.raw_decode(plain, position)
            values.append(value)
            position = end
    except (json.JSONDecodeError, RecursionError) as error:
        rest = plain[position:].strip()
        if len(values) != 1 or len(rest) > STRAY or isinstance(error, RecursionError):
            line = getattr(error, "lineno", 1)
            raise InputRefused("reading.broken_json", {"file": file, "line": line}) from None
        repairs.append(Repair("trailing_text", len(rest)))
    if len(values) == 2 and isinstance(values[0], (list, dict)) and isinstance(values[1], str):
        values.pop()  # a stray quoted word after the document
        repairs.append(Repair("trailing_text", 1))
    return values, repairs


def _whole(text: str) -> tuple[str, int]:
    """The text with a replacement character for each half letter (a surrogate alone), and how many
    there were."""
    if SURROGATE.search(text) is None:
        return text, 0
    count = sum(escape["lone"] is not None for escape in ESCAPED.finditer(text))
    return ESCAPED.sub(lambda escape: "\\ufffd" if escape["lone"] else escape[0], text), count


def _parsed(text: str) -> int:
    """About how many bytes the document takes when it is parsed."""
    return sys.getsizeof(text) + VALUE * (
        text.count(",") + 2 * text.count("[") + 4 * text.count("{")
    )


def _skipped(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\r\n\ufeff":
        position += 1
    return position


def _lists(value: Any, depth: int = 0) -> list[list[Any]]:
    """The lists of objects (or of lists) in a document, at most four levels down."""
    if isinstance(value, list):
        lists = [value] if value and all(isinstance(item, dict) for item in value) else []
        if (
            not lists
            and len(value) > 1
            and all(isinstance(item, list) for item in value)
            and depth < MAX_DEPTH
        ):
            lists = [value]
        return lists
    if isinstance(value, dict) and depth < MAX_DEPTH:
        lists = []
        if len(value) > 1 and all(isinstance(child, dict) for child in value.values()):
            lists = [[{"nyckel": key, **child} for key, child in value.items()]]
        return lists + [nested for child in value.values() for nested in _lists(child, depth + 1)]
    return []


def rows_of(document: Any) -> list[dict[str, Any]]:
    """The records: the longest list of objects, an object of objects, or lists under a first list
    of names.

    >>> listed = [{"a": "1"}, {"a": "2"}]
    >>> rows_of({"success": True, "result": {"fields": [{"id": "a"}], "records": listed}})
    [{'a': '1'}, {'a': '2'}]
    >>> rows_of({"nhits": "1", "records": [{"recordid": "x", "fields": {"namn": "Ringdans"}}]})
    [{'namn': 'Ringdans'}]
    >>> rows_of([["namn", "antal"], ["Lekplats", "3"]])
    [{'namn': 'Lekplats', 'antal': '3'}]
    """
    if (
        isinstance(document, dict)
        and isinstance(document.get("columns"), list)
        and isinstance(document.get("data"), list)
    ):
        matrix = _of_pxweb(document)
        if matrix:
            return matrix
    lists = _lists(document)
    if not lists:
        return []
    rows = max(lists, key=len)
    if isinstance(rows[0], list):
        names = [name for name in rows[0] if isinstance(name, str)]
        if len(names) < len(rows[0]) or not all(map(layout.is_name, names)):
            return []  # coordinates, or a matrix of numbers
        return [dict(zip(names, row, strict=False)) for row in rows[1:]]
    # Opendatasoft's first interface
    if all(isinstance(row.get("fields"), dict) for row in rows):
        return [row["fields"] for row in rows]
    # Esri's, of a table without a map
    if all(isinstance(row.get("attributes"), dict) for row in rows):
        return [row["attributes"] for row in rows]
    return rows


def _of_pxweb(document: dict[str, Any]) -> list[dict[str, Any]]:
    """SCB's PxWeb: names in ``columns``, each row a ``key`` and ``values``; [] where it is
    something else."""
    names = [
        str(column.get("text") or column.get("code"))
        for column in document["columns"]
        if isinstance(column, dict)
    ]
    rows = [row for row in document["data"] if isinstance(row, dict)]
    if (
        not names
        or not rows
        or not all(isinstance(row.get(part), list) for row in rows for part in ("key", "values"))
    ):
        return []
    return [dict(zip(names, [*row["key"], *row["values"]], strict=False)) for row in rows]


def _flat(record: dict[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str | None]:
    """Objects in a record as columns named ``outer.inner``; lists as JSON."""
    flat: dict[str, str | None] = {}
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and value and depth < NESTED:
            flat |= _flat(value, f"{name}.", depth + 1)
        else:
            flat[name] = records.text(value)
    return flat


def _is_feature(value: Any) -> bool:
    return isinstance(value, dict) and value.get("type") == "Feature" and "geometry" in value


def _columns(flat: list[dict[str, str | None]]) -> list[str]:
    """All keys in order, without that of an object which some records have as null: its parts are
    the columns."""
    keys = dict.fromkeys(key for record in flat for key in record)
    outer = {key.rsplit(".", cut)[0] for key in keys for cut in range(1, key.count(".") + 1)}
    empty = {
        key for key in keys if key in outer and all(record.get(key) is None for record in flat)
    }
    return [key for key in keys if key not in empty]


def read(source: Source) -> Read:
    """The table of records, or the map, in a JSON file.

    Raises ``InputRefused`` where it is no JSON, holds no records or goes beyond bounds.
    """
    document = load(source)
    if isinstance(document.value, list) and all(_is_feature(item) for item in document.value):
        # a feature on each line
        document.value = {"type": "FeatureCollection", "features": document.value}
    if isinstance(document.value, dict) and document.value.get("type") in GEOGRAPHIC:
        result = features.geojson(source, document.taken())
    elif isinstance(document.value, dict) and (map_ := esri.as_geojson(document.value)) is not None:
        source.surroundings.add_all(esri.beside(document.value))
        document.value = map_
        del map_
        result = features.geojson(source, document.taken())
        result.format = "json"
        result.repairs.append(Repair("wrapped", 1))
    else:
        result = _table(source, document.taken())
    result.encoding = document.encoding
    result.repairs = document.repairs + result.repairs
    return result


def _table(source: Source, taken: list[Any]) -> Read:
    document = taken.pop()
    rows = rows_of(document)
    if not any(rows) or (isinstance(document, dict) and document.get("type") in MAPS):
        kind = (
            str(document.get("type"))
            if isinstance(document, dict) and "type" in document
            else "JSON"
        )
        raise InputRefused("reading.no_records", {"file": source.name, "kind": kind[:40]})
    wrapped = rows is not document and isinstance(document, dict)
    del document
    flat: list[dict[str, str | None]] = []
    for index, record in enumerate(rows):
        flat.append(_flat(record))
        rows[index] = {}  # two of each are not held
    del rows
    keys = _columns(flat)
    records.few(len(keys) * len(flat), source.name)
    bounds.narrow(len(keys), source.path.stem)
    names, repairs = records.headers(keys, len(keys))
    if any(key.startswith("\ufeff") for key in keys):
        repairs.append(Repair("bom", 1))
    data = ((i, [record.get(key) for key in keys]) for i, record in enumerate(flat, 1))
    relation = records.relation(source.folder, data, len(keys))
    del data, flat
    written = source.write(relation, names, table=source.path.stem)
    result = Read("json", decimal=written.decimal)
    result.add(written.table, repairs + written.repairs)
    source.surroundings.add_rows(written.table.name, written.outside)
    if wrapped:
        result.repairs.append(Repair("wrapped", 1))
    return result
