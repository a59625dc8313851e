"""Write the report: the page of each candidate with its rows to fix, the pages about all of them
(``site``), the papers, and ``results.json``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.advising.results import Candidate, Failure, Region
from helpers.checking import points_to_fix
from helpers.reporting import map_frames, paper_files, site
from helpers.reporting.environment import environment
from helpers.reporting.parts import Parts, among
from helpers.reporting.results import results_text
from helpers.reporting.titles import title_of
from helpers.words import guarding, messages
from helpers.words.errors import ConfigurationError
from helpers.words.files import spreadsheets, writing
from helpers.words.messages import LANGUAGES

if TYPE_CHECKING:
    from jinja2 import Environment

    from helpers.advising.nights import Night
    from helpers.checking.rows_to_fix import RowToFix
    from helpers.reading.snapshot import Snapshot

CSV_COLUMNS = ("row", "key", "column", "value", "severity", "rule", "message", "fix", "table")


def write_rows(
    rows: Sequence[RowToFix],
    file: Path,
    language: str,
    snapshot: Snapshot | None = None,
    *,
    private: bool = False,
) -> None:
    """UTF-8 with BOM and ``;``: what a Swedish Excel opens right at a double click. ``snapshot``
    names the tables.

    ``private``: readable by its owner alone, from its first byte.
    """
    with (
        writing.aside(file, private=private) as part,
        part.open("w", encoding="utf-8-sig", newline="") as stream,
    ):
        head = [messages.text(f"reporting.csv.{name}", language) for name in CSV_COLUMNS]
        spreadsheets.write_csv(stream, [head, *(_cells(row, language, snapshot) for row in rows)])


def _cells(row: RowToFix, language: str, snapshot: Snapshot | None) -> tuple[Any, ...]:
    """A row to fix as the cells of ``CSV_COLUMNS``."""
    table = snapshot.known_as(row.table or snapshot.main.name) if snapshot else row.table
    return (
        row.row,
        row.key,
        row.column,
        row.value,
        messages.text(f"reporting.severity.{row.severity}", language),
        row.rule,
        row.message[language],
        row.fix[language],
        table,
    )


def _write_candidate(
    candidate: Candidate,
    region: Region,
    folder: Path,
    templates: Environment,
    language: str,
    *,
    with_history: bool = True,
) -> None:
    """The candidate's page, and its rows and points to fix, in ``folder``. ``with_history``: the
    report has a page of the runs until now."""
    folder.mkdir(parents=True, exist_ok=True)
    notebooks = [
        (page.name, title_of(page.stem, language)) for page in sorted(folder.glob("[0-9]*.html"))
    ]
    if candidate.rows_to_fix:
        write_rows(candidate.rows_to_fix, folder / "rows_to_fix.csv", language, candidate.snapshot)
    if candidate.points_to_fix:
        points_to_fix.write(candidate.points_to_fix, folder / "points_to_fix.gpkg")
    page = templates.get_template("candidate.html").render(
        region=region,
        finished=_day(region),
        c=candidate,
        notebooks=notebooks,
        papers=paper_files.of_candidate(candidate, language),
        checklist=paper_files.checklist_of(candidate, language),
        maps=map_frames.in_folder(folder, language),
        with_history=with_history,
    )
    writing.write_text(folder / "index.html", page)


def _day(region: Region) -> dt.date:
    return dt.datetime.fromisoformat(region.finished).date()


def write_candidates(
    region: Region,
    report: Path,
    language: str,
    parts: Parts | None,
    *,
    with_history: bool = True,
) -> Region:
    """Write the page of each candidate, and its rows and points to fix, into the report's folder;
    returns the region, where a candidate whose page broke has that failure, and a page that says
    no more: it takes the others' pages with it as little as its stages do."""
    templates, parts, written = environment(language), parts or Parts(), []
    for candidate in region.candidates:
        folder = report / "candidates" / candidate.entry.id
        there = sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []
        said = among(candidate, region)
        write = partial(_write_candidate, with_history=with_history)
        write_it = partial(write, candidate, region, folder, templates, language)
        try:
            parts.made("page", said and [*said, there, with_history], folder, write_it)
        except (OSError, ConfigurationError):  # the others cannot be written either
            raise
        except Exception as error:
            failed = guarding.foreseen(error)
            told = Failure("page", {one: failed.text(one) for one in LANGUAGES}, failed.exit_code)
            candidate = replace(candidate, failures=[*candidate.failures, told])
            bare = Candidate(entry=candidate.entry, failures=candidate.failures)
            write(bare, region, folder, templates, language)
        written.append(candidate)
    return replace(region, candidates=written)


def write_region(
    region: Region,
    folder: Path,
    language: str,
    nights: Sequence[Night] = (),
    parts: Parts | None = None,
) -> Path:
    """Write the pages about all candidates, the papers and ``results.json`` into ``folder``;
    returns the path of ``index.html``. Computes nothing. ``nights``: the runs until now, this one
    last; none: no page of them. ``parts``: takes some of it from an earlier run; None: all is
    written."""
    templates, parts = environment(language), parts or Parts()
    folder.mkdir(parents=True, exist_ok=True)
    writing.write_texts(folder / "results.json", results_text(region))
    paper_files.write_all(region, folder, language, parts)
    return site.write(region, folder, language, templates, nights, parts)
