"""A column of another kind, a broken row and a cause with its consequences are each told once; the
score counts them all as before."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.checking import broken_rows, misfits
from helpers.checking.explaining import Telling, explained
from helpers.checking.findings import Fault, Finding, faults_of
from helpers.running import single


def finding(id: str, column: str | None, rows: list[int], checked: int = 100) -> Finding:
    because = {"sv": "Därför.", "en": "Because."}
    return Finding(
        id,
        "warning",
        "validity",
        "failed" if rows else "passed",
        column,
        checked,
        len(rows),
        rows,
        len(rows),
        because,
        because,
        because,
        "t",
    )


def check(file: Path, text: str) -> dict[str, Any]:
    file.write_text(text, "utf-8")
    return single.check_file(file)[0]


def faults(checked: dict[str, Any]) -> list[Fault]:
    return faults_of(Finding.from_json({"dimension": ""} | plain) for plain in checked["findings"])


def places(rows: list[str]) -> str:
    head = "source;id;name;latitude;longitude;email;visit_url;wikidata;school_unit_code\n"
    return head + "".join(f"{row}\n" for row in rows)


def school(i: int) -> str:
    return (
        f"1080;s{i};Skola {i};56.1{i:02};15.6{i:02};info@karlskrona.se;"
        f"https://karlskrona.se/{i};Q{1000 + i};{12345600 + i}"
    )


@pytest.mark.slow
def test_the_numbers_of_a_ledger_are_no_wrong_organisation_numbers(tmp_path: Path) -> None:
    lines = [
        f"Karlskrona kommun;{1000001 + i};Firma {i} AB;5560125790;{i + 1}00,50;2024-01-09;{i}\n"
        for i in range(40)
    ]
    head = "kopare;kopare_id;leverantor;leverantor_id;belopp;datum;verifikationsnummer\n"
    checked = check(tmp_path / "fakturor.csv", head + "".join(lines))
    (fault,) = [one for one in faults(checked) if one.cause.column == "kopare_id"]
    assert (fault.cause.rows, fault.cause.failed, fault.cause.checked) == ([], 40, 40)
    assert "innehåller troligen något annat" in fault.cause.message["sv"]
    assert "probably holds something else" in fault.cause.message["en"]
    assert fault.cause.share == 0.0  # the score is not raised by it


@given(
    checked=st.integers(1, 200),
    share=st.floats(0, 1),
)
def test_only_what_almost_never_fits_is_another_kind(checked: int, share: float) -> None:
    failed = round(share * checked)
    before = finding("a_form", "a", list(range(2, 2 + failed)), checked)
    (after,) = misfits.told_once([before], {"a_form"})
    assert (after.failed, after.checked, after.share) == (failed, checked, before.share)
    if checked >= misfits.LEAST and failed >= misfits.SHARE * checked:
        assert after.rows == [] and after.message != before.message
    else:
        assert after == before
    assert misfits.told_once([before], set()) == [before]


def test_two_forms_of_one_column_are_told_once() -> None:
    rows = list(range(2, 102))
    one, two = finding("a_form", "a", rows), finding("a_length", "a", rows)
    other = finding("b_form", "b", rows)
    said = faults_of(misfits.told_once([one, two, other], {"a_form", "a_length", "b_form"}))
    assert [(fault.cause.id, [also.id for also in fault.also]) for fault in said] == [
        ("a_form", ["a_length"]),
        ("b_form", []),
    ]


def test_one_broken_row_is_one_finding(tmp_path: Path) -> None:
    broken = "Skola 61;1080;;;abc;https://x;info@k.se;2024;x"
    checked = check(tmp_path / "skolor.csv", places([*(school(i) for i in range(60)), broken]))
    (fault,) = [one for one in faults(checked) if one.cause.rows == [62]]
    assert len(fault.also) >= 6 and fault.severity == "critical"
    assert "Raden är fel i den här kolumnen och i flera andra." in fault.cause.message["sv"]


def test_where_many_rows_are_wrong_no_row_is_broken() -> None:
    rows = list(range(2, 22))
    four = [finding(f"{name}_form", name, rows, 20) for name in "abcd"]
    assert broken_rows.told_as_one(four, {}, {"t": 20}) == four


@given(
    broken=st.sets(st.integers(2, 500), min_size=1, max_size=3),
    columns=st.integers(4, 9),
    more=st.sets(st.integers(2, 500), max_size=5),
)
def test_no_row_is_lost_in_the_telling(broken: set[int], columns: int, more: set[int]) -> None:
    """Whatever breaks: each row that a finding names is named by one that is told."""
    findings = [finding(f"{i}_form", f"c{i}", sorted(broken)) for i in range(columns)]
    findings.append(finding("x_form", "x", sorted(broken | more)))
    after = explained(findings, {}, Telling(), {"t": 500})
    assert [replace(one, explained_by="", message={}, because={}, fix={}) for one in after] == [
        replace(one, message={}, because={}, fix={}) for one in findings
    ]
    named = {row for fault in faults_of(after) for row in fault.cause.rows}
    assert named == broken | more
    alone = [fault.cause.id for fault in faults_of(after) if not fault.also]
    assert alone == ([] if more <= broken else ["x_form"])


def test_a_lost_zero_is_told_by_one_rule(tmp_path: Path) -> None:
    lines = [
        f"{'183' if i == 3 else '0183'};g{i};Gym {i};59.36{i:02};17.97{i:02};info@sundbyberg.se\n"
        for i in range(30)
    ]
    head = "Kommunkod;Utegym-ID;Namn;Latitud;Longitud;E-post\n"
    checked = check(tmp_path / "utegym.csv", head + "".join(lines))
    wrong = [one for one in faults(checked) if 5 in one.cause.rows and one.cause.column]
    assert [one.cause.column for one in wrong] == ["Kommunkod"]
    assert {one["name"]: one["field"] for one in checked["columns"]}["Utegym-ID"] == "id"


def test_a_stand_in_explains_the_wrong_form_of_the_same_cell(tmp_path: Path) -> None:
    rows = [school(i) for i in range(30)]
    rows[4] = rows[4].replace("info@karlskrona.se", "xxx")
    checked = check(tmp_path / "skolor.csv", places(rows))
    (fault,) = faults(checked)
    assert fault.cause.id == "no_placeholder" and [one.id for one in fault.also] == ["email_form"]


def test_what_is_asked_of_every_column_explains_its_own_column_alone() -> None:
    telling = Telling({"no_placeholder"}, {"a_form", "b_form"})
    findings = [
        finding("no_placeholder", "a", [3]),
        finding("no_placeholder", "b", [4]),
        finding("a_form", "a", [3]),
        finding("b_form", "b", [4]),
    ]
    said = faults_of(explained(findings, {}, telling))
    assert [(fault.cause.column, [one.id for one in fault.also]) for fault in said] == [
        ("a", ["a_form"]),
        ("b", ["b_form"]),
    ]


def test_one_missing_position_is_one_finding(tmp_path: Path) -> None:
    rows = [school(i) for i in range(30)]
    rows[4] = rows[4].replace("56.104", "").replace("15.604", "")
    checked = check(tmp_path / "skolor.csv", places(rows))
    (fault,) = faults(checked)
    assert fault.cause.id == "points_exist" and fault.cause.rows == [6]
    assert {one.id for one in fault.also} == {"latitude_filled", "longitude_filled"}


def test_empty_coordinates_beside_a_geometry_are_not_missed(tmp_path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [15.6 + i / 100, 56.2]} if i else None,
            "properties": {
                "source": "1080",
                "id": f"b{i}",
                "name": f"Bad {i}",
                "Latitud": None,
                "Longitud": None,
                "email": "info@karlskrona.se",
            },
        }
        for i in range(20)
    ]
    plain = {"type": "FeatureCollection", "features": features}
    checked = check(tmp_path / "badplatser.geojson", json.dumps(plain))
    assert [fault.cause.id for fault in faults(checked)] == ["points_exist"]


@pytest.mark.parametrize("number", ["0145076-7", "102030-1234"])
def test_a_number_with_a_hyphen_is_a_code_among_codes(tmp_path: Path, number: str) -> None:
    lines = [f"{71204567 + i};Vara {i}\n" for i in range(60)]
    text = "nummer;vara\n" + "".join(lines) + f"{number};Vara\n"
    assert faults(check(tmp_path / "varor.csv", text)) == []
    (fault,) = faults(check(tmp_path / "varor.csv", text.replace(number, "tolv")))
    assert fault.cause.id == "reads_as_type"
