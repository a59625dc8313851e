"""The sheet of the baseline questionnaire: what each organisation is asked once a year, with what
it has answered; and the answers read back, each fault with sheet, row and column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from helpers.declared import maturity, organisations
from helpers.declared.maturity import YEARS, Answer
from helpers.filling_in.inventory import reading, sheets
from helpers.filling_in.inventory.columns import BASELINE, MATURITY, Column, choices
from helpers.filling_in.inventory.labels import plain
from helpers.filling_in.inventory.reading import Wrong
from helpers.words import escaping
from helpers.words.errors import ConfigurationError
from helpers.words.faults import Fault, Faults
from helpers.words.folding import fold
from helpers.words.messages import LANGUAGES, text
from helpers.words.personal import hiding

BY_NAME = {column.name: column for column in BASELINE}
MARK = "datakollen/baseline/1"
FIELDS = ("answer", "because", "by", "when")
Origin = dict[tuple[str, str, str], dict[str, str]]
READ = (MATURITY, "maturity_because", "maturity_by", "maturity_when")
Kept = Mapping[str, Mapping[str, Answer]]  # organisation -> question -> answer


@dataclass(frozen=True)
class Questionnaire:
    """What is asked of which organisations, of which year, and what is answered already."""

    organisations: tuple[str, ...]
    year: int
    kept: Kept = field(default_factory=dict)


@dataclass(frozen=True)
class AnswerRow:
    """One row that answers: ``said`` has the fields of ``maturity.Answer`` that the row fills, as
    plain values."""

    number: int  # as the spreadsheet numbers it
    organisation: str
    year: int
    question: str
    said: dict[str, Any]
    # what the row said when the sheet was written; None where that is not known
    origin: dict[str, str] | None = None


@dataclass(frozen=True)
class ReadAnswers:
    """The rows that answer, and what is asked about cells that may be meant otherwise."""

    rows: list[AnswerRow] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)


def rows(asked: Questionnaire, language: str) -> Iterator[list[Any]]:
    """The cells of each question of each organisation, in the order of ``BASELINE``."""
    labels = {value: label for label, value in choices("asked_organisation", language).items()}
    answers = {value: label for label, value in choices(MATURITY, language).items()}
    for id in asked.organisations:
        for area in maturity.areas():
            for question in area.questions:
                kept = asked.kept.get(id, {}).get(question.id)
                yield [
                    labels.get(id, id),
                    asked.year,
                    area.name[language],
                    question.ask[language],
                    answers[kept.answer] if kept else None,
                    hiding.shown(kept.because) if kept and kept.because else None,
                    hiding.shown(kept.by) if kept and kept.by else None,
                    kept.when.isoformat() if kept and kept.when else None,
                    question.id,
                ]


def shown(answer: Answer) -> dict[str, str]:
    """What an answer says, by its fields, as the sheet shows it; nothing for what it does not
    say."""
    said = {"answer": answer.answer, "because": answer.because, "by": answer.by}
    told = {name: str(value) for name, value in said.items() if value is not None}
    return told | ({"when": answer.when.isoformat()} if answer.when else {})


def origin(asked: Questionnaire) -> list[list[str]]:
    """The rows of the hidden sheet: what is answered as the sheet is written, so that what a person
    changes in it is told from what only stands there. Its first cell is ``MARK``."""
    rows = [[MARK, "", "", *FIELDS]]
    for id in asked.organisations:
        for question, answer in asked.kept.get(id, {}).items():
            said = shown(answer)
            cells = [said.get(name, "") for name in FIELDS]
            rows.append([id, str(asked.year), question, *cells])
    return rows


def _origin(sheets_read: list[tuple[str, list[list[Any]]]]) -> Origin | None:
    """What ``origin`` gave; None where the spreadsheet has no such sheet."""
    for _, cells in sheets_read:
        if cells and cells[0] and plain(cells[0][0]) == MARK:
            return {
                (plain(row[0]), plain(row[1]), plain(row[2])): {
                    name: plain(cell)
                    for name, cell in zip(FIELDS, row[3:], strict=False)
                    if plain(cell)
                }
                for row in cells[1:]
                if len(row) > len(FIELDS)
            }
    return None


def organisations_of(ids: Iterable[str]) -> tuple[str, ...]:
    """The organisations that are asked, each once, by name; nobody where none is known."""
    known = [organisations.organisation(id) for id in dict.fromkeys(ids)]
    named = [one for one in known if one is not None]
    return tuple(one.id for one in sorted(named, key=lambda one: one.name))


def _headings() -> dict[str, str]:
    return {
        fold(text(f"inventory.column.{column.name}", language)): column.name
        for column in BASELINE
        for language in LANGUAGES
    }


def read(file: Path, language: str = "sv") -> ReadAnswers:
    """The answers in a spreadsheet; nothing where it has no sheet of questions. Raises
    ``InputRefused`` for a wrong file, and ``ConfigurationError`` that names every fault."""
    known, found = _headings(), ReadAnswers()
    faults: list[str] = []
    every = sheets.every(file)
    written = _origin(every)
    for name, cells in every:
        heads = [known.get(fold(plain(cell))) for cell in cells[0]] if cells else []
        places = {head: index for index, head in reversed(list(enumerate(heads))) if head}
        if MATURITY in places and "question" in places:
            wrong = _read(cells, places, found, name, language)
            faults += [escaping.one_line(reading.told(one, name, language)) for one in wrong]
    if faults:
        raise ConfigurationError(
            "inventory.wrong",
            {"count": len(faults), "file": file.name, "errors": Faults(faults)},
        )
    rows = [
        replace(row, origin=written.get((row.organisation, str(row.year), row.question), {}))
        if written is not None
        else row
        for row in found.rows
    ]
    return replace(found, rows=rows)


def _read(
    cells: list[list[Any]], places: dict[str, int], found: ReadAnswers, sheet: str, language: str
) -> list[Wrong]:
    """Adds the rows that answer to ``found``; gives what is wrong."""
    faults: list[Wrong] = []
    taken: dict[tuple[str, int, str], int] = {}
    for number, row in enumerate(cells[1 : sheets.MOST_ROWS + 1], 2):
        given = {
            name: row[index]
            for name, index in places.items()
            if index < len(row) and plain(row[index])
        }
        if not any(name in given for name in READ):
            continue  # asked, and not answered
        said, wrong = _values(number, given, places, (sheet, language), found)
        faults += wrong
        if wrong:
            continue
        key = (said.pop("organisation"), said.pop("year"), said.pop("question"))
        if key in taken:
            expected = text("inventory.expected.unique", language, row=taken[key])
            heading = BY_NAME["question"].heading(language)
            faults.append((number, places["question"], heading, expected, key[2]))
        taken.setdefault(key, number)
        found.rows.append(AnswerRow(number, *key, said))
    return faults


def _values(
    number: int,
    given: dict[str, Any],
    places: dict[str, int],
    where: tuple[str, str],
    found: ReadAnswers,
) -> tuple[dict[str, Any], list[Wrong]]:
    """What a row says by the fields, and what is wrong with it."""
    sheet, language = where
    said: dict[str, Any] = {}
    faults: list[Wrong] = []
    for column in BASELINE:
        here = (number, places.get(column.name), column.heading(language))
        if column.name not in given:
            if column.required or column.name == MATURITY:
                filled = text("inventory.expected.filled", language)
                faults.append((*here, filled, text("inventory.nothing", language)))
            continue
        if column.name in ("area", "asked"):
            continue  # for people; the question's id is read
        try:
            said[column.field] = _value(column, given[column.name], language)
        except reading.CellAsked as fault:
            asked = text(f"inventory.asked.{fault.key}", language, **fault.values)
            one = (*here, asked, hiding.hide(plain(given[column.name])))
            found.questions.append(reading.told(one, sheet, language, "question"))
        except reading.CellFault as fault:
            faults.append((*here, *reading.described(fault, given[column.name], language)))
    return said, faults


def _value(column: Column, cell: Any, language: str) -> Any:
    """The value of a cell; the organisation, the year and the question are known ones."""
    value = reading.cell_value(column, cell, language)
    if column.name == "year" and not YEARS[0] <= value <= YEARS[1]:
        raise reading.CellFault("year", least=str(YEARS[0]), most=str(YEARS[1]))
    if column.name == "question" and value not in maturity.questions():
        raise reading.CellFault("question", known=", ".join(maturity.questions()))
    if column.name == "asked_organisation" and value == organisations.UNKNOWN:
        raise reading.CellFault("filled")
    return value


def together(faults: ConfigurationError, file: Path, language: str) -> ConfigurationError:
    """The faults of the inventory with those of the questionnaire in the same file: all at once."""
    errors: list[Fault | str] = list(faults.values["errors"])
    try:
        read(file, language)
    except ConfigurationError as more:
        errors += more.values["errors"]
    return ConfigurationError(
        faults.key, {**faults.values, "count": len(errors), "errors": Faults(errors)}
    )


def this_year() -> int:
    """The year that is asked about now."""
    return dt.date.today().year
