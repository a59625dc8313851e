"""Files of kinds that nobody had listed: read right, told, or refused by name; nothing false is said
of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.words.errors import InputRefused

from . import makers
from .conftest import Reader, codes, names, repair, rows

BEGUN = {
    "vCard": "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna Exempelsson\r\nEND:VCARD\r\n",
    "iCalendar": "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n",
    "SQL": "-- utdrag\nINSERT INTO platser VALUES (1,'A'),(2,'B');\n",
    "PC-Axis (PX)": 'CHARSET="ANSI";\nAXIS-VERSION="2000";\nTITLE="Folkmängd";\nDATA=\n1\n2;\n',
    "SIE": '#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#VER A 1 20240101 "x"\n',
    "DXF": "  0\nSECTION\n  2\nHEADER\n  0\nENDSEC\n  0\nEOF\n",
    "WKT": 'GEOGCS["WGS 84",DATUM["WGS_1984"]]',
    "INI/TOML": "[del]\nnyckel=1\nnamn=2\n",
    "YAML": "- id: 1\n  namn: A\n- id: 2\n  namn: B\n",
    "EML": "From: anna@kommun.example\nTo: bo@kommun.example\nSubject: Lista\n\nHej\n",
}


@pytest.mark.parametrize("kind", BEGUN)
def test_a_text_with_a_form_of_its_own_is_no_table(read: Reader, kind: str):
    with pytest.raises(InputRefused) as refusal:
        read(BEGUN[kind], "x.txt")
    assert refusal.value.values["format"] == kind


@pytest.mark.parametrize(
    "text",
    [
        "From: 2024-01-01\nTo: 2024-12-31\nid;namn\n1;A\n2;B\n",
        "begin;vcard\n1;2\n3;4\n",
        "insert;into\n1;2\n3;4\n",
        "[id];[namn]\n1;A\n2;B\n",
    ],
)
def test_a_table_that_only_looks_so_is_read(read: Reader, text: str):
    assert read(text).main.rows == 2


TEXTS = {
    "long numbers with an exponent": (["7,35999E+17", "7,36E+17", "7,4E+17"], "exponents", 3),
    "formulas": (["=A1+B1", "=SUMMA(A1:A3)", "12"], "formulas_as_text", 2),
    "a code in an export's formula": (['"=""0180"""', '"=""1080"""'], "formulas_as_text", 2),
    "codes of which a spreadsheet made days": (["1-2", "mar-05", "A-3"], "codes_as_dates", 3),
    "age groups": (["0-5", "jun-15", "16-19"], "codes_as_dates", 3),
    "units of several kinds": (["1 200 kr", "300:-", "12,50 SEK"], "amounts_as_text", 3),
    "signs of several kinds": (["1 200,50", "1,200.50", "1.200,50"], "amounts_as_text", 3),
    "signs of notes": (["1 234*", "12", "45", "67¹"], "amounts_as_text", 4),
    "a blank after the minus": (["- 12", "15", "- 3"], "amounts_as_text", 3),
    "shares with and without a sign": (["12,5 %", "0,13", "100 %"], "amounts_as_text", 3),
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts_where_numbers_or_codes_were_meant_are_told(read: Reader, name: str):
    cells, code, count = TEXTS[name]
    found = read("id;v\n" + "".join(f"{i};{cell}\n" for i, cell in enumerate(cells)))
    assert found.main.column("v").type == "text"
    assert (repair(found, code).count, repair(found, code).column) == (count, "v")


@pytest.mark.parametrize(
    "cells",
    [
        ["1-2", "A-3", "B-4"],
        ["2-sep", "3-okt", "4-nov"],
        ["123 45", "234 56", "345 67"],
        ["08:05", "12:30", "14:00"],
        ["0454-12345", "0454-12346", "0454-12347"],
        ["556012-5790", "202100-0001", "212000-0001"],
        ["12.345.678", "12.345.679", "13.000.001"],
        ["5E03", "5E04", "6A01"],
        ["Eken", "=) glad", "Tallen"],
    ],
)
def test_codes_and_times_are_told_as_nothing_else(read: Reader, cells: list[str]):
    found = read("id;v\n" + "".join(f"{i};{cell}\n" for i, cell in enumerate(cells)))
    told = {"exponents", "formulas_as_text", "codes_as_dates", "amounts_as_text"}
    assert not told & set(codes(found))


