"""Write the inventory: one row a candidate, drop-downs that hold each level's anchor sentence, and
sheets that explain."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from helpers.declared import organisations, roles, specifications
from helpers.declared.catalogue import Entry
from helpers.filling_in.inventory.columns import (
    COLUMNS,
    JUDGED,
    QUESTIONS,
    UNKNOWN,
    USUAL_OWNER,
    Column,
    choices,
)
from helpers.filling_in.inventory.merging import current
from helpers.scoring import criteria
from helpers.words import escaping
from helpers.words.errors import ConfigurationError
from helpers.words.files import writing
from helpers.words.messages import text

ROWS = 300  # rows with drop-downs
LINE = 15  # points
FONT = "Arial"
INK, WHITE = "17252D", "FFFFFF"
FILLS = {"questions": "0B3B4D", "belongs": "17633A", "value": "7D4A00", "more": "4C5D67"}
PROMPT = 250  # characters that Excel shows of a hint
LONGEST = 32_000  # characters of a cell
# a theme for a type, after the vocabulary that dataportal.se uses (DCAT-AP-SE); a suggestion, shown
# for the person to change
THEMES = {
    "leverantorsfakturor": "GOVE",
    "offentlig_konst": "EDUC",
    "platsinformation": "REGI",
    "hjalpmedel": "HEAL",
    "rorelsedata": "TRAN",
    "bredband": "TECH",
}


def _say(key: str, language: str) -> str:
    return text(f"inventory.{key}", language)


def _put(sheet: Worksheet, row: int, column: int, value: Any) -> Any:
    """A cell that is never a formula, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell.value = escaping.shown(value)[:LONGEST] if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type, cell.quotePrefix = "s", value[:1] in "=+-@"
    cell.alignment, cell.font = Alignment(wrap_text=True, vertical="top"), Font(name=FONT, size=10)
    return cell


