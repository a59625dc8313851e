"""Disclosure: groups of rows, counts of people and areas with measurements that are smaller than k
point to somebody.

k is 5 unless declared. k-anonymity as Sweeney (2002) has it:
each combination of the quasi-identifiers stands in at least k rows. All is counted by DuckDB, in
bounded memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from helpers.declared import specifications
from helpers.declared.fields import Specification
from helpers.reading import missing
from helpers.reading.snapshot import MAX_ROWS_LISTED, Column, Table
from helpers.screening import counted
from helpers.screening.column import Seen
from helpers.screening.marks import Risk
from helpers.words.suppression import K, small_sql

if TYPE_CHECKING:
    import duckdb

SQUARE_DEGREES = 0.01  # of a position: about 1.1 km from south to north, 0.6 km from west to east
COUNTED_TYPES = ("rorelsedata", "bredband")
# Headers of what is known of a person, and of where she lives: one of the first and two in all
# suggest quasi-identifiers.
PERSONAL = (
    "alder",
    "age",
    "fodelsear",
    "fodelsedatum",
    "kon",
    "gender",
    "sex",
    "yrke",
    "occupation",
    "utbildning",
    "education",
    "civilstand",
    "maritalstatus",
    "marital",
    "nationalitet",
    "fodelseland",
    "nationality",
    "race",
    "diagnos",
    "disability",
    "funktionsnedsattning",
    "modersmal",
)
AREAS = (
    "postnummer",
    "postnr",
    "postort",
    "zip",
    "zipcode",
    "postcode",
    "kommun",
    "stadsdel",
    "distrikt",
    "deso",
    "tatort",
    "arbetsplats",
    "skola",
)
MEASURED_AREAS = (
    "quadkey",
    "ruta",
    "rutid",
    "kommunkod",
    "kommun",
    "postnummer",
    "postort",
    "tatort",
    "deso",
    "lan",
)


def groups(
    con: duckdb.DuckDBPyConnection,
    expressions: Iterable[str],
    relation: str = "source",
    where: str = "true",
) -> None:
    """The temporary table ``classes`` of the groups of rows that are alike: ``g0``, ``g1`` ... and
    ``n``. Missing is a value."""
    given = ", ".join(f"{sql} as g{i}" for i, sql in enumerate(expressions))
    con.execute(f"""
        create or replace temp table classes as
        select {given}, count(*) as n
        from {relation}
        where {where}
        group by all""")


def _risk(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    kind: str,
    expressions: dict[str, str],
    k: int,
    *,
    declared: bool,
    where: str = "true",
) -> Risk | None:
    """The risk of rows alike in ``expressions``; None where every group has k rows."""
    groups(con, expressions.values(), where=where)
    sums = con.execute(
        f"""
        select
            min(n), count(*), count(*) filter (where n < {int(k)}),
            coalesce(sum(n) filter (where n < {int(k)}), 0), sum(n)
        from classes"""
    ).fetchone()
    assert sums is not None
    least, count, small, rows, total = (int(number or 0) for number in sums)
    if not small:
        return None
    return Risk(
        table.name,
        kind,
        list(expressions),
        k,
        least,
        count,
        small,
        rows,
        total,
        count - small,
        1 - rows / total if total else 1.0,
        _rows_in_small(con, list(expressions.values()), k, where),
        None,
        declared,
    )


def _rows_in_small(
    con: duckdb.DuckDBPyConnection, expressions: list[str], k: int, where: str
) -> list[int]:
    """The first rows, ascending, that lie in groups of ``classes`` below k."""
    alike = " and ".join(
        f"({sql}) is not distinct from classes.g{i}" for i, sql in enumerate(expressions)
    )
    listed = con.execute(f"""
        select min(source_row, {MAX_ROWS_LISTED})
        from source
        where ({where}) and exists (from classes where n < {k} and {alike})""").fetchone()
    return [int(row) for row in (listed[0] if listed else None) or []]


def _cell(column: Column) -> str:
    return missing.cell(column)


def _small_cells(
    con: duckdb.DuckDBPyConnection, table: Table, column: Column, word: str, k: int
) -> Risk | None:
    """Rows whose count of people is from 1 to k - 1; nought says that nobody was there, and
    stays."""
    value, small = column.value, small_sql(column.value, k)
    sums = con.execute(f"""
        select
            min({value}) filter (where {value} > 0),
            count({value}),
            count(*) filter (where {small}),
            sum({value}),
            sum({value}) filter (where {small}),
            min(source_row, {MAX_ROWS_LISTED}) filter (where {small})
        from source""").fetchone()
    if sums is None or not sums[2]:
        return None
    least, cells, few, whole, lost, listed = sums
    left = 1 - float(lost or 0) / float(whole) if whole else 1.0
    dimensions = [
        other.name for other in table.columns if other.type != "decimal" and other is not column
    ]
    return Risk(
        table.name,
        "small_cells",
        dimensions,
        k,
        int(least),
        int(cells),
        int(few),
        int(few),
        table.rows,
        int(cells - few),
        left,
        [int(row) for row in listed],
        column.name,
        word=word,
    )


def _by_header(table: Table, type: str, headers: tuple[str, ...]) -> list[Column]:
    return [
        column
        for column in table.columns
        if any(word == part for part in headers for word in _words(table, column, type))
    ]


def _words(table: Table, column: Column, type: str) -> frozenset[str]:
    seen = Seen(table.name, column.name, type)
    return seen.words | {seen.folded}


def _counts(
    table: Table, fields: dict[str, str], specification: Specification | None, type: str
) -> list[tuple[Column, str]]:
    """Columns of whole numbers that count people, or what is tied to one of them, each with the
    word of its header that says so; '' where the specification does."""
    roles = (
        {fields[field.name]: field.role for field in specification.fields if field.name in fields}
        if specification
        else {}
    )
    counts = []
    for column in table.columns:
        if column.type != "integer":
            continue
        seen = Seen(table.name, column.name, type)
        word = counted.people(seen, anything=type in COUNTED_TYPES)
        if word or roles.get(column.name) == "count":
            counts.append((column, word or ""))
    return counts


def suggested(table: Table, type: str) -> list[str]:
    """Columns that together may point to a person: at least one of what a person is, and two in
    all.

    None in a table of places or works, which has positions: its persons are artists and owners, not
    those it counts.
    """
    if table.geometry:
        return []
    personal = _by_header(table, type, PERSONAL)
    areas = _by_header(table, type, AREAS) if personal else []
    names = [column.name for column in table.columns if column in personal or column in areas]
    return names if personal and len(names) >= 2 else []


def _measurements(con: duckdb.DuckDBPyConnection, table: Table, type: str, k: int) -> Risk | None:
    """Single measurements of broadband by the smallest area that the table names, or by squares of
    positions."""
    if table.geometry:
        square = {
            axis: f"round({axis} / {SQUARE_DEGREES}) * {SQUARE_DEGREES}" for axis in ("lat", "lon")
        }
        return _risk(
            con, table, "few_measurements", square, k, declared=False, where="lat is not null"
        )
    named = _by_header(table, type, MEASURED_AREAS)
    if not named:
        return None
    area = min(
        named,
        key=lambda column: MEASURED_AREAS.index(
            next(part for part in MEASURED_AREAS if part in _words(table, column, type))
        ),
    )
    split = _by_header(table, type, ("technology", "teknik", "operator", "accessteknik"))
    return _risk(
        con,
        table,
        "few_measurements",
        {column.name: _cell(column) for column in (area, *split)},
        k,
        declared=False,
    )


def assess(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    fields: dict[str, str],
    specification: Specification | None,
    type: str,
    *,
    declared: list[str] | None = None,
    k: int = K,
) -> Iterator[Risk]:
    """The risks of one table, named ``source`` in ``con``. ``declared``: the quasi-identifiers, if
    the owner named them.

    A declared column that the table does not have is passed over: the decision that named it lapses
    elsewhere.
    """
    names = [column.name for column in table.columns]
    quasi = [name for name in declared or [] if name in names] or suggested(table, type)
    counts = _counts(table, fields, specification, type)
    if quasi and not (counts and not declared):
        risk = _risk(
            con,
            table,
            "k_anonymity",
            {name: _cell(table.column(name)) for name in quasi},
            k,
            declared=bool(declared),
        )
        if risk:
            yield risk
    for column, word in counts:
        risk = _small_cells(con, table, column, word, k)
        if risk:
            yield risk
    # shares are of households, not of who measured
    held = specifications.held(names, specification, fields) if specification else fields
    if type == "bredband" and not counts and not declared and "coverage_share" not in held:
        risk = _measurements(con, table, type, k)
        if risk:
            yield risk
