"""Read an inventory back: every fault at once, each with sheet, row, column, what was expected and
what was found."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.declared import organisations
from helpers.filling_in.inventory import origin as origins
from helpers.filling_in.inventory import sheets
from helpers.filling_in.inventory.columns import (
    COLUMNS,
    DECIDED,
    MOST_LEVEL,
    UNKNOWN,
    USUAL_OWNER,
    Column,
    choices,
    headings,
    understood,
)
from helpers.filling_in.inventory.labels import plain
from helpers.filling_in.inventory.origin import Origin
from helpers.filling_in.inventory.sheets import MOST_ROWS
from helpers.words import escaping, personal_numbers
from helpers.words.errors import ConfigurationError, InputRefused
from helpers.words.faults import Faults
from helpers.words.files import names
from helpers.words.folding import fold
from helpers.words.messages import text
from helpers.words.personal import hiding
from helpers.words.source_text import SourceText

LONGEST_ID = 60
COUNTS = ("lost", "short", "cut")  # spellings of numbers that are also large counts
SHOWN = 60
LONGEST = 300  # letters of what is told of one cell
SHORT = 120  # letters of choices that are all named
NEAR = 0.7  # how alike a choice is that may be meant
LEAST = 3  # letters of a licence that is only begun
LETTERS = re.compile(r"[\W_]")
DECISION = tuple(column.name for column in DECIDED)
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
BY_NAME = {column.name: column for column in COLUMNS}
# row, column from 0 (None for the whole row), heading, what was expected, what was found
Wrong = tuple[int, int | None, str, str, str]


@dataclass(frozen=True)
class Row:
    """One row that says something. ``said``: the entry's fields, dotted, and their values; blank
    cells say nothing."""

    number: int  # as the spreadsheet numbers it
    id: str
    said: dict[str, Any] = field(default_factory=dict)
    # the cells when the sheet was written, by the columns' names; None where that is not known
    origin: dict[str, str] | None = None
    unchanged: frozenset[str] = frozenset()  # fields whose cells stand as they were written


@dataclass(frozen=True)
class ReadInventory:
    """The rows of an inventory, headings of columns that are not read, and what is asked about
    cells that may be meant otherwise: those are not read."""

    sheet: str
    rows: list[Row]
    ignored: list[str]
    questions: list[str] = field(default_factory=list)


class CellFault(Exception):
    """``expected`` is a text of inventory.expected, with what fills it."""

    def __init__(self, expected: str, **values: Any) -> None:
        self.expected, self.values = expected, values


class CellAsked(Exception):
    """A cell that may be meant otherwise. ``key`` is a text of inventory.asked, with what fills
    it."""

    def __init__(self, key: str, **values: Any) -> None:
        self.key, self.values = key, values


def _choice(column: Column, written: str, language: str) -> str:
    value = understood(column.name).get(fold(written))
    if value is not None:
        return value
    if column.kind == "open":
        return _open(column, written, language)
    offered = choices(column.name, language)
    meant = _nearest(written, understood(column.name))
    near = [label for label, value in offered.items() if value == meant]
    if near:
        raise CellFault("near", choice=near[0])
    listed = "; ".join(offered)
    if len(listed) <= SHORT:
        raise CellFault("choice", choices=listed)
    raise CellFault("listed", sheet=text("inventory.sheet.lists", language))


def _nearest(written: str, known: dict[str, str]) -> str | None:
    """The value that a person may have meant: by the first word (Malmö stad), else by how alike
    they are spelled."""
    first = known.get(fold(written.split()[0]))
    alike = difflib.get_close_matches(fold(written), known, 1, NEAR)
    return first or (known[alike[0]] if alike else None)


def _open(column: Column, written: str, language: str) -> str:
    """A licence as it is named, or as people write it (CC BY 4.0); asked about where only its
    version is wanting."""
    letters = LETTERS.sub("", written).lower()
    for choice in choices(column.name, language):
        whole = LETTERS.sub("", choice).lower()
        if letters == whole:
            return choice
        if len(letters) >= LEAST and whole.startswith(letters):
            raise CellAsked("meant", choice=choice)
    return written


def _level(column: Column, written: str) -> int | str:
    value = understood(column.name).get(fold(written))
    if value is None:
        digit = re.match(r"(\d+)(?:[.:)]|\s|$)", written)
        value = digit[1] if digit else None
    if value == UNKNOWN:
        return UNKNOWN
    if value is None or int(value) > MOST_LEVEL:
        raise CellFault("level")
    return int(value)


def cell_value(column: Column, cell: Any, language: str) -> Any:
    """The entry's value of a cell that is not blank. Raises ``CellFault`` where it does not fit."""
    written = plain(cell)
    numbers = personal_numbers.find(written)
    if any(number.shown_as_shape and number.form not in COUNTS for number in numbers):
        raise CellFault("no_personal_number")
    if column.kind == "role" and SourceText(written).personal:
        raise CellAsked("person")
    if column.kind in ("choice", "open"):
        return _choice(column, written, language)
    if column.kind == "level":
        return _level(column, written)
    if column.kind == "count":
        digits = written.replace(" ", "").replace("\u00a0", "")
        if not re.fullmatch(r"\d{1,9}", digits):
            raise CellFault("count")
        return int(digits)
    if column.kind == "date":
        try:
            return dt.date.fromisoformat(written).isoformat()
        except ValueError:
            raise CellFault("date") from None
    if column.kind == "words":
        return [word.strip() for word in re.split(r"[,;\n]", written) if word.strip()]
    if column.kind == "address" and not re.match(r"https?://\S+$", written):
        raise CellFault("address")
    if column.kind == "identity" and (not ID.fullmatch(written) or len(written) > LONGEST_ID):
        raise CellFault("identity")
    return written


