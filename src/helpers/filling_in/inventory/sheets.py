"""The sheets of a spreadsheet that people filled in, as rows of cells, within bounds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from helpers.words.errors import InputRefused

LARGEST = 20_000_000  # bytes
MOST_ROWS = 5_000


def every(file: Path) -> list[tuple[str, list[list[Any]]]]:
    """Name and rows of each sheet, rows from the spreadsheet's own first one, at most two more than
    ``MOST_ROWS``. Raises ``InputRefused`` for what is no spreadsheet, or too large."""
    if not file.is_file():
        raise InputRefused("inventory.no_file", {"file": file.name})
    if file.stat().st_size > LARGEST:
        raise InputRefused("inventory.too_large", {"file": file.name, "most": LARGEST // 1_000_000})
    try:
        book = CalamineWorkbook.from_path(str(file))
        return [
            (
                name,
                book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS + 2),
            )
            for name in book.sheet_names
        ]
    except Exception as error:  # not a spreadsheet: the reader's text may hold a cell
        raise InputRefused(
            "inventory.unreadable", {"file": file.name, "kind": type(error).__name__}
        ) from None
