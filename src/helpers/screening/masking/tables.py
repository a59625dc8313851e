"""The version as a table: CSV, whose cells are texts as they stand, or a workbook. The position of
a map's row stands in two columns after the others."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb

from helpers.reading import databases
from helpers.screening.masking import forms
from helpers.screening.masking import formulas as running
from helpers.screening.masking.version import Version
from helpers.words import escaping
from helpers.words.errors import ConfigurationError
from helpers.words.files import spreadsheets

BATCH = 5_000  # rows held at a time
LONGEST = 32_767  # characters of a cell in a workbook


def free(wanted: str, taken: Iterable[str]) -> str:
    """A name that no other column has, whatever its capitals.

    >>> free("latitude", ["Latitude", "latitude_2"])
    'latitude_3'
    """
    known, name, number = {one.casefold() for one in taken}, wanted, 1
    while name.casefold() in known:
        number += 1
        name = f"{wanted}_{number}"
    return name


def positions(version: Version) -> dict[str, str]:
    """The columns that hold the position of a map's row, north first -> SQL; none for a table,
    whose own columns do."""
    place = version.table.geometry
    if place is None or not forms.is_map(version.table):
        return {}
    known = place.crs != forms.UNKNOWN
    axes = {"latitude": "lat", "longitude": "lon"} if known else {"y": "y", "x": "x"}
    return {
        free(name, version.cells): f"({version.axis(axis)})::varchar" for name, axis in axes.items()
    }


def refused(error: duckdb.IOException, file: Path) -> OSError:
    """What DuckDB says against a file, as the system says it of other files."""
    full = os.strerror(errno.ENOSPC) in str(error)
    return OSError(errno.ENOSPC if full else errno.EIO, "", str(file))


def write_csv(version: Version, part: Path, *, guard: bool = False) -> None:
    """UTF-8, ``;`` between cells. Raises OSError where it cannot be written."""
    written = {
        escaping.guarded(name) if guard else name: running.guarded(sql) if guard else sql
        for name, sql in version.cells.items()
    } | positions(version)
    cells = ", ".join(f"{sql} as {databases.named(name)}" for name, sql in written.items())
    try:
        version.con.execute(f"""
            copy (
                select {cells}
                from source
                where {" and ".join(version.where)}
                order by source_row
            )
            to {databases.quoted(part)}
            (format csv, delimiter ';', header true, quote '"', escape '"')""")
    except duckdb.IOException as error:
        raise refused(error, part) from None


def rows(version: Version, cells: dict[str, str]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of the version in batches, in the order of the source."""
    result = version.con.execute(f"""
        select {", ".join(f"{sql} as c{i}" for i, sql in enumerate(cells.values()))}
        from source
        where {" and ".join(version.where)}
        order by source_row""")
    while batch := result.fetchmany(BATCH):
        yield batch


def numbers(version: Version) -> dict[str, str]:
    """The version's columns whose cells may be written as numbers -> ``integer`` or ``decimal``."""
    return {
        column.name: column.type
        for column in version.table.columns
        if column.name in version.cells and version.is_number(column)
    }


def as_number(cell: str | None, type: str | None) -> Any:
    """The number that a cell of such a column holds; the cell itself in any other."""
    if type is None or not cell:
        return cell
    return float(cell) if "." in cell else int(cell)


def write_xlsx(version: Version, part: Path) -> None:
    """One sheet; a text is never a formula. Raises ``ConfigurationError`` for what a workbook
    cannot hold: a longer cell, or signs that no cell may have."""
    from openpyxl import Workbook  # 0.3 s
    from openpyxl.utils.exceptions import IllegalCharacterError  # 0.3 s

    cells = version.cells | positions(version)
    types = numbers(version) | dict.fromkeys(positions(version), "decimal")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    try:
        spreadsheets.add(sheet, cells)
        for batch in rows(version, cells):
            for values in batch:
                if any(len(value) > LONGEST for value in values if value):
                    raise ConfigurationError("masking.not_in_workbook")
                named = zip(cells, values, strict=True)
                row = [as_number(value, types.get(name)) for name, value in named]
                spreadsheets.add(sheet, row)
    except IllegalCharacterError:
        raise ConfigurationError("masking.not_in_workbook") from None
    book.save(part)
