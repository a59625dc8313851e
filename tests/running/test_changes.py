"""What changed since last time, and the points to correct: without a value, and whatever became of
what was computed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import shutil
from pathlib import Path

import pyogrio
import pytest

from helpers.checking import changes, points_to_fix
from helpers.checking.changes import Changes
from helpers.checking.findings import Finding
from helpers.declared.catalogue import Entry
from helpers.reporting import since
from helpers.running import single
from helpers.running.opening import Opened
from helpers.running.store import Store
from helpers.words.messages import text

HEAD = "source;id;name;latitude;longitude;email;visit_url\n"
RIGHT = "1080;bad-1;Hästholmen;56.16;15.55;bad@karlskrona.example;https://karlskrona.example/1\n"
FAR = "1080;bad-2;Skogsbadet;0;0;bad@karlskrona.example;https://karlskrona.example/2\n"
BARE = "1080;bad-3;Åbadet;56.17;15.56;bad@karlskrona.example;karlskrona.example/3\n"
ENTRY = Entry(id="bad", title="Badplatser", type="platsinformation", organisation="karlskrona")


def finding(rule: str, failed: int, *, outcome: str | None = None, version: int = 1) -> Finding:
    said, because = outcome or ("failed" if failed else "passed"), {"sv": "s", "en": "e"}
    return Finding(
        rule, "warning", "validity", said, None, 100, failed, because=because, version=version
    )


def test_each_kind_of_change_and_the_day_it_is_counted_from():
    day = dt.date(2026, 11, 1)
    before = [
        finding("a", 0),
        finding("b", 3),
        finding("c", 9),
        finding("d", 5),
        finding("e", 4),
        finding("g", 2),
    ]
    after = [
        finding("a", 2),
        finding("b", 7),
        finding("c", 1),
        finding("d", 0),
        finding("e", 4),
        finding("f", 6),
        finding("g", 0, outcome="error"),
    ]
    first = changes.remember(None, changes.summaries(before), day)
    assert changes.compare(first, before) == changes.Changes("2026-11-01")
    again = changes.remember(first, changes.summaries(before), day + dt.timedelta(1))
    assert again == first
    kept = changes.remember(again, changes.summaries(after), day + dt.timedelta(2))
    said = changes.compare(kept, after)
    assert said.since == "2026-11-01"
    assert [(one.kind, one.rule, one.before, one.after) for one in said.changes] == [
        ("new", "a", 0, 2),
        ("worse", "b", 3, 7),
        ("new_rule", "f", 0, 6),
        ("better", "c", 9, 1),
        ("mended", "d", 5, 0),
    ]
    assert changes.remember(kept, changes.summaries(after), day + dt.timedelta(9)) == kept


def test_a_rule_that_means_something_else_is_neither_better_nor_worse():
    day = dt.date(2026, 11, 1)
    before = [finding("a", 0), finding("b", 3), finding("c", 9), finding("d", 5)]
    after = [
        finding("a", 2, version=2),
        finding("b", 0, version=2),
        finding("c", 9, version=2),
        finding("d", 6),
    ]
    first = changes.remember(None, changes.summaries(before), day)
    kept = changes.remember(first, changes.summaries(after), day + dt.timedelta(1))
    assert [(one.kind, one.rule) for one in changes.compare(kept, after).changes] == [
        ("worse", "d"),
        ("changed_rule", "a"),
        ("changed_rule", "b"),
    ]


def test_fewer_faults_where_rows_are_gone_is_not_better():
    day = dt.date(2026, 11, 1)
    fewer = dataclasses.replace(finding("b", 3), checked=90)
    mended = dataclasses.replace(finding("c", 1), checked=97)
    first = changes.remember(None, changes.summaries([finding("b", 9), finding("c", 9)]), day)
    kept = changes.remember(first, changes.summaries([fewer, mended]), day)
    assert [(one.kind, one.rule) for one in changes.compare(kept, [fewer, mended]).changes] == [
        ("rows_gone", "b"),
        ("better", "c"),
    ]


def opened(file: Path, rows: str, store: Store) -> Opened:
    file.write_text(HEAD + rows, "utf-8")
    return Opened(file, entry=ENTRY, store=store, today=dt.date(2026, 11, 24))


def test_two_deliveries_are_compared_though_nothing_computed_is_left(tmp_path: Path):
    store, file = Store(tmp_path / "kept"), tmp_path / "bad.csv"
    first = opened(file, RIGHT + FAR, store)
    assert first.changes.never_another
    shutil.rmtree(store.folder / "results")
    store.forget_tables()
    second = opened(file, RIGHT + BARE, store)
    kinds = {one.rule: one.kind for one in second.changes.changes}
    assert kinds["points_in_sweden"] == "mended" and "new" in kinds.values()
    assert second.changes == opened(file, RIGHT + BARE, store).changes
    kept = (store.folder / "history" / "bad.json").read_text("utf-8")
    for value in ("Hästholmen", "Skogsbadet", "karlskrona.example", "56.16"):
        assert value not in kept
    assert set(json.loads(kept)) == {"now", "before", "objects"}


def told(opened: Opened) -> str:
    """What is said of the changes."""
    return " ".join(since.sentences(opened.candidate().changes, "sv"))


def test_what_was_said_the_first_time_is_true_as_long_as_nothing_changes(tmp_path: Path):
    """So that a page that shows it may be kept."""
    store, file = Store(tmp_path / "kept"), tmp_path / "bad.csv"
    first = told(opened(file, RIGHT + FAR, store))
    assert "första gången 2026-11-24" in first and "oförändrad sedan dess" in first
    assert told(opened(file, RIGHT + FAR, store)) == first


@pytest.mark.slow
def test_rows_and_objects_that_came_or_went_are_told_first(tmp_path: Path):
    store, file = Store(tmp_path / "kept"), tmp_path / "bad.csv"
    opened(file, RIGHT + FAR, store).candidate()
    lost = told(opened(file, RIGHT, store))
    assert lost.startswith(
        "En rad är borta. Det var 2 och är nu 1. 1 objekt som fanns med är borta."
    )
    kinds = {one.kind for one in opened(file, RIGHT, store).changes.changes}
    assert kinds == {"rows_gone"}  # whoever deletes a row has mended nothing
    gained = told(opened(file, RIGHT + BARE, store))
    assert gained.startswith("En rad har tillkommit. Det var 1 och är nu 2. 1 objekt är nytt.")


@pytest.mark.slow
def test_a_file_of_another_name_each_year_is_the_same_dataset(tmp_path: Path):
    store, file = Store(tmp_path / "kept"), tmp_path / "bad.csv"
    opened(file, RIGHT, store).candidate()
    gained = told(opened(file, RIGHT + BARE, store))
    file = tmp_path / "bad-2026.csv"
    assert told(opened(file, RIGHT + BARE, store)) == gained
    swapped = told(opened(file, RIGHT + BARE.replace("bad-3", "bad-4"), store))
    assert swapped.startswith("1 objekt som fanns med är borta. 1 objekt är nytt.")


@pytest.mark.slow
def test_check_tells_the_same_of_the_delivery_that_is_given(tmp_path: Path):
    before, now = tmp_path / "before.csv", tmp_path / "now.csv"
    before.write_text(HEAD + RIGHT + FAR, "utf-8")
    now.write_text(HEAD + RIGHT + BARE, "utf-8")
    checked, _ = single.check_file(now, "platsinformation", before)
    assert checked["changes"]["rows"] == {"before": 2, "after": 2}
    assert checked["changes"]["objects"] == {"gained": 1, "lost": 1}
    assert {one["rule"] for one in checked["changes"]["changes"]} >= {"points_in_sweden"}
    same, _ = single.check_file(now, "platsinformation", now)
    said = since.sentences(Changes.from_json(same["changes"]), "sv")
    assert said == [text("changes.unchanged_given", "sv")]
    alone, _ = single.check_file(now, "platsinformation")
    assert "changes" not in alone


def test_the_points_open_as_a_geopackage_and_hold_no_value(tmp_path: Path):
    one = opened(tmp_path / "bad.csv", RIGHT + FAR, Store(tmp_path / "kept"))
    file = tmp_path / "points_to_fix.gpkg"
    points_to_fix.write(one.points_to_fix, file)
    frame = pyogrio.read_dataframe(file)
    assert frame.crs.to_epsg() == 4326 and set(frame.geometry.geom_type) == {"Point"}
    wrong = frame[frame["rule"] == "points_not_at_origin"]  # which says why it lies outside Sweden
    assert list(wrong["row"]) == [3] and (wrong.geometry.x == 0).all()
    assert (
        set(frame["severity"]) <= {"critical", "warning", "info"}
        and frame["message_sv"].str.len().min() > 10
    )
    said = " ".join(map(str, frame.drop(columns="geometry").to_numpy().ravel()))
    assert "Skogsbadet" not in said and "karlskrona.example" not in said


def test_no_points_where_the_position_is_marked(tmp_path: Path):
    one = opened(tmp_path / "bad.csv", RIGHT + FAR, Store(tmp_path / "kept"))
    assert one.points_to_fix and one.screening is not None

    class Marked:
        def marked(self, table: str) -> set[str]:
            return {"latitude"}

    file = tmp_path / "points.parquet"
    assert not points_to_fix.keep(one.tables, Marked(), one.findings, file)["points"]  # type: ignore[arg-type]
