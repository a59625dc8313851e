"""A blank table that follows a specification, to fill in: CSV, or XLSX with a second sheet that
explains each column.

What is not verified says in the file that it is not the national specification.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from helpers.declared import specifications
from helpers.declared.specifications import Field, Specification
from helpers.words.errors import ConfigurationError
from helpers.words.files import writing
from helpers.words.messages import text

ROWS = 2000  # prepared for drop-downs and formats
FORMATS = {"text": "@", "date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm"}
EXPLAINED = ("column", "title", "type", "required", "allowed", "rules")


def find(type: str, variant: str | None = None) -> Specification:
    """The specification of a type or of one of its variants; a variant's own name will do
    (``badplats``, ``1.0``).

    Raises ``ConfigurationError`` for an unknown name, and for a timetable, which is not one table.
    """
    for name in specifications.types():
        if type not in specifications.types() and any(
            one.name == type for one in specifications.load(name).variants
        ):
            type, variant = name, type
            break
    whole = specifications.load(type)
    chosen = variant or next((one.name for one in whole.variants if one.default), None)
    if chosen and any(one.name == chosen and one.formats for one in whole.variants):
        raise ConfigurationError("template.no_single_table", {"variant": chosen})
    return specifications.load(type, chosen)


def note(specification: Specification, language: str) -> str | None:
    """What is said of a specification that is not verified; None for one that is."""
    if specification.verified:
        return None
    status = text(f"specifications.status.{specification.status}", language)
    return text("template.note", language, title=specification.title[language], status=status)


def _own(specification: Specification) -> list[Field]:
    return [one for one in specification.fields if not one.extra]


def write_csv(specification: Specification, file: Path, language: str) -> None:
    """One row of headers, in UTF-8 with BOM and ``;``, under the note if there is one. Reading
    knows the note for none of the data."""
    with writing.aside(file) as part, part.open("w", encoding="utf-8-sig", newline="") as stream:
        out = csv.writer(stream, delimiter=";")
        said = note(specification, language)
        if said:
            out.writerow([said])
        out.writerow([one.header for one in _own(specification)])


def allowed(field: Field) -> list[str]:
    """The values of the field's code list; none where it has none."""
    if field.type == "boolean":
        return ["ja", "nej"]
    return [str(one) for one in field.constraints.get("enum", ())]


def _rules(specification: Specification, language: str) -> dict[str, list[str]]:
    """Field -> why its rules are there, in the order of the suite."""
    from helpers.checking import suites

    told: dict[str, list[str]] = {}
    for rule in suites.of(specification.name, specification.variant):
        if (
            rule.column
            and rule.severity != "info"
            and rule.because[language] not in told.get(rule.column, [])
        ):
            told.setdefault(rule.column, []).append(rule.because[language])
    return told


def write_xlsx(specification: Specification, file: Path, language: str) -> None:
    """The first sheet is the table, codes as text and code lists as drop-downs; the second explains
    each column."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    table: Any = book.active
    table.title = text("template.sheet.table", language)
    table.freeze_panes = "A2"
    for number, one in enumerate(_own(specification), 1):
        letter = get_column_letter(number)
        head = table.cell(1, number, one.header)
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor="DCE6F1" if one.required else "F2F2F2")
        table.column_dimensions[letter].width = max(12, len(one.header) + 4)
        if one.type in FORMATS:
            table.column_dimensions[letter].number_format = FORMATS[one.type]
            for row in range(2, 202):
                table.cell(row, number).number_format = FORMATS[one.type]
        if allowed(one):
            listed = DataValidation(
                "list", formula1=f'"{",".join(allowed(one))}"', allow_blank=True
            )
            table.add_data_validation(listed)
            listed.add(f"{letter}2:{letter}{ROWS}")
    explained: Any = book.create_sheet(text("template.sheet.columns", language))
    said, rules = note(specification, language), _rules(specification, language)
    lines: list[list[str]] = [[said]] if said else []
    lines += [
        [
            f"{text('specifications.source', language)}: {specification.source} {specification.url}".strip()
        ],
        [],
    ]
    lines.append([text(f"template.explained.{name}", language) for name in EXPLAINED])
    for line in lines:
        explained.append(line)
    for cell in explained[explained.max_row]:
        cell.font = Font(bold=True)
    for one in _own(specification):
        required = text("template.required" if one.required else "template.optional", language)
        explained.append(
            [
                one.header,
                one.title[language],
                text(f"reporting.types.{one.type}", language),
                required,
                ", ".join(allowed(one)),
                " ".join(rules.get(one.name, [])),
            ]
        )
    for letter, width in zip("ABCDEF", (22, 34, 14, 14, 26, 80), strict=True):
        explained.column_dimensions[letter].width = width
    for cells in explained.iter_rows(min_row=len(lines) + 1):
        cells[-1].alignment = Alignment(wrap_text=True, vertical="top")
    with writing.aside(file) as part:
        book.save(part)


def write(specification: Specification, file: Path, language: str) -> None:
    """By the file's ending: ``.xlsx``, else CSV. ``ConfigurationError`` where the file cannot be
    written."""
    (write_xlsx if file.suffix.lower() == ".xlsx" else write_csv)(specification, file, language)
