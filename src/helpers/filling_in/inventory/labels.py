"""An entry's value as a cell of the inventory says it, and a cell as a person reads it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from helpers.filling_in.inventory.columns import UNKNOWN, Column, choices
from helpers.words.personal import hiding


def label(column: Column, value: Any, language: str) -> Any:
    """An entry's value as the sheet says it; None where nothing is said."""
    value = [str(one) for one in value] if isinstance(value, list) else hiding.shown(value)
    if value is None or value == [] or (value == UNKNOWN and column.kind != "level"):
        return None
    if column.kind == "words":
        return ", ".join(value)
    labels = {code: shown for shown, code in choices(column.name, language).items()}
    if column.kind == "level":
        return None if value == UNKNOWN else labels[str(value)]
    return labels.get(str(value), value)


def plain(cell: Any) -> str:
    """A cell as a person reads it: whole numbers without a point, dates as ISO, no blanks around;
    nothing for None."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()
