"""Delimited text as not only RFC 4180 has it: read right and told, or told as doubted."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import reading
from helpers.words.errors import InputRefused

from . import makers
from .conftest import Reader, codes, names, repair, rows


@pytest.mark.parametrize(
    ("text", "code", "told", "cells"),
    [
        (
            'id, namn, ort\n1, "Park, stora", Ekvik\n2, "Torg", Bro\n',
            "spaced_quotes",
            [2, 3],
            [("Park, stora", "Ekvik"), ("Torg", "Bro")],
        ),
        (
            'id,namn,ort\n1,"Kafé \\"Solen\\"",Ekvik\n2,"5\\" rör, \\"x\\"",Bro\n',
            "backslash_quotes",
            [2, 3],
            [('Kafé "Solen"', "Ekvik"), ('5" rör, "x"', "Bro")],
        ),
        (
            'id,namn,ort\n1,""C" St. @ D","Ekvik"\n2,"Torget",Bro\n',
            "inner_quotes",
            [2],
            [('"C" St. @ D', "Ekvik"), ("Torget", "Bro")],
        ),
        (
            '"id" , "namn" , "ort"\n"1" , "Park, stora" , "Ekvik"\n"2" , "Torg" , "Bro" \n',
            "spaced_quotes",
            [2, 3],
            [("Park, stora", "Ekvik"), ("Torg", "Bro")],
        ),
        (
            "id,namn,ort\n1,'Park, stora',Ekvik\n2,Torg,Bro\n3,'Bad, lilla',Bro\n",
            "single_quotes",
            [],
            [("Park, stora", "Ekvik"), ("Torg", "Bro"), ("Bad, lilla", "Bro")],
        ),
        (
            "id;namn;ort\n1;'Park; stora';'Ekvik'\n2;'O''Hara';'Bro'\n",
            "single_quotes",
            [],
            [("Park; stora", "Ekvik"), ("O'Hara", "Bro")],
        ),
    ],
)
def test_quotes_of_other_kinds_are_read_and_told(
    read: Reader, text: str, code: str, told: list[int], cells: list[tuple[str, str]]
):
    found = read(text)
    assert names(found) == ["id", "namn", "ort"] and rows(found, "t1, t2") == cells
    assert repair(found, code).rows == told and not found.rejected


def test_apostrophes_are_letters(read: Reader):
    found = read("id;namn\n1;O'Hara\n2;'t Hooft\n")
    assert "single_quotes" not in codes(found) and rows(found, "t1")[1] == ("'t Hooft",)


@pytest.mark.parametrize("sign", "^~¦§: ")
def test_a_rare_sign_that_cuts_every_record_is_the_delimiter(read: Reader, sign: str):
    found = read(f"id{sign}namn{sign}ort\n1{sign}A{sign}Ekvik\n2{sign}B{sign}Bro\n")
    assert names(found) == ["id", "namn", "ort"] and found.delimiter == sign


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("Namn\nAnna Ek\nBo Al\n", False),
        ("Tid\n08:00:00\n09:10:00\n", False),
        ("Plats och tid nu\nVid bron idag kl\nVid torget i morgon\n", True),
        ("a^b\n1^^2\n", False),
        ("id/namn/ort\n1/A/Ekvik\n2/B/Bro\n", True),
        (
            "id   namn      ort\n1    Alskolan  Ekvik\n2    Bokskolan Bro\n3    Ek        Stad\n",
            True,
        ),
        ("Enhet och adress\nEkskolan Storgatan 1\nAlskolan Norra vägen 3\nBo på Hamnen\n", False),
    ],
)
def test_one_column_is_questioned_where_every_row_has_as_many_signs(
    read: Reader, text: str, doubted: bool
):
    found = read(text)
    assert len(found.main.columns) == 1 and ("perhaps_columns" in codes(found)) is doubted


def test_every_row_wider_than_the_header_is_told_and_a_cut_decimal_named(read: Reader):
    cut = read("id,pris,ort\n1,12,50,Ekvik\n2,13,75,Ekvik\n3,10,00,Bro\n")
    assert repair(cut, "shifted_columns").rows == [2, 3, 4]
    assert repair(cut, "decimal_comma_cut").count == 3
    numbered = read("namn;ort\n1;Eken;Bro\n2;Tallen;Bro\n")
    assert repair(numbered, "shifted_columns").count == 2
    assert "decimal_comma_cut" not in codes(numbered)
    assert "shifted_columns" not in codes(read("namn;ort;\nEken;Bro;x\nTallen;Bro;y\n"))


def test_a_comma_of_prose_under_a_header_that_ends_in_commas_is_told(read: Reader):
    text = "namn,text,ort,,\nEken,fint,Bro,,\nTallen,bra, men grunt,Bro,\nAlen,ok,Bro,ja,\n"
    assert repair(read(text), "shifted_columns").rows == [3]


@pytest.mark.parametrize("sign", "^~;!\t")
def test_the_sign_that_a_file_names_is_its_delimiter(read: Reader, sign: str):
    found = read(f"sep={sign}\nid{sign}namn\n1{sign}A\n2{sign}B\n")
    assert names(found) == ["id", "namn"] and found.delimiter == sign


def test_a_cell_of_many_lines_beside_an_empty_line_is_one_cell(read: Reader):
    text = "\n".join(f"rad {i}" for i in range(260))
    found = read(f'id;text;ort\n1;"{text}";Ekvik\n\n2;"kort";Ekvik\n3;"två\nrader";Bro\n')
    assert rows(found, "t0, t1") == [("1", text), ("2", "kort"), ("3", "två\nrader")]
    assert "ragged" not in codes(found) and "stray_quote" not in codes(found)


def test_a_stray_quote_swallows_no_records_however_far_the_next_one_is(read: Reader):
    body = "".join(f"{i};Eken {i};Bro\n" for i in range(400))
    found = read(f'id;namn;ort\n1;"Tall;Bro\n{body}2;Gran";Bro\n')
    assert found.main.rows == 402 and repair(found, "stray_quote").rows == [2, 403]


@pytest.mark.parametrize("end", ["\x1a", "\r\n\x1a", "\x1a\x1a\n", "\n\x1a\r\n"])
def test_the_end_mark_of_old_systems_is_no_row(read: Reader, end: str):
    found = read(f"id;namn\r\n1;A\r\n2;B{end}")
    assert rows(found, "t0, t1") == [("1", "A"), ("2", "B")]
    assert repair(found, "end_mark").count == end.count("\x1a")


def test_files_put_after_one_another_have_a_mark_inside(read: Reader):
    found = read("\ufeffid;namn\n1;A\n\ufeffid;namn\n2;B\n")
    assert rows(found, "t0, t1") == [("1", "A"), ("2", "B")]
    assert repair(found, "bom_inside").count == 1
    assert repair(found, "repeated_header_rows").rows == [3]


# --- headers


def test_questions_of_a_survey_are_names(read: Reader):
    questions = [f"Fråga {i}: {'hur nöjd är du med kommunens arbete ' * 4}?" for i in range(3)]
    found = read("\n".join([";".join(questions), "Nöjd;Nöjd;Vet inte", "Nöjd;Missnöjd;Nöjd", ""]))
    assert found.main.header_row == 1 and found.main.rows == 2


@pytest.mark.parametrize(
    "header",
    [
        "Enhet;Kontakt;Kontakt;Kontakt",
        "Namn;namn;NAMN;näme",
        "Enhet;Telefon;Telefon;Enhet",
    ],
)
def test_names_that_recur_over_texts_are_a_header(read: Reader, header: str):
    body = "Ekskolan;Reception;Kök;Vakt\nAlskolan;Expedition;Kök;Vakt\nAskskolan;Ö;Kök;V\n"
    found = read(f"{header}\n{body}")
    assert found.main.header_row == 1 and found.main.rows == 3
    assert len(set(names(found))) == 4
    book = read(makers.xlsx({"A": [line.split(";") for line in [header, *body.split()]]}), "x.xlsx")
    assert book.main.header_row == 1 and book.main.rows == 3


def test_a_header_of_three_rows_loses_no_name(read: Reader):
    table = [
        ["Statistik över elever", None, None, None],
        ["Skola", "Elever", None, None],
        [None, "Flickor", "Pojkar", "Totalt"],
        [None, "antal", "antal", "antal"],
        ["Ekskolan", 60, 60, 120],
        ["Alskolan", 37, 40, 77],
    ]
    found = read(makers.xlsx({"A": table}), "x.xlsx")
    assert names(found) == ["Skola", "Flickor", "Pojkar", "Totalt"] and found.main.rows == 2
    assert repair(found, "header_rows").rows == [2, 3, 4]


def test_years_after_an_empty_cell_are_names(read: Reader):
    found = read('"";"1985";"1993"\n"Ekvik";"1";"2"\n"Bro";"3";"4"\n')
    assert names(found) == ["kolumn_1", "1985", "1993"] and found.main.rows == 2


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("Ekvik;Storgatan 1\nBro;Lillgatan 2\nStad;Norrgatan 3\n", True),
        ("Bad;Ekvik\nPark;Bro\nTorg;Ekvik\n", True),
        ("Namn;Adress\nBad;Lillgatan 2\nPark;Norrgatan 3\n", False),
        ("Fråga 1;Fråga 2\nJa;Nej\nNej;Ja\n", False),
        ("Ort;Invånare\nOrt 1;7\nOrt 2;8\n", False),
    ],
)
def test_a_header_that_looks_like_the_rows_below_it_is_doubted(
    read: Reader, text: str, doubted: bool
):
    assert ("header_doubted" in codes(read(text))) is doubted


@pytest.mark.parametrize("many", [10, 30, 60, 400])
def test_a_block_over_a_wider_one_is_told_whatever_its_length(read: Reader, many: int):
    lines = [
        "Stationsnamn;Klimatnummer;Höjd",
        "Malmö 2;53370;2.0",
        "",
        "Datum;Tid (UTC);Lufttemperatur;Kvalitet;;Tidsutsnitt:",
        "2020-03-22;07:00:00;-7.2;G;;Kvalitetskontrollerade data",
        *(f"2020-04-{i % 30 + 1:02};07:00:00;{i % 9}.0;G" for i in range(many)),
    ]
    found = read("\n".join(lines) + "\n")
    assert names(found)[:4] == ["Datum", "Tid (UTC)", "Lufttemperatur", "Kvalitet"]
    assert found.main.rows == many + 1 and repair(found, "blocks").rows == [1, 4]


def test_a_text_that_is_called_something_else_is_told(read: Reader):
    assert repair(read("id;namn\n1;A\n", "x.zip"), "other_suffix").count == 1
    assert "other_suffix" not in codes(read("id;namn\n1;A\n", "x.txt"))


CELLS = st.text(st.sampled_from("abå ,;\"\\'^:"), max_size=8).map(str.strip)


@given(table=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@pytest.mark.slow
def test_what_is_csv_is_read_as_it_is_whatever_its_cells_look_like(
    table: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory
):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([("id", "namn", "ort"), *((f"r{i}", *row) for i, row in enumerate(table))])
    folder: Path = tmp_path_factory.mktemp("csv")
    (folder / "x.csv").write_text(out.getvalue(), "utf-8")
    found = reading.read(folder / "x.csv", folder / "out")
    assert names(found) == ["id", "namn", "ort"] and not found.rejected
    read_back = [tuple(cell or "" for cell in row) for row in rows(found, "t1, t2")]
    assert read_back == table


RULED = (
    "Id    Namn           Antal Ort\n"
    "----- -------------- ----- ----------\n"
    "1     Storgatan 1       12 Karlskrona\n"
    "2     Lilla gatan      3,5 Ronneby\n"
)
GRID = "+----+-------+\n| id | namn  |\n+----+-------+\n|  1 | A     |\n|  2 | B, C  |\n+----+-------+\n"
PSQL = " id | namn  | ort\n----+-------+------\n  1 | A     | X\n  2 | B     | Y\n(2 rows)\n"
ALIGNED = (
    "Id  Namn             Antal  Ort\n"
    "1   Storgatan 1         12  Karlskrona\n"
    "2   Lilla gatan 22       3  Ronneby\n"
    "3   Ån                 145  Sölvesborg\n"
    "4   Utan antal              Ekvik\n"
)


@pytest.mark.parametrize(
    ("text", "code", "columns", "first"),
    [
        (GRID, "grid", ["id", "namn"], (4, "1", "A")),
        (PSQL, "grid", ["id", "namn", "ort"], (3, "1", "A")),
        (
            "| id | namn |\n|----|:----:|\n| 1 | A |\n| 2 | B |\n",
            "grid",
            ["id", "namn"],
            (3, "1", "A"),
        ),
        (ALIGNED, "aligned", ["Id", "Namn", "Antal", "Ort"], (2, "1", "Storgatan 1")),
        (
            RULED,
            "ruled",
            ["Id", "Namn", "Antal", "Ort"],
            (3, "1", "Storgatan 1"),
        ),
    ],
)
def test_columns_by_position_are_read_and_told(
    read: Reader, text: str, code: str, columns: list[str], first: tuple[int, str, str]
):
    found = read(text, "x.txt")
    assert names(found) == columns and rows(found, "source_row, t0, t1")[0] == first
    assert repair(found, code).count == found.main.rows + 1
    assert "empty_rows" not in codes(found) and not found.rejected


def test_columns_that_begin_at_no_one_place_are_not_guessed(read: Reader):
    shifted = ALIGNED.replace("2   Lilla", "2 Lilla")
    assert names(read(shifted, "x.txt")) == ["Id Namn Antal Ort"]
    assert names(read("Namn på\nEn lång  mening 1\nTvå till  ord 2\nTre ord  och 3\n"))[1:] == []
    with pytest.raises(InputRefused) as refused:
        read("0001STORGATAN 1    0012X\n0002LILLA GATAN    0003Y\n0003ÅN             0145Z\n")
    assert refused.value.key == "reading.fixed_width"
