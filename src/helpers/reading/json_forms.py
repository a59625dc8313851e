"""Forms of JSON in which a table is not a list of objects: names beside lists of cells, columns one
by one, dimensions (JSON-stat), bindings of a query.

Sources: json-stat.org/format, PxWeb, pandas' ``to_json``, Socrata's ``rows.json``, SPARQL 1.1 Query
Results JSON, Google's visualisation API.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any

from helpers.reading import bounds, layout
from helpers.reading.snapshot import Repair
from helpers.words.source_text import SourceText

NAMED = ("text", "label", "name", "title", "fieldName", "code", "id")
HEADERS = ("columns", "fields", "headers", "header", "cols", "variables")
MATRICES = ("data", "rows", "values", "records", "results", "value")


@dataclass
class Records:
    """The records, each an object of what becomes its cells.

    ``cells``: identities of the objects and lists of the document that became cells altogether;
    what is in none of them stands beside the records. ``repairs``: of the names of lists.
    ``holders``: the objects that the records lie in, the outermost first.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    cells: set[int] = field(default_factory=set)
    repairs: list[Repair] = field(default_factory=list)
    holders: tuple[dict[str, Any], ...] = ()


def scalar(value: Any) -> bool:
    """Neither an object nor a list."""
    return not isinstance(value, (dict, list))


def of_lists(names: list[str], lists: list[list[Any]], cells: set[int]) -> Records:
    """Records of lists of cells; a list may be longer than that of the names."""
    width = max([len(names), *map(len, lists)])
    unique, blank, repeated = layout.unique_names(names, width)
    counts = (("blank_header", blank), ("repeated_header", repeated))
    repairs = [Repair(code, count) for code, count in counts if count]
    return Records([dict(zip(unique, row, strict=False)) for row in lists], cells, repairs)


def recognise(holder: dict[str, Any]) -> Records | None:
    """The records of an object in one of these forms; None where it is in none of them.

    >>> recognise({"columns": ["namn", "antal"], "index": ["0"], "data": [["Eken", "3"]]}).rows
    [{'namn': 'Eken', 'antal': '3'}]
    >>> recognise({"namn": {"0": "Eken", "1": "Tallen"}, "antal": {"0": "3", "1": "4"}}).rows
    [{'namn': 'Eken', 'antal': '3'}, {'namn': 'Tallen', 'antal': '4'}]
    >>> recognise({"namn": ["Eken", "Tallen"], "antal": ["3", "4"]}).rows[1]
    {'namn': 'Tallen', 'antal': '4'}
    """
    return marked(holder) or named(holder) or _filled(_columns(holder))


def marked(holder: dict[str, Any]) -> Records | None:
    """Those of a form that its members tell for sure, wherever in a document it lies."""
    forms = (_pxweb, _cube, _bindings, _google)
    return next((found for form in forms if (found := _filled(form(holder)))), None)


def named(holder: dict[str, Any]) -> Records | None:
    """Those of names in one member and lists of as many cells in another: pandas ``split``,
    Socrata, and others."""
    return _filled(_names_beside_cells(holder))


def _filled(found: Records | None) -> Records | None:
    return found if found is not None and found.rows else None


def _pxweb(holder: dict[str, Any]) -> Records | None:
    """SCB's PxWeb: names in ``columns``, each row a ``key`` and ``values``."""
    if not isinstance(holder.get("columns"), list) or not isinstance(holder.get("data"), list):
        return None
    names = [
        str(column.get("text") or column.get("code"))
        for column in holder["columns"]
        if isinstance(column, dict)
    ]
    rows = [row for row in holder["data"] if isinstance(row, dict)]
    parts = ("key", "values")
    if (
        not names
        or not rows
        or not all(isinstance(row.get(p), list) for row in rows for p in parts)
    ):
        return None
    cells = {id(row[part]) for row in rows for part in parts}
    return of_lists(names, [[*row["key"], *row["values"]] for row in rows], cells)


def _names_in(holder: dict[str, Any], depth: int = 0) -> Iterator[list[str]]:
    """Each list of names that an object holds, of texts or of objects with a name each; below
    ``schema`` and ``meta`` (Socrata's ``meta.view``) too."""
    for key in HEADERS:
        listed = holder.get(key)
        if not isinstance(listed, list) or not listed:
            continue
        if all(isinstance(item, dict) for item in listed):
            names = [
                next((str(item[key]) for key in NAMED if item.get(key) is not None), "")
                for item in listed
            ]
        elif all(map(scalar, listed)):
            names = ["" if item is None else str(item) for item in listed]
        else:
            continue
        if any(names):
            yield names
    for key in ("schema", "meta", "view"):
        if isinstance(holder.get(key), dict) and depth < 2:
            yield from _names_in(holder[key], depth + 1)


def _names_beside_cells(holder: dict[str, Any]) -> Records | None:
    for key in MATRICES:
        lists = holder.get(key)
        if not isinstance(lists, list) or not lists:
            continue
        if not all(isinstance(row, list) for row in lists):
            continue
        for names in _names_in(holder):
            if all(len(row) == len(names) for row in lists):
                found = of_lists(names, lists, {id(lists)})
                _with_index(found, holder)
                return found
    return None


def _with_index(found: Records, holder: dict[str, Any]) -> None:
    """The labels of the rows, where they are more than their numbers, as a column of their own."""
    index = holder.get("index")
    if not isinstance(index, list) or len(index) != len(found.rows) or not all(map(scalar, index)):
        return
    found.cells.add(id(index))
    if [str(label) for label in index] != [str(number) for number in range(len(index))]:
        name = "index"
        while name in found.rows[0]:
            name += "_"
        found.rows = [{name: label, **row} for label, row in zip(index, found.rows, strict=True)]


