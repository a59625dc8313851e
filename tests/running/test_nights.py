"""Night after night: what a failed candidate keeps, what history holds and survives."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helpers.advising import nights as runs
from helpers.advising.over_runs import over_runs
from helpers.reporting import paper_files
from helpers.running import pipeline, reproducing
from helpers.running.nights import earlier, health, history, notices
from helpers.running.store import Store
from helpers.words.errors import ConfigurationError
from helpers.words.files import reports
from helpers.words.files.replacing import Replacement

from . import dying
from .nights import BAD, GOOD, Nights, broken, by_id, candidate, finding, said


def test_a_candidate_that_fails_keeps_its_page_and_its_place(region: Nights):
    region.run(candidate("a", GOOD), candidate("b", GOOD, low=60))
    page = region.output / "candidates" / "b" / "index.html"
    before, made = page.read_text("utf-8"), said(region.output, "run.json")["finished"]
    for _ in range(2):  # the second night too, with the first one's date
        found = region.run(candidate("a", BAD), broken("b"))
        assert [one["exit_code"] for one in found.failures] == [3]
        kept = by_id(region.output)["b"]
        assert (kept["rank"], kept["kept_from"], kept["gate"]["verdict"]) == (1, made, "fri")
        assert kept["failures"][0]["stage"] == "reading"
        (note,) = re.findall(r'<p class="note kept">.*?</p>', page.read_text("utf-8"))
        assert "gick inte att granska" in note and "Filen finns inte." in note
        assert page.read_text("utf-8").replace(note, "") == before
        assert "gick inte att granska i den senaste" in (region.output / "index.html").read_text()
    region.run(candidate("a", BAD), candidate("b", GOOD, low=60))
    assert by_id(region.output)["b"]["kept_from"] is None
    assert "note kept" not in page.read_text("utf-8")


def test_what_somebody_edited_is_not_kept(region: Nights):
    region.run(candidate("a", GOOD), candidate("b", GOOD))
    results = region.output / "results.json"
    results.write_text(results.read_text("utf-8").replace("fri", "stopp"), "utf-8")
    region.run(candidate("a", GOOD), broken("b"), overwrite=True)
    assert by_id(region.output)["b"]["gate"] is None


def test_findings_are_new_mended_or_still_there_by_their_ids():
    day = "2026-11-01"
    first = runs.state(candidate("a", GOOD), None, day)
    then = runs.state(candidate("a", [*BAD, finding("id_date", 1)]), first, "2026-11-02")
    moves = runs.moves(first, then)
    assert (moves.new, moves.fixed) == (("id_unique\x1f\x1fid",), ("id_filled\x1f\x1fid",))
    assert moves.other == ("id_date\x1f\x1fid",)  # nobody asked before
    last = runs.state(candidate("a", BAD), then, "2026-11-03")
    assert runs.moves(then, last).persisting == ("id_unique\x1f\x1fid",)
    assert last.rules["id_unique\x1f\x1fid"].since == "2026-11-02"
    changed = runs.state(candidate("a", [finding("id_filled", 1, version=2)]), then, day)
    assert runs.moves(then, changed).other == ("id_filled\x1f\x1fid",)  # it means something else


def test_a_night_that_could_not_look_mends_nothing():
    bad = runs.state(candidate("a", BAD), None, "2026-11-01")
    failed = runs.state(broken("a"), bad, "2026-11-02")
    assert failed.status == "failed" and runs.moves(bad, failed) == runs.Moves()
    again = runs.state(candidate("a", BAD), failed, "2026-11-03")
    assert runs.moves(failed, again).persisting and not runs.moves(failed, again).new


def test_history_comes_back_as_it_was_added(region: Nights):
    region.run(candidate("a", GOOD), candidate("b", GOOD, low=60))
    region.run(candidate("a", BAD, low=70), broken("b"))
    region.run(candidate("a", BAD, "stopp"))  # b has left the catalogue
    (file,) = region.files
    found = history.History(file.parent)
    assert [one.number for one in found.nights] == [1, 2, 3] and not found.damaged
    assert [one.first for one in found.nights] == ["b", "a", None]
    assert [one.failed for one in found.nights] == [[], ["b"], []]
    last = found.nights[-1]
    assert list(last.states) == ["a"] and last.states["a"].verdict == "stopp"
    assert oct(file.stat().st_mode)[-3:] == "600" or os.name == "nt"
    page = (region.output / "history.html").read_text("utf-8")
    assert "Det har gjorts 3 körningar" in page and 'href="history.html"' in (
        region.output / "index.html"
    ).read_text("utf-8")
    assert page.count('role="img"') == 1 and "stoppad" in page


@pytest.mark.parametrize("point", dying.POINTS)
def test_the_points_at_which_a_run_is_killed_are_there(point: str):
    """The proof that kills runs is a long one: what it takes hold of may have moved meanwhile."""
    place, name, _ = dying.POINTS[point]
    assert callable(getattr(dying.found(place), name))


def test_the_picture_of_few_runs_stands_beside_their_dates(region: Nights):
    region.run(candidate("a", GOOD))
    page = (region.output / "history.html").read_text("utf-8")
    (strip,) = re.findall(r'<svg class="nights".*?</svg>', page, re.DOTALL)
    assert re.findall(r'<rect x="(\d+)"', strip) == ["0"]
    assert len(re.findall(r"\d\d:\d\d</span>", page)) == 1  # one run, one date
    region.run(candidate("a", GOOD))
    page = (region.output / "history.html").read_text("utf-8")
    assert re.search(r"\d\d:\d\d</span> – <span>", page)


def test_a_damaged_history_is_set_aside_and_named_and_the_run_goes_on(region: Nights):
    for _ in range(3):
        region.run(candidate("a", GOOD))
    (file,) = region.files
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join([lines[0], lines[1].replace(":2,", ":5,"), lines[2][:50]]), "utf-8")
    damaged = file.read_bytes()
    region.run(candidate("a", BAD))
    name = f"damaged-1-{file.name}"
    assert ("history_damaged", {"count": 1, "files": name}) in region.said
    assert (file.parent / name).read_bytes() == damaged
    # the sound first run, the last one from the report that stands, and this one
    found = history.History(file.parent)
    assert [one.number for one in found.nights] == [1, 3, 4] and not found.damaged


def test_a_run_killed_before_history_is_written_down_by_the_next(region: Nights):
    region.run(candidate("a", GOOD))
    (file,) = region.files
    before = file.read_bytes()
    region.run(candidate("a", BAD))
    file.write_bytes(before)  # as if it had been killed once the report was in its place
    region.run(candidate("a", BAD))
    assert [one.number for one in history.History(file.parent).nights] == [1, 2, 3]


def test_a_clock_set_back_changes_no_order(region: Nights):
    folder = region.home / "past"
    past = history.History(folder)
    state = {"a": runs.state(candidate("a", GOOD), None, "2027-01-01")}
    for number, day in enumerate(("2026-12-31", "2027-01-01", "2026-12-30"), 1):
        moment = f"{day}T02:15:00+01:00"
        past.add(runs.Night(str(number), moment, moment, 0, state, ("a",), number))
    assert sorted(file.name for file in folder.iterdir()) == ["2026.jsonl.gz", "2027.jsonl"]
    assert [one.id for one in history.History(folder).nights] == ["1", "2", "3"]


def test_a_run_of_some_leaves_the_others_as_they_were(region: Nights):
    region.run(candidate("a", GOOD), candidate("b", GOOD, low=60))
    before = history.History(region.files[0].parent).last
    assert before is not None
    found = region.run(candidate("a", GOOD))
    some = replace(found, run=found.run | {"candidates": ["a"]})
    after = runs.night(some, "x", "2026-11-29", 0, before)
    assert (after.states["b"], after.states["a"].rank, after.seen) == (
        before.states["b"],
        2,
        ("a",),
    )


@pytest.mark.slow
def test_nights_stay_small(tmp_path: Path):
    """Twenty candidates of forty rules, five of which change in each every night."""
    past, before = history.History(tmp_path), None
    day = dt.datetime(2026, 1, 1, 2, 15)
    for number in range(90):
        states = {}
        for one in range(20):
            rules = [
                finding(f"rule_{rule}", (number if rule < 5 else rule) % 10) for rule in range(40)
            ]
            earlier = before.states.get(str(one)) if before else None
            made = runs.state(candidate("a", rules), earlier, day.date().isoformat())
            states[str(one)] = replace(made, rank=one + 1)
        before = runs.Night(
            str(number), day.isoformat(), day.isoformat(), 0, states, tuple(states), number + 1
        )
        past.add(before)
        day += dt.timedelta(days=1)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 700_000
    assert history.History(tmp_path).last == before


def test_a_status_holds_since_it_came(region: Nights):
    first = runs.state(candidate("a", GOOD), None, "2026-01-01")
    then = runs.state(candidate("a", BAD), first, "2026-03-01")
    last = runs.state(candidate("a", BAD, "stopp"), then, "2026-11-29")
    assert (then.since, last.since) == ("2026-01-01", "2026-11-29")


def test_a_name_of_a_column_breaks_no_line_of_history(tmp_path: Path):
    rule = replace(finding("id_unique", 1), column="Å\u2028b\x85\n\ud800")
    state = {"a": runs.state(candidate("a", [rule]), None, "2026-11-29")}
    night = runs.Night("x", "2026-11-29T02:15:00", "2026-11-29T02:16:00", 0, state, ("a",))
    history.History(tmp_path).add(night)
    found = history.History(tmp_path)
    assert found.last == night and not found.damaged


@pytest.mark.slow
@pytest.mark.usefixtures("in_this_process")
def test_a_region_that_is_read_keeps_its_place_and_comes_out_the_same(tmp_path: Path):
    """All of it as the command has it: two files, of which one is gone the second night."""
    catalogue = tmp_path / "catalogue"
    catalogue.mkdir()
    for name in ("a", "b"):
        cells = "".join(f"{n};Lekplats {n};56,{n + 10};14,86\n" for n in range(30))
        (tmp_path / f"{name}.csv").write_text(f"id;name;latitude;longitude\n{cells}", "utf-8")
        (catalogue / f"{name}.yaml").write_text(
            f"id: {name}\ntitle: {name}\ntype: platsinformation\norganisation: karlshamn\n"
            f"source:\n  path: ../{name}.csv\n",
            "utf-8",
        )
    output = tmp_path / "report"
    asked: dict[str, Any] = {
        "catalogue": catalogue,
        "output": output,
        "language": "sv",
        "jobs": 1,
        "with_notebooks": False,
    }
    pipeline.run([], **asked)

    def again() -> reproducing.Reproduced:
        file = output / "run.json"
        return reproducing.reproduce(file, catalogue, jobs=1, report=lambda *_: None)

    found = again()
    assert (found.same, found.different, found.why) == (2, {}, {})
    place = by_id(output)["b"]["rank"]
    papers = sorted(file.name for file in (output / "papers" / "b").iterdir())
    (tmp_path / "b.csv").unlink()
    pipeline.run([], **asked)
    kept = by_id(output)["b"]
    assert kept["rank"] == place and kept["kept_from"]
    assert sorted(file.name for file in (output / "papers" / "b").iterdir()) == papers
    assert (output / "candidates" / "b" / "index.html").read_text("utf-8").count("note kept") == 1
    with (tmp_path / "a.csv").open("a", encoding="utf-8") as stream:
        stream.write("1;Lekplats;56,1;14,8\n")
    found = again()
    assert "findings" in found.different["a"] and found.why["inputs"] == ["a"]
    assert found.why["kept"] == ["b"]


def die(*_: Any, **__: Any) -> None:
    """As a process that is killed: nothing is tidied up."""
    os._exit(9)


KILLED = {
    "while it computes": (pipeline, "_computed"),
    "in the middle of the pages": (paper_files, "write_all"),
    "before it is whole": (pipeline, "_note"),
    "once it is in its place": (Replacement, "_discard"),
    "during history": (history.History, "add"),
    "during notices": (notices.Outbox, "send"),
}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is copied to be killed")
@pytest.mark.parametrize("point", KILLED)
def test_a_killed_run_leaves_a_whole_report_and_the_next_is_undisturbed(
    region: Nights, point: str, monkeypatch: pytest.MonkeyPatch
):
    region.run(candidate("a", GOOD))
    before = reports.checksums(region.output)
    pid = os.fork()
    if pid == 0:
        monkeypatch.setattr(*KILLED[point], die)
        region.run(candidate("a", BAD))
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9
    told = health.look(region.output)
    assert told is not None and told.killed and told.state == "failed"
    standing = said(region.output, "run.json")
    assert reports.checksums(region.output) == standing["files"]
    put = point in ("once it is in its place", "during history", "during notices")
    assert (standing["files"] == before) is not put
    region.run(candidate("a", BAD))
    assert [one.failures for one in region.run(candidate("a", BAD)).candidates] == [[]]
    numbers = [one.number for one in history.History(region.files[0].parent).nights]
    assert numbers == list(range(1, 4 + put))
    names = sorted(one.name for one in region.home.iterdir())
    assert names == ["catalogue", "report", "report.health.json", "snapshots"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_full_or_read_only_disk_leaves_the_report_as_it_was(
    region: Nights, number: int, monkeypatch: pytest.MonkeyPatch
):
    region.run(candidate("a", GOOD))
    before = reports.checksums(region.output)

    def full(*_: Any) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(paper_files, "write_all", full)
    with pytest.raises(OSError):
        region.run(candidate("a", BAD))
    assert reports.checksums(region.output) == before
    failed = health.read(region.output)
    assert failed is not None and failed.state == "failed" and not failed.killed
    assert len(history.History(region.files[0].parent).nights) == 1


def test_a_column_that_names_somebody_is_not_named_in_a_run(region: Nights):
    """``run.json`` lies in the report, which others read."""
    name = "Handläggare Anna Andersson"
    two = [replace(finding("id_filled", 1), column=f"{name} {number}") for number in (1, 2)]
    region.run(candidate("a", two))
    night = said(region.output, "run.json")["night"]
    assert len(night["states"]["a"]["rules"]) == 2
    assert "Andersson" not in json.dumps(night, ensure_ascii=False)
    assert "Andersson" not in region.files[0].read_text("utf-8")


def test_a_wrong_catalogue_is_a_failed_night_but_no_first_one(
    region: Nights, monkeypatch: pytest.MonkeyPatch
):
    def wrong(*_: Any) -> None:
        raise ConfigurationError("running.empty_catalogue", {"folder": "x"})

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "_computed", wrong)
        with pytest.raises(ConfigurationError):
            region.run(candidate("a", GOOD))
        assert health.read(region.output) is None
    region.run(candidate("a", GOOD))
    monkeypatch.setattr(pipeline, "_computed", wrong)
    with pytest.raises(ConfigurationError):
        region.run(candidate("a", GOOD))
    failed = health.read(region.output)
    assert failed is not None and (failed.state, failed.exit_code) == ("failed", 2)


def test_whoever_opens_a_candidate_is_told_what_earlier_runs_counted(region: Nights):
    assert earlier.runs(Store(), region.catalogue) == []
    region.run(candidate("a", GOOD))
    region.run(candidate("a", BAD))
    past = earlier.runs(Store(), region.catalogue)
    assert [night.number for night in past] == [1, 2]
    mended = [finding("id_unique", 1), finding("id_filled", 0)]
    found = over_runs("a", past, mended, "")
    assert dict(found.rules) == {
        "id_filled\x1f\x1fid": (2, 0, 0),
        "id_unique\x1f\x1fid": (0, 3, 1),
    }
    assert found.days == ("", past[1].day, "")
