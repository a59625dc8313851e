"""What every way of reading is given (``Source``) and gives back (``Read``)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from helpers.declared import specifications
from helpers.reading import axes, writing
from helpers.reading.outlines import Outlines
from helpers.reading.snapshot import MAX_ROWS_LISTED, Rejected, Repair, Table
from helpers.reading.surroundings import Part, Surroundings
from helpers.words.source_text import SourceText


@dataclass(frozen=True)
class Source:
    """One file to read: ``path`` (unpacked, if it came in an archive), into the private ``folder``.

    ``name`` is what messages call it; ``type`` the dataset's type where declared; ``hints`` what is
    not to be guessed; ``area`` the organisation's municipality or county code. All that is no cell
    of a table is handed to ``surroundings``, and the whole shapes of a map to ``outlines`` where
    they are asked for.
    """

    path: Path
    folder: Path
    connection: duckdb.DuckDBPyConnection
    name: SourceText
    surroundings: Surroundings
    type: str | None = None
    hints: dict[str, Any] = field(default_factory=dict)
    area: str | None = None
    outlines: Outlines | None = None

    def aside(self, table: str) -> Callable[[int, str], None]:
        """Takes number and text of rows that have no place in the table of that name."""
        return lambda row, text: self.surroundings.add(Part("row", text, table, row=row))

    def declared(self, names: list[str], *, geometry: bool = False) -> dict[str, str]:
        """Column name -> the specification's type, for the columns that it recognises."""
        kind = (
            self.type
            or specifications.recognise(names, geometry=geometry or axes.have_axes(names))[0]
        )
        if kind not in specifications.types():
            return {}
        specification = specifications.load(kind, specifications.variant_of(kind, names))
        types = {entry.name: entry.type for entry in specification.fields}
        return {
            column: types[name]
            for name, column in specifications.match(names, specification).items()
        }

    def write(
        self,
        relation: str,
        names: list[str],
        *,
        table: str,
        target: str = "table",
        header_row: int | None = None,
        sample: str | None = None,
        crs: str | None = None,
        has_xy: bool = False,
        damaged: bool = True,
        spelled: bool = False,
        empty: bool = False,
        plain: writing.Plain | None = None,
    ) -> writing.WrittenTable:
        """``writing.write`` with what this source declares. ``target`` names the Parquet file."""
        return writing.write(
            self.connection,
            relation,
            names,
            self.folder / f"{target}.parquet",
            table=table,
            declared=self.declared(names, geometry=has_xy),
            header_row=header_row,
            sample=sample,
            crs=self.hints.get("crs") or crs,
            has_xy=has_xy,
            area=self.area,
            damaged=damaged,
            spelled=spelled,
            empty=empty,
            plain=plain,
        )


@dataclass
class Read:
    """What one way of reading found: the tables, the main one first, and all that was done to
    them."""

    format: str
    tables: list[Table] = field(default_factory=list)
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    repairs: list[Repair] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    rejected_total: int = 0

    def add(self, table: Table, repairs: list[Repair], *, beside: bool = False) -> None:
        """One more table; ``beside`` the main one, its repairs say which table they are of."""
        self.tables.append(table)
        if beside:
            repairs = [
                replace(
                    repair,
                    column=f"{table.name}: {repair.column}" if repair.column else table.name,
                )
                for repair in repairs
            ]
        self.repairs += repairs

    def reject(self, rejected: list[Rejected], total: int) -> None:
        """More rows that have no place in a table: ``total`` of them, the first 1,000 listed."""
        self.rejected = (self.rejected + rejected)[:MAX_ROWS_LISTED]
        self.rejected_total += total
