"""Columns that were renamed, moved, added or lost since the delivery before are told; so is that
they were compared, and a name that is nearly a field's."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.checking import drift
from helpers.declared import specifications
from helpers.declared.catalogue import Entry
from helpers.reporting.drifted import sentences
from helpers.running import single
from helpers.running.opening import Opened
from helpers.running.store import Store

BEFORE = "id;namn;Service division label;yta\n1;a;b;5\n"
AFTER = "id;Service divison label;namn;ort\n1;b;a;x\n"


def test_each_kind_of_change_is_told_once():
    before, after = (text.splitlines()[0].split(";") for text in (BEFORE, AFTER))
    said = drift.compare({"": before}, {"": after}, file="x.csv")
    assert said.renamed == [("Service division label", "Service divison label")]
    assert (said.moved, said.new, said.lost) == (["namn"], ["ort"], ["yta"])


@pytest.mark.parametrize(
    ("before", "after"), [("antal_2023", "antal_2024"), ("ort", "orter"), ("namn", "adress")]
)
def test_another_year_or_another_word_is_no_new_spelling(before: str, after: str):
    said = drift.compare({"": [before]}, {"": [after]}, file="x.csv")
    assert (said.renamed, said.new, said.lost) == ([], [after], [before])


@given(st.lists(st.text("abcdefåäö", min_size=1, max_size=9), unique=True, min_size=2), st.data())
@settings(max_examples=40, deadline=None)
def test_one_column_that_is_moved_is_one_that_has_moved(names: list[str], data: st.DataObject):
    assert not drift.compare({"": names}, {"": names}, file="x.csv").changed
    name = data.draw(st.sampled_from(names))
    rest = [other for other in names if other != name]
    place = data.draw(st.integers(0, len(rest)))
    after = [*rest[:place], name, *rest[place:]]
    said = drift.compare({"": names}, {"": after}, file="x.csv")
    assert len(said.moved) == (after != names) and not (said.new or said.lost or said.renamed)


def test_a_table_beside_the_main_one_is_named():
    said = drift.compare({"": ["a"], "stops": ["stop_id"]}, {"": ["a"], "stops": []}, file="x.zip")
    assert said.lost == ["stops/stop_id"]


@pytest.mark.parametrize("given_file", [BEFORE, AFTER])
def test_check_tells_that_it_compared_also_where_nothing_changed(tmp_path: Path, given_file: str):
    before, after = tmp_path / "då.csv", tmp_path / "nu.csv"
    before.write_text(given_file, "utf-8")
    after.write_text(AFTER, "utf-8")
    checked, _ = single.check_file(after, before=before)
    assert checked["drift"]["before"] == "då.csv"
    said = sentences(checked["drift"], "sv")
    assert "då.csv" in said[0] and len(said) == (5 if given_file == BEFORE else 1)
    assert "drift" not in single.check_file(after)[0]


def test_runs_keep_the_names_of_the_delivery_before(tmp_path: Path):
    file, store = tmp_path / "bad.csv", Store(tmp_path / "store")
    entry = Entry(id="bad", title="Bad", type="annan", organisation="karlskrona")

    def opened(text: str, day: int) -> drift.Drift:
        file.write_text(text, "utf-8")
        return Opened(file, entry=entry, store=store, today=dt.date(2026, 11, day)).drift

    assert not opened(BEFORE, 1).compared
    assert not opened(BEFORE, 2).compared
    said = opened(AFTER, 3)
    assert (said.since, said.lost) == ("2026-11-01", ["yta"])
    assert opened(AFTER, 4) == said


def test_a_column_that_is_nearly_called_as_a_missing_field_is_asked_about():
    specification = specifications.load("platsinformation", "badplats")
    field = next(field for field in specification.fields if len(field.header) > 7)
    slip = field.header[:3] + field.header[4:]
    fields = specifications.match([slip], specification)
    assert drift.misspelt([slip], fields, specification) == {slip: field.header}
    both = {field.name: field.header}
    assert drift.misspelt([field.header, slip], both, specification).get(slip) != field.header
