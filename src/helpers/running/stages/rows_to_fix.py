"""Rows to fix: the rows that rules name, by their business key, with masked values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers.checking import rows_to_fix
from helpers.running.stage import Needed, Stage
from helpers.running.stages.checking import CHECKING
from helpers.running.stages.profiling import PROFILING
from helpers.running.stages.reading import READING
from helpers.running.stages.recognising import RECOGNISING
from helpers.running.stages.screening import SCREENING


def write(needed: Needed, target: Path, *, raw: bool = False) -> dict[str, Any]:
    """``raw``: with values as they stand, for the owner who asks for them by name; never kept."""
    known = needed[RECOGNISING]
    roles = (
        {spec_field.name: spec_field.role for spec_field in known.specification.fields}
        if known.specification
        else {}
    )
    keys = rows_to_fix.key_columns(known.fields, roles, needed[PROFILING])
    return rows_to_fix.write(
        needed.tables,
        needed[SCREENING],
        needed[CHECKING],
        keys,
        target,
        needed.beside_of(CHECKING),
        raw=raw,
    )


def compute(needed: Needed) -> dict[str, Any]:
    """What is said of the rows to fix; they lie beside, with masked values."""
    return write(needed, needed.beside)


ROWS_TO_FIX = Stage(
    "rows_to_fix",
    compute,
    needs=(READING, RECOGNISING, SCREENING, PROFILING, CHECKING),
    beside=True,
)