def derived_id(title: str, organisation: str) -> str:
    """The id of a row that has none: the organisation and the title's words, without saying the
    organisation twice.

    >>> derived_id("Badplatser i Karlskrona", "karlskrona")
    'karlskrona-badplatser-i'
    """
    repeated = organisation.split("-")
    words = [
        word
        for word in organisations.identity(hiding.without(title)).split("-")
        if word not in repeated
    ]
    while len(words) > 1 and len("-".join([organisation, *words])) > LONGEST_ID:
        words.pop()
    return names.free("-".join([organisation, *words])[:LONGEST_ID].strip("-"))


def _sheet(file: Path) -> tuple[str, list[list[Any]], Origin]:
    """The sheet that has the heading of the first question, as rows from the spreadsheet's own
    first one; and what its cells held when it was written, as far as that is known."""
    found, written = None, {}
    for name, rows in sheets.every(file):
        origin = origins.read(rows)
        if origin is not None:
            written = origin
        elif found is None and _is_inventory(rows):
            found = name, rows
    if found is not None:
        return *found, written
    raise InputRefused(
        "inventory.no_sheet", {"file": file.name, "heading": text("inventory.column.what")}
    )


def _is_inventory(rows: list[list[Any]]) -> bool:
    return bool(rows) and any(headings().get(fold(plain(cell))) == "what" for cell in rows[0])


