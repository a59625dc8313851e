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

from helpers.declared import organisations, publication, roles, specifications
from helpers.declared.catalogue import Entry
from helpers.filling_in.inventory import origin, questionnaire
from helpers.filling_in.inventory.columns import (
    BASELINE,
    COLUMNS,
    JUDGED,
    MATURITY,
    QUESTIONS,
    USUAL_OWNER,
    Column,
    choices,
)
from helpers.filling_in.inventory.labels import label, plain
from helpers.filling_in.inventory.merging import current
from helpers.filling_in.inventory.questionnaire import BY_NAME, Questionnaire
from helpers.scoring import criteria
from helpers.words import escaping
from helpers.words.errors import ConfigurationError
from helpers.words.files import spreadsheets, writing
from helpers.words.messages import text
from helpers.words.source_text import SourceText

ROWS = 300  # rows with drop-downs
LINE = 15  # points
FONT = "Arial"
INK, WHITE = "17252D", "FFFFFF"
FILLS = {
    "questions": "0B3B4D",
    "belongs": "17633A",
    "value": "7D4A00",
    "legal": "5B2A5E",
    "more": "4C5D67",
}
PROMPT = 250  # characters that Excel shows of a hint
LONGEST = 32_000  # characters of a cell


def _theme(type: str) -> str:
    """The first theme that is proposed for the type, shown for the person to change; "" where none
    is."""
    offered = publication.proposal(type)
    return offered.themes[0] if offered else ""


def _say(key: str, language: str) -> str:
    return text(f"inventory.{key}", language)


def _put(sheet: Worksheet, row: int, column: int, value: Any) -> Any:
    """A cell that is never a formula, whatever it begins with."""
    cell = sheet.cell(row, column)
    spreadsheets.put(cell, escaping.shown(value)[:LONGEST] if isinstance(value, str) else value)
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


def suggested(organisation: str, entries: list[Entry], language: str) -> list[Entry]:
    """An idea for each dataset type that the organisation has no candidate of. Raises
    ``ConfigurationError`` for an organisation that is not known."""
    mine = {entry.type for entry in entries if entry.organisation == organisation}
    owner = organisations.organisation(organisation)
    if owner is None:
        known = ", ".join(sorted(organisations.organisations()))
        raise ConfigurationError("inventory.no_organisation", {"id": organisation, "known": known})
    return [
        Entry(
            id=f"{organisation}-{type.replace('_', '-')}",
            title=SourceText(f"{specifications.load(type).title[language]}, {owner.name}"),
            type=type,
            organisation=organisation,
            stage="idea",
            theme=SourceText(theme) if (theme := _theme(type)) else None,
        )
        for type in specifications.types()
        if type not in mine
    ]


