"""The sample region: same seed, same bytes; its faults are found on just the rows that the manifest
declares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from helpers.advising.results import Candidate
from helpers.reporting import show
from helpers.running import sharing
from helpers.running.opening import open_candidate
from helpers.running.store import Store
from helpers.words import paths

from . import region
from .broadband import STALE
from .content import TO_METRES

BY_HAND = {"activities.yaml", "baseline"}  # what people write of a project, beside its entries


def test_same_seed_same_bytes(tmp_path: Path):
    region.write(tmp_path / "samples", tmp_path / "catalogue")
    for folder, written in (
        ("samples", tmp_path / "samples"),
        ("catalogue", tmp_path / "catalogue"),
    ):
        kept = paths.project_root() / "data" / folder
        names = {one.name for one in kept.iterdir()}
        assert names - BY_HAND == {one.name for one in written.iterdir()}
        for file in written.iterdir():
            assert (kept / file.name).read_bytes() == file.read_bytes(), file.name
    assert sum(file.stat().st_size for file in (tmp_path / "samples").iterdir()) < 4_000_000


def test_declared_faults_are_found_on_their_rows(sample_run: Any):
    declared = yaml.safe_load(
        (paths.project_root() / "data" / "samples" / "manifest.yaml").read_text("utf-8")
    )["candidates"]
    found: dict[str, dict[str, list[int]]] = {}
    for name in (
        "karlshamn-offentlig-konst",
        "karlshamn-lekplatser",
        "solvesborg-offentlig-konst",
        "karlskrona-badplatser",
        "tierp-evenemang",
        "tierp-parkeringar",
        "tierp-hundrastgardar",
        "tierp-sevardheter",
    ):
        opened = open_candidate(name, store=Store(sample_run.snapshots))
        assert opened.snapshot is not None and opened.snapshot.main.rows == declared[name]["rows"]
        assert not [one for one in opened.findings if one.outcome == "error"]
        found[name] = {
            one.id: one.rows
            for one in opened.findings
            if one.outcome == "failed" and one.severity != "info"
        }
    rows = {name: declared[name]["defects"][0]["rows"] for name in list(found)[:3]}
    assert (
        found["karlshamn-offentlig-konst"]["points_in_sweden"] == rows["karlshamn-offentlig-konst"]
    )
    assert found["karlshamn-lekplatser"]["id_unique"] == rows["karlshamn-lekplatser"]
    assert (
        found["solvesborg-offentlig-konst"]["not_truncated"] == rows["solvesborg-offentlig-konst"]
    )
    assert found["karlskrona-badplatser"] == {}
    assert {name: one for name, one in found.items() if name.startswith("tierp")} == {
        "tierp-evenemang": {"end_date_after_start_date": [7, 21]},
        "tierp-parkeringar": {"car_spaces_possible": [12]},
        "tierp-hundrastgardar": {"perimeter_height_possible": [3, 6]},
        "tierp-sevardheter": {},
    }


def test_few_are_found_in_just_the_squares_that_are_declared(sample_run: Any):
    """Each position is the middle of a square, to a hundred metres: no home is pointed out. In the
    squares of few a map has no number, and no number elsewhere tells it."""
    declared = yaml.safe_load(
        (paths.project_root() / "data" / "samples" / "manifest.yaml").read_text("utf-8")
    )["candidates"]["region-blekinge-bredband"]["defects"]
    [few] = [one["rows"] for one in declared if one["kind"] == "few_in_square"]
    opened = open_candidate("region-blekinge-bredband", store=Store(sample_run.snapshots))
    frame = opened.frame(raw=True)
    spots = frame.groupby(["latitude", "longitude"])
    assert sorted(int(row) for row in frame.index[spots["kommunkod"].transform("size") < 5]) == few
    east, north = TO_METRES.transform(frame["longitude"], frame["latitude"])
    assert max(abs(east % 1000 - 500).max(), abs(north % 1000 - 500).max()) < 60
    assert (spots["kommunkod"].nunique() == 1).all() and spots.ngroups == 134
    [risk] = opened.screening.risks if opened.screening else []
    assert (risk.kind, risk.rows) == ("few_measurements", len(few))
    made = show.map_broadband(opened)
    assert [one.key for one in made.layers] == [
        *("municipalities", "squares"),
        *(f"available_{i}" for i in (1, 2, 3)),
    ]
    squares = made.layers[1]
    hidden = squares.kind_of == len(squares.kinds) - 1
    assert len(squares) == 134 and 4 <= hidden.sum() <= 8
    shown = squares.facts[-2].values
    assert all((n is None) == gone for n, gone in zip(shown, hidden, strict=True))
    assert min(n for n in shown if n is not None) >= 5


def test_what_is_reported_lies_beside_what_is_measured(sample_run: Any):
    """The comparison of the two is answered; the one share that is of another year is found."""
    opened = open_candidate("region-blekinge-bredband", store=Store(sample_run.snapshots))
    reported = opened.reported_beside
    assert reported is not None and reported.variant == "tackning" and reported.snapshot
    found = {one.id: one.rows for one in reported.findings if one.outcome == "failed"}
    assert found == {"coverage_share_agrees": [STALE]}
    [answer] = opened.answers_beside
    assert answer["question"] == "broadband.beside" and len(answer["marks"]) == 2


def test_what_the_sample_tables_share_is_found_on_its_rows(sample_run: Any):
    manifest = yaml.safe_load(
        (paths.project_root() / "data" / "samples" / "manifest.yaml").read_text("utf-8")
    )
    store, candidates = Store(sample_run.snapshots), []
    for name in sorted({name for one in manifest["across"] for name in one["rows"]}):
        opened = open_candidate(name, store=store)
        candidates.append(
            Candidate(
                entry=opened.entry,
                snapshot=opened.snapshot,
                screening=opened.screening,
                fields=opened.fields,
                facts=opened.facts,
            )
        )
    found = [
        (one.kind, {place.candidate: place.rows for place in one.where})
        for one in sharing.across(candidates, store).matches
    ]
    assert [one["kind"] for one in manifest["across"]] == ["numbers", "names", "object"]
    for one in manifest["across"]:
        assert (one["kind"], one["rows"]) in found
