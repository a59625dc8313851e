"""JSON: records alone, wrapped as APIs do (EntryScape, Opendatasoft, CKAN, Esri, OData, FHIR), or
in a form of their own (JSON-stat, PxWeb, SPARQL); or GeoJSON, which is a map.

Numbers are kept as the digits that stand in the file.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from helpers.reading import (
    bounds,
    encoding,
    esri,
    features,
    json_pages,
    json_records,
    records,
    scripts,
)
from helpers.reading.around import json_members
from helpers.reading.snapshot import Repair
from helpers.reading.source import Read, Source
from helpers.reading.surroundings import Part, Surroundings
from helpers.words.errors import InputRefused
from helpers.words.personal import hiding

MAX_FILE = 100 << 20  # bytes: parsed, a file takes about seven times its size
# bytes of a parsed value with its key; a list takes as much as two more, an object as four
VALUE = 67
MAX_PARSED = 620 << 20
NESTED = 2  # how deep objects in a record become columns of their own
STRAY = 64  # characters after the end that are told and left out
# without the facts of the objects, or in a form of their own
MAPS = {"Topology", "GeometryCollection"}
GEOGRAPHIC = {"FeatureCollection", "Feature"}
BETWEEN = " \t\r\n\ufeff\x1e"  # and before each text of a sequence (RFC 7464)
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
    """Makes objects of their members; of a key that stands twice the first value is handed over."""

    def __init__(self, surroundings: Surroundings) -> None:
        self.surroundings, self.repeated = surroundings, 0

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            made = {}
            for key, value in pairs:
                if key in made:
                    self.lost(key, made[key])
                made[key] = value
        return made

    def lost(self, key: str, value: Any) -> None:
        self.repeated += 1
        json_members.hand_over(value, self.surroundings, "lost_value", key)


def _document(source: Source) -> Document:
    """The file's document. ``InputRefused`` names the line where it is not JSON; what stands after
    it is told.

    Raises ``InputRefused`` too for a file that is empty, too large or does not decode.
    """
    records.require_max_bytes(source.path, source.name, min(MAX_FILE, records.MAX_MEMORY_FILE))
    chosen = encoding.recognise(source.path, source.hints.get("encoding"), source.name)
    try:
        plain = source.path.read_bytes()[chosen.bom :].decode(chosen.name)
    except UnicodeDecodeError as error:
        raise InputRefused(
            "reading.undecodable",
            {"file": source.name, "encoding": chosen.name, "byte": error.start + chosen.bom},
        ) from None
    plain, script = scripts.without(plain)
    if script:
        source.surroundings.add(Part("trailing_text", script))
    plain, halves = _whole(plain)
    bounds.parsed(_parsed(plain), source.name, MAX_PARSED)
    objects = _Objects(source.surroundings)
    values, repairs = _values(plain, objects, source)
    if not values:
        raise InputRefused("reading.empty", {"file": source.name})
    counts = (
        ("script", int(bool(script))),
        ("half_letters", halves),
        ("bom", int(chosen.bom > 0)),
        ("encoding", int(chosen.name != "utf-8")),
        ("repeated_keys", objects.repeated),
    )
    repairs += [Repair(code, count) for code, count in counts if count]
    return Document(values[0] if len(values) == 1 else values, chosen.name, repairs)


def _values(plain: str, objects: _Objects, source: Source) -> tuple[list[Any], list[Repair]]:
    """The values that stand one after another in a text; stray text after them is told, and handed
    over."""
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
        more = rest[:1] in ("{", "[")  # a further value that is broken is no stray text
        if len(values) != 1 or more or len(rest) > STRAY or isinstance(error, RecursionError):
            line = getattr(error, "lineno", 1)
            raise InputRefused("reading.broken_json", {"file": source.name, "line": line}) from None
        source.surroundings.add(Part("trailing_text", rest))
        repairs.append(Repair("trailing_text", len(rest)))
    if len(values) == 2 and isinstance(values[0], (list, dict)) and isinstance(values[1], str):
        # a stray quoted word after the document
        source.surroundings.add(Part("trailing_text", values.pop()))
        repairs.append(Repair("trailing_text", 1))
    if len(values) > 1 and all(map(_are_records, values)):
        repairs.append(Repair("lists_joined", len(values)))
        values = [list(chain.from_iterable(values))]
    return values, repairs


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


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
    while position < len(text) and text[position] in BETWEEN:
        position += 1
    return position


def _flat(
    record: dict[str, Any],
    lost: Callable[[str, str | None], None],
    lists: Counter[str],
    prefix: str = "",
    depth: int = 0,
) -> dict[str, str | None]:
    """Objects in a record as columns named ``outer.inner``; lists as JSON. ``lost`` takes name and
    text of a cell whose name another one has too; ``lists`` counts cells that hold records of their
    own, by name."""
    flat: dict[str, str | None] = {}
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and value and depth < NESTED:
            cells = _flat(value, lost, lists, f"{name}.", depth + 1)
        else:
            lists[name] += isinstance(value, list) and any(isinstance(one, dict) for one in value)
            cells = {name: records.text(value)}
        for double in flat.keys() & cells.keys():
            lost(double, flat[double])
        flat |= cells
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
    document = _document(source)
    if isinstance(document.value, list) and all(_is_feature(item) for item in document.value):
        # a feature on each line
        document.value = {"type": "FeatureCollection", "features": document.value}
    wrapped = [] if source.hints.get("records") is not None else _unwrapped(source, document)
    pages = _pages_of_a_map(document.value)
    if source.hints.get("records") is not None:
        pages = []
        result = _table(source, document.taken())
    elif isinstance(document.value, dict) and document.value.get("type") in GEOGRAPHIC:
        result = features.geojson(source, document.taken())
    elif isinstance(document.value, dict) and (map_ := esri.as_geojson(document.value)) is not None:
        source.surroundings.add_all(esri.beside(document.value))
        document.value = map_
        del map_
        result = features.geojson(source, document.taken())
        result.format = "json"
        result.repairs.append(Repair("wrapped", 1))
    else:
        pages = []
        result = _table(source, document.taken())
    result.encoding = document.encoding
    result.repairs = document.repairs + result.repairs + wrapped + pages
    return result


def _unwrapped(source: Source, document: Document) -> list[Repair]:
    """Leave in the document the one map that lies in an answer, and hand over what is beside it."""
    maps = list(_maps(document.value))
    if len(maps) != 1 or maps[0] is document.value:
        return []
    json_members.hand_over(document.value, source.surroundings, cells={id(maps[0])})
    document.value = maps[0]
    return [Repair("wrapped", 1)]


def _maps(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The collections of features in an object, at most three levels down."""
    if not isinstance(value, dict):
        return
    if value.get("type") == "FeatureCollection" and isinstance(value.get("features"), list):
        yield value
    elif depth < 3:
        for child in value.values():
            yield from _maps(child, depth + 1)