def _head(sheet: Worksheet, headings: list[str], widths: list[int], fills: list[str]) -> None:
    for index, (heading, width, fill) in enumerate(zip(headings, widths, fills, strict=True), 1):
        cell = _put(sheet, 1, index, heading)
        cell.font, cell.fill = (
            Font(name=FONT, bold=True, color=WHITE),
            PatternFill("solid", fgColor=fill),
        )
        cell.border = Border(right=Side("thin", color=WHITE))
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.row_dimensions[1].height = 48
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = -(-sum(widths) // 330), 0
    sheet.print_title_cols = "A:A"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _label(column: Column, value: Any, language: str) -> Any:
    """An entry's value as the sheet says it; None where nothing is said."""
    if value is None or value == [] or (value == UNKNOWN and column.kind != "level"):
        return None
    if column.kind == "words":
        return ", ".join(value)
    if column.kind == "level":
        return (
            None
            if value == UNKNOWN
            else next(
                label for label, one in choices(column.name, language).items() if one == str(value)
            )
        )
    labels = {one: label for label, one in choices(column.name, language).items()}
    return labels.get(str(value), value)


def suggested(organisation: str, entries: list[Entry], language: str) -> list[Entry]:
    """An idea for each dataset type that the organisation has no candidate of."""
    mine = {one.type for one in entries if one.organisation == organisation}
    owner = organisations.organisation(organisation)
    if owner is None:
        known = ", ".join(sorted(organisations.organisations()))
        raise ConfigurationError("inventory.no_organisation", {"id": organisation, "known": known})
    return [
        Entry(
            id=f"{organisation}-{type.replace('_', '-')}",
            title=f"{specifications.load(type).title[language]}, {owner.name}",
            type=type,
            organisation=organisation,
            stage="idea",
            theme=THEMES.get(type),
        )
        for type in specifications.types()
        if type not in mine
    ]


def _drop_down(
    sheet: Worksheet, column: Column, index: int, source: str | None, language: str
) -> None:
    hint = column.hint(language)
    if not source and not hint:
        return
    rule = DataValidation(
        type="list" if source else None,
        formula1=source,
        allow_blank=True,
        showInputMessage=True,
        showErrorMessage=bool(source) and column.kind != "open",
        errorStyle="stop",
    )
    if hint:
        rule.promptTitle, rule.prompt = column.heading(language)[:32], hint[:PROMPT]
    if source:
        rule.errorTitle, rule.error = column.heading(language)[:32], _say("choose", language)
    letter = get_column_letter(index)
    rule.add(f"{letter}2:{letter}{ROWS}")
    sheet.add_data_validation(rule)


def _lists(book: Workbook, language: str) -> dict[str, str]:
    """The sheet with what the drop-downs offer; column name -> its range."""
    sheet = book.create_sheet(_say("sheet.lists", language))
    ranges: dict[str, str] = {}
    headings = []
    for one in COLUMNS:
        labels = list(choices(one.name, language))
        if labels:
            headings.append(one)
            at = get_column_letter(len(headings))
            for row, label in enumerate(labels, 2):
                _put(sheet, row, len(headings), label)
            ranges[one.name] = f"'{sheet.title}'!${at}$2:${at}${len(labels) + 1}"
    _head(
        sheet,
        [one.heading(language) for one in headings],
        [38] * len(headings),
        [FILLS[one.group] for one in headings],
    )
    return ranges


def _levels(book: Workbook, language: str) -> None:
    sheet = book.create_sheet(_say("sheet.levels", language))
    model = criteria.load().groups
    head = [
        _say("levels.criterion", language),
        *(str(level) for level in range(6)),
        _say("levels.because", language),
    ]
    _head(sheet, head, [30, *[30] * 6, 44], [FILLS["value"]] * len(head))
    for row, (name, group) in enumerate(JUDGED.items(), 2):
        one = model[group][name]
        for index, said in enumerate((one.name, *one.anchors, one.because), 1):
            _put(sheet, row, index, said[language])


def _types(book: Workbook, language: str) -> str:
    """The sheet with what is usual for each type; the name to look an owner up in."""
    sheet = book.create_sheet(_say("sheet.types", language))
    head = [
        _say(f"types.{name}", language) for name in ("type", "owner", "board", "system", "theme")
    ]
    _head(sheet, head, [30, 30, 30, 34, 24], [FILLS["belongs"]] * len(head))
    themes = {code: label for label, code in choices("theme", language).items()}
    for row, (title, type) in enumerate(choices("type", language).items(), 2):
        usual = roles.roles(Entry(id="x", title="x", type=type, organisation="okand"))
        holders = [
            usual[name].usual[language]
            for name in ("information_owner", "board", "system_administrator")
        ]
        for index, said in enumerate((title, *holders, themes.get(THEMES.get(type, ""), "")), 1):
            _put(sheet, row, index, said)
    return f"'{sheet.title}'!$A$2:$B${len(choices('type', language)) + 1}"


def _about(book: Workbook, language: str) -> None:
    sheet = book.create_sheet(_say("sheet.about", language))
    sheet.column_dimensions["A"].width = 110
    lines = _say("about", language).strip().split("\n")
    for row, line in enumerate(lines, 1):
        cell = _put(sheet, row, 1, line)
        cell.font = Font(name=FONT, bold=row == 1, size=14 if row == 1 else 11, color=INK)


def write(entries: list[Entry], file: Path, language: str = "sv") -> None:
    """Write ``entries`` to a workbook, in place of one that stands there; who asks for it says
    whether it may."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _say("sheet.inventory", language)
    ranges = _lists(book, language)
    place = len(QUESTIONS)  # the formula's column stands after the questions
    table = _types(book, language)
    _levels(book, language)
    _about(book, language)
    shown: list[Column | None] = [*COLUMNS[:place], None, *COLUMNS[place:]]
    _head(
        sheet,
        [
            one.heading(language) if one else _say(f"column.{USUAL_OWNER}", language)
            for one in shown
        ],
        [one.width if one else 22 for one in shown],
        [FILLS[one.group if one else "more"] for one in shown],
    )
    kind = get_column_letter(
        1 + next(i for i, one in enumerate(shown) if one and one.name == "type")
    )
    for index, one in enumerate(shown, 1):
        if one:
            _drop_down(sheet, one, index, ranges.get(one.name), language)
    for row in range(2, max(ROWS, len(entries) + 1) + 1):
        cell = sheet.cell(row, place + 1, f'=IFERROR(VLOOKUP({kind}{row},{table},2,FALSE),"")')
        cell.font, cell.alignment = (
            Font(name=FONT, italic=True, color="4C5D67"),
            Alignment(wrap_text=True, vertical="top"),
        )
    for row, entry in enumerate(entries, 2):
        for index, one in enumerate(shown, 1):
            if one and (said := _label(one, current(entry, one.field), language)) is not None:
                _put(sheet, row, index, said)
    for row in range(2, max(ROWS, len(entries) + 1) + 1):
        lines = [
            -(-len(str(sheet.cell(row, index).value or "")) // (one.width - 2))
            for index, one in enumerate(shown, 1)
            if one
        ]
        sheet.row_dimensions[row].height = LINE * max(2, min(max(lines), 8))
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(shown))}{max(ROWS, len(entries) + 1)}"
    book._sheets.sort(
        key=lambda one: [
            _say(f"sheet.{name}", language)
            for name in ("inventory", "about", "levels", "types", "lists")
        ].index(one.title)
    )
    book.active = 0
    book.properties.title, book.properties.creator = sheet.title, "Datakollen"
    book.properties.language = {"sv": "sv-SE", "en": "en-GB"}[language]
    book.properties.created = dt.datetime.now().replace(microsecond=0)
    with writing.aside(file) as part:
        book.save(part)
