"""A source whose marked cells are masked before anything is carried from it: what was marked where
it lies cannot always be seen in what it becomes.

The steps are those of a masked version (``screening.masking``). A decision to publish lets nothing
more through here: it was made for one organisation's dataset, not for all together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from helpers.declared.fields import Specification
from helpers.reading import databases
from helpers.reading.snapshot import Snapshot
from helpers.screening import screen
from helpers.screening.marks import Screening
from helpers.screening.masking.proposal import MASK, MaskingStep
from helpers.screening.masking.version import Loss, Version
from helpers.words.suppression import SUPPRESSED, K

ROW = "source_row"
AXES = ("x", "y", "lon", "lat")
LEFT = "masked_away"  # the source's rows that masking leaves out


@dataclass(frozen=True)
class Known:
    """What screening asks of a source: its ``type``, the ``specification`` that it is held against,
    ``fields`` (field -> header), the ``quasi_identifiers`` that its entry declares, and the least
    group ``k``."""

    type: str
    specification: Specification | None
    fields: Mapping[str, str]
    quasi_identifiers: tuple[str, ...] = ()
    k: int = K


def stopped(
    screening: Screening, table: str, steps: Sequence[MaskingStep]
) -> dict[str, tuple[str, ...]]:
    """The table's columns that stop publication and that no step masks -> kinds in them."""
    kinds: dict[str, list[str]] = {}
    for mark in screening.marks:
        here = mark.table == table and mark.where == "cells" and mark.level == "stopp"
        done = any(mark.column in step.columns and mark.kind in step.kinds for step in steps)
        if here and not done:
            kinds.setdefault(mark.column, []).append(mark.kind)
    return {column: tuple(dict.fromkeys(several)) for column, several in kinds.items()}


def masked(
    con: duckdb.DuckDBPyConnection,
    snapshot: Snapshot,
    known: Known,
    steps: Sequence[MaskingStep],
    work: Path,
) -> tuple[Snapshot, list[Loss]]:
    """Put the main table as ``source`` into ``con``, its cells masked by the ``steps``; ``LEFT``
    holds the rows that masking leaves out. The snapshot with as many rows as are left, and what
    each step cost."""
    table, fields = snapshot.main, dict(known.fields)
    source = databases.Source(con, snapshot.parquet(table), table.rows, len(table.columns))
    if not steps:
        con.execute(f"create temp table {LEFT} as select {ROW} from source where false")
        return snapshot, []
    hits = work / "hits.parquet"
    screen(
        snapshot,
        fields,
        known.specification,
        type=known.type,
        quasi_identifiers=list(known.quasi_identifiers),
        k=known.k,
        hits=hits,
    )
    con.execute(f"create temp table hits as from {databases.quoted(hits)}")
    version = Version(con, table, known.k)
    losses = [version.apply(step, fields) for step in steps]
    file = work / "masked.parquet"
    where = " and ".join(version.where)
    cells = _cells(con, version)
    query = f"select {ROW}, {', '.join(cells)} from source where {where} order by {ROW}"
    databases.write(con, query, file, len(cells))
    con.execute(f"create temp table {LEFT} as select {ROW} from source where not ({where})")
    rows = databases.said_rows(con, file)
    con.execute(f"drop {source.form} source")
    databases.Source(con, file, rows, len(table.columns))
    # what reading counted of the cells is no more so
    columns = [replace(column, padded=None) for column in table.columns]
    main = replace(table, rows=rows, columns=columns)
    return replace(snapshot, tables=[main, *snapshot.tables[1:]]), losses


def _cells(con: duckdb.DuckDBPyConnection, version: Version) -> list[str]:
    """Each column of the snapshot's table as the version has it. A number or a date that is masked
    is no cell; a text stands as its mask."""
    kinds = {str(name): str(kind) for name, kind, *_ in con.execute("describe source").fetchall()}
    gone = f"{databases.quoted(MASK)}, {databases.quoted(SUPPRESSED)}"
    cells = []
    for column in version.table.columns:
        now = version.cells.get(column.name, "''")
        if column.type != "text":
            now = f"(select case when m not in ({gone}) then m end from (select {now} as m))"
            same = f"({now}) is not distinct from {column.text}"
            value = f"try_cast({now} as {kinds[column.value]})"
            cells.append(f"case when {same} then {column.value} else {value} end as {column.value}")
        cells.append(f"{now} as {column.text}")
    return cells + [f"{version.axis(axis)} as {axis}" for axis in AXES if axis in kinds]