def test_a_number_too_wide_for_its_column_is_an_error_value(read: Reader):
    found = read("id;v\n1;#########\n2;12\n3;###\n")
    assert repair(found, "error_values").rows == [2, 4]
    assert rows(found, "v1") == [(None,), (12,), (None,)]


@pytest.mark.parametrize(
    ("zones", "told"), [(("+01:00", "+02:00"), False), (("+01:00", "Z"), True), (("Z", ""), True)]
)
def test_times_of_several_zones_are_told(read: Reader, zones: tuple[str, ...], told: bool):
    found = read("id;v\n" + "".join(f"{i};2024-01-31T12:00:00{z}\n" for i, z in enumerate(zones)))
    assert found.main.column("v").type == "datetime"
    assert ("zones_mixed" in codes(found)) is told


def test_a_text_with_a_comma_among_the_numbers_of_a_sheet_is_a_number(read: Reader):
    cells = [["id", "v"], [1, "12,5"], [2, 12.5], [3, "13,25"], [4, 14.5]]
    found = read(makers.xlsx({"Blad1": cells}), "x.xlsx")
    assert rows(found, "v1") == [(12.5,), (12.5,), (13.25,), (14.5,)]
    assert repair(found, "decimal_texts").rows == [2, 4] and "both_signs" not in codes(found)


def test_rows_cut_by_a_comma_are_told_and_not_those_that_are_right(read: Reader):
    found = read("id,namn,ort\n1,Park\\, stora,Ekvik\n2,Torg,Bro\n3,Bad\\, lilla,Bro\n")
    assert repair(found, "shifted_columns").rows == [2, 4] and "ragged" not in codes(found)


def test_no_position_is_made_of_numbers_that_a_comma_cut(read: Reader):
    found = read("id,lat,lon,ort\n1,56,16,15,58,Ekvik\n2,56,20,15,30,Bro\n")
    assert repair(found, "decimal_comma_cut").count == 2 and found.main.geometry is None


@pytest.mark.parametrize(
    "cells",
    [
        ["56°9'40\"N;15°35'12\"E", "56°10'00\"N;15°36'00\"E"],
        ["N56 09.667;E15 35.200", "N56 10.000;E15 36.000"],
        ["56161200;15586900", "56200000;15600000"],
        ["56.161.200;15.586.900", "56.200.000;15.600.000"],
        ["56.1;15.5", "6225000;536000", "56.2;15.6"],
    ],
)
def test_coordinates_by_name_that_cannot_be_read_are_told(read: Reader, cells: list[str]):
    found = read("id;lat;lon\n" + "".join(f"{i};{pair}\n" for i, pair in enumerate(cells)))
    assert found.main.geometry is None
    assert repair(found, "coordinates_unread").column == "lat, lon"


@pytest.mark.parametrize(
    ("header", "cells", "told"),
    [
        ("koordinater", ["56°9'36.5''N 15°35'10.2''E", "56°10'1''N 15°36'1''E"], "koordinater"),
        ("läge", ["56° 9,5' N", "56° 10,25' N"], "läge"),
        ("N\tE", ["N 6224102\tE 536000", "N 6224152\tE 536100"], "N, E"),
        ("artikel", ["E 123456", "E 123457"], None),
        ("lutning", ["30°", "45°"], None),
        ("lutning", ["12° N", "5° S"], None),
        ("temperatur", ["12 °C", "13,5 °C"], None),
        ("kod", ["N 12", "E 6224102 a"], None),
    ],
)
def test_cells_that_are_written_as_positions_and_not_read_are_told(
    read: Reader, header: str, cells: list[str], told: str | None
):
    found = read(f"id\t{header}\n" + "".join(f"{i}\t{cell}\n" for i, cell in enumerate(cells)))
    assert [one.column for one in found.repairs if one.code == "coordinates_as_text"] == (
        [told] if told else []
    )


