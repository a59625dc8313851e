"""Personal numbers in names of files, sheets and columns, in preambles and notes, in maps and
nested JSON are found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import openpyxl.comments
import pytest

from helpers.reporting import terminal
from helpers.running import single
from helpers.words.printing import Terminal

NUMBER = "19121212-1212"  # an official test number of Skatteverket
PARTS = ("121212-1212", "1212121212")


def checked(file: Path, capsys: pytest.CaptureFixture[str] | None = None) -> dict[str, Any]:
    found, _ = single.check_file(file)
    text = json.dumps(found, ensure_ascii=False)
    assert not any(part in text for part in PARTS), text
    return found


def codes(found: dict[str, Any]) -> dict[str, str]:
    return {reason["code"]: reason["level"] for reason in found["gate"]["reasons"]}


def test_the_files_name(tmp_path: Path) -> None:
    file = tmp_path / f"faktura {NUMBER}.csv"
    file.write_text("id;name\n1;Lekplats\n2;Park\n", "utf-8")
    found = checked(file)
    assert (
        codes(found)["found_personnummer"] == "stopp"
        and found["file"] == "faktura ÅÅÅÅMMDD-XXXX.csv"
    )


def test_a_sheets_and_a_columns_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = f"Avser {NUMBER}"
    for row in (["id", "name", f"timmar {NUMBER}"], [1, "A", 3], [2, "B", 4]):
        sheet.append(row)
    book.save(tmp_path / "timmar.xlsx")
    found = checked(tmp_path / "timmar.xlsx")
    assert codes(found)["found_personnummer"] == "stopp"
    assert [one["name"] for one in found["columns"]][2] == "timmar ÅÅÅÅMMDD-XXXX"


def test_two_columns_that_are_alike_when_masked_stay_two(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(f"id;{NUMBER};19121213-1211\n1;a;b\n2;c;d\n", "utf-8")
    assert [one["name"] for one in checked(file)["columns"]] == [
        "id",
        "ÅÅÅÅMMDD-XXXX",
        "ÅÅÅÅMMDD-XXXX_3",
    ]


def test_a_preamble_a_note_and_an_error(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(
        f"Utdrag för {NUMBER}\n\nid;name;antal\n1;Lekplats;3\n2;Park;4\n3;Bad;5\n\nKälla:"
        " anna.exempel@gmail.com\n",
        "utf-8",
    )
    found = checked(file)
    assert found["reading"]["rows"] == 3
    assert (
        codes(found)["found_personnummer"] == "stopp" and codes(found)["found_email"] == "granska"
    )
    refused = tmp_path / f"{NUMBER}.csv"
    refused.write_bytes(b"")
    assert "error" in checked(refused)


def test_names_of_persons_in_names(tmp_path: Path) -> None:
    file = tmp_path / "schema_anna_andersson.csv"
    file.write_text("id;vikarie Fatima Eriksson 070-174 06 05\n1;A\n2;B\n", "utf-8")
    reasons = [one for one in checked(file)["gate"]["reasons"] if one["code"].startswith("found_")]
    assert {(one["code"], one["level"]) for one in reasons} == {
        ("found_person_name", "granska"),
        ("found_phone", "granska"),
    }
    place = tmp_path / "karl_gustavs_vag.csv"
    place.write_text("id;Karin Boyes plats\n1;A\n2;B\n", "utf-8")
    assert not [code for code in codes(checked(place)) if code.startswith("found_")]


def test_a_row_that_reading_rejected(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    rows = "".join(f"{i};Lekplats\n" for i in range(6))
    file.write_text(f"id;name\n{rows}7;Park;och {NUMBER};mera\n", "utf-8")
    found = checked(file)
    assert [one["row"] for one in found["reading"]["rejected"]] == [8]
    assert codes(found)["found_personnummer"] == "stopp"


def test_a_remark_on_a_cell(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["id", "name"], [1, "Lekplats"], [2, "Park"]):
        sheet.append(row)
    sheet["B3"].comment = openpyxl.comments.Comment(f"Anmält av <granne> {NUMBER}", "x")
    book.save(tmp_path / "x.xlsx")
    found = checked(tmp_path / "x.xlsx")
    assert codes(found)["found_personnummer"] == "stopp"
    assert {"code": "remarks", "count": 1, "rows": [3]} in found["reading"]["repairs"]


def test_properties_of_a_map_and_nested_json(tmp_path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [15.0, 56.2]},
            "properties": {"name": "A", "kontakt": {"djupt": [{"nr": NUMBER}]}},
        }
    ] * 3
    (tmp_path / "x.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": features}), "utf-8"
    )
    assert codes(checked(tmp_path / "x.geojson"))["found_personnummer"] == "stopp"
    rows = [
        {"id": i, "ett": {"två": {"tre": {"fyra": [{"fem": NUMBER.replace("-", "")}]}}}}
        for i in range(3)
    ]
    (tmp_path / "x.json").write_text(json.dumps(rows), "utf-8")
    assert codes(checked(tmp_path / "x.json"))["found_personnummer"] == "stopp"


def test_a_number_that_excel_made_a_float(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "pnr"])
    for i in range(5):
        sheet.append([i, 191212121212.0])
    book.save(tmp_path / "x.xlsx")
    assert codes(checked(tmp_path / "x.xlsx"))["found_personnummer"] == "stopp"
    (tmp_path / "x.csv").write_text(
        "id;pnr\n" + "".join(f"{i};1,91212E+11\n" for i in range(5)), "utf-8"
    )
    assert codes(checked(tmp_path / "x.csv"))["found_personnummer"] == "stopp"


def test_the_terminal_says_it_without_the_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:

    file = tmp_path / f"{NUMBER}.csv"
    file.write_text(f"id;namn\n1;Anna {NUMBER}\n", "utf-8")
    terminal.show(checked(file), Terminal(), "sv")
    said = capsys.readouterr().out
    assert "personnummer" in said and not any(part in said for part in PARTS)


def test_a_name_with_what_may_be_a_number_asks_for_a_look(tmp_path: Path) -> None:
    file = tmp_path / "beslut_121212_1212.csv"
    file.write_text("id;name\n1;Lekplats\n2;Park\n", "utf-8")
    found = checked(file)
    assert codes(found)["found_personnummer"] == "granska"
    assert found["file"] == "beslut_ÅÅMMDD_XXXX.csv"
    stamp = tmp_path / "export_20240101_1200.csv"
    stamp.write_text("id;name\n1;Lekplats\n2;Park\n", "utf-8")
    assert checked(stamp)["file"] == stamp.name


def test_times_in_a_preamble_are_no_numbers(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    times = "".join(f"Utdrag 2024-01-{day} 12{day}\n" for day in range(10, 28))
    file.write_text(f"{times}\nid;name;antal\n1;Lekplats;3\n2;Park;4\n3;Bad;5\n", "utf-8")
    assert "found_personnummer" not in codes(checked(file))


def test_who_wrote_a_file_is_a_person_whatever_the_name(tmp_path: Path) -> None:
    """On the place of an author a single name counts, and one that no list has; a program's does
    not."""
    persons = ("Anna", "Kalvenes, Trygve", "Xhevdet Krasniqi", "Ek Henrik /Parkenheten")
    for number, author in enumerate(
        (*persons, "Microsoft Office User", "openpyxl", "Region Skåne")
    ):
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in (["id", "name"], [1, "Lekplats"], [2, "Park"]):
            sheet.append(row)
        book.properties.creator = author
        file = tmp_path / f"{number}.xlsx"
        book.save(file)
        assert ("found_person_name" in codes(checked(file))) is (author in persons), author
