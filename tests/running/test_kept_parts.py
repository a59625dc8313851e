"""Notebooks, pages and papers that show nothing else than last night are taken as they were: what is
made is counted, never timed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helpers.advising.results import Candidate
from helpers.reporting import pages, paper_files, parts
from helpers.running import keeping, region
from helpers.running.keeping import KeptParts
from helpers.running.store import Store
from helpers.words import paths
from helpers.words.files import reports

from .nights import Nights, broken, candidate, finding

GOOD, BAD = [finding("id_unique", 0)], [finding("id_unique", 3)]


@pytest.fixture
def nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nights:
    for name in ("write_one", "write_region", "_write_between"):  # of points with no criterion
        monkeypatch.setattr(paper_files, name, lambda *_, **__: None)
    return Nights(tmp_path, monkeypatch)


def examined(id: str, findings: list[Any], **more: Any) -> Candidate:
    """One whose stages said something that can be told from anything else."""
    known = f"{id} {[one.failed for one in findings]}"
    return replace(candidate(id, findings, **more), known=known)


def made(nights: Nights, *candidates: Candidate, **more: Any) -> tuple[dict[str, int], ...]:
    """How many parts of each kind a run made, and how many it took."""
    nights.run(*candidates, **more)
    said = json.loads((nights.output / reports.SAID).read_text("utf-8"))
    return said["made"], said["taken"]


def test_a_second_night_writes_no_page_and_no_paper(nights: Nights):
    both = examined("a", GOOD), examined("b", GOOD, low=60)
    all_parts = {"page": 2, "papers": 3, "between": 1, "map": 1}
    assert made(nights, *both) == (all_parts, {})
    page = nights.output / "candidates" / "a" / "index.html"
    first = page.read_bytes()
    assert made(nights, *both) == ({}, all_parts)
    assert page.read_bytes() == first
    assert "Datakollen gjorde rapporten" in (nights.output / "index.html").read_text("utf-8")
    assert "Datakollen gjorde sidan" in page.read_text("utf-8")  # and not in which run


def test_what_changed_is_written_anew_and_nothing_else(nights: Nights):
    made(nights, examined("a", GOOD), examined("b", GOOD, low=60))
    wrote, took = made(nights, examined("a", BAD), examined("b", GOOD, low=60))
    assert wrote == {"page": 1, "papers": 2, "between": 1}
    assert took == {"page": 1, "papers": 1, "map": 1}
    wrote, _ = made(nights, examined("a", BAD, low=70), examined("b", GOOD, low=60))
    assert wrote == {"page": 2, "papers": 3, "between": 1}  # they have changed places


def test_what_failed_is_never_kept(nights: Nights):
    for _ in range(2):
        wrote, took = made(nights, examined("a", GOOD), broken("b"))
    assert wrote == {"page": 1, "papers": 2, "between": 1}
    assert took == {"page": 1, "papers": 1, "map": 1}  # which tells of entries alone


def test_nothing_is_taken_where_all_is_to_be_made_anew(nights: Nights):
    made(nights, examined("a", GOOD))
    wrote, took = made(nights, examined("a", GOOD), anew=True)
    assert wrote == {"page": 1, "papers": 2, "between": 1, "map": 1} and took == {}


@pytest.fixture
def part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., bool]:
    """``part(parts, rests_on)``: whether the file of one part had to be made."""
    monkeypatch.setattr(keeping, "_code", lambda: "code")
    (tmp_path / "report").mkdir()

    def one(kept: KeptParts, rests_on: Any, folder: Path = tmp_path / "made") -> bool:
        folder.mkdir(exist_ok=True)
        file = folder / "page.html"
        file.unlink(missing_ok=True)
        found = kept.made("page", rests_on, folder, lambda: file.write_text("whole", "utf-8"))
        assert file.read_text("utf-8") == "whole"
        return found

    return one


def parts_of(home: Path, **more: Any) -> KeptParts:
    return KeptParts(Store(home / "kept"), home / "report", "sv", **more)


def test_a_damaged_part_is_made_anew_and_told(tmp_path: Path, part: Callable[..., bool]):
    assert part(parts_of(tmp_path), ["x"]) and not part(parts_of(tmp_path), ["x"])
    (file,) = (tmp_path / "kept").rglob("page.html")
    for damage in (lambda: file.write_text("half"), file.unlink):
        damage()
        kept = parts_of(tmp_path)
        assert part(kept, ["x"]) and len(kept.damaged) == 1
    file.with_name(keeping.MADE).unlink()  # killed while it was kept
    assert part(parts_of(tmp_path), ["x"]) and not part(parts_of(tmp_path), ["x"])


def test_what_no_run_needs_is_removed(tmp_path: Path, part: Callable[..., bool]):
    """By a run that comes to its end; what was made for a report that is gone, by any."""
    first = parts_of(tmp_path)
    assert part(first, ["x"]) and part(first, ["y"])
    gone = KeptParts(Store(tmp_path / "kept"), tmp_path / "gone", "sv")
    part(gone, ["x"])
    interrupted = parts_of(tmp_path)
    assert not part(interrupted, ["x"])
    last = parts_of(tmp_path)
    assert not part(last, ["y"])  # the interrupted one left it
    last.done()
    assert not gone.folder.exists()
    again = parts_of(tmp_path)
    assert not part(again, ["y"]) and part(again, ["x"])


def test_other_code_other_language_and_no_room_make_it_anew(
    tmp_path: Path, part: Callable[..., bool], monkeypatch: pytest.MonkeyPatch
):
    part(parts_of(tmp_path), ["x"])
    assert part(KeptParts(Store(tmp_path / "kept"), tmp_path / "report", "en"), ["x"])
    assert not part(parts_of(tmp_path), ["x"])
    with monkeypatch.context() as patch:
        patch.setattr(keeping, "_code", lambda: "other")
        assert part(parts_of(tmp_path), ["x"])
    kept = parts_of(tmp_path)

    def full(_: Path) -> None:
        raise OSError(28, "")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", lambda self, **_: full(self) if "kept" in str(self) else None)
        assert part(kept, ["z"])  # the report has it all the same
    assert part(kept, ["z"])


class Seen:
    """Something of which it is noted what is read."""

    def __init__(self, real: Any, read: set[str], **instead: Any) -> None:
        self._real, self._read, self._instead = real, read, instead

    def __getattr__(self, name: str) -> Any:
        self._read.add(name)
        return self._instead[name] if name in self._instead else getattr(self._real, name)


def test_pages_and_papers_of_one_read_nothing_that_they_do_not_rest_on(
    sample_run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Of the region and of other candidates; of the candidate itself all is in the key."""
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(sample_run.snapshots))
    whole = region.compute(paths.catalogue())
    of_region: set[str] = set()
    of_others: set[str] = set()
    others = {one.entry.id: Seen(one, of_others) for one in whole.candidates}
    kinds = {one.kind: one for one in whole.candidates}
    assert len(kinds) > 3
    for one in kinds.values():
        beside = [one if id == one.entry.id else other for id, other in others.items()]
        seen: Any = Seen(whole, of_region, candidates=beside)
        templates = pages.environment("sv")
        pages._write_candidate(one, seen, tmp_path / one.entry.id, templates, "sv")
        paper_files.write_one(one, seen, tmp_path / one.entry.id, "sv")
    assert of_region and of_region <= set(parts.SHOWN_OF_REGION)
    assert of_others and of_others <= set(parts.SHOWN_OF_OTHERS)
