"""Write the table in the form of the specification, screen it again, and tell what became of every
column. The source is only read.

CSV as the national specifications have it: UTF-8, commas, decimal points, no mark at its beginning.
A column that stops publication is not written unless it is asked for by name; cells that could not
be decided stand only in a file of their own, readable by its owner alone.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from helpers.declared import mapping
from helpers.declared.fields import Specification
from helpers.filling_in.converting.conversion import NTH, PUT, ROW, ColumnOutcome, Conversion, Other
from helpers.reading import databases
from helpers.reading.snapshot import Repair, Snapshot
from helpers.screening.marks import Screening
from helpers.screening.masking import formulas, tables
from helpers.screening.masking.formulas import Formulas
from helpers.screening.masking.writing import again
from helpers.words import escaping
from helpers.words.errors import ConfigurationError
from helpers.words.files import spreadsheets, writing
from helpers.words.messages import text
from helpers.words.suppression import K

CSV, XLSX = ".csv", ".xlsx"
FORMS = (CSV, XLSX)
ROWS = 1_048_575  # of a sheet, under its header
HEAD = ("row", "column", "target", "value", "reason")


@dataclass(frozen=True)
class ConversionRequest:
    """What is to be written: the table to ``output``, the columns that are kept aside to
    ``others``, the cells that could not be decided to ``undecided``; None for what is not.
    ``personal``: also columns that stop publication. ``guard``: an apostrophe before what a
    spreadsheet would run."""

    output: Path | None = None
    others: Path | None = None
    undecided: Path | None = None
    personal: bool = False
    guard: bool = False
    language: str = "sv"


@dataclass(frozen=True)
class Converted:
    """What was made of a table. ``left_out``: rows of which nothing is written, as no column that
    is a row in the specification says anything; ``after``: what screening says of the file, None
    where none was written. ``shapes``: lines or areas became their points; ``crs``: the system that
    positions were taken from, ``assumed`` where it is not certain."""

    specification: Specification
    layout: dict[str, str] | None
    columns: list[ColumnOutcome]
    others: list[Other]
    rows_before: int
    rows_after: int
    left_out: int = 0
    left_out_rows: list[int] = field(default_factory=list)
    rejected: int = 0
    repairs: list[Repair] = field(default_factory=list)  # what reading changed or left out
    other_tables: list[str] = field(default_factory=list)
    crs: str | None = None
    assumed: bool = False
    shapes: bool = False
    formulas: list[Formulas] = field(default_factory=list)
    guarded: bool = False
    after: Screening | None = None
    others_kept: bool = False  # in a file of their own, as are the values that are not decided
    undecided_kept: bool = False

    @property
    def undecided(self) -> int:
        """Cells that could not be decided."""
        return sum(column.undecided for column in self.columns)


def form_of(output: Path) -> str:
    """The form that the file's name asks for. Raises ``ConfigurationError`` for one that cannot be
    written."""
    suffix = output.suffix.lower() or CSV
    if suffix not in FORMS:
        values = {"suffix": escaping.shown(suffix), "known": ", ".join(FORMS)}
        raise ConfigurationError("converting.form", values)
    return suffix


def stopping(screening: Screening, table: str) -> dict[str, tuple[str, ...]]:
    """The table's columns that stop publication -> the kinds of personal data in them."""
    kinds: dict[str, list[str]] = {}
    for mark in screening.marks:
        if mark.table == table and mark.where == "cells" and mark.level == "stopp":
            kinds.setdefault(mark.column, []).append(mark.kind)
    return {column: tuple(dict.fromkeys(several)) for column, several in kinds.items()}