def _drop_down(
    sheet: Worksheet,
    column: Column,
    index: int,
    source: str | None,
    language: str,
    last: int = ROWS,
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
    rule.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(rule)


def _lists(book: Workbook, language: str) -> dict[str, str]:
    """The sheet with what the drop-downs offer; column name -> its range."""
    sheet = book.create_sheet(_say("sheet.lists", language))
    ranges: dict[str, str] = {}
    headings = []
    for column in (*COLUMNS, BY_NAME[MATURITY]):
        labels = list(choices(column.name, language))
        if labels:
            headings.append(column)
            letter = get_column_letter(len(headings))
            for row, label in enumerate(labels, 2):
                _put(sheet, row, len(headings), label)
            ranges[column.name] = f"'{sheet.title}'!${letter}$2:${letter}${len(labels) + 1}"
    ranges["asked_organisation"] = ranges["organisation"]  # the same list
    _head(
        sheet,
        [column.heading(language) for column in headings],
        [38] * len(headings),
        [FILLS[column.group] for column in headings],
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
        criterion = model[group][name]
        sentences = (criterion.name, *criterion.anchors, criterion.because)
        for index, sentence in enumerate(sentences, 1):
            _put(sheet, row, index, sentence[language])


def _types(book: Workbook, language: str) -> str:
    """The sheet with what is usual for each type; the name to look an owner up in."""
    sheet = book.create_sheet(_say("sheet.types", language))
    head = [
        _say(f"types.{name}", language) for name in ("type", "owner", "board", "system", "theme")
    ]
    _head(sheet, head, [30, 30, 30, 34, 24], [FILLS["belongs"]] * len(head))
    themes = {code: label for label, code in choices("theme", language).items()}
    for row, (title, type) in enumerate(choices("type", language).items(), 2):
        usual = roles.roles(Entry(id="x", title=SourceText("x"), type=type, organisation="okand"))
        holders = [
            usual[name].usual[language]
            for name in ("information_owner", "board", "system_administrator")
        ]
        for index, value in enumerate((title, *holders, themes.get(_theme(type), "")), 1):
            _put(sheet, row, index, value)
    return f"'{sheet.title}'!$A$2:$B${len(choices('type', language)) + 1}"


def _about(book: Workbook, language: str) -> None:
    sheet = book.create_sheet(_say("sheet.about", language))
    sheet.column_dimensions["A"].width = 110
    lines = _say("about", language).strip().split("\n")
    for row, line in enumerate(lines, 1):
        cell = _put(sheet, row, 1, line)
        cell.font = Font(name=FONT, bold=row == 1, size=14 if row == 1 else 11, color=INK)


def _baseline(book: Workbook, asked: Questionnaire, ranges: dict[str, str], language: str) -> None:
    """The sheet of the baseline questionnaire: a row for each question of each organisation."""
    sheet = book.create_sheet(_say("sheet.baseline", language))
    _head(
        sheet,
        [column.heading(language) for column in BASELINE],
        [column.width for column in BASELINE],
        [FILLS[column.group] for column in BASELINE],
    )
    last = 1
    for last, cells in enumerate(questionnaire.rows(asked, language), 2):
        for index, value in enumerate(cells, 1):
            if value is not None:
                _put(sheet, last, index, value)
        sheet.row_dimensions[last].height = LINE * 2
    for index, column in enumerate(BASELINE, 1):
        _drop_down(sheet, column, index, ranges.get(column.name), language, last + 1)
    hidden = book.create_sheet(_say("sheet.baseline_origin", language))
    hidden.sheet_state = "hidden"
    for row, origin_cells in enumerate(questionnaire.origin(asked), 1):
        for index, cell in enumerate(origin_cells, 1):
            if cell:
                spreadsheets.put(hidden.cell(row, index), escaping.shown(cell)[:LONGEST])
    sheet.freeze_panes = "E2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(BASELINE))}{last}"


def write(
    entries: list[Entry], file: Path, language: str = "sv", asked: Questionnaire | None = None
) -> None:
    """Write ``entries`` to a workbook, in place of one that stands there; who asks for it says
    whether it may. ``asked``: the baseline questionnaire, a sheet of its own. Raises
    ``ConfigurationError`` where the file cannot be written."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _say("sheet.inventory", language)
    ranges = _lists(book, language)
    table = _types(book, language)
    _levels(book, language)
    _about(book, language)
    _baseline(book, asked or Questionnaire((), questionnaire.this_year()), ranges, language)
    place = len(QUESTIONS)  # the formula's column stands after the questions
    shown: list[Column | None] = [*COLUMNS[:place], None, *COLUMNS[place:]]
    usual_owner = _say(f"column.{USUAL_OWNER}", language)
    _head(
        sheet,
        [column.heading(language) if column else usual_owner for column in shown],
        [column.width if column else 22 for column in shown],
        [FILLS[column.group if column else "more"] for column in shown],
    )
    for index, column in enumerate(shown, 1):
        if column:
            _drop_down(sheet, column, index, ranges.get(column.name), language)
    rows = range(2, max(ROWS, len(entries) + 1) + 1)
    _formulas(sheet, rows, shown, table)
    held = _fill(sheet, rows, shown, entries, language)
    _origin(book, held, language)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(shown))}{rows[-1]}"
    _finished(book, language)
    with writing.aside(file) as part:
        book.save(part)


def _finished(book: Workbook, language: str) -> None:
    """The sheets in their order, and what the file says of itself."""
    order = [
        _say(f"sheet.{name}", language)
        for name in (
            "about",
            "inventory",
            "baseline",
            "levels",
            "types",
            "lists",
            "origin",
            "baseline_origin",
        )
    ]
    book._sheets.sort(key=lambda worksheet: order.index(worksheet.title))
    book.active = 0
    book.properties.title, book.properties.creator = _say("sheet.inventory", language), "Datakollen"
    book.properties.language = {"sv": "sv-SE", "en": "en-GB"}[language]
    book.properties.created = dt.datetime.now().replace(microsecond=0)


def _formulas(sheet: Worksheet, rows: range, shown: list[Column | None], table: str) -> None:
    """The usual owner of the row's type, looked up in ``table``, in the column that is None."""
    names = [column.name if column else None for column in shown]
    type_letter, index = get_column_letter(names.index("type") + 1), names.index(None) + 1
    for row in rows:
        cell = sheet.cell(row, index, f'=IFERROR(VLOOKUP({type_letter}{row},{table},2,FALSE),"")')
        cell.font = Font(name=FONT, italic=True, color="4C5D67")
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _fill(
    sheet: Worksheet,
    rows: range,
    shown: list[Column | None],
    entries: list[Entry],
    language: str,
) -> dict[str, dict[str, str]]:
    """What the entries say, a row each, and every row's height by its longest cell. Gives the
    cells: id -> name of a column -> text."""
    held: dict[str, dict[str, str]] = {}
    columns = [(index, column) for index, column in enumerate(shown, 1) if column]
    for row, entry in enumerate(entries, 2):
        for index, column in columns:
            value = label(column, current(entry, column.field), language)
            if value is not None:
                cell = _put(sheet, row, index, value)
                held.setdefault(entry.id, {})[column.name] = plain(cell.value)
    for row in rows:
        lines = [
            -(-len(str(sheet.cell(row, index).value or "")) // (column.width - 2))
            for index, column in columns
        ]
        sheet.row_dimensions[row].height = LINE * max(2, min(max(lines), 8))
    return held


def _origin(book: Workbook, held: dict[str, dict[str, str]], language: str) -> None:
    """The hidden sheet of what stands in the cells now."""
    sheet = book.create_sheet(_say("sheet.origin", language))
    sheet.sheet_state = "hidden"
    names = [column.name for column in COLUMNS]
    for row, cells in enumerate(origin.rows(held, names), 1):
        for index, cell in enumerate(cells, 1):
            if cell:
                spreadsheets.put(sheet.cell(row, index), cell)
