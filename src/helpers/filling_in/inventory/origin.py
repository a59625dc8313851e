"""What each cell of an inventory held when it was written, on a hidden sheet of its own: so that
what a person has changed since is told from what only stands there.

Its first cell is ``MARK``; then the columns' names, and under them a row for each entry, its id
first, every cell a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpers.filling_in.inventory.labels import plain

MARK = "datakollen/inventory/1"
Origin = dict[str, dict[str, str]]  # id -> name of a column -> its cell


def rows(written: Mapping[str, Mapping[str, Any]], names: list[str]) -> list[list[str]]:
    """The rows of the sheet, of what was written: id -> name of a column -> its cell."""
    head = [MARK, *names]
    return [
        head,
        *([id, *(plain(cells.get(name)) for name in names)] for id, cells in written.items()),
    ]


def read(sheet: list[list[Any]]) -> Origin | None:
    """What ``rows`` gave, from the rows of a sheet; None for another sheet."""
    if not sheet or not sheet[0] or sheet[0][0] != MARK:
        return None
    names = [plain(cell) for cell in sheet[0][1:]]
    return {
        plain(id): dict(zip(names, map(plain, cells), strict=False)) for id, *cells in sheet[1:]
    }
