"""What is told of a merged table, source by source: rows in and out, what became of ids, which
columns each fills, and what differs between them. Counts, numbers of rows and names of columns, and
of dates the first and the last; no other value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from helpers.declared.fields import Specification
from helpers.filling_in.merging.carrying import FILE_ROW, LEFT_OUT, Carried
from helpers.filling_in.merging.table import CANDIDATE, OLD_ID, ORGANISATION, WHY, Merged
from helpers.reading import databases

LISTED = 1000  # rows named of a reason, as of a repair
LEFT = ("masked", "no_value", "same")
IDS = ("kept", "earlier", "clash")
DATE, AMOUNT = "date", "amount"  # roles of fields


@dataclass(frozen=True)
class Told:
    """How many rows, and the first thousand of them in the file."""

    count: int
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class PartAccount:
    """Of one source: ``rows`` in the result; ``left``: reason -> rows that are not; ``ids``: kept |
    earlier | clash -> rows; ``changed``: of them those whose id is another than it was; ``twice``:
    that share an id within the organisation; ``without``: that have none. ``filled``: header ->
    rows with a value. ``first``, ``last``: days of the first field of dates; ``negative``: rows
    with an amount below nought, None where the type has no amounts."""

    part: Carried
    rows: int
    left: Mapping[str, Told] = field(default_factory=dict)
    ids: Mapping[str, int] = field(default_factory=dict)
    changed: int = 0
    twice: Told = Told(0)
    without: Told = Told(0)
    filled: Mapping[str, int] = field(default_factory=dict)
    first: str | None = None
    last: str | None = None
    negative: int | None = None


def _role(specification: Specification, role: str, headers: tuple[str, ...]) -> str | None:
    """The header of the first field of that role, where the table has it."""
    return next(
        (one.header for one in specification.fields if one.role == role and one.header in headers),
        None,
    )


def _rows(con: duckdb.DuckDBPyConnection, where: str, part: Carried) -> Told:
    """The rows of one source for which ``where`` is true, each once."""
    chosen = f"from whole where {CANDIDATE} = {databases.quoted(part.owned.candidate)} and {where}"
    row = con.execute(f"select count(distinct {FILE_ROW}) {chosen}").fetchone()
    count = int(row[0]) if row else 0
    if not count:
        return Told(0)
    found = con.execute(f"select distinct {FILE_ROW} {chosen} order by 1 limit {LISTED}").fetchall()
    return Told(count, tuple(int(one[0]) for one in found))


def _figures(merged: Merged) -> dict[str, str]:
    """Name -> SQL of each figure of a source, over its rows in the result."""
    date = _role(merged.specification, DATE, merged.headers)
    amount = _role(merged.specification, AMOUNT, merged.headers)
    none = "null::varchar"
    day = databases.named(date) if date else none
    below = f"try_cast({databases.named(amount)} as double) < 0" if amount else "null::boolean"
    id = databases.named(merged.id) if merged.id else none
    figures = {
        "rows": "count(*)",
        "first": f"min({day})",
        "last": f"max({day})",
        "negative": f"count(*) filter (where {below})" if amount else "null::bigint",
        "changed": f"count(*) filter (where {id} is distinct from {OLD_ID})",
    }
    figures |= {f"id {why}": f"count(*) filter (where {WHY} = '{why}')" for why in IDS}
    cells = {f"cell {name}": f"count({databases.named(name)})" for name in merged.headers}
    return figures | cells


def _account(
    con: duckdb.DuckDBPyConnection, merged: Merged, part: Carried, said: Mapping[str, object]
) -> PartAccount:
    def count(name: str) -> int:
        return int(str(said.get(name) or 0))

    def day(name: str) -> str | None:
        return str(said[name]) if said.get(name) is not None else None

    left = {why: _rows(con, f"{LEFT_OUT} = '{why}'", part) for why in LEFT}
    twice = without = Told(0)
    if merged.id:
        kept = f"{LEFT_OUT} is null"
        shared = f"{kept} and ({ORGANISATION}, {OLD_ID}) in (from shared)"
        twice = _rows(con, shared, part)
        without = _rows(con, f"{kept} and {WHY} is null", part)
    return PartAccount(
        part,
        count("rows"),
        {why: told for why, told in left.items() if told.count},
        {why: count(f"id {why}") for why in IDS},
        count("changed"),
        twice,
        without,
        {name: count(f"cell {name}") for name in merged.headers},
        day("first"),
        day("last"),
        count("negative") if said.get("negative") is not None else None,
    )


def accounts(con: duckdb.DuckDBPyConnection, merged: Merged) -> tuple[PartAccount, ...]:
    """One for each source, in the order of ``merged.parts``."""
    con.execute(f"create or replace temp view whole as from {merged.relation}")
    con.execute(f"""
        create or replace temp table shared as
        select {ORGANISATION}, {OLD_ID}
        from whole
        where {LEFT_OUT} is null and {WHY} is not null
        group by all
        having count(distinct ({CANDIDATE}, {FILE_ROW})) > 1""")
    figures = _figures(merged)
    values = ", ".join(f"{sql} as f{i}" for i, sql in enumerate(figures.values()))
    found = con.execute(
        f"select {CANDIDATE}, {values} from whole where {LEFT_OUT} is null group by 1"
    ).fetchall()
    said = {str(one[0]): dict(zip(figures, one[1:], strict=True)) for one in found}
    return tuple(
        _account(con, merged, part, said.get(part.owned.candidate, {})) for part in merged.parts
    )