def _columns(holder: dict[str, Any]) -> Records | None:
    """A member for each column: lists of cells, or objects of cells under the numbers of the rows
    (pandas ``columns``)."""
    columns = list(holder.values())
    if len(columns) < 2:
        return None
    if all(isinstance(column, list) and all(map(scalar, column)) for column in columns):
        lengths = {len(column) for column in columns}
        if len(lengths) > 1 or lengths < {2}:
            return None
        rows = [dict(zip(holder, cells, strict=True)) for cells in zip(*columns, strict=True)]
        return Records(rows, set(map(id, columns)))
    if not all(
        isinstance(column, dict) and all(map(scalar, column.values())) for column in columns
    ):
        return None
    numbers = list(columns[0])
    if (
        not numbers
        or not all(number.isdecimal() for number in numbers)
        or all(name.isdecimal() for name in holder)
        or any(list(column) != numbers for column in columns)
    ):
        return None
    rows = [{name: column[number] for name, column in holder.items()} for number in numbers]
    return Records(rows, set(map(id, columns)))


def _bindings(holder: dict[str, Any]) -> Records | None:
    """The answer of a SPARQL query: a column for each variable, what is not bound is empty."""
    head, results = holder.get("head"), holder.get("results")
    if not isinstance(head, dict) or not isinstance(results, dict):
        return None
    names, bindings = head.get("vars"), results.get("bindings")
    if not isinstance(names, list) or not isinstance(bindings, list):
        return None
    if not all(isinstance(binding, dict) for binding in bindings):
        return None
    names = list(dict.fromkeys([*map(str, names), *(key for one in bindings for key in one)]))
    rows = [
        {
            name: term.pop("value", None) if isinstance(term := binding.get(name), dict) else term
            for name in names
        }
        for binding in bindings
    ]
    return Records(rows)


def _google(holder: dict[str, Any]) -> Records | None:
    """A table of Google's visualisation API: ``cols``, and ``rows`` of ``c`` of ``v``."""
    cols, rows = holder.get("cols"), holder.get("rows")
    if not isinstance(cols, list) or not isinstance(rows, list):
        return None
    if not all(isinstance(row, dict) and isinstance(row.get("c"), list) for row in rows):
        return None
    if not all(isinstance(col, dict) for col in cols):
        return None
    names = [str(col.get("label") or col.get("id") or "") for col in cols]
    lists = [
        [cell.pop("v", None) if isinstance(cell, dict) else cell for cell in row["c"]]
        for row in rows
    ]
    return of_lists(names, lists, set())


def _cube(holder: dict[str, Any]) -> Records | None:
    """JSON-stat, version 1 and 2: a record for each value, with the categories that it is of.

    Where the labels of categories are not their codes, both are columns. Raises ``InputRefused``
    for a cube beyond the rows that are read.
    """
    dimension, values = holder.get("dimension"), holder.get("value")
    if not isinstance(dimension, dict) or not isinstance(values, (list, dict)):
        return None
    ids, sizes = (holder.get(key) or dimension.get(key) for key in ("id", "size"))
    if not isinstance(ids, list) or not isinstance(sizes, list) or len(ids) != len(sizes):
        return None
    if not all(isinstance(name, str) and isinstance(dimension.get(name), dict) for name in ids):
        return None
    axes = [_axis(str(name), dimension[name]) for name in ids]
    if not axes or [str(len(axis.codes)) for axis in axes] != list(map(str, sizes)):
        return None
    count = prod(len(axis.codes) for axis in axes)
    if isinstance(values, list) and len(values) != count:
        return None
    bounds.rows(count, SourceText(str(holder.get("label") or "")))
    names: list[str] = [name for axis in axes for name in axis.names]
    status = holder.get("status")
    lists: list[list[Any]] = []
    for place, cells in enumerate(product(*(axis.cells for axis in axes))):
        row = [text for cell in cells for text in cell]
        lists.append([*row, _at(values, place), *([_at(status, place)] if status else [])])
    cells_of = {id(part) for axis in axes for part in axis.taken} | {id(values), id(status)}
    return of_lists([*names, "value", *(["status"] if status else [])], lists, cells_of)


@dataclass
class _Axis:
    names: list[str]
    codes: list[str]
    cells: list[tuple[str, ...]]
    taken: list[Any]


def _axis(name: str, dimension: dict[str, Any]) -> _Axis:
    """A dimension of a cube: its categories in their order, codes and labels where they differ."""
    category = dimension.get("category")
    category = category if isinstance(category, dict) else {}
    index, labels = category.get("index"), category.get("label")
    labels = labels if isinstance(labels, dict) else {}
    if isinstance(index, dict):
        codes = sorted(index, key=lambda code: (len(str(index[code])), str(index[code])))
    else:
        codes = [str(code) for code in index] if isinstance(index, list) else list(labels)
    title = str(dimension.get("label") or name)
    if all(str(labels.get(code, code)) == code for code in codes):
        return _Axis([title], codes, [(code,) for code in codes], [index, labels])
    cells: list[tuple[str, ...]] = [(code, str(labels.get(code, code))) for code in codes]
    return _Axis([f"{title}_kod", title], codes, cells, [index, labels])


def _at(values: Any, place: int) -> Any:
    """What a cube has at a place: of a list, of the filled places alone, or one for all."""
    if isinstance(values, dict):
        return values.get(str(place))
    return (
        values[place]
        if isinstance(values, list) and place < len(values)
        else (values if isinstance(values, str) else None)
    )
