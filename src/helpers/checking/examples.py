"""Examples: a rule's own right and wrong cells, rows and tables, written as a snapshot, so that the
engine itself judges them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.checking import deliveries
from helpers.checking.expectations import EXPECTATIONS, Example
from helpers.checking.planning import Known
from helpers.checking.running import run
from helpers.checking.suites import Rule
from helpers.declared import specifications
from helpers.declared.organisations import Organisation
from helpers.reading import missing
from helpers.reading.snapshot import Column, Geometry, Rejected, Repair, Snapshot, Table

# The publisher and the day that examples count with.
KNOWN = Known(
    Organisation(
        id="karlskrona",
        name="Karlskrona kommun",
        kind="kommun",
        kommunkod="1080",
        lanskod="10",
        organisationsnummer="2120000829",
    ),
    "MONTHLY",
    dt.date(2026, 11, 24),
)
SPOT = ("x", "y", "lon", "lat")
PARSE: dict[str, tuple[pa.DataType, Callable[[str], Any]]] = {
    "integer": (pa.int64(), int),
    "decimal": (pa.float64(), float),
    "date": (pa.date32(), dt.date.fromisoformat),
    "datetime": (pa.timestamp("us"), dt.datetime.fromisoformat),
    "boolean": (
        pa.bool_(),
        lambda text: {"ja": True, "nej": False, "true": True, "false": False}[text.lower()],
    ),
}


def _tables(rule: Rule, example: Example) -> dict[str, list[dict[str, Any]]]:
    """Table -> rows by header. A kwarg that names a column stands for that column; ``column`` of a
    rule on each for any."""
    if (
        isinstance(example, Mapping)
        and example
        and all(isinstance(rows, list) for rows in example.values())
    ):
        return {name: [dict(row) for row in rows] for name, rows in example.items()}
    roles = EXPECTATIONS[rule.type].roles(rule.kwargs)
    given = {"column": example} if isinstance(example, str) else example
    rows: Sequence[Mapping[str, Any]] = [given] if isinstance(given, Mapping) else given
    return {
        rule.table or "example": [
            {roles.get(key, key): value for key, value in row.items()} for row in rows
        ]
    }


def _value(text: str | None, type: str) -> Any:
    try:
        return None if text is None or text.strip() in missing.TOKENS else PARSE[type][1](text)
    except (ValueError, KeyError):
        return None


def _write(name: str, rows: list[dict[str, Any]], types: Mapping[str, str], folder: Path) -> Table:
    headers = list(dict.fromkeys(key for row in rows for key in row if key not in SPOT))
    placed = any(key in row for row in rows for key in SPOT)
    columns, arrays = [], {"source_row": pa.array([2 + i for i in range(len(rows))], pa.int64())}
    for position, header in enumerate(headers):
        column = Column(position, header, types.get(header, "text"))
        texts = [None if row.get(header) is None else str(row[header]) for row in rows]
        arrays[column.text] = pa.array(texts, pa.string())
        if column.type != "text":
            arrays[column.value] = pa.array(
                [_value(text, column.type) for text in texts], PARSE[column.type][0]
            )
        columns.append(column)
    if placed:
        for axis, degrees in (("x", "lon"), ("y", "lat"), ("lon", "lon"), ("lat", "lat")):
            arrays[axis] = pa.array([row.get(axis, row.get(degrees)) for row in rows], pa.float64())
    pq.write_table(pa.table(arrays), folder / f"{name}.parquet")
    geometry = Geometry("EPSG:4326", "declared", "point") if placed else None
    return Table(name, f"{name}.parquet", len(rows), columns, 1, geometry)


def snapshot(rule: Rule, example: Example, folder: Path, type: str) -> Snapshot:
    """The example as a snapshot in ``folder``; its columns have the types of the specification's
    fields."""
    typed = (
        {field.name: field.type for field in specifications.load(type).fields}
        if type in specifications.types()
        else {}
    )
    if EXPECTATIONS[rule.type].scope == "typed":
        typed = {"number": "integer", "kommun_nr": "integer"}
    format = "csv"
    if isinstance(example, Mapping) and "format" in example:
        format = example["format"]
        example = {name: rows for name, rows in example.items() if name != "format"}
    tables = _tables(rule, example)
    repairs = [Repair(**repair) for repair in tables.pop("repairs", [])]
    rejected = [Rejected(**rejection) for rejection in tables.pop("rejected", [])]
    made = [
        _write(name, rows, {} if rule.table else typed, folder) for name, rows in tables.items()
    ]
    return Snapshot(
        folder,
        "example",
        "",
        format,
        made,
        repairs=repairs,
        rejected=rejected,
        rejected_total=len(rejected),
    )


def failed(
    rule: Rule,
    example: Example,
    folder: Path,
    type: str,
    *,
    known: Known = KNOWN,
    twice: bool = False,
) -> tuple[int, int]:
    """Checked and failed rows of the example, by the engine that checks deliveries. Raises nothing
    on a rule that fails."""
    if isinstance(example, Mapping) and "previous" in example:
        earlier = folder / "earlier"
        earlier.mkdir()
        shot = snapshot(rule, example["previous"], earlier, type)
        specification = specifications.load(type)
        names = {column.name: column.name for column in shot.main.columns}
        deliveries.keep(shot, names, specification, "example", folder / "previous.parquet")
        known = replace(known, previous=deliveries.Previous(folder / "previous.parquet", "example"))
        example = {name: rows for name, rows in example.items() if name != "previous"}
    shot = snapshot(rule, example, folder, type)
    fields = {column.name: column.name for column in shot.main.columns}
    findings = run(shot, [rule], fields, known, twice=twice)
    return (
        sum(finding.checked for finding in findings),
        sum(finding.failed for finding in findings),
    )
