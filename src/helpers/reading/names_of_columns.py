"""What a row of names looks like, and what tells it from a row of data."""

from __future__ import annotations

import re

from helpers.reading.dialects import NUMBER

DATE = re.compile(r"\d{4}-?\d{2}-?\d{2}")
YEAR = re.compile(r"\s*(?:19|20)\d{2}\s*\Z")
# of ages, forms, hours: names of columns under a group
INTERVAL = re.compile(
    r"\s*(?:[^\W\d_]{1,2}|\d{1,3})\s*[-\u2013]\s*\d{1,3}\s*\Z|\s*\d{1,3}\s*\+\s*\Z"
)
ADDRESS = re.compile(r"\S@\S+\.\w|\w://")


def is_name(cell: str, longest: int = 80) -> bool:
    """Could stand in a header: has a letter, is no number, no date, no address of the web or of
    mail, not very long."""
    cell = cell.strip()
    return (
        bool(re.search(r"[^\W\d_]", cell))
        and len(cell) <= longest
        and not DATE.match(cell)
        and not ADDRESS.search(cell)
    )


def kind(cell: str) -> str:
    return "number" if NUMBER.match(cell) else "date" if DATE.match(cell) else "word"


def numeric_below(column: int, below: list[list[str]]) -> bool:
    """True where most filled cells of a column (0-based) are numbers or dates."""
    cells = [
        record[column].strip()
        for record in below
        if column < len(record) and record[column].strip()
    ]
    return bool(cells) and sum(kind(cell) != "word" for cell in cells) >= 0.8 * len(cells)


def is_over_data(record: list[str], below: list[list[str]]) -> bool:
    """Names of which some recur stand over data, not over the names of columns: the row below has a
    number over numbers or a text that recurs in its column, or no column is of numbers."""
    rows = [row for row in below if any(cell.strip() for cell in row)]
    titles = [cell.strip() for cell in record if cell.strip()]
    if not rows or not record[0].strip() or len(set(titles)) < 2:
        return False
    for i, cell in enumerate(cell.strip() for cell in rows[0]):
        if not cell or YEAR.match(cell):
            continue
        if not is_name(cell) and numeric_below(i, rows):
            return True
        if any(i < len(row) and row[i].strip() == cell for row in rows[1:]):
            return True
    return len(rows) > 1 and not any(numeric_below(i, rows[1:]) for i in range(len(record)))


def _shape(cell: str) -> str:
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "a", cell.strip()))


def is_like_data(names: list[str], below: list[list[str]]) -> bool:
    """A header over texts alone that may be a record itself: a cell with digits in it as nearly all
    below it have, or one that stands in its column again."""
    rows = [row for row in below if any(cell.strip() for cell in row)]
    if len(rows) < 2 or any(numeric_below(i, rows) for i in range(len(names))):
        return False
    for i, name in enumerate(name.strip() for name in names):
        cells = [row[i].strip() for row in rows if i < len(row) and row[i].strip()]
        others = [
            row[i].strip() for row in rows if i < len(row) and [*map(str.strip, row)] != names
        ]
        if name and name in others:
            return True
        alike = sum(_shape(cell) == _shape(name) for cell in cells)
        if "9" in _shape(name) and " " in name and cells and alike >= 0.8 * len(cells):
            return True
    return False