def test_a_number_to_call_keeps_its_plus(read: Reader):
    found = read("id;tel;skillnad\n1;+46455303000;+5\n2;+46455303001;-3\n")
    assert [column.type for column in found.main.columns] == ["integer", "text", "integer"]


def test_empty_coordinates_are_no_fault_of_form(read: Reader):
    assert "coordinates_unread" not in codes(read("id;lat;lon\n1;;\n2;;\n"))


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"meta": {"pagination": {"page": 1, "pages": 40}}, "data": [{"a": 1}, {"a": 2}]}, True),
        ({"meta": {"pagination": {"page": 1, "pages": 1}}, "data": [{"a": 1}, {"a": 2}]}, False),
    ],
)
def test_pages_are_told(read: Reader, document: Any, told: bool):
    assert ("more_pages" in codes(read(json.dumps(document), "x.json"))) is told


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"version":"2.0.0","exceptions":[{"code":"X","text":"fel"}]}', "reading.no_records"),
        ('// x\n[{"id":1},{"id":2},]', "reading.broken_json"),
        ('{"id":1,"a":"A"}\n{"id":2,"a":"B"\n{"id":3,"a":"C"}\n', "reading.broken_json"),
        ("[1,2,3]", "reading.no_records"),
    ],
)
def test_json_without_records_is_refused_with_what_is_true(read: Reader, text: str, code: str):
    with pytest.raises(InputRefused) as refusal:
        read(text, "x.json")
    assert refusal.value.key == code and "(JSON)" not in str(refusal.value)


def test_lists_one_after_another_are_one(read: Reader):
    found = read('[{"id":1}]\n[{"id":2},{"id":3}]\n', "x.json")
    assert rows(found, "v0") == [(1,), (2,), (3,)] and repair(found, "lists_joined").count == 2


def test_a_record_on_each_line_is_no_list_of_records(read: Reader):
    found = read('["id","namn"]\n[1,"A"]\n[2,"B"]\n', "x.jsonl")
    assert names(found) == ["id", "namn"] and "lists_joined" not in codes(found)


def test_json_that_is_called_csv_is_told(read: Reader):
    assert "other_suffix" in codes(read('[{"id":1},{"id":2}]', "x.csv"))


def test_a_refused_map_is_called_what_people_call_it(read: Reader, tmp_path: Path):
    link = "<NetworkLink><name>x</name></NetworkLink>"
    with pytest.raises(InputRefused) as refusal:
        read(f'<kml xmlns="http://www.opengis.net/kml/2.2">{link}</kml>', "x.kml")
    assert refusal.value.values["format"] == "KML"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["12", "<5", "8", "31"], [3]),
        (["<0,5", ">7", "6,8"], [2, 3]),
        (["ca 500", "1 250", "mindre än 10"], [2, 4]),
        (["0-17", "18-64", ">64"], []),
        (["<5 år", "5-9 år", "12"], []),
        (["Under 5", "Över 5"], []),
    ],
)
def test_bounds_among_numbers_are_told_and_groups_are_names(
    read: Reader, cells: list[str], told: list[int]
):
    found = read("id;v\n" + "".join(f"{i};{cell}\n" for i, cell in enumerate(cells)))
    assert found.main.column("v").type == "text"
    assert [one.rows for one in found.repairs if one.code == "bounds_as_text"] == [told] * bool(
        told
    )


def test_moments_since_1970_are_told_where_a_column_is_called_a_date(read: Reader):
    found = read("id,Skapad,Kod\n1,1704067200000,1704067200\n2,1706745600000,1706745600\n")
    assert repair(found, "since_1970").column == "Skapad" and codes(found) == ["since_1970"]
    found = read(
        json.dumps([{"id": 1, "d": "/Date(1704067200000)/"}, {"id": 2, "d": None}]), "x.json"
    )
    assert repair(found, "since_1970").count == 1


