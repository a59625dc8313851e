"""Checking: the dataset against the suite of its type, and against the delivery before. This
delivery is kept for the next."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from helpers import checking
from helpers.checking import deliveries
from helpers.checking.findings import Finding
from helpers.declared.schemas import reading as schema_files
from helpers.running.stage import Needed, Stage
from helpers.running.stages.profiling import PROFILING
from helpers.running.stages.publisher import PUBLISHER
from helpers.running.stages.reading import READING
from helpers.running.stages.recognising import RECOGNISING
from helpers.running.stages.screening import SCREENING
from helpers.running.store import file_digest


def _given(opened: Any) -> dict[str, Any]:
    return {
        "frequency": opened.frequency,
        "today": opened.today.isoformat(),
        "secret": opened.secret,  # what hashes of ids are keyed with
        "previous": opened.previous,  # the file of the delivery before, in the store
        "keep": opened.delivery,  # the file that this delivery is kept in, in the store
        "schema": _schema(opened),
        "twice": opened.twice,  # whether Great Expectations counts, too
    }


def _schema(opened: Any) -> dict[str, Any] | None:
    """The schema that came with the data: its file, and checksums of all that it is made of."""
    schema = opened.table_schema
    if schema is None:
        return None
    checksums = {str(file): file_digest(file) for file in schema.files}
    return {"file": str(schema.files[0]), "of": opened.file.name, "checksums": checksums}


def compute(needed: Needed) -> list[dict[str, Any]]:
    """Every finding as JSON; of a candidate this delivery is kept in the store."""
    given, known = needed.given, needed[RECOGNISING]
    schema = given["schema"]
    before = needed.folder / given["previous"] if given["previous"] else None
    findings = checking.check(
        needed.tables,
        needed[SCREENING],
        type=known.type,
        fields=known.fields,
        variant=known.variant,
        organisation=needed[PUBLISHER],
        frequency=given["frequency"],
        today=dt.date.fromisoformat(given["today"]),
        previous=deliveries.Previous(before, given["secret"]) if before else None,
        failed=needed.beside,
        twice=given["twice"],
        profile=needed[PROFILING],
        schema=schema_files.read(Path(schema["file"]), schema["of"]) if schema else None,
    )
    if given["keep"]:
        target = needed.folder / given["keep"]
        deliveries.keep(needed.tables, known.fields, known.specification, given["secret"], target)
        deliveries.forget_old(target.parent)
    return [finding.to_json() for finding in findings]


def from_json(plain: list[dict[str, Any]]) -> list[Finding]:
    """The findings of what ``compute`` gave."""
    return [Finding.from_json(finding) for finding in plain]


CHECKING = Stage(
    "findings",
    compute,
    needs=(READING, RECOGNISING, SCREENING, PROFILING, PUBLISHER),
    given=_given,
    from_json=from_json,
    beside=True,
)
