"""What the columns of a written table are: their type as far as all their cells keep it,
whether all are filled, whether one is a key. Counts alone; no cell is taken out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.declared.fields import Field, Specification
from helpers.reading import databases

if TYPE_CHECKING:
    import duckdb

# what a cell of a type looks like, as all that read the table agree
FORMS = {
    "integer": r"[+-]?[0-9]{1,18}",
    "decimal": r"[+-]?[0-9]+([.][0-9]+)?",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "datetime": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}",
    "boolean": r"true|false",
}
CAST = {"date": "date", "datetime": "timestamp"}


@dataclass(frozen=True)
class WrittenColumn:
    """A column as it was written. ``type``: text | integer | decimal | date | datetime | boolean;
    ``filled``: cells that say something; ``required``: mandatory, and all filled; ``key``: every
    row has one of its own. ``choices``: what it may hold, where it holds nothing else."""

    name: str
    field: str
    title: dict[str, str]
    type: str
    filled: int
    rows: int
    required: bool = False
    lacking: int = 0
    key: bool = False
    choices: tuple[str, ...] = ()


def _fits(cell: str, type: str) -> str:
    """SQL: true for a cell that is of the type."""
    if type not in FORMS:
        return "true"
    same = f"regexp_full_match({cell}, '{FORMS[type]}')"
    return f"{same} and try_cast({cell} as {CAST[type]}) is not null" if type in CAST else same


def _asked(name: str, field: Field | None) -> list[str]:
    """SQL of what is counted of a column: filled, not of its type, different, not of its list."""
    cell = f"nullif({databases.named(name)}, '')"
    type = field.type if field else "text"
    listed = ", ".join(databases.quoted(one) for one in (field.choices if field else ()))
    other = f"{cell} not in ({listed})" if listed else "false"
    return [
        f"count({cell})",
        f"count(*) filter (where {cell} is not null and not ({_fits(cell, type)}))",
        f"count(distinct {cell})" if field and field.role == "key" else "0",
        f"count(*) filter (where {other})",
        "count(*)",
    ]


def looked_at(
    con: duckdb.DuckDBPyConnection, relation: str, specification: Specification
) -> tuple[WrittenColumn, ...]:
    """The columns of a relation of texts, in order, held against the fields that they are."""
    head = con.execute(f"select * from {relation} limit 0").description or []
    fields = {field.header: field for field in specification.fields}
    names = [str(one[0]) for one in head]
    asked = [sql for name in names for sql in _asked(name, fields.get(name))]
    counts = [int(one) for one in databases.aggregate(con, asked, relation)]
    return tuple(
        _column(name, fields.get(name), counts[5 * i : 5 * i + 5]) for i, name in enumerate(names)
    )


def _column(name: str, field: Field | None, counts: list[int]) -> WrittenColumn:
    filled, unfit, different, others, rows = counts
    if field is None:
        return WrittenColumn(name, name, {"sv": name, "en": name}, "text", filled, rows)
    whole = filled == rows and rows > 0
    return WrittenColumn(
        name,
        field.name,
        field.title,
        "text" if unfit else field.type,
        filled,
        rows,
        field.required and whole,
        rows - filled if field.required else 0,
        field.role == "key" and whole and different == rows,
        () if others else field.choices,
    )
