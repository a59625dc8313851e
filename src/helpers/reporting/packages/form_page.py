"""The form, filled in, to paste from: a page that needs neither network nor script, and a
workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.metadata.form import Line, Part, Value
from helpers.reporting.environment import environment
from helpers.reporting.lacking import who_knows
from helpers.words import escaping, messages
from helpers.words.files import spreadsheets, writing

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry

WIDTHS = (26, 70, 24, 14, 54)
HEAD = ("field", "value", "choose", "level", "note")


@dataclass(frozen=True)
class Form:
    """All that the page and the workbook show. ``draft``: why the package is one, in words, or
    none. ``lacks``: what is asked for beside the form's fields, each with who knows it."""

    title: str
    parts: Sequence[Part]
    entry: Entry
    draft: Sequence[str]
    lacks: Sequence[str]
    language: str

    def label(self, labels: Mapping[str, str]) -> str:
        """A label of the form in the language, or as it is in the other."""
        return labels.get(self.language) or next(iter(labels.values()), "")

    def labels(self, several: Iterable[Mapping[str, str]]) -> str:
        """Several of them, in a sentence."""
        names = [self.label(one) for one in several]
        return messages.listed(names, self.language)

    def note(self, line: Line) -> str:
        """What is said beside a field: that it is a proposal, or who knows what lacks."""
        if line.asks and not line.values:
            return self._say("ask", who=who_knows(self.entry, line.asks, self.language))
        if line.asks:
            return self._say("ask_proposed", who=who_knows(self.entry, line.asks, self.language))
        if line.proposed:
            return self._say("proposed")
        return self._say("empty") if not line.values else ""

    def choice(self, value: Value) -> str:
        """What is chosen in the form's list; "" where a text is written."""
        return self.label(value.choice) if value.choice else ""

    def level(self, line: Line) -> str:
        """Whether the field must be filled in."""
        return self._say(f"level.{line.level}")

    def _say(self, key: str, **values: str) -> str:
        return messages.text(f"package.form_page.{key}", self.language, **values)


def page(form: Form) -> str:
    """The form as a page."""
    made = environment(form.language).get_template("form.html")
    return made.render(form=form, language=form.language)


def _rows(form: Form) -> Iterator[tuple[bool, list[str]]]:
    """The workbook's rows, each with whether it is a heading."""
    for part in form.parts:
        yield True, [f"{form.label(part.label)}: {part.name}"]
        for line in part.lines:
            said = [value.text for value in line.values] or [""]
            for number, text in enumerate(said):
                choice = form.choice(line.values[number]) if line.values else ""
                first = [form.label(line.label), text, choice, form.level(line), form.note(line)]
                yield False, first if number == 0 else [first[0], text, choice, "", ""]


def write_book(form: Form, file: Path) -> None:
    """The form as a workbook; no cell of it runs as a formula."""
    from openpyxl import Workbook  # 0.3 s
    from openpyxl.styles import Alignment, Font, PatternFill  # the same

    book = Workbook()
    sheet = book.active
    sheet.title = messages.text("package.form_page.sheet", form.language)[:31]
    top = [[form.title], *([one] for one in form.draft), *([one] for one in form.lacks)]
    head = [messages.text(f"package.form_page.head.{name}", form.language) for name in HEAD]
    table = [*((True, row) for row in top), (True, head), *_rows(form)]
    for number, (heading, row) in enumerate(table, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            spreadsheets.put(cell, escaping.without_controls(escaping.shown(value))[:32_000])
            cell.alignment = Alignment(wrap_text=len(row) > 1, vertical="top")
            cell.font = Font(name="Arial", bold=heading, size=14 if number == 1 else 10)
            if heading and number > len(top):
                cell.fill = PatternFill("solid", fgColor="E6EEF1")
    for column, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDE"[column]].width = width
    sheet.freeze_panes = sheet.cell(len(top) + 2, 1)
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth = "landscape", 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    book.properties.title = escaping.without_controls(escaping.shown(form.title))
    with writing.aside(file) as part:
        book.save(part)
