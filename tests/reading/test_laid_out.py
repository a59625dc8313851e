"""Tables as people and their systems lay them out: titles, page heads, sums and means are no records,
and what may be one stays."""

from __future__ import annotations

import pytest

from . import makers
from .conftest import Reader, codes, names, repair, rows


def test_the_larger_of_two_blocks_is_told_by_its_records_alone(read: Reader):
    text = "Skola;Elever\nEken;120\nTallen;130\n\nBad;Djup;Kommun\nA;12;Bro\nB;13;Bro\nC;4;Ek\n"
    found = read(text)
    assert names(found) == ["Bad", "Djup", "Kommun"] and found.main.rows == 3


ASIDE = {
    "a sum without amounts": ("Summa;;\n", "sum_row"),
    "a source at once": ("Källa: kommunen;;\n", "footnotes"),
    "a star and a bracket": ("*) preliminär uppgift;;\n", "footnotes"),
}


@pytest.mark.parametrize("name", ASIDE)
def test_a_last_row_of_text_does_not_make_texts_of_numbers(read: Reader, name: str):
    line, code = ASIDE[name]
    found = read("id;namn;ort\n1;Eken;Bro\n2;Tallen;Ek\n3;Alen;Bro\n" + line)
    assert repair(found, code).rows == [5]
    assert rows(found, "v0") == [(1,), (2,), (3,)]


def test_a_filling_station_of_that_name_stays(read: Reader):
    assert read("namn;ort\nShell;Bro\nOK;Ek\nTotal;\n").main.rows == 3


def test_a_note_under_a_name_and_a_value_is_no_record(read: Reader):
    found = read("namn;antal\nA;1\nB;2\n*) preliminär\n")
    assert repair(found, "footnotes").count == 1 and found.main.rows == 2


def test_a_heading_over_a_header_that_stands_again_is_no_record(read: Reader):
    part = "id;namn;ort\n1;Eken;Bro\n2;Tallen;Ek\n3;Alen;Bro\n"
    found = read(f"Avdelning Norr;;\n{part}Avdelning Syd;;\n{part}")
    assert repair(found, "section_titles").rows == [6] and found.main.rows == 6
    assert found.main.column("id").type == "integer"


@pytest.mark.parametrize("title", ["Förskolor\n", "Förskolor\nHösten 2024\n", "Förskolor\n\n"])
def test_a_block_under_a_title_of_its_own_is_a_table(read: Reader, title: str):
    found = read(f"Namn;Elever\nA;100\nB;200\n\n{title}Namn;Barn\nC;30\nD;40\nE;50\n")
    assert names(found) == ["Namn", "Barn"] and rows(found, "t0, v1")[0] == ("C", 30)
    assert repair(found, "blocks").count == 2 and found.surroundings["row"]


def test_of_blocks_with_titles_the_one_with_more_rows_is_read(read: Reader):
    found = read("Namn;Antal\nA;1\nB;2\nC;3\n\nDel två\nSom avser 2024\nNamn;Barn\nD;4\nE;5\n")
    assert names(found) == ["Namn", "Antal"] and found.main.rows == 3
    assert {one.row for one in found.rejected} == {6, 7, 8, 9, 10}


def test_years_over_names_that_recur_are_in_the_names(read: Reader):
    text = ";2022;;2023;\nKommun;Män;Kvinnor;Män;Kvinnor\nA;1;2;3;4\nB;5;6;7;8\n"
    wanted = ["Kommun", "2022 Män", "2022 Kvinnor", "2023 Män", "2023 Kvinnor"]
    assert names(read(text)) == wanted
    sheet = [line.split(";") for line in text.splitlines()]
    assert names(read(makers.xlsx({"Blad1": sheet}), "x.xlsx")) == wanted


PAGE = "Ekviks kommun;;;;\nReskontra;;;Sida {};\nPeriod 2024;;;;\n"

