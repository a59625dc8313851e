"""Write the report's pages: the decision page, one page for each candidate, its rows to fix, and ``results.json``."""

from __future__ import annotations

import csv
import datetime as dt
import json
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from helpers.checking import findings, points_to_fix
from helpers.declared import agencies, organisations, specifications
from helpers.reporting import map_frames, masked
from helpers.reporting import paper_files as papers
from helpers.reporting.results import results_json
from helpers.reporting.titles import title_of
from helpers.scoring import criteria
from helpers.screening import questions
from helpers.words import escaping, messages
from helpers.words.files import writing

if TYPE_CHECKING:
    from helpers.advising.results import Candidate, Region
    from helpers.checking.rows_to_fix import RowToFix
    from helpers.reading.snapshot import Snapshot

CSV_COLUMNS = ("row", "key", "column", "value", "severity", "rule", "message", "fix", "table")
OVERVIEW = "04_publish_first"


def _type_name(type: str, language: str) -> str:
    known = type in specifications.types()
    return specifications.load(type).title[language] if known else messages.text("reporting.other_type", language)


def _owner_name(id: str, language: str) -> str:
    found = organisations.organisation(id)
    return found.name if found else messages.text("reporting.unknown_organisation", language)


def _specification_of(candidate: Candidate) -> specifications.Specification | None:
    known = candidate.entry.type in specifications.types()
    return specifications.load(candidate.entry.type, candidate.variant or candidate.entry.variant) if known else None


def _field_of(candidate: Candidate, column: str) -> str:
    return next((name for name, own in candidate.fields.items() if own == column), "–")


def _question_title(id: str, language: str) -> str:
    title = next(one.title[language] for one in questions.load() if one.id == id)
    return title[:1].lower() + title[1:]


@cache
def environment(language: str) -> Environment:
    """The templates in one language; each is compiled once."""
    made = Environment(
        loader=PackageLoader("helpers.reporting"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )

    def say(key: str, **values: Any) -> str:
        return agencies.said(key, language, **values)

    def told(key: str, **values: Any) -> str:
        return say(f"reporting.{key}", **values)

    made.globals |= {
        "t": told, "say": say, "language": language, "owner_name": partial(_owner_name, language=language), "field_of": _field_of,
        "specification_of": _specification_of, "told": findings.told, "rules_tried": findings.rules_tried,
        "type_name": partial(_type_name, language=language),
        "span": partial(messages.span, language=language), "model": criteria.load(),
        "unanswered": [f"unanswered_{one.id}" for one in questions.load()],
        "question_title": partial(_question_title, language=language), "proposed": partial(masked.sentence, language=language),
    }  # fmt: skip
    made.filters |= {
        "shown": escaping.shown,
        "zip": zip,
        "capitalised": lambda said: said[:1].upper() + said[1:],
        "number": partial(messages.number, language=language),
        "percent": partial(messages.percent, language=language),
        "measure": partial(messages.measure, language=language),
    }
    return made


def write_rows(
    rows: list[RowToFix], file: Path, language: str, snapshot: Snapshot | None = None, *, private: bool = False
) -> None:
    """UTF-8 with BOM and ``;``: what a Swedish Excel opens right at a double click. ``snapshot`` names the tables.

    ``private``: readable by its owner alone, from its first byte.
    """
    with writing.aside(file, private=private) as part, part.open("w", encoding="utf-8-sig", newline="") as stream:
        out = csv.writer(stream, delimiter=";")
        out.writerow([messages.text(f"reporting.csv.{name}", language) for name in CSV_COLUMNS])
        for one in rows:
            severity = messages.text(f"reporting.severity.{one.severity}", language)
            table = snapshot.known_as(one.table or snapshot.main.name) if snapshot else one.table
            cells = (
                one.row,
                one.key,
                one.column,
                one.value,
                severity,
                one.rule,
                one.message[language],
                one.fix[language],
                table,
            )
            out.writerow([escaping.csv_cell(cell) for cell in cells])


def write(region: Region, folder: Path, language: str) -> Path:
    """Write the report of ``region`` into ``folder``; returns the path of ``index.html``. Computes nothing."""
    own = environment(language)
    finished = dt.datetime.fromisoformat(region.finished).date()
    own.globals["finished"] = finished
    folder.mkdir(parents=True, exist_ok=True)
    for candidate in region.candidates:
        place = folder / "candidates" / candidate.entry.id
        place.mkdir(parents=True, exist_ok=True)
        notebooks = [(page.name, title_of(page.stem, language)) for page in sorted(place.glob("[0-9]*.html"))]
        if candidate.rows_to_fix:
            write_rows(candidate.rows_to_fix, place / "rows_to_fix.csv", language, candidate.snapshot)
        if candidate.points_to_fix:
            points_to_fix.write(candidate.points_to_fix, place / "points_to_fix.gpkg")
        page = own.get_template("candidate.html").render(
            region=region,
            c=candidate,
            notebooks=notebooks,
            papers=papers.of_candidate(candidate, language),
            maps=map_frames.in_folder(place, language),
        )
        writing.write_text(place / "index.html", page)
        papers.write_questions(candidate, place, language, finished)
    plain = json.dumps(results_json(region), ensure_ascii=False, indent=1, allow_nan=False)
    writing.write_text(folder / "results.json", plain)
    index = folder / "index.html"
    overview = f"{OVERVIEW}.html" if (folder / f"{OVERVIEW}.html").is_file() else None
    papers.write_all(region, folder, language)
    page = own.get_template("index.html").render(region=region, overview=overview, papers=papers.of_region(language))
    return writing.write_text(index, page)