def letter(index: int) -> str:
    """A column's letters in a spreadsheet, from 0: A, B ... Z, AA.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read(file: Path, language: str = "sv") -> ReadInventory:
    """The inventory in a spreadsheet (xlsx, ods, xls). Raises ``InputRefused`` for a wrong file,
    and ``ConfigurationError`` that names every fault."""
    sheet, rows, origin = _sheet(file)
    places, ignored = _places(rows[0])
    faults = _faults_of_sheet(rows, places, language)
    complete = all(name in places for name, column in BY_NAME.items() if column.required)
    read_rows: list[Row] = []
    questions: list[str] = []
    taken: dict[str, int] = {}
    for number, cells in enumerate(rows[1 : MOST_ROWS + 1], 2):
        read_row = _row(number, cells, places, origin, language)
        faults += read_row.faults
        questions += [told(one, sheet, language, "question") for one in read_row.asked]
        values = read_row.values
        if read_row.faults or not values or not complete:
            continue
        id = values.pop("id", None) or derived_id(values["title"], values["organisation"])
        if id in taken:
            expected = text("inventory.expected.unique", language, row=taken[id])
            index = places.get("id", places["what"])
            faults.append((number, index, BY_NAME["id"].heading(language), expected, id))
        taken.setdefault(id, number)
        read_rows.append(Row(number, id, values, origin.get(id), frozenset(read_row.unchanged)))
    if faults:
        lines = Faults(escaping.one_line(told(fault, sheet, language)) for fault in faults)
        raise ConfigurationError(
            "inventory.wrong", {"count": len(faults), "file": file.name, "errors": lines}
        )
    return ReadInventory(sheet, read_rows, ignored, questions)


def _places(heads: list[Any]) -> tuple[dict[str, int], list[str]]:
    """Name of a column -> its place from 0, and the headings of columns that are not read."""
    places: dict[str, int] = {}
    ignored: list[str] = []
    for index, cell in enumerate(heads):
        name = headings().get(fold(plain(cell)))
        if name in BY_NAME and name not in places:
            places[name] = index
        elif plain(cell) and name != USUAL_OWNER:
            ignored.append(f"{letter(index)} ({hiding.hide(plain(cell))[:SHOWN]})")
    return places, ignored


def _faults_of_sheet(rows: list[list[Any]], places: dict[str, int], language: str) -> list[Wrong]:
    """A fault for each required heading that is not there, and one for too many rows."""
    expected, nothing = (
        text("inventory.expected.heading", language),
        text("inventory.nothing", language),
    )
    faults: list[Wrong] = [
        (1, None, column.heading(language), expected, nothing)
        for name, column in BY_NAME.items()
        if column.required and name not in places
    ]
    if len(rows) > MOST_ROWS + 1:
        expected = text("inventory.expected.rows", language, most=MOST_ROWS)
        faults.append((MOST_ROWS + 2, None, "–", expected, text("inventory.more", language)))
    return faults


@dataclass
class _Read:
    """What a row says, by the fields, and what is wrong or asked about it; nothing of a blank
    one."""

    values: dict[str, Any] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    faults: list[Wrong] = field(default_factory=list)
    asked: list[Wrong] = field(default_factory=list)


def _row(
    number: int, cells: list[Any], places: dict[str, int], origin: Origin, language: str
) -> _Read:
    """The row of that number. A cell that stands as it was written is never at fault: what the
    catalogue holds is not the sheet's to judge."""
    given = {
        name: cells[index]
        for name, index in places.items()
        if index < len(cells) and plain(cells[index])
    }
    found = _Read()
    before = origin.get(plain(given.get("id")))
    for name, index in places.items() if given else ():  # in the order of the sheet's own columns
        column = BY_NAME[name]
        here = (number, index, column.heading(language))
        if name not in given:
            if _is_wanting(column, given, before):
                expected = text("inventory.expected.filled", language)
                found.faults.append((*here, expected, text("inventory.nothing", language)))
            continue
        same = before is not None and before.get(name) == plain(given[name])
        try:
            found.values[column.field] = cell_value(column, given[name], language)
        except (CellFault, CellAsked) as fault:
            if same:
                found.values[column.field] = plain(given[name])
            elif isinstance(fault, CellAsked):
                asked = text(f"inventory.asked.{fault.key}", language, **fault.values)
                found.asked.append((*here, asked, hiding.hide(plain(given[name]))))
            else:
                found.faults.append((*here, *described(fault, given[name], language)))
        if same:
            found.unchanged.append(column.field)
    return found


def _is_wanting(column: Column, given: dict[str, Any], before: dict[str, str] | None) -> bool:
    """True for an empty cell that must say something: of a new row, or beside the rest of a
    decision."""
    if column.required:
        return before is None
    beside = [name for name in DECISION if name in given]
    changed = [name for name in beside if (before or {}).get(name) != plain(given[name])]
    return column.name in DECISION and bool(changed)


def described(fault: CellFault, cell: Any, language: str) -> tuple[str, str]:
    """What was expected of a cell, and what it holds: never a personal number."""
    expected = text(f"inventory.expected.{fault.expected}", language, **fault.values)
    if fault.expected == "no_personal_number":
        return expected, text("inventory.hidden", language)
    return expected, hiding.hide(plain(cell))


def told(fault: Wrong, sheet: str, language: str, key: str = "fault") -> str:
    """A fault or a question in a sentence of at most ``LONGEST`` letters."""
    number, index, heading, expected, cell = fault
    shown = escaping.shown(cell)
    said = text(
        f"inventory.{key}",
        language,
        sheet=sheet,
        row=number,
        column=letter(index) if index is not None else "–",
        heading=heading,
        expected=expected,
        found=shown[:SHOWN] + ("…" if len(shown) > SHOWN else ""),
    )
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
