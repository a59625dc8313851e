"""What if keeps its word: every repair that it suggests for the sample region is carried out on the
data, and run again.

A corrected copy of the file and of the catalogue entry is written, read, screened and checked like
any other; the candidate's place among the others must be the one that was promised.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from typer.testing import CliRunner

from helpers.advising.results import Candidate
from helpers.checking.findings import Finding
from helpers.declared import catalogue
from helpers.declared.catalogue import Entry
from helpers.running import region, workers
from helpers.running.commands import app
from helpers.running.opening import Opened
from helpers.running.store import Store
from helpers.scoring import ranking, scoring, what_if
from helpers.words import paths

FILLED = {
    "description": "Beskrivning",
    "keywords": ["ord"],
    "theme": "GOVE",
    "contact": "data@exempel.example",
}
SOME = [
    "karlshamn-lekplatser",
    "olofstrom-offentlig-konst",
    "region-blekinge-hjalpmedel",
    "region-blekinge-resor",
    "tierp-evenemang",
]
OWNER = {"role": "Förvaltningschef", "mailbox": "data@exempel.example"}


class Table:
    """The cells of a CSV, workbook or GeoJSON as they stand; row numbers as findings give them.
    Written back as it was."""

    def __init__(self, file: Path, opened: Opened) -> None:
        self.file, snapshot = file, opened.snapshot
        assert snapshot is not None
        self.form, self.encoding, self.delimiter = (
            snapshot.format,
            snapshot.encoding or "utf-8",
            snapshot.delimiter or ";",
        )
        self.header_row = snapshot.main.header_row or 1
        if self.form == "geojson":
            self.plain = json.loads(file.read_text("utf-8"))
            self.columns = list(self.plain["features"][0]["properties"])
        elif self.form == "xlsx":
            self.book = openpyxl.load_workbook(file)
            self.columns = [cell.value for cell in self.book.active[self.header_row]]
        else:
            with file.open(encoding=self.encoding, newline="") as stream:
                self.lines = list(csv.reader(stream, delimiter=self.delimiter))
            self.columns = self.lines[self.header_row - 1]

    def rows(self) -> list[int]:
        if self.form == "geojson":
            return list(range(1, len(self.plain["features"]) + 1))
        last = self.book.active.max_row if self.form == "xlsx" else len(self.lines)
        return list(range(self.header_row + 1, last + 1))

    def get(self, row: int, column: str) -> Any:
        if self.form == "geojson":
            return self.plain["features"][row - 1]["properties"][column]
        if self.form == "xlsx":
            return self.book.active.cell(row, self.columns.index(column) + 1).value
        return self.lines[row - 1][self.columns.index(column)]

    def put(self, row: int, column: str, value: Any) -> None:
        if self.form == "geojson":
            self.plain["features"][row - 1]["properties"][column] = value
        elif self.form == "xlsx":
            self.book.active.cell(row, self.columns.index(column) + 1).value = value
        else:
            self.lines[row - 1][self.columns.index(column)] = value

    def save(self) -> None:
        if self.form == "geojson":
            self.file.write_text(json.dumps(self.plain, ensure_ascii=False), "utf-8")
        elif self.form == "xlsx":
            self.book.save(self.file)
        else:
            with self.file.open("w", encoding=self.encoding, newline="") as stream:
                csv.writer(stream, delimiter=self.delimiter).writerows(self.lines)


def mend(table: Table, finding: Finding) -> None:
    """Correct the rows that a rule names as their owner would: a swapped pair back, a new id, a
    value that is right."""
    # of a column that is another thing throughout no row is listed
    rows = finding.rows or (table.rows() if finding.failed == finding.checked else [])
    wrong = set(rows)
    if finding.dimension == "geography" or finding.column in ("latitude", "longitude"):
        right = [row for row in table.rows() if row not in wrong]
        for number, row in enumerate(rows):
            lat, lon = (table.get(row, name) for name in ("latitude", "longitude"))
            if float(str(lat).replace(",", ".")) < float(str(lon).replace(",", ".")):
                lat, lon = lon, lat
            else:  # elsewhere: where another object of theirs lies
                from_ = right[number % len(right)]
                lat, lon = (table.get(from_, name) for name in ("latitude", "longitude"))
            table.put(row, "latitude", lat)
            table.put(row, "longitude", lon)
        return
    if finding.id == "end_date_after_start_date":
        for row in rows:
            table.put(row, "end_date", table.get(row, "start_date"))
        return
    assert finding.column, f"no repair is written for {finding.id}"
    good = [row for row in table.rows() if row not in wrong]
    for number, row in enumerate(rows):
        if finding.dimension == "uniqueness":
            table.put(row, finding.column, f"ny-{number + 1:04}")
        elif finding.id == "not_truncated":  # the owner has the whole text
            table.put(
                row,
                finding.column,
                f"{table.get(row, finding.column)} och så vidare {number % 7 * 'x'}",
            )
        elif (
            not good and finding.column == "source"
        ):  # a region is named by its organisation number
            table.put(row, finding.column, "2321000081")
        else:
            table.put(row, finding.column, table.get(good[number % len(good)], finding.column))


@pytest.fixture(scope="module")
def home(sample_run: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample region and of what its run kept."""
    folder = tmp_path_factory.mktemp("promises")
    shutil.copytree(paths.catalogue(), folder / "catalogue")
    shutil.copytree(paths.project_root() / "data" / "samples", folder / "samples")
    shutil.copytree(sample_run.snapshots, folder / "snapshots")
    return folder