def test_the_dates_of_an_arcgis_hub_are_dates(read: Reader):
    found = read("id,Skapad\n1,2024/01/31 00:00:00+00\n2,2024/02/01 12:30:00+00\n")
    assert [str(row[0]) for row in rows(found, "v1")] == [
        "2024-01-31 00:00:00",
        "2024-02-01 12:30:00",
    ]
    assert found.main.column("Skapad").type == "datetime"
    assert read("id,tid\n1,2024/01/31 01:00:00+05\n").main.column("tid").type == "text"


def test_prices_with_a_colon_and_a_dash_are_numbers(read: Reader):
    found = read("id;pris\n1;12:-\n2;1 200:-\n3;100:-\n")
    assert rows(found, "v1") == [(12,), (1200,), (100,)] and repair(found, "units").count == 1


def test_true_and_false_of_swedish_excel_are_so(read: Reader):
    found = read("id;v\n1;SANT\n2;FALSKT\n3;SANT\n")
    assert rows(found, "v1") == [(True,), (False,), (True,)]


def test_a_place_that_esri_writes_as_no_number_is_none(read: Reader):
    def feature(number: int, x: Any, y: Any) -> dict[str, Any]:
        return {"attributes": {"OBJECTID": number}, "geometry": {"x": x, "y": y}}

    features = [feature(1, "NaN", "NaN"), feature(2, 539855, 6224102)]
    answer = {"spatialReference": {"wkid": 3006}, "features": features}
    found = read(json.dumps(answer), "x.json")
    assert "shapes_unread" not in codes(found)
    assert found.main.geometry is not None and found.main.geometry.without == 1


@pytest.mark.parametrize(
    ("header", "cells", "kind", "told"),
    [
        ("Öppnar", ["8.00", "10.30", "7.15"], "text", ["clocks_with_point"]),
        ("Öppnar", ["8.00", "10.75"], "decimal", []),
        ("Pris", ["8.00", "10.30"], "decimal", []),
        ("Avsnitt", ["1.1", "1.2", "2.1"], "text", ["sections"]),
        ("Mål", ["1.8", "1.9", "1.10", "2.1"], "text", ["sections"]),
        ("avsnittslängd_km", ["1.25", "2.50", "3.75"], "decimal", []),
        ("conversion_rate", ["1.52", "2.80"], "decimal", []),
        ("varde", ["9.9", "9.10", "9.25"], "decimal", []),
        ("öppettimmar", ["8.50", "10.00"], "decimal", []),
        ("Avgångar per dag", ["12.50", "14.25"], "decimal", []),
        ("Mål", ["1.8", "1.9", "2.10", "2.1"], "decimal", []),
    ],
)
def test_times_and_sections_with_a_point_are_no_amounts(
    read: Reader, header: str, cells: list[str], kind: str, told: list[str]
):
    found = read(f"id;{header}\n" + "".join(f"{i};{cell}\n" for i, cell in enumerate(cells)))
    assert found.main.column(header).type == kind and codes(found) == told


def test_days_that_are_none_do_not_make_texts_of_the_others(read: Reader):
    found = read("id;datum\n1;2024-02-30\n2;2024-02-28\n3;2024-01-31\n4;2024-03-01\n")
    column = found.main.column("datum")
    assert (column.type, column.unparsed) == ("date", 1)
    assert rows(found, "t1")[0] == ("2024-02-30",)


def test_a_point_among_thousands_of_several_ways_is_doubted(read: Reader):
    found = read("id;v\n1;1 000\n2;1000\n3;1.000\n")
    assert repair(found, "ambiguous_points").column == "v"


def test_a_change_written_with_a_plus_is_a_number(read: Reader):
    found = read("id;förändring\n1;+12500000\n2;+20000000\n")
    assert found.main.column("förändring").type == "integer"
