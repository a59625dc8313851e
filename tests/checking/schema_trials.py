"""A file held against a schema by the schema's rules alone."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import yaml

from helpers import reading
from helpers.checking import schema_rules
from helpers.checking.findings import Finding
from helpers.checking.planning import Known
from helpers.checking.running import run
from helpers.declared.schemas import reading as schemas

HERE = Path(__file__).parent / "schemas"
FEATURES = yaml.safe_load((HERE / "features.yaml").read_text("utf-8"))
CSVW = yaml.safe_load((HERE / "csvw.yaml").read_text("utf-8"))
COLUMNS = [case for case in FEATURES if "values" in case and "schema" not in case]


def tried(folder: Path, schema: dict[str, Any], name: str, source: str) -> list[Finding]:
    """What a schema says of a file in the folder, by its rules alone."""
    file = folder / name
    file.write_text(json.dumps(schema), "utf-8")
    taken = schemas.read(file, source)
    snapshot = reading.read(folder / source, folder / "snapshot", hints=dict(taken.hints))
    with schema_rules.of(taken, snapshot) as asked:
        found = run(snapshot, asked.rules, asked.roles, Known(), twice=False)
        return found + schema_rules.findings_of_schema(asked, taken, snapshot.main.name)


def table(folder: Path, header: list[str], rows: list[list[str]], name: str = "t.csv") -> None:
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def rows_of(found: list[Finding]) -> list[int]:
    return sorted({row for one in found if one.outcome == "failed" for row in one.rows})


def columns_of(found: list[Finding]) -> dict[str, int]:
    return {
        one.id.removeprefix("schema_columns_"): one.failed
        for one in found
        if one.id.startswith("schema_columns_") and one.failed
    }