def _pages_of_a_map(document: Any) -> list[Repair]:
    """What tells that a list of features is one page of many."""
    listed = document.get("features") if isinstance(document, dict) else None
    return json_pages.repairs_of_pages((document,), len(listed)) if isinstance(listed, list) else []


def _table(source: Source, taken: list[Any]) -> Read:
    document = taken.pop()
    found = json_records.find(document, source.hints.get("records"))
    rows = found.rows
    if not any(rows) or (isinstance(document, dict) and document.get("type") in MAPS):
        said = document.get("type") if isinstance(document, dict) else None
        kind = f"JSON ({hiding.hide(str(said))[:40]})" if said else "JSON"
        raise InputRefused("reading.no_records", {"file": source.name, "kind": kind})
    json_members.hand_over(document, source.surroundings, cells=found.cells)
    pages = json_pages.repairs_of_pages(found.holders, len(rows))
    found.holders = ()
    wrapped = rows is not document and isinstance(document, dict)
    del document
    flat, told = _flattened(source, rows)
    keys = _columns(flat)
    records.require_max_cells(len(keys) * len(flat), source.name)
    bounds.require_max_columns(len(keys), source.path.stem)
    names, repairs = records.headers(keys, len(keys))
    if any(key.startswith("\ufeff") for key in keys):
        repairs.append(Repair("bom", 1))
    data = ((i, [record.get(key) for key in keys]) for i, record in enumerate(flat, 1))
    relation = records.relation(source.folder, data, len(keys))
    del data, flat
    written = source.write(relation, names, table=source.path.stem)
    result = Read("json", decimal=written.decimal)
    result.add(written.table, found.repairs + told + repairs + written.repairs)
    source.surroundings.add_rows(written.table.name, written.outside)
    if wrapped:
        result.repairs.append(Repair("wrapped", 1))
    result.repairs += pages
    return result


def _flattened(
    source: Source, rows: list[dict[str, Any]]
) -> tuple[list[dict[str, str | None]], list[Repair]]:
    """The cells of each record by column, and what is told of them: two of the same name, lists of
    records. ``rows`` are emptied on the way: two of each are not held."""
    objects, lists = _Objects(source.surroundings), Counter[str]()
    flat: list[dict[str, str | None]] = []
    for index, record in enumerate(rows):
        flat.append(_flat(record, objects.lost, lists))
        rows[index] = {}
    rows.clear()
    told = [Repair("repeated_keys", objects.repeated)] if objects.repeated else []
    told += [Repair("nested_lists", count, column=name) for name, count in lists.items() if count]
    return flat, told
