"""Which rows and cells come along: none is lost, none is there twice, and what is marked where it lies
is masked wherever it goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.merging.making import Made, origins, rows, works

from helpers.filling_in.merging.masking import MASK

NUMBER = "19121212-1212"  # an official test number of Skatteverket


def test_a_correction_reaches_the_rows_of_its_organisation_only(tmp_path: Path):
    made = Made(tmp_path)
    texts = {"karlshamn": works("A", "B"), "olofstrom": works("B"), "solvesborg": works("C")}
    before, _, _ = made.written(made.merged(made.parts(texts)))
    texts["olofstrom"] = works("B").replace("Verk 0", "Rättat verk") + "D;Nytt verk;X;56.3;14.9\n"
    after, _, _ = made.written(made.merged(made.parts(texts)))
    old, new = rows(before), rows(after)
    others = [row for row in new if row["source"] != "1060"]
    assert others == [row for row in old if row["source"] != "1060"]
    assert [row["name"] for row in new if row["source"] == "1060"] == ["Rättat verk", "Nytt verk"]


@pytest.mark.slow
def test_a_column_that_the_specification_has_not_is_told_and_not_carried(tmp_path: Path):
    made = Made(tmp_path)
    parts = made.parts({"karlshamn": works("A", intern_kod="hemligt"), "olofstrom": works("B")})
    table, origin, told = made.written(made.merged(parts))
    assert [one.name for one in told.parts[0].part.converted.others] == ["intern_kod"]
    assert "hemligt" not in table.read_text("utf-8") + origin.read_text("utf-8")


@pytest.mark.slow
def test_what_is_marked_is_masked_though_a_decision_let_it_out(tmp_path: Path):
    made = Made(tmp_path)
    text = works("A", "B").replace("Verk 1", f"Ägs av {NUMBER}")
    decided = {"role": "Nämnden", "date": "2026-01-01", "registry_number": "1", "columns": []}
    part = made.part("karlshamn", text, decision=decided)
    table, origin, told = made.written(made.merged([part, made.part("olofstrom", works("C"))]))
    said = table.read_text("utf-8") + origin.read_text("utf-8")
    assert "121212" not in said and len(rows(table)) == 3
    assert MASK in {row["name"] for row in rows(table)} and told.parts[0].part.masked


def test_an_id_that_is_a_persons_is_masked_in_the_file_of_origins_too(tmp_path: Path):
    made = Made(tmp_path)
    parts = made.parts({"karlshamn": works("A", NUMBER, "B"), "olofstrom": works("C")})
    table, origin, told = made.written(made.merged(parts))
    assert "121212" not in table.read_text("utf-8") + origin.read_text("utf-8")
    assert told.parts[0].without.count >= 1


@pytest.mark.slow
def test_rows_of_small_groups_are_left_out_by_number(tmp_path: Path):
    made = Made(tmp_path)
    text = works(*(f"K{i}" for i in range(20)), placement="utomhus")
    lines = text.splitlines()
    lines[3] = lines[3].replace("utomhus", "inomhus")
    small = {"quasi_identifiers": ["placement"], "k": 5}
    part = made.part("karlshamn", "\n".join(lines) + "\n", disclosure=small)
    merged = made.merged([part, made.part("olofstrom", works("C"))])
    _, origin, told = made.written(merged)
    assert told.parts[0].left["masked"].rows == (4,) and merged.rows == 20
    left = [one for one in origins(origin) if one["Varför raden inte är med"]]
    assert [(one["Rad i filen"], one["Id i filen"]) for one in left] == [("4", "")]
    assert part.together == ("placement",) and part.k == 5


def test_rows_that_people_decided_are_the_same_are_one(tmp_path: Path):
    made = Made(tmp_path)
    parts = made.parts({"karlshamn": works("A", "B"), "olofstrom": works("B", "C")})
    same = {
        ("olofstrom-data", 2): ("karlshamn-data", 3),
        ("olofstrom-data", 99): ("karlshamn-data", 2),
    }
    merged = made.merged(parts, same=same)
    _, origin, told = made.written(merged)
    assert (merged.rows, merged.left, merged.unknown_same) == (3, 1, 1)
    assert told.parts[1].left["same"].rows == (2,)
    left = next(one for one in origins(origin) if not one["Rad"])
    assert (left["Id i filen"], left["Raden som står för den"]) == ("B", "B")
    with pytest.raises(ValueError, match="each other"):
        made.merged(parts, same={("a", 1): ("b", 1), ("b", 1): ("a", 1)})


def test_one_candidate_is_not_merged_twice(tmp_path: Path):
    made = Made(tmp_path)
    part = made.part("karlshamn", works("A"))
    with pytest.raises(ValueError, match="more than once"):
        made.merged([part, part])


@pytest.mark.slow
def test_units_and_codes_become_one(tmp_path: Path):
    made = Made(tmp_path, "bredband", "matningar")
    head = "measured_at;kommunkod;technology;operator;{}\n"
    mbit = head.format("download_mbit") + "2026-01-01;1082;fiber;A;60,3\n" * 20
    kbit = head.format("download_kbit") + "2026-01-02;1060;Fiber;B;60300\n" * 20
    merged = made.merged(made.parts({"karlshamn": mbit, "olofstrom": kbit}))
    frame = merged.frame()
    assert set(frame["download_mbit"]) == {"60.3"} and len(frame) == 40
    assert set(frame["technology"]) == {"fiber"}
