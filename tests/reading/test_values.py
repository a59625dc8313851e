"""What cells mean: words that are codes, errors of a spreadsheet, what is read as empty. Nothing in
silence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.reading import missing
from helpers.reading.typing import guess

from .conftest import Reader, codes, repair, rows


@pytest.mark.parametrize("words", [["NO"], ["JA"], ["no", "ja"], ["Yes"]])
def test_one_word_of_yes_and_no_may_be_a_code_and_stays_text(words: list[str]):
    assert guess(words * 20).type == "text" and guess(words * 20, "boolean").type == "boolean"


@pytest.mark.parametrize("words", [["ja", "nej"], ["Yes", "NO"], ["true"], ["FALSE", "True"]])
def test_both_words_of_a_pair_are_true_and_false(words: list[str]):
    assert guess(words * 20).type == "boolean"


def test_errors_of_a_spreadsheet_are_told_where_they_stand_and_the_numbers_are_numbers(
    read: Reader,
):
    found = read("id;v;ort\n1;#REF!;Ekvik\n2;#DIV/0!;Bro\n3;#VÄRDEFEL!;Stad\n4;5;Bro\n5;7;#N/A\n")
    told = repair(found, "error_values")
    assert (told.count, told.rows, told.column) == (4, [2, 3, 4, 6], "v, ort")
    assert found.main.column("v").type == "integer" and rows(found, "v1")[3] == (5,)


@given(st.sampled_from(sorted(missing.ERRORS)), st.integers(1, 40))
@settings(max_examples=20, deadline=None)
def test_no_error_makes_text_of_numbers(error: str, count: int):
    assert guess([error] * count + ["12", "13"]).type == "integer"


def test_words_that_are_read_as_empty_are_told_with_count_and_column(read: Reader):
    found = read("id;kemi\n" + "".join(f"{i};NA\n" for i in range(1500)) + "x;Cl\n")
    told = repair(found, "missing_words")
    assert (told.count, len(told.rows), told.column) == (1500, 1000, "kemi")
    assert "missing_words" not in codes(read("id;v\n1;-\n2;saknas\n"))


TABLES = {  # the column v beside others: what it is read as, and what is told of it
    "beside decimal commas a point is thousands": (
        "ort;v;andel\na;23.824;12,5\nb;17.518;3,25\nc;112.435;4,0\n",
        [23824, 17518, 112435],
        "thousands",
    ),
    "alone a point is decimals, and in doubt": (
        "ort;v\na;23.824\nb;17.518\n",
        [23.824, 17.518],
        "ambiguous_points",
    ),
    "two points in a cell are thousands": (
        "ort;v\na;1.234.567\nb;17.518\nc;98\n",
        [1234567, 17518, 98],
        "thousands",
    ),
    "alone a comma is decimals, and in doubt": (
        'ort,v\na,"1,338"\nb,98\n',
        [1.338, 98],
        "ambiguous_thousands",
    ),
    "beside thousands a comma is thousands": (
        'ort,v,w\na,"1,338","1,234,567"\nb,98,"12,000"\n',
        [1338, 98],
        "thousands",
    ),
    "beside decimals a comma is decimals": (
        "ort;v;w\na;1,338;12,5\nb;98;1,25\n",
        [1.338, 98],
        "decimal_comma",
    ),
    "thousands beside decimal commas are in doubt": (
        "ort;v;w\n" + "".join(f"a;{i},338;12,5\nb;{i}8;1,25\n" for i in (1, 2, 3)),
        [1.338, 18, 2.338, 28, 3.338, 38],
        "ambiguous_thousands",
    ),
    "beside decimal points a comma is thousands": (
        'ort,v,w\na,"23,824",3.5\nb,"8,120",4.25\n',
        [23824, 8120],
        "thousands",
    ),
    "the points of positions prove nothing, and the doubt is told": (
        'ort,v,lat,lon\na,"23,824",56.11,15.5\nb,"8,120",56.2,15.61\n',
        [23.824, 8.12],
        "ambiguous_thousands",
    ),
    "a point is a point where another column shows it": (
        "ort;v;w\na;23.824;1.5\nb;17.518;2.25\n",
        [23.824, 17.518],
        None,
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_agrees_on_what_its_signs_mean(read: Reader, name: str):
    text, values, told = TABLES[name]
    found = read(text)
    assert [value for (value,) in rows(found, "v1")] == values
    assert told in codes(found) if told else not found.repairs


def test_the_seventh_of_seven_alike_columns_is_thousands_too(read: Reader):
    small = ["12", "98", "310", "7"]
    six = [[*small, f"{i},338", "2,400", "5,100"] for i in range(1, 7)]
    columns = [*six, ["1,338", "2,400", "9,100", "3,200", "4,500", "8,800", "7,700"]]
    text = "".join(";".join(cells) + "\n" for cells in zip(*columns, strict=True))
    found = read(";".join("abcdefg") + "\n" + text)
    assert rows(found, "v6")[0] == (1338.0,) and repair(found, "thousands").count == 7


@pytest.mark.parametrize(
    "cells",
    [
        ["215,252", "254,255,275", "121"],
        ["342,344", "343", "121"],
        ["1,2", "3", "1,2,3", "4"],
        ["2154,2155", "2151"],
        ["254 255 275", "215 252"],
    ],
)
def test_a_list_in_a_cell_is_no_number_and_is_told(read: Reader, cells: list[str]):
    found = read("id;v\n" + "".join(f"a{i};{cell}\n" for i, cell in enumerate(cells)))
    assert found.main.column("v").type == "text" and repair(found, "lists").column == "v"


@given(st.lists(st.integers(0, 10**9), min_size=12, unique=True), st.sampled_from(", "))
@settings(max_examples=30, deadline=None)
def test_thousands_of_all_sizes_are_no_lists(numbers: list[int], sign: str):
    cells = [f"{number:,}".replace(",", sign) for number in [*numbers, 1, 12345]]
    assert not guess(cells).listed


@given(st.lists(st.lists(st.integers(100, 999), min_size=1, max_size=4), min_size=4))
@settings(max_examples=30, deadline=None)
def test_lists_of_three_digits_are_never_numbers(lists: list[list[int]]):
    cells = [",".join(map(str, numbers)) for numbers in [*lists, [121], [121, 122, 123]]]
    assert guess(cells).type == "text"


def test_where_a_format_writes_the_numbers_a_point_is_no_doubt(read: Reader):
    assert "ambiguous_points" not in codes(read('[{"id": "a", "v": 23.824}]', "x.json"))


def test_positions_of_three_decimals_are_no_thousands(read: Reader):
    found = read("namn;lat;lon;andel\na;59.123;18.123;1,5\nb;59.125;18.125;2,75\n")
    assert rows(found, "v1")[0] == (59.123,)


@pytest.mark.parametrize(
    ("name", "other"),
    [("leverantör", "0145076-7"), ("route_id", "9011021030000000-X-tåg."), ("artikelnr", "12b")],
)
def test_a_code_among_whole_numbers_makes_them_codes_and_is_no_fault(
    read: Reader, name: str, other: str
):
    found = read(f"{name};ort\n" + "5560001234;a\n" * 40 + f"{other};b\n")
    assert (found.main.column(name).type, found.main.column(name).unparsed) == ("text", 0)


def test_a_number_with_a_slip_is_still_a_number_and_told(read: Reader):
    found = read("antal;ort\n" + "12;a\n" * 40 + "13 st;b\n")
    assert (found.main.column("antal").type, found.main.column("antal").unparsed) == ("integer", 1)


@pytest.mark.parametrize("cells", [("1,234", "12.5", "12"), ("1,5", "2,5", "3.5")])
def test_commas_and_points_in_one_column_are_told(read: Reader, cells: tuple[str, ...]):
    found = read("id;v\n" + "".join(f"a{i};{cell}\n" for i, cell in enumerate(cells)))
    assert repair(found, "both_signs").column == "v"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["1, 2, 3", "4", "5, 6"], True),
        (["[1, 2]", "[4]", "[5, 6]"], True),
        (["A|B", "C", "D|E"], True),
        (["12 | 13 | 14", "15 | 16", "17"], True),
        (["Storgatan 1, Bro", "Ån, Ekvik", "Torget"], False),
        (["56.1, 15.5", "56.2, 15.6", "56.3, 15.7"], False),
        (["1/2", "4", "5/6"], False),
    ],
)
def test_a_list_in_a_cell_is_told(read: Reader, cells: list[str], told: bool):
    found = read("id;linjer\n" + "".join(f'{i};"{cell}"\n' for i, cell in enumerate(cells)))
    assert ("lists" in codes(found)) is told and found.main.column("linjer").type == "text"


@pytest.mark.parametrize(
    ("cells", "declared", "type"),
    [
        (["TRUE", "FALSE"], None, "boolean"),
        (["Ja", "Nej"], "boolean", "boolean"),
        (["Y", "N", "Y"], "boolean", "boolean"),
        (["Y", "N", "Y"], None, "text"),
        (["Y", "N", "K"], "boolean", "text"),
        ([*["Ja"] * 30, "Begränsat"], "boolean", "text"),
        ([*["Ja"] * 15, *["Nej"] * 15, "Begränsat"], None, "text"),
        (["1", "0"], "boolean", "integer"),
    ],
)
def test_yes_and_no_in_every_spelling_and_a_third_answer(
    cells: list[str], declared: str | None, type: str
):
    assert guess(cells, declared).type == type


def test_letters_for_yes_and_no_are_read_where_the_specification_says_so(read: Reader):
    head = "place_id;name;latitude;longitude;bathing_jetty;shower;wc;trash"
    found = read(f"{head};firstaid\n1;A;56.2;15.5;Y;N;y;n;K\n2;B;56.3;15.6;N;Y;n;y;Y\n")
    types = {column.name: column.type for column in found.main.columns}
    assert {types[name] for name in ("bathing_jetty", "shower", "wc", "trash")} == {"boolean"}
    assert types["firstaid"] == "text"
    assert not any(column.unparsed for column in found.main.columns)