def _fetched(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    result = con.execute(query)
    while batch := result.fetchmany(tables.BATCH):
        yield from batch


def _copied(
    con: duckdb.DuckDBPyConnection, cells: dict[str, str], relation: str, file: Path
) -> None:
    selected = ", ".join(f"{sql} as {databases.named(name)}" for name, sql in cells.items())
    how = "format csv, delimiter ',', header true, quote '\"', escape '\"'"
    query = f"select {selected} from {relation} order by {ROW}, {NTH}"
    try:
        con.execute(f"copy ({query}) to {databases.quoted(file)} ({how})")
    except duckdb.IOException as error:
        raise tables.refused(error, file) from None


def _booked(conversion: Conversion, part: Path) -> None:
    """A workbook of one sheet: numbers as numbers, all else as texts that are never a formula."""
    from openpyxl import Workbook  # 0.3 s

    targets = [target.field for target in conversion.targets]
    types = [one.type if one.type in ("integer", "decimal") else None for one in targets]
    cells = conversion.cells
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    spreadsheets.add(sheet, cells)
    query = f"select {', '.join(cells.values())} from {conversion.relation} order by {ROW}, {NTH}"
    for row in _fetched(conversion.con, query):
        if any(len(value) > tables.LONGEST for value in row if value):
            raise ConfigurationError("masking.not_in_workbook")
        values = zip(row, types, strict=True)
        spreadsheets.add(sheet, [tables.as_number(value, type) for value, type in values])
    book.save(part)


def _write(conversion: Conversion, asked: ConversionRequest, file: Path) -> None:
    if form_of(file) == XLSX:
        from openpyxl.utils.exceptions import IllegalCharacterError  # 0.3 s

        try:
            return _booked(conversion, file)
        except IllegalCharacterError:
            raise ConfigurationError("masking.not_in_workbook") from None
    cells = conversion.cells
    if asked.guard:
        cells = {escaping.guarded(name): formulas.guarded(sql) for name, sql in cells.items()}
    return _copied(conversion.con, cells, conversion.relation, file)


def _others(conversion: Conversion, language: str) -> dict[str, str]:
    """The columns that are kept aside, after the number of their row and the key of the target:
    name -> SQL over ``source``."""
    table, columns = conversion.table, {}
    kept = [name for name in conversion.aside if name not in conversion.withheld]
    rows = tables.free(text("converting.raw.row", language), kept)
    columns[rows] = f"{ROW}::varchar"
    for target in conversion.names.targets:
        known = {*kept, *conversion.withheld}
        if target.field.role == "key" and target.source and target.source not in known:
            key = tables.free(target.field.header, [*kept, rows])
            columns[key] = f"nullif({table.column(target.source).text}, '')"
    return columns | {name: f"nullif({table.column(name).text}, '')" for name in kept}


def _write_others(conversion: Conversion, asked: ConversionRequest, file: Path) -> None:
    columns = _others(conversion, asked.language)
    if asked.guard:
        columns = {escaping.guarded(name): formulas.guarded(sql) for name, sql in columns.items()}
    _copied(conversion.con, columns, f"(select *, 0 as {NTH} from source)", file)


def _undecided(conversion: Conversion, language: str) -> Iterator[Iterable[Any]]:
    yield [text(f"converting.raw.{name}", language) for name in HEAD]
    for column, target, reason, condition in conversion.unwritten():
        why = text(f"converting.undecided.{reason}", language)
        query = f"""
            select {ROW}, {column.text}
            from source
            join {PUT} using ({ROW})
            where {condition} and nullif({column.text}, '') is not null
            order by 1"""
        for row, value in _fetched(conversion.con, query):
            yield (row, column.name, target, value, why)


def _write_undecided(conversion: Conversion, language: str, file: Path) -> None:
    """Each cell that could not be decided, as it stands; readable by its owner alone."""
    with (
        writing.aside(file, private=True) as part,
        part.open("w", encoding="utf-8-sig", newline="") as stream,
    ):
        spreadsheets.write_csv(stream, _undecided(conversion, language))


def told(conversion: Conversion, names: mapping.Mapping) -> Converted:
    """What there is to say of the table before anything is written."""
    snapshot, place = conversion.snapshot, conversion.place
    left = f"not {conversion.where}"
    left_out = conversion.count(PUT, left)
    return Converted(
        specification=names.specification,
        layout=names.followed.form.title if names.followed else None,
        columns=conversion.columns(),
        others=conversion.others(),
        rows_before=snapshot.main.rows,
        rows_after=conversion.count(conversion.relation),
        left_out=left_out,
        left_out_rows=conversion.rows(left) if left_out else [],
        rejected=snapshot.rejected_total,
        repairs=snapshot.repairs,
        other_tables=[other.name for other in snapshot.tables[1:]],
        crs=place.crs if place else None,
        assumed=place is not None and place.certainty == "assumed",
        shapes=place is not None and place.kind != "point",
    )


def _run_as_formulas(conversion: Conversion) -> list[Formulas]:
    """Where a spreadsheet would run a cell. Rows are not named where they are other than the
    source's."""
    found = formulas.found(
        conversion.con,
        conversion.cells,
        ["true"],
        conversion.relation,
    )
    return [replace(one, rows=[]) for one in found] if conversion.spread else found


def convert(
    snapshot: Snapshot, specification: Specification, screening: Screening, asked: ConversionRequest
) -> Converted:
    """Make of the main table one that follows ``specification`` (of one variant), and write what is
    asked for.

    Raises ``ConfigurationError`` where the table has no column of the specification, or a file
    cannot be written.
    """
    table = snapshot.main
    names = mapping.mapped([column.name for column in table.columns], specification)
    if not names.fits:
        title = {"title": specification.variant or specification.name}
        raise ConfigurationError("converting.no_column", title)
    withheld = {} if asked.personal else stopping(screening, table.name)
    with (
        tempfile.TemporaryDirectory(prefix="datakollen-") as work,
        databases.connect(spill=Path(work) / "spill") as con,
    ):
        databases.Source(con, snapshot.parquet(table), table.rows, len(table.columns))
        conversion = Conversion(con, snapshot, names, withheld)
        return _put(conversion, asked, told(conversion, names))


def _put(conversion: Conversion, asked: ConversionRequest, told: Converted) -> Converted:
    """Write what is asked for, and tell what screening says of it."""
    if asked.others:
        with writing.aside(asked.others, suffix=CSV) as part:
            _write_others(conversion, asked, part)
    if asked.undecided:
        _write_undecided(conversion, asked.language, asked.undecided)
    told = replace(
        told, others_kept=asked.others is not None, undecided_kept=asked.undecided is not None
    )
    if asked.output is None:
        return told
    form = form_of(asked.output)
    if form == XLSX and told.rows_after > ROWS:
        raise ConfigurationError("masking.too_many_rows", {"most": ROWS})
    with writing.aside(asked.output, suffix=form) as part:
        _write(conversion, asked, part)
        specification = told.specification
        after = again(part, specification.name, specification, quasi_identifiers=None, k=K)
    run = _run_as_formulas(conversion) if form == CSV else []
    if asked.others:
        run += formulas.found(conversion.con, _others(conversion, asked.language), ["true"])
    return replace(told, after=after, formulas=run, guarded=asked.guard)
