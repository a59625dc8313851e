"""The values of each row stand in the table that the foreign key of the schema names.

Source: ``foreignKeys`` of Table Schema and CSVW. A row without any of the values points to nothing
and is not checked. The finding is of the first column.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import REQUIRED, Expectation, Target
from helpers.checking.expectations.schemas import values


def _own(on: Target) -> str:
    columns = zip(on.kwargs["fields"], on.listed("column_list"), strict=True)
    parts = [values.value(field.written, values.cell(field, at.raw)) for field, at in columns]
    there = " and ".join(f"{part} is not null" for part in parts)
    return f"case when {there} then hash({', '.join(parts)}) end"


def _groups(on: Target) -> str:
    """The keys of rows whose values stand nowhere in the other table."""
    fields, their = on.kwargs["fields"], on.kwargs["their"]
    parts = [
        values.value(field.written, values.cell(field, raw))
        for field, raw in zip(fields, their, strict=True)
    ]
    there = " and ".join(f"{part} is not null" for part in parts)
    other = f"select hash({', '.join(parts)}) from {on.kwargs['relation']} where {there}"
    key = _own(on)
    return f"select distinct {key} from base where {key} is not null and {key} not in ({other})"


EXPECTATION = Expectation(
    _own,
    columns=("column_list",),
    takes={"fields": REQUIRED, "their": REQUIRED, "relation": REQUIRED},
    groups=_groups,
    right=("a",),
    wrong=("b",),
)
