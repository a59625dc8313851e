"""Read an inventory back: every fault at once, each with sheet, row, column, what was expected and
what was found."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from helpers.declared import organisations
from helpers.declared.specifications import fold
from helpers.filling_in.inventory.columns import (
    COLUMNS,
    MOST_LEVEL,
    UNKNOWN,
    USUAL_OWNER,
    Column,
    choices,
    headings,
    understood,
)
from helpers.words import escaping, personal_numbers
from helpers.words.errors import ConfigurationError, InputRefused
from helpers.words.messages import text

LARGEST = 20_000_000  # bytes
MOST_ROWS = 5_000
LONGEST_ID = 60
SHOWN = 60
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Row:
    """One row that says something. ``said``: the entry's fields, dotted, and their values; blank
    cells say nothing."""

    number: int  # as the spreadsheet numbers it
    id: str
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """The rows of an inventory, and headings of columns that are not read."""

    sheet: str
    rows: list[Row]
    ignored: list[str]


class _Fault(Exception):
    """``expected`` is a text of inventory.expected, with what fills it."""

    def __init__(self, expected: str, **values: Any) -> None:
        self.expected, self.values = expected, values


def _plain(cell: Any) -> str:
    """A cell as a person reads it: whole numbers without a point, dates as ISO, no blanks
    around."""
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()


def _choice(column: Column, said: str, language: str) -> str:
    value = understood(column.name).get(fold(said))
    if value is not None:
        return value
    if column.kind == "open":
        return said
    raise _Fault("choice", choices="; ".join(choices(column.name, language)))


def _level(column: Column, said: str) -> int | str:
    value = understood(column.name).get(fold(said))
    if value is None:
        digit = re.match(r"(\d+)(?:[.:)]|\s|$)", said)
        value = digit[1] if digit else None
    if value == UNKNOWN:
        return UNKNOWN
    if value is None or int(value) > MOST_LEVEL:
        raise _Fault("level")
    return int(value)


def _value(column: Column, cell: Any, language: str) -> Any:
    """The entry's value of a cell that is not blank; ``_Fault`` where it does not fit."""
    said = _plain(cell)
    if any(
        number.right or number.form in ("separated", "dated")
        for number in personal_numbers.find(said)
    ):
        raise _Fault("no_personal_number")
    if column.kind in ("choice", "open"):
        return _choice(column, said, language)
    if column.kind == "level":
        return _level(column, said)
    if column.kind == "count":
        if not re.fullmatch(r"\d{1,9}", said.replace(" ", "").replace("\u00a0", "")):
            raise _Fault("count")
        return int(said.replace(" ", "").replace("\u00a0", ""))
    if column.kind == "date":
        try:
            return dt.date.fromisoformat(said).isoformat()
        except ValueError:
            raise _Fault("date") from None
    if column.kind == "words":
        return [word.strip() for word in re.split(r"[,;\n]", said) if word.strip()]
    if column.kind == "address" and not re.match(r"https?://\S+$", said):
        raise _Fault("address")
    if column.kind == "identity" and (not ID.fullmatch(said) or len(said) > LONGEST_ID):
        raise _Fault("identity")
    return said


def derived_id(title: str, organisation: str) -> str:
    """The id of a row that has none: the organisation and the title's words, without saying the
    organisation twice.

    >>> derived_id("Badplatser i Karlskrona", "karlskrona")
    'karlskrona-badplatser-i'
    """
    own = organisation.split("-")
    words = [word for word in organisations.identity(title).split("-") if word not in own]
    while len(words) > 1 and len("-".join([organisation, *words])) > LONGEST_ID:
        words.pop()
    return "-".join([organisation, *words])[:LONGEST_ID].strip("-")


