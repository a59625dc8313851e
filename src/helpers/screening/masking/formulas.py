"""Cells of the version that a spreadsheet would run as formulas: where they are, and their guard.

Whether they are kept or guarded: docs/decisions/0017-formulas-in-masked-files.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from helpers.reading import databases
from helpers.words import escaping

MOST = 8  # rows named of a column


@dataclass(frozen=True)
class Formulas:
    """Cells of one column. ``rows``: the first of them in the file as a spreadsheet numbers them,
    the header being row 1."""

    column: str
    count: int
    rows: list[int]


def _leads(cell: str) -> str:
    run, not_run = map(databases.quoted, (escaping.RUN, escaping.NOT_RUN))
    return f"(regexp_matches({cell}, {run}) and not regexp_full_match({cell}, {not_run}))"


def _is_run(cell: str) -> str:
    """SQL for ``escaping.is_run``."""
    within = databases.quoted(escaping.RUN_WITHIN)
    return f"({_leads(cell)} or regexp_matches({cell}, {within}))"


def guarded(cell: str) -> str:
    """SQL for ``escaping.guarded``."""
    within, text = databases.quoted(escaping.RUN_WITHIN), f"({cell})::varchar"
    return (
        f"case when {_leads(text)} then '''' else '' end"
        f" || regexp_replace({text}, {within}, '\\1''\\2', 'g')"
    )


def found(
    con: duckdb.DuckDBPyConnection,
    cells: Mapping[str, str],
    where: Sequence[str],
    relation: str = "source",
) -> list[Formulas]:
    """The columns of ``cells`` (name -> SQL over ``relation``) that hold any, headers counted."""
    if not cells:
        return []
    counts = ", ".join(
        f"count(*) filter (where {_is_run(f'({cell})::varchar')})" for cell in cells.values()
    )
    chosen = " and ".join(where)
    totals = con.execute(f"select {counts} from {relation} where {chosen}").fetchone()
    assert totals is not None
    columns = []
    for (name, cell), total in zip(cells.items(), totals, strict=True):
        head = [1] if escaping.is_run(name) else []
        if not (total or head):
            continue
        rows = con.execute(f"""
            select place
            from (
                select row_number() over (order by source_row) + 1 as place,
                    ({cell})::varchar as cell
                from {relation}
                where {chosen}
            )
            where {_is_run("cell")}
            order by place
            limit {MOST - len(head)}""").fetchall()
        columns.append(Formulas(name, total + len(head), [*head, *(int(row[0]) for row in rows)]))
    return columns
