"""The sample region: same seed, same bytes; its faults are found on just the rows that the manifest declares."""

from __future__ import annotations

from pathlib import Path

import yaml

from helpers import paths
from helpers.running.opening import open_candidate
from helpers.running.store import Store
from helpers.samples import region


def test_same_seed_same_bytes(tmp_path: Path):
    region.write(tmp_path / "samples", tmp_path / "catalogue")
    for folder, written in (("samples", tmp_path / "samples"), ("catalogue", tmp_path / "catalogue")):
        kept = paths.project_root() / "data" / folder
        assert sorted(one.name for one in kept.iterdir()) == sorted(one.name for one in written.iterdir())
        for file in written.iterdir():
            assert (kept / file.name).read_bytes() == file.read_bytes(), file.name
    assert sum(file.stat().st_size for file in (tmp_path / "samples").iterdir()) < 4_000_000


def test_declared_faults_are_found_on_their_rows(tmp_path: Path):
    declared = yaml.safe_load((paths.project_root() / "data" / "samples" / "manifest.yaml").read_text("utf-8"))[
        "candidates"
    ]
    found: dict[str, dict[str, list[int]]] = {}
    for name in (
        "karlshamn-offentlig-konst",
        "karlshamn-lekplatser",
        "solvesborg-offentlig-konst",
        "karlskrona-badplatser",
    ):
        opened = open_candidate(name)
        opened.store = Store(tmp_path)
        assert opened.snapshot is not None and opened.snapshot.main.rows == declared[name]["rows"]
        assert not [one for one in opened.findings if one.outcome == "error"]
        found[name] = {
            one.id: one.rows for one in opened.findings if one.outcome == "failed" and one.severity != "info"
        }
    rows = {name: declared[name]["defects"][0]["rows"] for name in list(found)[:3]}
    assert found["karlshamn-offentlig-konst"]["points_in_sweden"] == rows["karlshamn-offentlig-konst"]
    assert found["karlshamn-lekplatser"]["id_unique"] == rows["karlshamn-lekplatser"]
    assert found["solvesborg-offentlig-konst"]["not_truncated"] == rows["solvesborg-offentlig-konst"]
    assert found["karlskrona-badplatser"] == {}
