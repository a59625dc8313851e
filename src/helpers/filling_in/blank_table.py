"""A blank table that follows a specification, to fill in: CSV, or XLSX with a second sheet that
explains each column.

What is not verified says in the file that it is not the national specification.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers.declared import specifications
from helpers.declared.specifications import Field, Specification
from helpers.words.errors import ConfigurationError
from helpers.words.files import spreadsheets, writing
from helpers.words.messages import text

ROWS = 2000  # prepared for drop-downs and formats
FORMATS = {"text": "@", "date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm"}
EXPLAINED = ("column", "title", "type", "required", "allowed", "rules")


def find(type: str, variant: str | None = None) -> Specification:
    """The specification of a type or of one of its variants; a variant's own name will do
    (``badplats``, ``1.0``).

    Raises ``ConfigurationError`` for an unknown name, for two variants that contradict each other,
    and for a timetable, which is not one table.
    """
    for name in specifications.types():
        if type not in specifications.types() and any(
            candidate.name == type for candidate in specifications.load(name).variants
        ):
            if variant is not None and variant != type:
                specifications.load(name, variant)  # told with those that there are
                values = {"type": type, "variant": variant, "known": type}
                raise ConfigurationError("specifications.unknown_variant", values)
            type, variant = name, type
            break
    whole = specifications.load(type)
    chosen = variant or next(
        (candidate.name for candidate in whole.variants if candidate.default), None
    )
    if chosen and any(
        candidate.name == chosen and candidate.formats for candidate in whole.variants
    ):
        raise ConfigurationError("template.no_single_table", {"variant": chosen})
    return specifications.load(type, chosen)


def note(specification: Specification, language: str) -> str | None:
    """What is said of a specification that is not verified; None for one that is."""
    if specification.verified:
        return None
    status = text(f"specifications.status.{specification.status}", language)
    return text("template.note", language, title=specification.title[language], status=status)


def _fields(specification: Specification) -> list[Field]:
    return [field for field in specification.fields if not field.extra]


def write_csv(specification: Specification, file: Path, language: str) -> None:
    """One row of headers, in UTF-8 with BOM and ``;``, under the note if there is one. Reading
    knows the note for none of the data."""
    with writing.aside(file) as part, part.open("w", encoding="utf-8-sig", newline="") as stream:
        remark = note(specification, language)
        head = [field.header for field in _fields(specification)]
        spreadsheets.write_csv(stream, [[remark], head] if remark else [head])


def allowed(field: Field) -> list[str]:
    """The values of the field's code list, as texts; none where it has none."""
    if field.type == "boolean" and not field.choices:
        return ["ja", "nej"]
    return list(field.choices)


def _rules(specification: Specification, language: str) -> dict[str, list[str]]:
    """Field -> why its rules are there, in the order of the suite."""
    from helpers.checking import suites  # DuckDB: 0.1 s

    reasons: dict[str, list[str]] = {}
    for rule in suites.rules_for(specification.name, specification.variant):
        if (
            rule.column
            and rule.severity != "info"
            and rule.because[language] not in reasons.get(rule.column, [])
        ):
            reasons.setdefault(rule.column, []).append(rule.because[language])
    return reasons


def write_xlsx(specification: Specification, file: Path, language: str) -> None:
    """The first sheet is the table, codes as text and code lists as drop-downs; the second explains
    each column. Raises ``ConfigurationError`` where the file cannot be written."""
    from openpyxl import Workbook  # 0.3 s

    book = Workbook()
    table: Any = book.active
    table.title = text("template.sheet.table", language)
    table.freeze_panes = "A2"
    for number, field in enumerate(_fields(specification), 1):
        _column(table, number, field)
    explained = book.create_sheet(text("template.sheet.columns", language))
    _explain(explained, specification, language)
    with writing.aside(file) as part:
        book.save(part)


def _column(table: Any, number: int, field: Field) -> None:
    """A column of the first sheet: heading, width, format and drop-down."""
    from openpyxl.styles import Font, PatternFill  # 0.3 s
    from openpyxl.utils import get_column_letter  # 0.3 s
    from openpyxl.worksheet.datavalidation import DataValidation  # 0.3 s

    letter = get_column_letter(number)
    head = table.cell(1, number)
    spreadsheets.put(head, field.header)
    head.font = Font(bold=True)
    head.fill = PatternFill("solid", fgColor="DCE6F1" if field.required else "F2F2F2")
    table.column_dimensions[letter].width = max(12, len(field.header) + 4)
    if field.type in FORMATS:
        table.column_dimensions[letter].number_format = FORMATS[field.type]
        for row in range(2, 202):
            table.cell(row, number).number_format = FORMATS[field.type]
    if allowed(field):
        listed = DataValidation("list", formula1=f'"{",".join(allowed(field))}"', allow_blank=True)
        table.add_data_validation(listed)
        listed.add(f"{letter}2:{letter}{ROWS}")


def _explain(sheet: Any, specification: Specification, language: str) -> None:
    """The second sheet: what the specification is, and a row for each column."""
    from openpyxl.styles import Alignment, Font  # 0.3 s

    remark, rules = note(specification, language), _rules(specification, language)
    source = f"{text('specifications.source', language)}: {specification.source}"
    lines: list[list[str]] = [[remark]] if remark else []
    lines += [[f"{source} {specification.url}".strip()], []]
    lines.append([text(f"template.explained.{name}", language) for name in EXPLAINED])
    headings = len(lines)
    for field in _fields(specification):
        required = text("template.required" if field.required else "template.optional", language)
        lines.append(
            [
                field.header,
                field.title[language],
                text(f"reporting.types.{field.type}", language),
                required,
                ", ".join(allowed(field)),
                " ".join(rules.get(field.name, [])),
            ]
        )
    for row, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            spreadsheets.put(sheet.cell(row, column), value)
    for cell in sheet[headings]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDEF", (22, 34, 14, 14, 26, 80), strict=True):
        sheet.column_dimensions[letter].width = width
    for cells in sheet.iter_rows(min_row=headings + 1):
        cells[-1].alignment = Alignment(wrap_text=True, vertical="top")


def write(specification: Specification, file: Path, language: str) -> None:
    """By the file's ending: ``.xlsx``, else CSV. Raises ``ConfigurationError`` where the file
    cannot be written."""
    (write_xlsx if file.suffix.lower() == ".xlsx" else write_csv)(specification, file, language)