HEADER = "Namn;Nr;Verifikat;Datum;Belopp\n"

RECORD = "{0} AB;{0};24{0};2024-01-1{0};{0}00,50\n"


def test_the_head_of_each_page_is_no_record(read: Reader):
    pages = [
        PAGE.format(page) + HEADER + "".join(RECORD.format(3 * page + i) for i in range(3))
        for page in (0, 1)
    ]
    found = read("Summa sida;;;;\n".join(pages))
    assert found.main.rows == 6 and found.main.column("Datum").unparsed == 0
    assert repair(found, "section_titles").rows == [8, 9, 10, 11]


def test_a_record_that_is_sparse_above_a_header_that_stands_again_stays(read: Reader):
    found = read(HEADER + RECORD.format(1) + "Bo AB;;;;9,5\n" + HEADER + RECORD.format(2))
    assert found.main.rows == 3 and "section_titles" not in codes(found)


SCHOOLS = "Skola;Elever;Betyg\nA;100;12,5\nB;200;13,5\nC;600;14,0\n"

ENDINGS = {
    "a mean": ("Medel;300;13,3\n", {"mean_rows": [5]}),
    "a mean and a median under a sum": (
        "Summa;900;\nMedelvärde;300;13,3\nMedian;200;13,5\n",
        {"sum_row": [5], "mean_rows": [6, 7]},
    ),
    "a sum under means": (
        "Genomsnitt per skola;300;13,33\nMedian:;200;13,5\nTotalt;900;\n",
        {"mean_rows": [5, 6], "sum_row": [7]},
    ),
    "the greatest and the least": ("Max;600;14,0\nMin;100;12,5\n", {"mean_rows": [5, 6]}),
    "a mean over a note": ("Medel;300;13,3\nKälla: SCB;;\n", {"mean_rows": [5], "footnotes": [6]}),
    "a sum of something else": ("Summa;990;\n", {"unlike_sums": [5]}),
    "a mean of something else": ("Medel;990;19\n", {"unlike_sums": [5]}),
    "a firm": ("Snitt & Söm AB;990;19\n", {}),
    "a boy": ("Max;610;14,5\n", {}),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_what_ends_a_table_is_set_aside_where_its_numbers_are_that(read: Reader, name: str):
    lines, told = ENDINGS[name]
    found = read(SCHOOLS + lines)
    kinds = ("sum_row", "mean_rows", "footnotes", "unlike_sums", "subtotals")
    assert {one.code: one.rows for one in found.repairs if one.code in kinds} == told
    out = sum(len(numbers) for code, numbers in told.items() if code != "unlike_sums")
    assert found.main.rows == 3 + lines.count("\n") - out
    assert found.surroundings.get("row", 0) == out


ARRANGED = {
    "a label on the first row of each group": (
        "Område;Skola;Elever\nNorr;A;1\n;B;2\n;C;3\nSöder;D;4\n;E;5\n",
        ("group_labels", 3),
    ),
    "a day on the first row of each week": (
        "Datum;Rätt;Antal\n2024-01-08;Köttbullar;1\n;Fisk;2\n2024-01-15;Korv;3\n;Soppa;4\n",
        ("group_labels", 2),
    ),
    "a first column that is seldom filled": (
        "Anm;Skola;Elever\n;A;1\nny;B;2\n;C;3\nny;D;4\n",
        None,
    ),
    "titles over some rows": (
        "Skola;Elever;Lärare\nNorra;;\nA;1;1\nB;2;1\nSödra;;\nC;3;1\nD;4;2\n",
        ("perhaps_titles", 2),
    ),
    "records that lack a number": (
        "Skola;Elever;Lärare\nA;1;1\nB;;\nC;3;\nE;4;2\nF;;\nG;1;1\n",
        None,
    ),
    "records that lack all, the last one too": (
        "Skola;Elever;Lärare\nA;1;1\nE;4;2\nG;1;1\nH;4;4\nI;;\nB;3;3\nF;;\n",
        None,
    ),
    "fields down the rows": (
        "Namn;Badhuset;Gymmet\nBesök;10;20\nAdress;Storg 1;Lillg 2\nÖppnad;2001-01-01;2003-02-02\n",
        ("on_its_side", 3),
    ),
    "answers in words": ("Fråga;A;B\nTrivsel;bra;dålig\nMat;god;ok\nNöjd;ja;nej\n", None),
}


@pytest.mark.parametrize("name", ARRANGED)
def test_an_arrangement_for_people_is_told_and_changes_nothing(read: Reader, name: str):
    text, told = ARRANGED[name]
    found = read(text)
    kinds = ("group_labels", "perhaps_titles", "on_its_side")
    assert [(one.code, one.count) for one in found.repairs if one.code in kinds] == (
        [told] if told else []
    )
    assert found.main.rows == text.count("\n") - 1


def test_the_whole_country_is_told_as_a_sum_where_it_is_one(read: Reader):
    body = "Region;2022;2023\n{}Blekinge;10;20\nKalmar;30;30\nHalland;50;40\n"
    found = read(body.format("Riket;90;90\n"))
    assert repair(found, "perhaps_subtotals").rows == [2] and found.main.rows == 4
    assert "perhaps_subtotals" not in codes(read(body.format("Riket;30;31\n")))


@pytest.mark.parametrize(
    "lines",
    [
        "namn;antal Noah;31 Hugo;28 Liam;25 Elias;19 Max;19",
        "hundnamn;antal;ras Bella;40;Lab Max;28;Tax",
        "nivå;antal Hög;12 Låg;8 Medel;10",
        "verksamhet;ort;antal Kaj;Norr;3 Bo;Söder;2 Max;Centrum;2",
    ],
)
def test_a_record_called_max_or_medel_stays(read: Reader, lines: str):
    table = lines.split(" ")
    found = read("\n".join(table) + "\n")
    assert found.main.rows == len(table) - 1 and codes(found) == []


def test_the_least_and_the_greatest_are_known_beside_one_another(read: Reader):
    found = read("kommun;a;b\nX;1;2\nY;3;6\nZ;2;5\nMax;3;6\nMin;1;2\n")
    assert found.main.rows == 3 and codes(found) == ["mean_rows"]


def test_a_mean_under_many_columns_is_found_in_little_memory(read: Reader):
    names = ";".join(["namn", *(f"k{number}" for number in range(300))])
    rows = "".join(f"n{row};" + ";".join([str(row)] * 300) + "\n" for row in range(3))
    found = read(f"{names}\n{rows}Medel;" + ";".join(["1"] * 300) + "\n")
    assert found.main.rows == 3 and codes(found) == ["mean_rows"]


def test_a_sparse_record_above_a_header_that_stands_again_stays(read: Reader):
    head = "namn;ort;platser;avgift\n"
    found = read(f"Badplatser\n{head}A;X;10;5\nB;Y;;\n{head}C;X;7;5\nD;Y;9;5\n")
    assert found.main.rows == 4 and "section_titles" not in codes(found)


@pytest.mark.parametrize("above", ["Period;2023;", "Utskriven;2024-05-01;"])
def test_a_year_alone_over_the_header_names_no_column(read: Reader, above: str):
    found = read(f"{above}\nNamn;Antal;\nA;1;x\nB;2;y\n")
    assert not {"2023", "2024-05-01"} & set(names(found))


def test_schools_under_the_name_of_an_area_are_no_table_of_their_own(read: Reader):
    found = read(
        "skola;elever;larare\nA;10;2\nB;20;3\n;;\nNorra området;;\nEkskolan;saknas;okänt\n"
        + "".join(f"S{number};{number}0;{number}\n" for number in range(1, 5))
    )
    assert names(found) == ["skola", "elever", "larare"]
