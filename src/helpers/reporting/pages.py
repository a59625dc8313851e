"""Write the report's pages: the decision page, one page for each candidate, its rows to fix, and
``results.json``."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.checking import points_to_fix
from helpers.reporting import map_frames
from helpers.reporting import paper_files as papers
from helpers.reporting.environment import environment
from helpers.reporting.results import results_json
from helpers.reporting.titles import title_of
from helpers.words import escaping, messages
from helpers.words.files import writing

if TYPE_CHECKING:
    from helpers.advising.results import Region
    from helpers.checking.rows_to_fix import RowToFix
    from helpers.reading.snapshot import Snapshot

CSV_COLUMNS = ("row", "key", "column", "value", "severity", "rule", "message", "fix", "table")
OVERVIEW = "04_publish_first"


def write_rows(
    rows: list[RowToFix],
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
    """Write the report of ``region`` into ``folder``; returns the path of ``index.html``. Computes
    nothing."""
    own = environment(language)
    finished = dt.datetime.fromisoformat(region.finished).date()
    own.globals["finished"] = finished
    folder.mkdir(parents=True, exist_ok=True)
    for candidate in region.candidates:
        place = folder / "candidates" / candidate.entry.id
        place.mkdir(parents=True, exist_ok=True)
        notebooks = [
            (page.name, title_of(page.stem, language)) for page in sorted(place.glob("[0-9]*.html"))
        ]
        if candidate.rows_to_fix:
            write_rows(
                candidate.rows_to_fix, place / "rows_to_fix.csv", language, candidate.snapshot
            )
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
    page = own.get_template("index.html").render(
        region=region, overview=overview, papers=papers.of_region(language)
    )
    return writing.write_text(index, page)
