"""The tables of a source as a DuckDB database for whoever asks questions of it: typed, missing
cells null, values of marked columns as shapes.

What stands in it: ``data`` (the main table), every further table under its own name, and
``positions`` (``source_row, lon, lat``) where the main table has any. Columns are called as their
headers, after ``source_row``. A position is left out where a mark makes it sensitive, in the
columns that hold it too; what looks personal in an unmarked cell is a shape, or null where the
column holds numbers.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from helpers.reading import databases, missing
from helpers.reading.snapshot import Column, Snapshot, Table
from helpers.screening.marks import Screening, Withheld
from helpers.screening.masking import proposal
from helpers.screening.masking.tables import free
from helpers.words import escaping, personal_numbers

if TYPE_CHECKING:
    import duckdb

DATA, POSITIONS, ROW = "data", "positions", "source_row"
# Of these signs SQL and ``escaping.shape`` agree; a text with any other is looked at in Python.
_USUAL = "^[\\x00-\\x{24f}\\x{2010}-\\x{203a}]*$"
_LONGEST = 40


def names(snapshot: Snapshot) -> dict[str, str]:
    """Table of the snapshot -> what it is called in the database."""
    found = {snapshot.main.name: DATA}
    for table in snapshot.tables[1:]:
        found[table.name] = free(table.name, {*found.values(), POSITIONS})
    return found


def headers(table: Table) -> dict[str, str]:
    """Column of the table -> what it is called in the database, which tells no capitals from small
    letters."""
    found: dict[str, str] = {}
    for column in table.columns:
        found[column.name] = free(column.name, {ROW, *found.values()})
    return found


def _closely(text: str) -> str:
    """SQL: true where only Python knows the shape of a text."""
    sieve = databases.quoted(personal_numbers.SIEVE)
    return (
        f"(regexp_matches({text}, {sieve}) or not regexp_matches({text},"
        f" {databases.quoted(_USUAL)}))"
    )


def _shape(text: str) -> str:
    """SQL: ``escaping.shape`` of a text."""
    digits = f"regexp_replace({text}, '\\p{{Nd}}', '9', 'g')"
    letters = f"regexp_replace({digits}, '[\\p{{L}}\\p{{Nl}}\\p{{No}}]', 'A', 'g')"
    cut = f"left({letters}, {_LONGEST}) || if(length({letters}) > {_LONGEST}, '…', '')"
    return f"case when {_closely(text)} then shape_of({text}) else {cut} end"


def _hidden(text: str) -> str:
    """SQL: a text without what looks personal in it."""
    return f"case when {_closely(text)} then hidden_of({text}) else {text} end"


def _shown(column: Column, *, marked: bool) -> str:
    """SQL of the column's cell as it may be shown; its text is ``c<position>``."""
    text = f"c{column.position}"
    if marked:
        return _shape(text)
    if column.type == "text":
        return _hidden(text)
    if column.type in ("integer", "decimal"):
        return f"case when {_hidden(text)} is not distinct from {text} then {column.value} end"
    return column.value


def _plain(column: Column) -> str:
    """SQL of the column's cell as it stands."""
    return f"c{column.position}" if column.type == "text" else column.value


def _placing(table: Table) -> set[str]:
    """The columns that hold a row's position, in whatever system."""
    place = table.geometry
    return {*place.columns, *proposal.exact(place)} if place else set()


def _condition(withheld: Withheld) -> str | None:
    """SQL: true for rows whose position is left out; None where none is."""
    if withheld.every:
        return "true"
    return f"{ROW} in ({', '.join(map(str, sorted(withheld.rows)))})" if withheld.rows else None


def _query(snapshot: Snapshot, table: Table, screening: Screening, *, raw: bool) -> str:
    """SELECT of the table as it may be shown, or as it stands."""
    marked, called = screening.marked(table.name), headers(table)
    apart = None if raw else _condition(screening.withheld(table))
    cells, shown = [ROW], [ROW]
    for column in table.columns:
        cells.append(f"{missing.present(column.text)} as c{column.position}")
        cells += [column.value] if column.type != "text" else []
        sql = _plain(column) if raw else _shown(column, marked=column.name in marked)
        if apart and column.name in _placing(table):
            sql = f"case when not ({apart}) then {sql} end"
        shown.append(f"{sql} as {databases.named(called[column.name])}")
    source = f"select {', '.join(cells)} from {databases.quoted(snapshot.parquet(table))}"
    return f"select {', '.join(shown)} from ({source}) order by {ROW}"


def _functions(connection: duckdb.DuckDBPyConnection) -> None:
    connection.create_function("shape_of", escaping.shape, ["VARCHAR"], "VARCHAR")
    connection.create_function("hidden_of", personal_numbers.hide, ["VARCHAR"], "VARCHAR")


def write(snapshot: Snapshot, screening: Screening, target: Path, *, raw: bool = False) -> Path:
    """Write the database to ``target``, which is not there yet. ``raw``: every value as it stands,
    for the owner of the data who asks for it by name."""
    spill = target.with_name(f"{target.name}.spill")
    with databases.connect(target, spill=spill) as connection:
        _functions(connection)
        for table in snapshot.tables:
            called = databases.named(names(snapshot)[table.name])
            query = _query(snapshot, table, screening, raw=raw)
            connection.execute(f"create table {called} as {query}")
        if snapshot.main.geometry is not None:
            _positions(connection, snapshot, screening, raw=raw)
    return target


def _positions(
    connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, screening: Screening, *, raw: bool
) -> None:
    """The table ``positions``: every row of the main table that may be drawn where it lies."""
    apart = None if raw else _condition(screening.withheld(snapshot.main))
    kept = f"not ({apart})" if apart else "true"
    connection.execute(
        f"create table {POSITIONS} as select {ROW}, lon, lat from"
        f" {databases.quoted(snapshot.parquet())} where {kept} and lon is not null"
        f" and lat is not null order by {ROW}"
    )


def asked(file: Path, spill: Path) -> duckdb.DuckDBPyConnection:
    """A connection for anybody's questions: nothing is written, no file, no network and no variable
    of the program is reached, and no setting can be changed."""
    connection = databases.connect(file, read_only=True, spill=spill)
    for setting in (
        "python_enable_replacements = false",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"set {setting}")
    return connection
