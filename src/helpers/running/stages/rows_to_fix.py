"""Rows to fix: the rows that rules name, by their business key, with masked values."""

from __future__ import annotations

from typing import Any

from helpers.checking import rows_to_fix
from helpers.checking.rows_to_fix import RowToFix
from helpers.running.stage import Needed, Stage
from helpers.running.stages.checking import CHECKING
from helpers.running.stages.profiling import PROFILING
from helpers.running.stages.reading import READING
from helpers.running.stages.recognising import RECOGNISING
from helpers.running.stages.screening import SCREENING


def rows_found(needed: Needed, *, raw: bool) -> list[RowToFix]:
    """``raw``: with values as they stand, for the owner who asks for them by name; never kept."""
    known = needed[RECOGNISING]
    roles = (
        {spec_field.name: spec_field.role for spec_field in known.specification.fields}
        if known.specification
        else {}
    )
    keys = rows_to_fix.key_columns(known.fields, roles, needed[PROFILING])
    return rows_to_fix.rows_to_fix(
        needed.tables, needed[SCREENING], needed[CHECKING], keys, raw=raw
    )


def compute(needed: Needed) -> list[dict[str, Any]]:
    """The rows to fix as JSON, with masked values."""
    return [row.to_json() for row in rows_found(needed, raw=False)]


ROWS_TO_FIX = Stage(
    "rows_to_fix",
    compute,
    needs=(READING, RECOGNISING, SCREENING, PROFILING, CHECKING),
    from_json=lambda plain: [RowToFix(**row) for row in plain],
)
