"""A made dataset: its tables as cells, written as a file that the product reads as it reads any
other."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...samples import forms

TODAY = dt.date(2026, 11, 24)


@dataclass
class Table:
    header: list[str]
    rows: list[list[Any]]

    def at(self, column: str) -> int:
        return self.header.index(column)

    def get(self, row: int, column: str) -> Any:
        return self.rows[row][self.at(column)]

    def put(self, row: int, column: str, value: Any) -> None:
        self.rows[row][self.at(column)] = value

    def values(self, column: str) -> list[Any]:
        at = self.at(column)
        return [row[at] for row in self.rows]

    def where(self, column: str, *values: Any) -> list[int]:
        return [i for i, value in enumerate(self.values(column)) if value in values]

    def drop(self, *columns: str) -> None:
        keep = [i for i, name in enumerate(self.header) if name not in columns]
        self.header = [self.header[i] for i in keep]
        self.rows = [[row[i] for i in keep] for row in self.rows]


@dataclass
class Made:
    """``tables`` is one table, or a feed's by name. ``form``: csv | xlsx | geojson | gtfs."""

    name: str
    type: str
    organisation: str
    tables: dict[str, Table]
    form: str = "csv"
    hints: dict[str, Any] = field(default_factory=dict)
    encoding: str = "utf-8"
    decimal_comma: bool = False

    @property
    def main(self) -> Table:
        return next(iter(self.tables.values()))

    def copy(self) -> Made:
        return copy.deepcopy(self)

    def rows_of(self, records: Iterable[int]) -> list[int]:
        """Numbers that the product gives these records: a header on line 1 is row 1; a map's
        features count from 1."""
        first = 1 if self.form == "geojson" else 2
        return sorted(first + record for record in records)

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{self.name}.{'zip' if self.form == 'gtfs' else self.form}"
        if self.form == "gtfs":
            forms.packed(
                file,
                {
                    f"{name}.txt": forms.table(one.header, one.rows)
                    for name, one in self.tables.items()
                },
            )
            return file
        table = self.main
        if self.form == "xlsx":
            forms.xlsx(file, table.header, table.rows, [])
        elif self.form == "geojson":
            keep = [
                i for i, name in enumerate(table.header) if name not in ("latitude", "longitude")
            ]
            lon, lat = table.values("longitude"), table.values("latitude")
            points = [None if x in (None, "") else (x, y) for x, y in zip(lon, lat, strict=True)]
            rows = [[row[i] for i in keep] for row in table.rows]
            forms.geojson(file, [table.header[i] for i in keep], rows, points, None)
        else:
            forms.delimited(
                file,
                table.header,
                table.rows,
                encoding=self.encoding,
                decimal_comma=self.decimal_comma,
            )
        return file
