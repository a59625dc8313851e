"""The cells of a sheet as text, as the sheet shows them where a number says less; what was done for
that is told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import compress, count, islice
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from helpers.reading import absent, arrays, endings, mojibake, number_formats, records
from helpers.reading.peeked import Peek, Range
from helpers.reading.snapshot import MAX_ROWS_LISTED, Repair, named
from helpers.words import light
from helpers.words.folding import fold

TOGETHER = 50_000  # cells: more of Python's do not lie near the processor
EXACT = 1e15  # from here on a spreadsheet has fewer digits than the number


class Cells:
    """The sheet's rows from row 1 and column A on, empty cells None; counts what is told of them.

    ``first`` rows are given before it is known where the header is: ``below`` then fills their
    merged cells; those of the rows that follow are filled as they come.
    """

    def __init__(self, sheet: Any, peeked: Peek) -> None:
        self.ahead, self.taken = sheet.iter_rows(), 0  # the rows that are left
        self.left = sheet.start[1] if sheet.start else 0
        self.peeked = peeked
        self.marks = peeked.marks()
        self.merges: dict[int, list[Range]] = defaultdict(list)  # by their first row, from 1
        for merged in sheet.merged_cell_ranges or peeked.merged:
            self.merges[merged[0][0] + 1].append(merged)
        self.open: list[tuple[Range, str]] = []  # that reach the row at hand, with their value
        self.header_row: int | None = None
        self.damaged = self.parted = False  # what was given may hold mojibake, or an empty row
        self.numbers: Counter[int] = Counter()
        # what is told, and of which column -> how many cells, and the first 1,000 rows
        self.counts: Counter[tuple[str, int]] = Counter()
        self.rows: dict[tuple[str, int], list[int]] = defaultdict(list)

    def take(self, most: int) -> list[list[str | None]]:
        """The next rows, ``most`` at most, a cell at a time."""
        first = self.taken + 1
        return [self._row(number, row) for number, row in enumerate(self._next(most), first)]

    def pieces(self, first: list[list[str | None]], width: int) -> Iterator[list[Any]]:
        """The columns, arrays of text, of the rows that were given and of all that follow."""
        most = max(1, TOGETHER // max(width, 1))
        texts = [arrays.texts(cells) for cells in records.by_column(first, width)] if first else []
        while columns := self._taken(most, width):
            pairs = zip(texts, columns, strict=True)
            yield self._seen([pa.concat_arrays(pair) for pair in pairs] if texts else columns)
            texts = []
        if texts:
            yield self._seen(texts)

    def _seen(self, columns: list[Any]) -> list[Any]:
        """The columns; what may be in them is noted."""
        self.damaged = self.damaged or any(mojibake.may_be(arrays.letters(one)) for one in columns)
        self.parted = self.parted or not any(map(absent.are_filled, columns))
        return columns

    def _next(self, most: int) -> list[list[Any]]:
        batch = list(islice(self.ahead, most))
        self.taken += len(batch)
        return batch

    def _taken(self, most: int, width: int) -> list[Any]:
        """The columns of the next rows; of none an empty list."""
        with light.uncollected():
            first, batch = self.taken + 1, self._next(most)
            return self._columns(first, batch, width) if batch else []

    def _columns(self, number: int, batch: list[list[Any]], width: int) -> list[Any]:
        """Each column's cells as text at once, where none of them is shown in another way than the
        file has it. ``number``: of the first row."""
        left = self.left
        by_row = self.marks or self.peeked.digits or self.merges or self.open
        if by_row or set(map(len, batch)) != {width - left}:
            rows = [self._row(at, row) for at, row in enumerate(batch, number)]
            return [arrays.texts(cells) for cells in records.by_column(rows, width)]
        columns = zip(*batch, strict=True)
        nothing = [pa.nulls(len(batch), pa.string())] * left
        return nothing + [self._column(number, i, cells) for i, cells in enumerate(columns, left)]

    def _column(self, first: int, column: int, cells: tuple[Any, ...]) -> Any:
        """The cells of a column as text; ``first`` is the row of the first."""
        kinds = set(map(type, cells))
        if not kinds <= {str, float}:
            rows = enumerate(cells, first)
            return arrays.texts([self._text(row, column, cell) for row, cell in rows])
        if kinds == {float}:
            return self._numbers(column, cells, np.arange(first, first + len(cells)))
        texts = cells if kinds == {str} else [cell if type(cell) is str else "" for cell in cells]
        made = arrays.texts(texts, empty=False)
        if any(map(str.isdecimal, texts)):
            for row in compress(count(first), map(str.isdecimal, texts)):
                self._note("numbers_as_text", row, column)
        if float not in kinds:
            return made
        known = np.array([type(cell) is float for cell in cells])
        numbers = list(compress(cells, known))
        shown = self._numbers(column, numbers, first + np.flatnonzero(known))
        return pc.replace_with_mask(made, arrays.booleans(known), shown)

    def _numbers(self, column: int, cells: Sequence[float], rows: NDArray[np.int64]) -> Any:
        """The text of numbers, which stand in these rows of a column."""
        numbers = np.array(cells)
        self.numbers[column] += len(numbers)
        lost = np.isfinite(numbers) & (np.abs(numbers) >= EXACT) & (numbers == np.floor(numbers))
        for row in rows[lost].tolist():
            self._note("digits_lost", row, column)
        return records.texts(arrays.measured(numbers))

    def _row(self, number: int, row: list[Any]) -> list[str | None]:
        cells: list[str | None] = [None] * self.left
        cells += [self._text(number, column, cell) for column, cell in enumerate(row, self.left)]
        if self.marks or self.peeked.digits:
            self._shown(number, self.left, row, cells)
        if (self.merges or self.open) and self.header_row is not None:
            self._fill(number, cells)
        return cells

    def _text(self, number: int, column: int, cell: Any) -> str | None:
        kind = type(cell)
        if kind is str:
            if cell.isdecimal():
                self._note("numbers_as_text", number, column)
            return cell or None
        if kind is float or kind is int:
            self._number(number, column, cell)
        return records.text(cell)

    def _note(self, code: str, row: int, column: int) -> None:
        self.counts[code, column] += 1
        listed = self.rows[code, column]
        if len(listed) < MAX_ROWS_LISTED:
            listed.append(row)

    def _number(self, row: int, column: int, cell: float) -> None:
        self.numbers[column] += 1
        if abs(cell) >= EXACT and float(cell).is_integer():
            self._note("digits_lost", row, column)

    def _shown(self, number: int, left: int, row: list[Any], cells: list[str | None]) -> None:
        """Numbers of the row as its formats show them, and with the digits that the file has."""
        for column, (meanings, by_row) in self.marks.items():
            if number >= len(by_row) or not by_row[number] or column >= len(cells):
                continue
            meaning = meanings[by_row[number]]
            value = row[column - left]
            if meaning == number_formats.DURATION:
                cells[column] = number_formats.hours(str(value)) or cells[column]
            elif not isinstance(value, (int, float)) or isinstance(value, bool):
                continue
            elif meaning == number_formats.PERCENT:
                self._note("percent", number, column)
            elif shown := number_formats.masked(value, meaning):
                self.numbers[column] -= 1  # no zero is lost where it is shown
                if shown != cells[column]:
                    cells[column] = shown
                    self._note("shown_digits", number, column)
        for column in range(left, len(cells)) if self.peeked.digits else ():
            cells[column] = self.peeked.digits.get((number, column), cells[column])

    def below(self, first: list[list[str | None]], header_row: int) -> None:
        """Fill the merged cells of the ``first`` rows that stand below the header's (0 where there
        is none), and from now on those of the others."""
        self.header_row = header_row
        for number, cells in enumerate(first, 1):
            if number > header_row:
                self._fill(number, cells)

    def _fill(self, number: int, cells: list[str | None]) -> None:
        """The value of merged cells in each of them. Over the whole of what a row holds they are a
        title or a note, and beside a sum they are its label: those stay as they are."""
        self.open = [(area, value) for area, value in self.open if area[1][0] + 1 >= number]
        for area in self.merges.pop(number, ()):
            value = cells[area[0][1]] if area[0][1] < len(cells) else None
            inside = range(area[0][1], area[1][1] + 1)
            alone = not any(cell for at, cell in enumerate(cells) if at not in inside)
            if value and not (len(inside) > 1 and (alone or fold(value) in endings.SUMS)):
                self.open.append((area, value))
        for area, value in self.open:
            for column in range(area[0][1], min(area[1][1] + 1, len(cells))):
                if not cells[column]:
                    cells[column] = value
                    self._note("merged_cells", number, column)

    def repairs(self, names: dict[int, str], header_row: int) -> list[Repair]:
        """What is told of the cells below the header, in the columns that are read. Where some
        numbers of a column are numbers and some are texts, a leading zero is lost in part of
        them."""
        by_code: dict[str, list[Repair]] = defaultdict(list)
        for (code, column), listed in sorted(self.rows.items()):
            rows = [row for row in listed if row > header_row]
            mixed = code != "numbers_as_text" or self.numbers[column]
            if rows and mixed and column in names:
                count = self.counts[code, column] - len(listed) + len(rows)
                by_code[code].append(Repair(code, count, rows, names[column]))
        mixed_columns = by_code.pop("numbers_as_text", [])
        return mixed_columns + [_joined(repairs) for repairs in by_code.values()]


def _joined(repairs: list[Repair]) -> Repair:
    """What is told of several columns as one repair."""
    rows = sorted({row for repair in repairs for row in repair.rows})[:MAX_ROWS_LISTED]
    columns = named([str(repair.column) for repair in repairs])
    return Repair(repairs[0].code, sum(repair.count for repair in repairs), rows, columns)