def _sheet(file: Path) -> tuple[str, list[list[Any]]]:
    """The sheet that has the heading of the first question, as rows from the spreadsheet's own
    first one."""
    if not file.is_file():
        raise InputRefused("inventory.no_file", {"file": file.name})
    if file.stat().st_size > LARGEST:
        raise InputRefused("inventory.too_large", {"file": file.name, "most": LARGEST // 1_000_000})
    try:
        book = CalamineWorkbook.from_path(str(file))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(
                skip_empty_area=False, nrows=MOST_ROWS + 2
            )
            if rows and any(headings().get(fold(_plain(cell))) == "what" for cell in rows[0]):
                return name, rows
    except Exception as error:  # not a spreadsheet: the reader's text may hold a cell
        raise InputRefused(
            "inventory.unreadable", {"file": file.name, "kind": type(error).__name__}
        ) from None
    raise InputRefused(
        "inventory.no_sheet", {"file": file.name, "heading": text("inventory.column.what")}
    )


def letter(index: int) -> str:
    """A column's letters in a spreadsheet, from 0: A, B ... Z, AA.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    said = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        said = chr(65 + rest) + said
    return said


def read(file: Path, language: str = "sv") -> Found:
    """The inventory in a spreadsheet (xlsx, ods, xls). ``ConfigurationError`` names every fault,
    ``InputRefused`` a wrong file."""
    sheet, rows = _sheet(file)
    columns = {one.name: one for one in COLUMNS}
    places: dict[str, int] = {}
    ignored: list[str] = []
    faults: list[str] = []
    for index, cell in enumerate(rows[0]):
        name = headings().get(fold(_plain(cell)))
        if name in columns and name not in places:
            places[name] = index
        elif _plain(cell) and name != USUAL_OWNER:
            ignored.append(f"{letter(index)} ({escaping.shown(_plain(cell))[:SHOWN]})")

    def fault(number: int, index: int | None, heading: str, expected: str, found: str) -> None:
        shown = escaping.shown(found)
        faults.append(
            text(
                "inventory.fault",
                language,
                sheet=sheet,
                row=number,
                column=letter(index) if index is not None else "–",
                heading=heading,
                expected=expected,
                found=shown[:SHOWN] + ("…" if len(shown) > SHOWN else ""),
            )
        )

    nothing = text("inventory.nothing", language)
    for name, one in columns.items():
        if one.required and name not in places:
            fault(
                1,
                None,
                one.heading(language),
                text("inventory.expected.heading", language),
                nothing,
            )
    if len(rows) > MOST_ROWS + 1:
        fault(
            MOST_ROWS + 2,
            None,
            "–",
            text("inventory.expected.rows", language, most=MOST_ROWS),
            text("inventory.more", language),
        )
    found: list[Row] = []
    taken: dict[str, int] = {}
    for number, row in enumerate(rows[1 : MOST_ROWS + 1], 2):
        cells = {
            name: row[index]
            for name, index in places.items()
            if index < len(row) and _plain(row[index])
        }
        if not cells:
            continue
        before = len(faults)
        said: dict[str, Any] = {}
        for name, place in places.items():  # in the order of the sheet's own columns
            one = columns[name]
            if name in cells:
                try:
                    said[one.field] = _value(one, cells[name], language)
                except _Fault as wrong:
                    expected = text(
                        f"inventory.expected.{wrong.expected}", language, **wrong.values
                    )
                    hidden = wrong.expected == "no_personal_number"
                    shown = (
                        personal_numbers.hide(_plain(cells[name]))
                        if not hidden
                        else text("inventory.hidden", language)
                    )
                    fault(number, place, one.heading(language), expected, shown)
            elif one.required:
                fault(
                    number,
                    place,
                    one.heading(language),
                    text("inventory.expected.filled", language),
                    nothing,
                )
        if len(faults) > before or not all(
            name in places for name, one in columns.items() if one.required
        ):
            continue
        id = said.pop("id", None) or derived_id(said["title"], said["organisation"])
        if id in taken:
            index = places.get("id", places["what"])
            fault(
                number,
                index,
                columns["id"].heading(language),
                text("inventory.expected.unique", language, row=taken[id]),
                id,
            )
        taken.setdefault(id, number)
        found.append(Row(number, id, said))
    if faults:
        raise ConfigurationError(
            "inventory.wrong",
            {"count": len(faults), "file": file.name, "errors": "\n".join(faults)},
        )
    return Found(sheet, found, ignored)
