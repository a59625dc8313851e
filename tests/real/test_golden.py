"""What is said of each real file, held against a reviewed golden file. Write anew:
``DATAKOLLEN_GOLDEN=write``.

A golden file holds names of columns, counts, numbers of rows and what the product says, never a
cell. A changed one names its reason in the changelog.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpers.declared import catalogue, specifications
from helpers.running.opening import Opened
from helpers.running.store import Store

from .conftest import HERE, entries

TODAY = dt.date(2026, 11, 24)
ROWS = 5


def listed(rows: list[int], total: int) -> str:
    """``2 3 4 ...`` for people who review."""
    return " ".join(map(str, rows[:ROWS])) + (" ..." if total > ROWS else "") if rows else ""


def line(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part not in (None, ""))


def passed(opened: Opened) -> dict[tuple[str, str], int]:
    """Cells that each rule found right, by rule and column; those of rules on every column
    together."""
    right = [one for one in opened.findings if one.outcome == "passed"]
    several = {name for name, times in Counter(one.id for one in right).items() if times > 1}
    found: Counter[tuple[str, str]] = Counter()
    for one in right:
        found[one.id, "" if one.id in several else one.column or ""] += one.checked
    return found


def said(opened: Opened) -> dict[str, Any]:
    snapshot, screening, gate = opened.snapshot, opened.screening, opened.gate
    assert snapshot is not None and screening is not None and gate is not None
    table, fields = snapshot.main, {column: field for field, column in opened.fields.items()}
    place = table.geometry
    return {
        "recognised as": line(
            *specifications.recognise(
                opened.columns[: len(table.columns)],
                geometry=snapshot.placed,
                format=snapshot.format,
            )
        ),
        "read as": line(
            snapshot.format,
            snapshot.encoding,
            repr(snapshot.delimiter) if snapshot.delimiter else None,
            f"decimal {snapshot.decimal}" if snapshot.decimal else None,
        ),
        "rows": table.rows,
        "header": table.header_row,
        "tables": [f"{one.name}: {one.rows} x {len(one.columns)}" for one in snapshot.tables],
        "positions": (
            line(
                place.crs,
                place.certainty,
                place.kind,
                ", ".join(place.columns),
                f"without: {place.without}",
                f"beside: {place.beside}" if place.beside else None,
            )
            if place
            else None
        ),
        "repairs": [
            line(one.code, one.count, one.column, listed(one.rows, one.count))
            for one in snapshot.repairs
        ],
        "rejected": snapshot.rejected_total,
        "columns": {
            column.name: line(
                column.type,
                f"= {fields[column.name]}" if column.name in fields else None,
                f"unparsed {column.unparsed}" if column.unparsed else None,
                f"missing {column.missing}" if column.missing else None,
            )
            for column in table.columns
        },
        "personal": sorted(
            line(
                one.level,
                one.kind,
                one.certainty,
                one.address if one.where == "outside" else one.column,
                one.count,
            )
            for one in screening.marks
        ),
        "risks": [
            line(
                one.level,
                one.kind,
                "+".join(one.columns),
                f"{one.small} of {one.groups} below {one.k}",
            )
            for one in screening.risks
        ],
        "gate": line(gate.content, gate.verdict),
        "findings": sorted(
            line(
                one.severity,
                one.id,
                one.column,
                f"{one.failed} of {one.checked}",
                listed(one.rows, one.rows_total),
            )
            for one in opened.findings
            if one.outcome == "failed"
        ),
        "told": {
            one.id + (f" {one.column}" if one.column else ""): one.message["sv"]
            for one in opened.findings
            if one.outcome == "failed" and one.severity != "info"
        },
        "passed": sorted(
            line(id, columns, checked) for (id, columns), checked in passed(opened).items()
        ),
        "broken rules": [one.id for one in opened.findings if one.outcome == "error"],
    }


QUICK = {
    "digg-fakturor",
    "lan",
    "malmo-konst",
    "nav-iso9999",
    "norge-bredband",
}  # places and feeds: test_run, test_check_real


@pytest.mark.real
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[] if name in QUICK else [pytest.mark.slow]) for name in entries()],
)
def test_what_is_said_is_what_was_reviewed(name: str, real_catalogue: Path, tmp_path: Path):
    entry = next(one for one in catalogue.load(real_catalogue) if one.id == name)
    opened = Opened(entry.file(real_catalogue), entry=entry, store=Store(tmp_path), today=TODAY)
    found = said(opened)
    file = HERE / "golden" / f"{name}.yaml"
    if os.environ.get("DATAKOLLEN_GOLDEN") == "write":
        file.write_text(
            yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=130), "utf-8"
        )
    assert file.is_file(), f"no golden file for {name}: review and write one"
    assert found == yaml.safe_load(file.read_text("utf-8"))
    assert not found["broken rules"]


def test_there_is_a_golden_file_for_each_entry_and_no_other():
    assert (
        sorted(file.stem for file in (HERE / "golden").glob("*.yaml")) == entries()
        and len(entries()) >= 20
    )


def test_every_verdict_is_reviewed_and_has_its_reason():
    reviewed = yaml.safe_load((HERE / "verdicts.yaml").read_text("utf-8"))
    said = {
        name: yaml.safe_load((HERE / "golden" / f"{name}.yaml").read_text("utf-8"))["gate"]
        for name in entries()
    }
    assert {name: gate.split()[0] for name, gate in said.items()} == {
        name: one["content"] for name, one in reviewed.items()
    }
    assert all(len(one["because"]) > 10 for one in reviewed.values())
    assert reviewed["digg-fakturor"]["content"] != "stopp"
