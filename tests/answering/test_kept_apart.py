"""No value of a marked column, no sole trader and no few people are in an answer, nor can they be
found by subtraction."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.sampling import some

from helpers.advising.answers.answer import Answer, Mark, protected
from helpers.advising.answers.questions import QUESTIONS
from helpers.advising.answers.suppliers import bundled
from helpers.declared import specifications
from helpers.reading import read
from helpers.reading.snapshot import Snapshot
from helpers.reporting.show_answers import Answers
from helpers.screening.marks import Mark as Find
from helpers.screening.marks import Risk, Screening
from helpers.words.suppression import is_small

from .conftest import Asking, Told, ask

LEGAL = [
    "5560125790",
    "5560743089",
    "5566778899",
    "2120000829",
]  # the third has a wrong check digit
ROWS = 60


def invoices(sole: int) -> pd.DataFrame:
    """Three legal persons with ten invoices each, then as many sole traders with one each."""
    rows = [
        (number, f"Bolag {i} AB", 100.0 * (i + 1), "2025-03-01")
        for i, number in enumerate((LEGAL[0], LEGAL[1], LEGAL[3]))
        for _ in range(10)
    ]
    rows += [(f"80010{i}1234"[:10], f"Hallonqvist {i}", 7.0, "2025-03-01") for i in range(sole)]
    return pd.DataFrame(rows, columns=["leverantor_id", "leverantor", "belopp", "datum"])


def test_few_sole_traders_are_told_with_others_and_many_by_themselves(asked: Asking):
    few = asked(invoices(2), "leverantorsfakturor", k=4)["invoices.suppliers"]
    assert [(mark.label, mark.code, mark.n) for mark in few.marks] == [
        ("Bolag 2 AB", "", 0),
        ("", "mixed", 4),
    ]
    assert few.marks[1].value == 10 * 100 + 10 * 200 + 2 * 7
    many = asked(invoices(4), "leverantorsfakturor", k=4)["invoices.suppliers"]
    assert [mark.code for mark in many.marks] == ["", "", "", "sole"] and many.marks[3].value == 28
    assert "Hallonqvist" not in json.dumps([few.to_json(), many.to_json()])


def test_where_names_are_marked_the_largest_are_told_together(asked: Asking, told: Told):
    find = Find("data", "leverantor", "sole_trader_name", "certain", 4, [32], "granska")
    made = asked(invoices(6), "leverantorsfakturor", screening=Screening([find]))
    answer = made["invoices.suppliers"]
    assert [(mark.code, mark.n, mark.value) for mark in answer.marks] == [
        ("largest", 3, 6000),
        ("sole", 6, 42),
    ]
    said = told(answer, "leverantorsfakturor", "sv")
    assert "Bolag" not in said and "kolumnen ”leverantor” kan innehålla personuppgifter" in said


def test_one_sole_trader_in_five_spellings_is_one(asked: Asking):
    frame = invoices(0)
    forms = ["8001011234", "800101-1234", "198001011234", "19800101-1234", " 8001011234"]
    rows = [(form, f"Hallonqvist {i}", 7.0, "2025-03-01") for i, form in enumerate(forms)]
    frame = pd.concat([frame, pd.DataFrame(rows, columns=frame.columns)])
    answer = asked(frame, "leverantorsfakturor", k=4)["invoices.suppliers"]
    assert [mark.code for mark in answer.marks] == ["mixed"] or answer.marks[-1].n >= 4
    assert "sole" not in [mark.code for mark in answer.marks]


def test_whom_subtraction_could_find_is_never_alone():
    """From the total and all that is shown, what remains is of k suppliers or of none."""
    rng = np.random.default_rng(5)
    for _ in range(400):
        k, legal, sole = (int(n) for n in rng.integers((2, 0, 0), (7, 14, 9)))
        amounts = sorted(map(float, rng.integers(1, 99, legal)), reverse=True)
        named = [Mark(f"{i}", amount, 1) for i, amount in enumerate(amounts[:10])]
        rest = (sum(amounts[10:]), len(amounts[10:]), len(amounts[10:]))
        marks = bundled(named, rest, (7.0 * sole, sole, sole), k)
        unnamed = [mark for mark in marks if mark.code]
        if not marks:
            assert legal + sole < k or not legal + sole
            continue
        assert sum(mark.value or 0 for mark in marks) == sum(amounts) + 7 * sole
        if sole:
            holding = [mark for mark in unnamed if mark.code in ("sole", "mixed")]
            assert [mark.n >= k for mark in holding] == [True]


def canaries(type: str, folder: Path) -> tuple[Snapshot, list[str]]:
    """A table with all columns of the type, each text a canary of its column's name; those
    columns."""
    type, _, variant = type.partition("/")
    fields = specifications.load(type, variant or None).fields
    known = {field.name: field.type for field in fields}
    days = [f"2025-0{1 + i % 9}-03" for i in range(ROWS)]
    special: dict[str, list[object]] = {
        name: [number + i for i in range(ROWS)]
        for name, number in {
            "belopp": 10,
            "passengers": 12,
            "download_mbit": 50,
            "year": 1999,
            "boardings": 20,
            "departures": 3,
            "quantity": 5,
            **dict.fromkeys(("serving_waste", "plate_waste", "kitchen_waste"), 2),
            "coverage_share": 20,
        }.items()
    }
    special |= {
        name: [*days]
        for name in ("datum", "updated", "measured_at", "date", "start_date", "inspection_date")
    }
    special |= {name: [f"{day} 08:00" for day in days] for name in ("start", "end")}
    special |= {"inspection_assessment": [0, 1] * 30, "inspection_type": [0, 1] * 30}
    special |= {"settlement": ["alla"] * ROWS}
    special |= {"latitude": [56.2] * ROWS, "longitude": [15.3] * ROWS}
    special |= {"valuta": ["SEK"] * ROWS, "leverantor_id": [LEGAL[0], LEGAL[1], LEGAL[3]] * 20}
    special["month"] = [day[:7] for day in days]
    columns = {
        name: special.get(name) or [f"canary{name.replace('_', '')}{i % 3}" for i in range(ROWS)]
        for name, kind in known.items()
        if name in special or kind == "text"
    }
    pd.DataFrame(columns).to_csv(folder / "data.csv", index=False, sep=";")
    return read(folder / "data.csv", folder / "snapshot"), list(columns)


def shown(snapshot: Snapshot, type: str, marked: list[str]) -> str:
    """All that the answers hold and show where these columns are marked."""
    finds = [
        Find(snapshot.main.name, name, "person_name", "certain", ROWS, [2], "stopp")
        for name in marked
    ]
    type, _, variant = type.partition("/")
    made = ask(snapshot, type, Screening(finds), variant=variant or None)
    page = Answers(list(made.values()), type, "sv")._repr_html_()
    return (json.dumps([one.to_json() for one in made.values()]) + page).casefold()


# of these the answers show counts alone, no value of a text
COUNTS = {"platsinformation/toalett", "platsinformation/utegym", "rorelsedata/hallplatser"}
TABLES = [name for name in QUESTIONS if name != "rorelsedata/gtfs"]


@pytest.mark.parametrize("type", TABLES)
def test_nothing_of_marked_columns_is_in_an_answer(type: str, tmp_path: Path):
    snapshot, names = canaries(type, tmp_path)
    assert ("canary" in shown(snapshot, type, [])) == (type not in COUNTS)  # so it would be seen
    plain = shown(snapshot, type, names)
    assert "canary" not in plain and "kan inneh" in plain


@pytest.mark.parametrize("type", some(2, TABLES))
def test_nothing_of_each_marked_column_is_in_an_answer(type: str, tmp_path: Path):
    snapshot, names = canaries(type, tmp_path)
    for name in names:
        assert f"canary{name.replace('_', '')}" not in shown(snapshot, type, [name]), name


def test_of_rows_about_people_few_are_hidden_and_so_is_what_would_tell_them(tmp_path: Path):
    kinds = ["rör"] * 30 + ["el"] * 6 + ["glas"] * 2
    frame = pd.DataFrame({"id": range(38), "name": "x", "artist": "y", "material": kinds})
    frame.to_csv(tmp_path / "data.csv", index=False, sep=";")
    snapshot = read(tmp_path / "data.csv", tmp_path / "snapshot")
    risk = Risk(snapshot.main.name, "k_anonymity", ["material"], 5, 2, 3, 1, 2, 38, 2, 0.9)
    answer = ask(snapshot, "offentlig_konst", Screening([], [risk]))["art.materials"]
    assert [mark.rows for mark in answer.marks] == [30, None, None]
    page = Answers([answer], "offentlig_konst", "sv")._repr_html_()
    assert page.count("stroke-dasharray") == 2 and "visas inte (..)" in page


def test_what_is_hidden_cannot_be_found_from_the_total():
    rng = np.random.default_rng(3)
    for _ in range(300):
        counts = [int(n) for n in rng.integers(0, 12, int(rng.integers(1, 8)))]
        marks = protected([Mark(str(i), n, n) for i, n in enumerate(counts)], 5)
        gone = [n for n, mark in zip(counts, marks, strict=True) if mark.value is None and n]
        assert all(
            mark.value is None for mark, n in zip(marks, counts, strict=True) if is_small(n, 5)
        )
        shown = [mark for mark in marks if mark.value]
        assert not gone or not shown or (len(gone) > 1 and sum(gone) >= 5)


def test_journeys_of_few_are_hidden_by_month_and_by_pair(asked: Asking):
    rows = [("A", "B", f"2026-0{m}", n) for m, n in ((1, 50), (2, 3), (3, 40), (4, 60))]
    rows += [("A", "C", "2026-01", 2), ("B", "A", "2026-04", 80), ("B", "C", "2026-03", 70)]
    frame = pd.DataFrame(rows, columns=["from_place", "to_place", "month", "passengers"])
    made = asked(frame, "rorelsedata")
    months = {mark.label: mark.value for mark in made["journeys.months"].marks}
    assert months["2026-02"] is None and sum(value is None for value in months.values()) == 2
    shown = {mark.label for mark in made["journeys.flows"].marks}
    assert "A → C" not in shown and {"A → B", "B → C"} - shown  # what would tell it is hidden too


@pytest.mark.parametrize("counts", [(6, 40, 3), (3, 6, 40), (60, 2, 5), (0, 3, 50), (90, 40, 30)])
def test_few_inspections_of_a_grade_cannot_be_found_from_those_with_a_remark(
    asked: Asking, counts: tuple[int, int, int]
):
    grades = [grade for grade, count in enumerate(counts) for _ in range(count)]
    frame = pd.DataFrame({"inspection_assessment": grades, "inspection_date": "2025-01-02"})
    frame["inspection_id_national"], frame["facility_name"] = range(len(grades)), "Krog"
    marks = asked(frame, "livsmedelsinspektioner")["inspections.assessments"].marks
    shown = [mark.value for mark in marks]
    assert all(value is None for value, n in zip(shown, counts, strict=True) if 0 < n < 5)
    for total in ((0, 1, 2), (1, 2)):
        left = [counts[grade] for grade in total if shown[grade] is None and counts[grade]]
        assert not left or (len(left) > 1 and sum(left) >= 5)
    assert any(0 < n < 5 for n in counts) or None not in shown


def test_a_year_is_not_compared_where_its_months_may_point_to_people(tmp_path: Path):
    rows = [
        (f"{year}-{month:02d}-{day:02d}", 10)
        for year in (2024, 2025)
        for month in range(1, 13)
        for day in (1, 9, 15, 28)
    ]
    frame = pd.DataFrame(rows, columns=["datum", "belopp"])
    frame["leverantor_id"], frame["leverantor"] = LEGAL[0], "Bolag"
    frame.to_csv(tmp_path / "data.csv", index=False, sep=";")
    snapshot = read(tmp_path / "data.csv", tmp_path / "snapshot")
    assert ask(snapshot, "leverantorsfakturor")["invoices.years"].marks[1].value == 480
    risk = Risk(snapshot.main.name, "k_anonymity", ["belopp"], 5, 2, 3, 1, 2, 38, 2, 0.9)
    answer = ask(snapshot, "leverantorsfakturor", Screening([], [risk]))["invoices.years"]
    assert [one.code for one in answer.why] == ["why.about_people"] and not answer.marks


def test_shares_of_the_largest_tell_nothing_of_few_sole_traders(asked: Asking):
    """From the share of the largest n nobody reckons what fewer than k others have together."""
    for sole in range(8):
        answer = asked(invoices(sole), "leverantorsfakturor", k=4)["invoices.concentration"]
        for mark in answer.marks:
            left = 3 - mark.n + sole
            assert not sole or left >= 4, (sole, mark)
        assert "Hallonqvist" not in json.dumps(answer.to_json())


def test_a_technology_of_few_measurements_has_no_share(asked: Asking):
    rows = [("fiber", 50 + 10 * (i % 20)) for i in range(200)] + [("5G", 90), ("5G", 300)]
    rows += [("4G", 20 + 9 * (i % 20)) for i in range(100)]
    frame = pd.DataFrame(rows, columns=["technology", "download_mbit"])
    frame["upload_mbit"], frame["measured_at"] = 10, "2026-01-01"
    answer: Answer = asked(frame, "bredband")["broadband.slow"]
    by_name = {mark.label: mark.value for mark in answer.marks}
    assert by_name["5G"] is None and sum(value is None for value in by_name.values()) == 2
