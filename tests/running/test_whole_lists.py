"""Lists of what is to be mended are whole, however long, and every count of them is of all; only
what is shown on a page is cut, and says so."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from tests.reporting.whole import write_report

from helpers.advising import publishing_steps
from helpers.advising.results import Region
from helpers.checking import points_to_fix, rows_to_fix
from helpers.checking.findings import MAX_ROWS, SEVERITIES
from helpers.declared.catalogue import Entry
from helpers.reporting import pages, show
from helpers.running.opening import Opened
from helpers.running.store import Store

HEAD = "source;id;name;latitude;longitude;email;visit_url\n"
WRONG = MAX_ROWS + 500
RIGHT = 400  # a column that almost never fits is told once, as another kind of thing
FIRST = RIGHT + 2  # row of the first that is wrong
ENTRY = Entry(id="bad", title="Badplatser", type="platsinformation", organisation="karlskrona")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Places in a row, of which the last ``WRONG`` lie in Skåne and have no right address."""
    home = tmp_path_factory.mktemp("long")
    right = [f"1080;b{i};Bad {i};56.16{i:02};15.55;;https://k.example/{i}\n" for i in range(RIGHT)]
    wrong = [f"1080;w{i};Bad w{i};55.7{i:04};13.2;;k.example/{i}\n" for i in range(WRONG)]
    (home / "bad.csv").write_text(HEAD + "".join(right + wrong), "utf-8")
    return Opened(home / "bad.csv", entry=ENTRY, store=Store(home / "kept"))


def test_every_row_of_a_fault_is_listed(opened: Opened):
    of_urls = [line for line in opened.rows_to_fix if line.rule == "visit_url_form"]
    (finding,) = [one for one in opened.findings if one.id == "visit_url_form"]
    assert (len(finding.rows), finding.rows_total) == (MAX_ROWS, WRONG)
    assert [line.row for line in of_urls] == list(range(FIRST, FIRST + WRONG))
    assert all(line.key.startswith("w") and line.column == "visit_url" for line in of_urls)
    assert of_urls[-1].value == f"k.example/{WRONG - 1}"
    assert opened.rows_to_fix[:3] == list(opened.rows_to_fix)[:3]
    assert rows_to_fix.counted(opened.rows_to_fix) == rows_to_fix.counted(list(opened.rows_to_fix))


def test_the_file_the_page_and_the_notebook_count_the_same(opened: Opened, tmp_path: Path):
    whole = opened.candidate()
    write_report(
        Region({"sv": "X", "en": "X"}, [whole], "2026-11-25T02:00:00+01:00"), tmp_path, "sv"
    )
    folder = tmp_path / "candidates" / "bad"
    lines = list(csv.reader((folder / "rows_to_fix.csv").open(encoding="utf-8-sig"), delimiter=";"))
    rows = {(line[0], line[-1]) for line in lines[1:]}
    assert len(lines) - 1 == len(whole.rows_to_fix) >= WRONG and len(rows) == WRONG
    page = (folder / "index.html").read_text("utf-8").replace("\u00a0", "")
    assert f"<b>{WRONG}</b>rader att rätta" in page
    note = show.rows_to_fix(opened, "sv").note.replace("\u00a0", "")
    assert f"av {len(whole.rows_to_fix)} celler" in note
    by_severity = [int(row[-1].replace("\u00a0", "")) for row in show.quality(opened, "sv").rows]
    assert by_severity == [rows_to_fix.counted(opened.rows_to_fix, one) for one in SEVERITIES]
    for step in publishing_steps.steps(whole):
        if step.id == "critical":
            said = step.text["sv"].replace("\u00a0", "")
            assert re.findall(r"\d+", said) == [
                str(rows_to_fix.counted(whole.rows_to_fix, "critical"))
            ]


def test_every_point_of_a_fault_is_on_the_map(opened: Opened, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(points_to_fix, "READ", 400)  # written in parts
    points_to_fix.write(opened.points_to_fix, tmp_path / "points.gpkg")
    frame = pyogrio.read_dataframe(tmp_path / "points.gpkg")
    assert len(frame) == len(opened.points_to_fix)
    assert set(frame[frame["rule"] == "visit_url_form"]["row"]) == set(range(FIRST, FIRST + WRONG))


def test_values_as_they_stand_are_whole_too_and_are_kept_nowhere(opened: Opened, tmp_path: Path):
    raw = opened.raw_rows_to_fix()
    assert len(raw) == len(opened.rows_to_fix)
    pages.write_rows(raw, tmp_path / "raw.csv", "sv", opened.snapshot, private=True)
    assert not list(opened.store.folder.rglob("raw.parquet"))


def test_a_list_that_is_gone_is_made_anew(opened: Opened):
    for file in (opened.store.folder / "results").glob("*.parquet"):
        file.unlink()
    again = Opened(opened.file, entry=ENTRY, store=opened.store)
    assert len(again.rows_to_fix) >= WRONG


def test_a_row_is_not_pointed_out_by_what_is_measured():
    columns = [{"name": "down", "type": "decimal"}, {"name": "nr", "type": "integer"}]
    profile: dict[str, Any] = {"tables": [{"columns": columns, "keys": [["down", "nr"], ["nr"]]}]}
    assert rows_to_fix.key_columns({}, {}, profile) == ["nr"]
    profile["tables"][0]["keys"] = [["down"]]
    assert rows_to_fix.key_columns({}, {}, profile) == []
    assert rows_to_fix.key_columns({"id": "down"}, {"id": "key"}, profile) == ["down"]
