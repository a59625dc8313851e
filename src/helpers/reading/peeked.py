"""What a sheet holds beside its values, found before it is opened: where it ends, what is hidden,
lost, merged, and how numbers are shown."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from helpers.reading.snapshot import MAX_ROWS_LISTED, Repair

Range = tuple[tuple[int, int], tuple[int, int]]  # first and last (row, column), from 0


@dataclass(frozen=True)
class Rest:
    """A sheet's XML in pieces without its plain rows, and which shared texts these show."""

    pieces: list[bytes]
    shown: NDArray[np.int64]


@dataclass
class Peek:
    """What a sheet says before it is opened: its last cell, and cells whose value is lost."""

    rows: int = 0
    columns: int = 0
    errors: list[int] = field(default_factory=list)  # rows of #N/A, #REF! and the like
    uncomputed: list[int] = field(default_factory=list)  # rows of formulas without a stored value
    hidden_rows: list[int] = field(default_factory=list)
    # first and last of each run, from 1
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    disordered: bool = False  # a cell stands before one that comes earlier, or twice
    text: int = 0  # bytes of the texts that its cells share with others
    merged: list[Range] = field(default_factory=list)
    # column (from 0) -> what a number format means -> rows (from 1)
    formats: dict[int, dict[str, array[int]]] = field(default_factory=dict)
    # (row from 1, column from 0) -> the digits of a whole number of more than 15
    digits: dict[tuple[int, int], str] = field(default_factory=dict)
    rest: Rest | None = None

    def note(self, row: int, column: int, meaning: str, times: int = 1) -> None:
        """Numbers that are shown in a way that says something, in ``times`` rows from ``row`` (from
        1) on; ``column`` from 0."""
        rows = self.formats.setdefault(column, {}).setdefault(meaning, array("I"))
        rows.extend(range(row, row + times))

    def reaches(self, row: int, column: int) -> None:
        """There is a value in that cell, counted from 1."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)

    def marks(self) -> dict[int, tuple[list[str], NDArray[np.uint8]]]:
        """Column -> the meanings of its formats ('' first), and for each row which it has."""
        made = {}
        for column, by_meaning in self.formats.items():
            rows = np.zeros(max(map(max, by_meaning.values())) + 1, np.uint8)
            listed = list(by_meaning)[:255]
            for number, meaning in enumerate(listed, 1):
                rows[np.frombuffer(by_meaning[meaning], np.uint32)] = number
            made[column] = ["", *listed], rows
        return made

    def repairs(self, names: list[str], header_row: int) -> list[Repair]:
        """What is told of the sheet; ``names`` are those of its columns from A on."""
        hidden = [row for row in self.hidden_rows if header_row < row <= self.rows]
        listed = (
            ("excel_errors", self.errors),
            ("formulas_without_value", self.uncomputed),
            ("hidden_rows", hidden),
        )
        repairs = [
            Repair(code, len(rows), sorted(set(rows))[:MAX_ROWS_LISTED])
            for code, rows in listed
            if rows
        ]
        unseen = [
            name
            for position, name in enumerate(names, 1)
            if any(first <= position <= last for first, last in self.hidden_columns)
        ]
        return repairs + (
            [Repair("hidden_columns", len(unseen), [], ", ".join(unseen))] if unseen else []
        )