def compute(entry: Entry, folder: Path, snapshots: Path) -> Candidate:
    return workers.compute(Opened(entry.file(folder), entry=entry, store=Store(snapshots)))


@pytest.fixture(scope="module")
def computed(home: Path) -> Iterator[list[Candidate]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATAKOLLEN_SNAPSHOTS", str(home / "snapshots"))
        folder, snapshots = home / "catalogue", home / "snapshots"
        found = [compute(entry, folder, snapshots) for entry in catalogue.load(folder)]
        yield region.placed(found)[0]


def repaired(home: Path, candidate: Candidate, repairs: list[str]) -> Candidate:
    """The candidate with these repairs carried out on a copy of its file and entry, and all stages
    run again."""
    folder = home / "repaired" / candidate.entry.id
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    source = candidate.entry.file(home / "catalogue")
    assert source is not None
    file = Path(shutil.copy(source, folder))
    plain = yaml.safe_load((home / "catalogue" / f"{candidate.entry.id}.yaml").read_text("utf-8"))
    plain["source"]["path"] = file.name
    if what_if.MASK in repairs:
        file = folder / f"{candidate.entry.id}-maskad.csv"
        asked = [
            "mask",
            candidate.entry.id,
            "--catalogue",
            str(home / "catalogue"),
            "--output",
            str(file),
        ]
        done = CliRunner().invoke(app, asked)
        assert done.exit_code == 0, done.output
        plain["source"] = {"path": file.name}
    if "readiness_licence" in repairs:
        plain["licence"] = "CC0-1.0"
    if "readiness_owner" in repairs:
        plain["owner"] = OWNER
    if "readiness_metadata" in repairs:
        plain |= {name: value for name, value in FILLED.items() if not plain.get(name)}
    for name in (one.removeprefix("question_") for one in repairs if one.startswith("question_")):
        plain.setdefault("legal", {})[name] = {
            "answer": "no",
            "by": "informationsägaren",
            "when": "2026-11-24",
        }
    (folder / f"{candidate.entry.id}.yaml").write_text(
        yaml.safe_dump(plain, allow_unicode=True), "utf-8"
    )
    wrong = [one for one in candidate.findings if one.id in repairs and one.outcome == "failed"]
    if wrong:
        entry = catalogue.load(folder)[0]
        table = Table(file, Opened(file, entry=entry, store=Store(home / "snapshots")))
        for one in wrong:
            mend(table, one)
        table.save()
    with (
        pytest.MonkeyPatch.context() as patch
    ):  # each repair follows on the delivery as it was, not on another repair
        shutil.copytree(home / "snapshots", folder / "snapshots")
        patch.setenv("DATAKOLLEN_SNAPSHOTS", str(folder / "snapshots"))
        return compute(catalogue.load(folder)[0], folder, folder / "snapshots")


def place(computed: list[Candidate], mine: Candidate) -> int | None:
    cards = [mine.scorecard if one.entry.id == mine.entry.id else one.scorecard for one in computed]
    ranked = ranking.rank([one for one in cards if one is not None])
    return next(one.rank for one in ranked if one.candidate == mine.entry.id)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ids", "least", "masked"),
    [
        (["karlshamn-leverantorsfakturor"], 1, 1),
        pytest.param(SOME, 10, 1, marks=pytest.mark.slow, id="some"),
        pytest.param([], 14, 2, marks=pytest.mark.long, id="all"),
    ],
)
def test_every_promise_to_the_sample_region_comes_true(
    home: Path, computed: list[Candidate], ids: list[str], least: int, masked: int
):
    kept: list[bool] = []
    for one in computed:
        assert not one.failures, one.failures
        if ids and one.entry.id not in ids:
            continue
        for move in one.ranked.what_if if one.ranked else []:
            if one.entry.source is None:
                continue  # an idea has no file to repair
            after = repaired(home, one, move.repairs)
            assert not after.failures, after.failures
            left = [
                finding.id
                for finding in after.findings
                if finding.id in move.repairs and finding.outcome == "failed"
            ]
            assert not left, (one.entry.id, left)
            # one repair may mend a second rule as well: the place is then better than promised,
            # never worse
            said = (one.entry.id, move.repairs, move.rank_after)
            if move.rank_after is None:  # data to link to: the gate may open, no place follows
                assert place(computed, after) is None, said
            else:
                now = place(computed, after)
                assert now is not None and now <= move.rank_after, (
                    said,
                    [(one.code, one.level) for one in after.gate.reasons],
                )
            if move.decision:
                assert after.gate is not None and after.gate.verdict == "fri", (
                    one.entry.id,
                    after.gate,
                )
            kept.append(what_if.MASK in move.repairs)
    assert len(kept) >= least and sum(kept) >= masked


def test_the_scorecard_of_each_repair_is_the_one_that_was_foreseen(
    home: Path, computed: list[Candidate]
):
    """Points, not only the place: for the candidate of the story, twelve rows in the
    coordinates."""
    held = next(one for one in computed if one.entry.id == "karlshamn-offentlig-konst")
    move = held.ranked.what_if[0]
    assert (move.rank_before, move.rank_after, move.rows) == (2, 1, 12)
    case = what_if.Case(held.entry, held.gate, held.findings, held.conformity)
    done = what_if.repaired(case, [one for one in what_if.repairs(case) if one.id in move.repairs])
    foreseen = scoring.score(done.entry, done.gate, done.findings, conformity=done.conformity)
    after = repaired(home, held, move.repairs).scorecard
    assert after is not None
    assert [(one.id, one.low, one.high) for one in after.criteria] == [
        (one.id, one.low, one.high) for one in foreseen.criteria
    ]
