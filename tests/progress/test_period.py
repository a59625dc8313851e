"""What was found and mended in a period: runs held against each other, from history as it is kept."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.advising.progress import period
from helpers.advising.progress.period import Moved, Past
from helpers.advising.results import Candidate
from helpers.running.nights.history import History

from .made import candidate, day, finding, runs

AUTUMN = (day("2026-09-01"), day("2026-11-30"))


def moved(*given: tuple[str, dict[str, int]]) -> Moved:
    """What became of one candidate's findings: day -> rows that fail by rule."""
    past = runs(
        *(
            (when, [candidate("a", *(finding(rule, rows) for rule, rows in failing.items()))])
            for when, failing in given
        )
    )
    (found,) = period.moved(period.past(past, *AUTUMN))
    return found


def test_new_mended_and_left_are_told_apart():
    one = moved(
        ("2026-08-20", {"x": 2, "y": 1, "z": 0}),
        ("2026-09-20", {"x": 2, "y": 0, "z": 3}),
    )
    assert (one.found, one.mended, one.persisting, one.remain) == (1, 1, 1, 2)
    assert one.critical == 2


def test_what_came_and_went_between_two_runs_was_found_and_mended():
    one = moved(("2026-08-20", {"x": 0}), ("2026-09-20", {"x": 4}), ("2026-10-20", {"x": 0}))
    assert (one.passing, one.found, one.mended, one.remain) == (1, 1, 1, 0)


def test_all_that_the_first_look_sees_is_found_in_the_period():
    one = moved(("2026-09-20", {"x": 4, "y": 2}), ("2026-10-20", {"x": 0, "y": 2}))
    assert (one.first_look, one.found, one.mended) == (2, 2, 1)
    assert (one.before, one.persisting, one.remain) == (0, 0, 1)


def test_a_rule_that_means_something_else_is_neither_found_nor_mended():
    past = runs(
        ("2026-08-20", [candidate("a", finding("x", 3))]),
        ("2026-09-20", [candidate("a", finding("x", 0, version=2), finding("new", 1))]),
    )
    (one,) = period.moved(period.past(past, *AUTUMN))
    assert (one.found, one.mended, one.other, one.gone, one.remain) == (0, 0, 1, 1, 1)


def test_what_comes_after_the_period_is_not_in_it():
    past = runs(
        ("2026-08-20", [candidate("a", finding("x", 3))]),
        ("2026-12-01", [candidate("a", finding("x", 0))]),
    )
    said = period.past(past, *AUTUMN)
    assert said.runs == 0 and period.moved(said) == [] and said.begins == "2026-08-20"


def test_who_left_the_catalogue_is_named_and_who_is_new_has_its_day():
    past = runs(
        ("2026-08-20", [candidate("a", finding("x", 0)), candidate("b", finding("x", 0))]),
        ("2026-09-02", [candidate("a", finding("x", 0)), candidate("c", source=None)]),
        ("2026-10-02", [candidate("a", finding("x", 0)), candidate("c", finding("x", 0))]),
    )
    said = period.past(past, *AUTUMN)
    assert period.left(said) == ["b"]
    assert said.first["c"] == {"known": "2026-09-02", "examined": "2026-10-02"}


failing = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2), max_size=4)


@given(st.lists(failing, min_size=2, max_size=6), st.integers(0, 3))
def test_no_finding_is_lost_or_counted_twice(nights: list[dict[str, int]], earlier: int):
    """before + first look + new + other - mended - gone = what remains."""
    days = [f"2026-08-{10 + number}" for number in range(len(nights))]
    days[earlier:] = [f"2026-09-{10 + number}" for number in range(len(nights) - earlier)]
    past = runs(
        *(
            (when, [candidate("a", *(finding(rule, rows) for rule, rows in some.items()))])
            for when, some in zip(days, nights, strict=True)
        )
    )
    said = period.past(past, *AUTUMN)
    for one in period.moved(said):
        assert (
            one.before + one.first_look + one.new + one.other - one.fixed - one.gone == one.remain
        )
        assert one.persisting <= one.before and min(one.found, one.mended, one.gone) >= 0


def kept(folder: Path) -> History:
    """History of three years, the first of them packed."""
    past = runs(
        *(
            (f"{year}-{month:02}-01", [candidate("a", finding("x", month % 3))])
            for year in (2024, 2025, 2026)
            for month in range(1, 13)
        )
    )
    history = History(folder)
    for night in past:
        history.add(night)
    return history


def test_every_run_of_every_year_comes_back_also_those_that_no_page_shows(tmp_path: Path):
    kept(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {
        "2024.jsonl.gz",
        "2025.jsonl.gz",
        "2026.jsonl",
    }
    found = list(History(tmp_path).every())
    assert [night.number for night in found] == list(range(1, 37))
    assert found[4].states["a"].open["x\x1f\x1fid"].failed == 2
    assert period.past(found, day("2024-03-01"), day("2024-05-31")).runs == 3


def test_a_damaged_year_is_set_aside_and_what_is_sound_of_it_counts(tmp_path: Path):
    kept(tmp_path)
    file = tmp_path / "2024.jsonl.gz"
    lines = gzip.decompress(file.read_bytes()).decode().split("\n")
    lines[6] = lines[6].replace("2024", "2034")
    file.write_bytes(gzip.compress("\n".join(lines).encode()))
    history = History(tmp_path)
    found = list(history.every())
    assert history.damaged == ["damaged-1-2024.jsonl.gz"]
    assert [night.day[:7] for night in found[:7]] == [
        *(f"2024-0{month}" for month in range(1, 7)),
        "2025-01",
    ]


def test_nothing_is_known_of_a_history_that_is_empty(tmp_path: Path):
    said = period.past(History(tmp_path).every(), *AUTUMN)
    assert said == Past() and period.moved(said) == [] and period.left(said) == []


@pytest.mark.parametrize("status", ["ideas", "failed"])
def test_a_night_that_could_not_look_finds_and_mends_nothing(status: str):
    broken = candidate("a", source=None) if status == "ideas" else _failed()
    past = runs(
        ("2026-08-20", [candidate("a", finding("x", 3))]),
        ("2026-09-20", [broken]),
    )
    found = period.moved(period.past(past, *AUTUMN))
    assert sum(one.found + one.mended for one in found) == 0
    assert [(one.failed, one.remain) for one in found] == ([] if status == "ideas" else [(True, 1)])


def _failed() -> Candidate:
    return replace(candidate("a"), gate=None)
