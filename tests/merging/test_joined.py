"""A merge with what people have decided in it: rows that are one object, the file that asks for the
rest, what only the whole shows, and nothing of what is masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.merging.making import ART, Made, rows, works

from helpers.filling_in.merging import decisions, identity, looking_whole
from helpers.filling_in.merging.table import Merged
from helpers.reporting.papers import together
from helpers.running import merging_same
from helpers.words.errors import ConfigurationError
from helpers.words.messages import LANGUAGES

LEFT, RIGHT = "karlshamn", "olofstrom"
BOTH = """pairs:
- type: offentlig_konst
  objects: [{organisation: karlshamn, id: A1}, {organisation: olofstrom, id: B1}]
  decision: %s
  keep: %s
  by: kultursamordnare
  date: 2026-11-30
"""


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    """Two lists of two works each, of which the first of each stands in one place by one artist."""
    made = Made(tmp_path)
    yield made
    made.store.forget_tables()


def two(made: Made, right: str = works("B1", "B2")) -> Merged:
    return made.merged(made.parts({LEFT: works("A1", "A2"), RIGHT: right}))


def review(merged: Merged, text: str = "") -> identity.Reviewed:
    return identity.review(merged, decisions.parsed(text) if text else decisions.Decisions())


@pytest.mark.slow
def test_undecided_pairs_are_shown_and_both_rows_stay(made: Made):
    merged = two(made)
    found = review(merged)
    assert [(pair.left.id, pair.right.id) for pair in found.found.pairs] == [
        ("A1", "B1"),
        ("A2", "B2"),
    ]
    assert found.same == {} and merged.rows == 4


def test_decided_pairs_are_one_row_whose_values_the_yaml_names(made: Made):
    parts = made.parts({LEFT: works("A1", "A2"), RIGHT: works("B1", "B2", material="Brons")})
    found = review(made.merged(parts), BOTH % ("same", RIGHT))
    assert found.same == {(f"{LEFT}-data", 2): (f"{RIGHT}-data", 2)}
    merged = made.merged(parts, same=found.same)
    table, origin, _ = made.written(merged)
    assert [row["id"] for row in rows(table)] == ["A2", "B1", "B2"]
    trace = {row["Id i filen"]: row for row in rows(origin, ";")}
    assert trace["A1"]["Raden som står för den"] == "B1" and trace["A1"]["Rad"] == ""
    assert [pair.left.id for pair in found.found.pairs] == ["A2"]


@pytest.mark.slow
def test_what_is_different_is_not_asked_again(made: Made):
    found = review(two(made), (BOTH % ("different", LEFT)))
    assert [pair.left.id for pair in found.found.pairs] == ["A2"] and found.same == {}


@pytest.mark.slow
def test_a_row_that_moved_in_its_file_keeps_its_decision(made: Made):
    found = review(two(made, works("B9", "B1")), BOTH % ("same", LEFT))
    assert found.same == {(f"{RIGHT}-data", 3): (f"{LEFT}-data", 2)}


@pytest.mark.slow
def test_a_decision_whose_row_is_gone_is_told_in_words(made: Made):
    found = review(two(made, works("B7", "B2")), BOTH % ("same", LEFT))
    assert found.same == {} and len(found.standing.gone) == 1
    for language in LANGUAGES:
        said = " ".join(together.decided(found, language))
        assert "B1" in said and "Olofström" in said


def test_an_id_that_somebody_wrote_a_person_into_is_not_shown(made: Made):
    text = (BOTH % ("same", LEFT)).replace("id: B1", "id: Anna Andersson 121212-1212")
    said = " ".join(together.decided(review(two(made), text), "sv"))
    assert "Olofströms kommun" in said and "Andersson" not in said and "1212" not in said


def test_persons_are_in_neither_paper_nor_file(made: Made):
    portrait = ("Verk 0", "Porträtt av Anna Andersson")
    left, right = (works(*ids, owner="Anna Andersson") for ids in (("A1", "A2"), ("B1", "B2")))
    texts = {LEFT: left.replace(*portrait), RIGHT: right.replace(*portrait)}
    merged = made.merged(made.parts(texts))
    found = review(merged)
    whole = looking_whole.look(merged)
    said = str(together.blocks(found, whole, {}, "sv")) + str(found.found)
    assert "A1" in said and "Andersson" not in said


def test_the_proposal_lies_beside_the_result_and_what_people_wrote_there_stays(made: Made):
    catalogue, folder = made.folder / "catalogue", made.folder / "result"
    catalogue.mkdir()
    found = review(two(made))
    assert merging_same.propose(merging_same.deciding(catalogue, folder), found, "sv") == 2
    file = folder / decisions.FILE
    theirs = file.read_text("utf-8").replace("decision: undecided", "decision: different", 1)
    theirs = theirs.replace("  by:\n  date:\n", "  by: arkivarie\n  date: 2026-11-30\n", 1)
    file.write_text(theirs, "utf-8")
    again = merging_same.deciding(catalogue, folder)
    assert again.unplaced and not again.decided.pairs
    assert merging_same.propose(again, found, "sv") == 0 and file.read_text("utf-8") == theirs
    (catalogue / decisions.FILE).write_text(theirs, "utf-8")
    placed = merging_same.deciding(catalogue, folder)
    assert not placed.unplaced and placed.decided.pairs[0].date == dt.date(2026, 11, 30)


def test_a_file_of_decisions_that_is_wrong_stops_before_anything_is_read(made: Made):
    (made.folder / decisions.FILE).write_text("pairs:\n- type: konst\n", "utf-8")
    with pytest.raises(ConfigurationError) as refused:
        merging_same.deciding(made.folder, made.folder / "result")
    assert "same_objects.yaml:2" in refused.value.text("sv")


@pytest.mark.slow
def test_rows_that_are_no_objects_are_not_asked_about(made: Made):
    (made.folder / "invoices").mkdir()
    invoices = Made(made.folder / "invoices", "leverantorsfakturor")
    text = "leverantor;leverantor_id;belopp;datum;verifikationsnummer\nBygg AB;5560125790;10;2025-01-02;V1\n"
    parts = invoices.parts({LEFT: text, RIGHT: text})
    found = review(invoices.merged(parts))
    assert not found.asked and together.blocks(
        found, looking_whole.look(invoices.merged(parts)), {}, "sv"
    )


@pytest.mark.slow
def test_the_whole_is_told_in_both_languages(made: Made):
    far = works("B1", "B2", place=59.0)
    whole = looking_whole.look(two(made, far))
    assert whole.outside and whole.outside[0].organisation == RIGHT
    for language in LANGUAGES:
        said = " ".join(together.whole_lines(whole, ART, {}, language))
        assert "Olofströms kommun" in said
