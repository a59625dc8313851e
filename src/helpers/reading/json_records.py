"""Which part of a JSON document is its records: the longest list of objects, an object of objects,
or lists under a first list of names, alone or wrapped as APIs do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from helpers.reading import layout
from helpers.reading.snapshot import Repair

MAX_DEPTH = 4  # how deep a list of records may lie


@dataclass
class Records:
    """The records, each an object of what becomes its cells.

    ``cells``: identities of the objects and lists of the document that became cells altogether;
    what is in none of them stands beside the records. ``repairs``: of the names of lists.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    cells: set[int] = field(default_factory=set)
    repairs: list[Repair] = field(default_factory=list)


def _lists(value: Any, depth: int = 0) -> list[Any]:
    """The lists of objects (or of lists), and the objects of objects, at most four levels down."""
    if isinstance(value, list):
        lists: list[Any] = (
            [value] if value and all(isinstance(item, dict) for item in value) else []
        )
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
            lists = [value]
        return lists + [nested for child in value.values() for nested in _lists(child, depth + 1)]
    return []


def find(document: Any) -> Records:
    """The records of a document; none where it holds none.

    >>> listed = [{"a": "1"}, {"a": "2"}]
    >>> find({"success": True, "result": {"fields": [{"id": "a"}], "records": listed}}).rows
    [{'a': '1'}, {'a': '2'}]
    >>> find({"nhits": "1", "records": [{"recordid": "x", "fields": {"namn": "Ringdans"}}]}).rows
    [{'namn': 'Ringdans'}]
    >>> find([["namn", "antal"], ["Lekplats", "3", "stängd"]]).rows
    [{'namn': 'Lekplats', 'antal': '3', 'kolumn_3': 'stängd'}]
    """
    if (
        isinstance(document, dict)
        and isinstance(document.get("columns"), list)
        and isinstance(document.get("data"), list)
    ):
        matrix = _of_pxweb(document)
        if matrix.rows:
            return matrix
    lists = _lists(document)
    if not lists:
        return Records()
    chosen = max(lists, key=len)
    if isinstance(chosen, dict):
        return _by_key(chosen)
    if isinstance(chosen[0], list):
        names = [name for name in chosen[0] if isinstance(name, str)]
        if not names or len(names) < len(chosen[0]) or not all(map(layout.is_name, names)):
            return Records()  # coordinates, or a matrix of numbers
        return _of_lists(names, chosen[1:], {id(chosen)})
    # Opendatasoft's first interface; Esri's, of a table without a map
    for member in ("fields", "attributes"):
        if all(isinstance(row.get(member), dict) for row in chosen):
            inner = [row[member] for row in chosen]
            return Records(inner, {id(row) for row in inner})
    return Records(chosen, {id(chosen)})


def _by_key(records: dict[str, dict[str, Any]]) -> Records:
    """Records under a key each, which is a column of its own."""
    name = "nyckel"
    while any(name in record for record in records.values()):
        name += "_"
    return Records([{name: key, **record} for key, record in records.items()], {id(records)})


def _of_lists(names: list[str], lists: list[list[Any]], cells: set[int]) -> Records:
    """Records of lists of cells; a list may be longer than that of the names."""
    width = max([len(names), *map(len, lists)])
    unique, blank, repeated = layout.unique_names(names, width)
    counts = (("blank_header", blank), ("repeated_header", repeated))
    repairs = [Repair(code, count) for code, count in counts if count]
    return Records([dict(zip(unique, row, strict=False)) for row in lists], cells, repairs)


def _of_pxweb(document: dict[str, Any]) -> Records:
    """SCB's PxWeb: names in ``columns``, each row a ``key`` and ``values``; none where it is
    something else."""
    names = [
        str(column.get("text") or column.get("code"))
        for column in document["columns"]
        if isinstance(column, dict)
    ]
    rows = [row for row in document["data"] if isinstance(row, dict)]
    parts = ("key", "values")
    if (
        not names
        or not rows
        or not all(isinstance(row.get(p), list) for row in rows for p in parts)
    ):
        return Records()
    cells = {id(row[part]) for row in rows for part in parts}
    return _of_lists(names, [[*row["key"], *row["values"]] for row in rows], cells)
