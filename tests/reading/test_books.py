"""What a workbook shows is what is read: merged cells, number formats, hidden parts and lost values,
in XLSX, ODS and XLS alike."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from typing import Any

import duckdb
import openpyxl
import openpyxl.styles
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.reading import layout, number_formats, subtotals
from helpers.words.errors import InputRefused

from . import biff, makers
from .conftest import Reader, codes, names, repair, rows


def book(
    cells: Sequence[Sequence[Any]], *, merged: Sequence[str] = (), **formats: str
) -> openpyxl.Workbook:
    """A workbook with those rows, merged ranges, and a number format for each column named."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in cells:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    for column, code in formats.items():
        for cell in sheet[column][1:]:
            cell.number_format = code
    return made


def packed(made: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def ods(body: str) -> bytes:
    """A document with one sheet of that markup."""
    return makers.ods_of(f'<table:table table:name="Blad1">{body}</table:table>')


def ods_row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def ods_cell(shown: str, kind: str = "string", more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" {more}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def ods_number(value: str, shown: str | None = None, kind: str = "float") -> str:
    return ods_cell(shown or value, kind, f'office:value="{value}"')


# Merged cells


def test_cells_merged_downwards_hold_their_value_in_each_row(read: Reader):
    cells = [["omr", "skola", "elever"]]
    cells += [[None, f"Skola {n}", 100 + n] for n in range(1, 6)]
    cells[1][0], cells[4][0] = "Norr", "Söder"
    found = read(packed(book(cells, merged=["A2:A4", "A5:A6"])), "x.xlsx")
    assert [row[0] for row in rows(found, "t0")] == ["Norr", "Norr", "Norr", "Söder", "Söder"]
    told = repair(found, "merged_cells")
    assert (told.count, told.rows, told.column) == (3, [3, 4, 6], "omr")


def test_cells_merged_across_hold_their_value_in_each_column(read: Reader):
    cells = [["skola", "måndag", "tisdag"], ["Eken", "Stängt", None], ["Alen", "8-16", "8-15"]]
    found = read(packed(book(cells, merged=["B2:C2"])), "x.xlsx")
    assert rows(found, "t0, t1, t2")[0] == ("Eken", "Stängt", "Stängt")
    assert repair(found, "merged_cells").column == "tisdag"


def test_a_merged_note_and_the_label_of_a_sum_are_not_repeated(read: Reader):
    cells: list[list[Any]] = [["skola", "ort", "elever"]]
    cells += [[f"Skola {n}", "Alby", 10] for n in range(4)]
    cells += [["Summa", None, 40], [None] * 3, ["Källa: kommunens register", None, None]]
    found = read(packed(book(cells, merged=["A6:B6", "A8:C8"])), "x.xlsx")
    assert found.main.rows == 4
    assert {"sum_row", "footnotes"} <= {*codes(found)} and "merged_cells" not in codes(found)


def test_merged_cells_of_an_ods_are_filled(read: Reader):
    spanned = 'table:number-rows-spanned="2"'
    found = read(
        ods(
            ods_row(ods_cell("område"), ods_cell("skola"))
            + ods_row(ods_cell("Norr", more=spanned), ods_cell("Eken"))
            + ods_row("<table:covered-table-cell/>", ods_cell("Alen"))
        ),
        "x.ods",
    )
    assert rows(found, "t0, t1") == [("Norr", "Eken"), ("Norr", "Alen")]
    assert repair(found, "merged_cells").rows == [3]


def test_merged_cells_of_an_xls_are_filled(read: Reader):
    area = biff.record(0xE5, struct.pack("<HHHHH", 1, 1, 2, 0, 0))
    found = read(
        xls([["område", "skola"], ["Norr", "Eken"], [None, "Alen"], ["Syd", "Asken"]], area),
        "x.xls",
    )
    assert [row[0] for row in rows(found, "t0")] == ["Norr", "Norr", "Syd"]
    assert repair(found, "merged_cells").rows == [3]


def test_names_under_a_merged_one_are_told_apart(read: Reader):
    cells = [
        ["Skola", "Elever", None, "Adress"],
        [None, "Flickor", "Pojkar", None],
        *([f"Skola {n}", 10 + n, 20 + n, f"Gata {n}"] for n in range(4)),
    ]
    found = read(packed(book(cells, merged=["B1:C1", "A1:A2", "D1:D2"])), "x.xlsx")
    assert names(found) == ["Skola", "Elever Flickor", "Elever Pojkar", "Adress"]


# Number formats


def test_a_percentage_is_told_and_codes_keep_the_zeros_that_are_shown(read: Reader):
    cells = [["ort", "andel", "kommunkod", "postnr"]]
    cells += [[f"Ort {n}", n / 8, 180 + n, 12345 + n] for n in range(1, 4)]
    found = read(packed(book(cells, B="0.0%", C="0000", D="000\\ 00")), "x.xlsx")
    assert rows(found, "t1, t2, t3")[0] == ("0.125", "0181", "123 46")
    assert [column.type for column in found.main.columns] == ["text", "decimal", "text", "text"]
    assert repair(found, "percent").column == "andel"
    assert repair(found, "shown_digits").column == "kommunkod, postnr"


def test_texts_among_numbers_with_their_zeros_shown_have_lost_nothing(read: Reader):
    cells = [["kommunkod", "namn"], ["0180", "a"], [181, "b"], [182, "c"]]
    found = read(packed(book(cells, A="0000")), "x.xlsx")
    assert [row[0] for row in rows(found, "t0")] == ["0180", "0181", "0182"]
    assert not {"numbers_as_text", "leading_zero_lost"} & {*codes(found)}


def test_what_an_ods_shows_is_read(read: Reader):
    found = read(
        ods(
            ods_row(*map(ods_cell, ("kod", "andel", "tid", "kvot")))
            + ods_row(
                ods_number("181", "0181"),
                ods_number("0.125", "12,5 %", "percentage"),
                ods_cell("25:30", "time", 'office:time-value="PT25H30M00S"'),
                ods_cell(
                    "#DIV/0!",
                    more='office:string-value="" calcext:value-type="error" '
                    'table:formula="of:=1/0"',
                ),
            )
            + ods_row(ods_number("182", "0182"), ods_cell("PT1H"), ods_cell("PT1H"), ods_cell("x"))
        ),
        "x.ods",
    )
    assert rows(found, "t0, t1, t2, t3") == [
        ("0181", "0.125", "25:30:00", None),
        ("0182", "PT1H", "PT1H", "x"),
    ]
    assert repair(found, "percent").rows == [2]
    assert repair(found, "shown_digits").rows == [2, 3]
    assert repair(found, "excel_errors").rows == [2]


@given(st.integers(0, 10**15), st.from_regex(r"00[0 -]{0,8}", fullmatch=True))
def test_a_mask_never_changes_the_number(number: int, mask: str):
    shown = number_formats.masked(number, mask)
    assert shown is not None
    digits = "".join(filter(str.isdigit, shown))
    assert int(digits) == number and len(digits) >= mask.count("0")


@given(st.floats(allow_nan=False, allow_infinity=False).filter(lambda n: n < 0 or n % 1 != 0))
def test_a_mask_says_nothing_of_what_is_no_whole_number(number: float):
    assert number_formats.masked(number, "0000") is None


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("0%", "%"),
        ('0.00" %"', ""),
        ("0\\%", ""),
        ("[Red]0.0%;-0.0%", "%"),
        ("0", ""),
        ("00000;@", "00000"),
        ('000" "00', "000 00"),
        ("# ##0", ""),
        ("0.00", ""),
        ("General", ""),
        ("yyyy-mm-dd", ""),
    ],
)
def test_what_a_number_format_means(code: str, meaning: str):
    assert number_formats.meaning(code) == meaning


def test_ages_and_forms_under_a_merged_group_are_names():
    rows = [["Skola", "Årskurs", "", "", "Totalt"], ["", "F-3", "4-6", "7\u20139", ""]]
    found = layout.heading(
        [*rows, ["Hulta", "3", "4", "5", "12"], ["Kilen", "1", "2", "3", "6"]], 5
    )
    assert (found.last, found.rows) == (1, 2)
    assert found.cells == ["Skola", "Årskurs F-3", "Årskurs 4-6", "Årskurs 7\u20139", "Totalt"]
    ages = [["Område", "Ålder", "", "Alla"], ["", "0-5", "65+", ""], ["A", "1", "2", "3"]]
    assert layout.heading(ages, 4).cells == ["Område", "Ålder 0-5", "Ålder 65+", "Alla"]


def test_codes_in_groups_are_read_as_an_ods_shows_them_and_thousands_are_numbers(read: Reader):
    shown = (("12345", "123 45"), ("1234567", "1 234 567"), ("1212121212", "121212-1212"))
    cells = [ods_number(value, text) for value, text in shown]
    found = read(ods(ods_row(*map(ods_cell, "abc")) + ods_row(*cells) * 2), "x.ods")
    assert rows(found, "t0, t1, t2")[0] == ("123 45", "1234567", "121212-1212")


# Numbers too long for a spreadsheet


def test_long_numbers_keep_the_digits_of_the_file_and_the_loss_is_told(read: Reader):
    # the program that writes the file has lost the last digits of the second
    cells = [["id", "kort"], [4111111111111112, 1], [735999123456789012, 411111111111111]]
    found = read(packed(book(cells)), "x.xlsx")
    assert rows(found, "t0, t1") == [
        ("4111111111111112", "1"),
        ("735999123456789000", "411111111111111"),
    ]
    told = repair(found, "digits_lost")
    assert (told.count, told.rows, told.column) == (2, [2, 3], "id")


# Hidden, lost, far away


def xls(cells: Sequence[Sequence[object]], *more: bytes, **given: Any) -> bytes:
    """An old workbook with that sheet and further records among its cells."""
    sheet = biff.sheet(cells)
    return biff.workbook({"Blad1": sheet[:-4] + b"".join(more) + sheet[-4:]}, **given)


def test_hidden_rows_columns_and_errors_of_an_xls_are_told(read: Reader):
    hidden_row = biff.record(0x208, struct.pack("<HHHHHHI", 2, 0, 2, 255, 0, 0, 0x20))
    hidden_column = biff.record(0x7D, struct.pack("<HHHHHH", 1, 1, 2000, 15, 1, 0))
    found = read(
        xls([["id", "dold"], [1, "a"], [2, "#REF!"], [3, "c"]], hidden_row, hidden_column), "x.xls"
    )
    assert repair(found, "hidden_rows").rows == [3]
    assert repair(found, "hidden_columns").column == "dold"
    assert repair(found, "excel_errors").rows == [3]


def test_hidden_rows_and_columns_of_an_ods_are_told(read: Reader):
    unseen = 'table:visibility="collapse"'
    found = read(
        ods(
            f"<table:table-column/><table:table-column {unseen}/>"
            + ods_row(ods_cell("id"), ods_cell("dold"))
            + ods_row(ods_number("1"), ods_cell("a"))
            + ods_row(ods_number("2"), ods_cell("b"), attributes=unseen)
            + ods_row(attributes=f'{unseen} table:number-rows-repeated="1000000"')
        ),
        "x.ods",
    )
    assert repair(found, "hidden_rows").rows == [3]
    assert repair(found, "hidden_columns").column == "dold"


def test_a_style_far_away_is_no_part_of_the_table(read: Reader):
    made = book([["id", "namn"], [1, "Eken"]])
    sheet = made.active
    assert sheet is not None
    sheet["XFD1048576"].number_format = "0.00"
    sheet["XFD1048576"].fill = openpyxl.styles.PatternFill("solid", "FFFF00")
    found = read(packed(made), "x.xlsx")
    assert names(found) == ["id", "namn"] and found.main.rows == 1


# Tables beside one another


def beside(*tables: Sequence[Sequence[Any]]) -> bytes:
    """A sheet with those tables beside one another, an empty column between them."""
    height = max(map(len, tables))
    lines: list[list[Any]] = [[] for _ in range(height)]
    for table in tables:
        for number, line in enumerate(lines):
            cells = table[number] if number < len(table) else [None] * len(table[0])
            line += [*([None] if line else []), *cells]
    return packed(book(lines))


SCHOOLS = [["skola", "elever"], *([f"Skola {n}", 100 + n] for n in range(5))]
BEACHES = [["badplats", "djup"], *([f"Bad {n}", 1.5 + n] for n in range(3))]


def test_of_tables_beside_one_another_the_largest_is_read(read: Reader):
    for tables in ((SCHOOLS, BEACHES), (BEACHES, SCHOOLS)):
        found = read(beside(*tables), "x.xlsx")
        assert names(found) == ["skola", "elever"] and found.main.rows == 5
        told = repair(found, "side_by_side")
        assert (told.count, told.column) == (2, "badplats, djup")
        assert "empty_columns" not in codes(found)


def test_a_table_that_goes_on_beside_itself_is_told(read: Reader):
    found = read(beside(SCHOOLS, SCHOOLS), "x.xlsx")
    assert found.main.rows == 5 and repair(found, "side_by_side").count == 2


def test_an_empty_column_within_a_table_is_told_and_nothing_is_left_out(read: Reader):
    more = [["ort", "postnr"], *([f"Ort {n}", 12345 + n] for n in range(5))]
    found = read(beside(SCHOOLS, more), "x.xlsx")
    assert names(found) == ["skola", "elever", "ort", "postnr"]
    assert repair(found, "perhaps_side_by_side").count == 2


def test_a_column_that_is_sparse_is_no_table_of_its_own(read: Reader):
    notes = [["anmärkning", "källa"], [None, None], ["ny", "kommunen"], *[[None, None]] * 3]
    found = read(beside(SCHOOLS, notes), "x.xlsx")
    assert names(found) == ["skola", "elever", "anmärkning", "källa"]
    assert repair(found, "perhaps_side_by_side").count == 2


# Sums within a table


def test_subtotals_are_no_records(read: Reader):
    cells: list[list[Any]] = [["förvaltning", "konto", "belopp"]]
    for unit, amounts in (("Skola", (100, 200)), ("Vård", (50, 70)), ("Kultur", (30,))):
        cells += [[unit, 4010 + n, amount] for n, amount in enumerate(amounts)]
        cells += [[f"Summa {unit.lower()}", None, sum(amounts)]]
    found = read(packed(book([*cells, ["Totalt", None, 450]])), "x.xlsx")
    assert [row[0] for row in rows(found, "t2")] == ["100", "200", "50", "70", "30"]
    told = repair(found, "subtotals")
    assert (told.count, told.rows) == (3, [4, 7, 9])
    assert repair(found, "sum_row").rows == [10]


@pytest.mark.parametrize(
    "label", ["Delsumma", "SUMMA SKOLA", "Skola summa:", "Skola totalt", "S:a"]
)
def test_a_sum_is_known_by_its_word_and_its_amount(read: Reader, label: str):
    text = f"enhet;konto;belopp\nA;1;1000\nA;2;2000\n{label};;%s\nB;1;7\nB;2;9\nB;3;4\n"
    assert repair(read(text % "3001"), "subtotals").rows == [4]
    assert "subtotals" not in codes(read(text % "4000"))


def test_sums_of_sums_are_followed(read: Reader):
    text = (
        "enhet;konto;belopp\nA1;1;10\nA1;2;20\nSumma A1;;30\nA2;1;5\nSumma A2;;5\nSumma A;;35\n"
        "B1;1;7\nSumma B1;;7\nSumma B;;7\n"
    )
    found = read(text)
    assert [row[0] for row in rows(found, "t0")] == ["A1", "A1", "A2", "B1"]
    assert repair(found, "subtotals").count == 5


@given(
    st.lists(st.lists(st.integers(1, 10**6), min_size=1, max_size=5), min_size=1, max_size=8),
    st.booleans(),
)
@pytest.mark.slow
def test_wherever_sums_stand_they_are_told_and_nothing_else(groups: list[list[int]], over: bool):
    lines: list[tuple[str, int | None, int]] = []
    expected = []
    for number, amounts in enumerate(groups):
        records: list[tuple[str, int | None, int]] = [
            (f"Enhet {number}", 4000 + n, amount) for n, amount in enumerate(amounts)
        ]
        total = [(f"Summa enhet {number}", None, sum(amounts))]
        expected.append(len(lines) + (1 if over else len(records) + 1))
        lines += total + records if over else records + total
    with duckdb.connect() as connection:
        connection.execute(
            "create table x (source_row int, t0 text, t1 text, t2 text, v1 int, v2 int)"
        )
        connection.executemany(
            "insert into x values (?, ?, ?, ?, ?, ?)",
            [(i, a, b and str(b), str(c), b, c) for i, (a, b, c) in enumerate(lines, 1)],
        )
        assert subtotals.rows(connection, "x", 3, [1, 2]).sure == expected


def test_a_sum_over_its_parts_is_told(read: Reader):
    text = "enhet;konto;belopp\nSumma A;;30\nA;1;10\nA;2;20\nSumma B;;12\nB;1;5\nB;2;7\n"
    found = read(text)
    assert found.main.rows == 4 and repair(found, "subtotals").rows == [2, 5]


def test_a_category_called_total_is_a_record(read: Reader):
    lines = [
        f"{place};{kind};{count}"
        for place in ("Alby", "Berga")
        for kind, count in (("män", 10), ("kvinnor", 12), ("totalt", 22))
    ]
    found = read("ort;kön;antal\n" + "\n".join(lines) + "\n")
    assert found.main.rows == 6 and "subtotals" not in codes(found)
    assert repair(found, "perhaps_subtotals").rows == [4, 7]


def test_a_name_that_says_sum_is_a_record(read: Reader):
    found = read("namn;antal\nSumma Cum Laude;3\nEken;4\nTotalförsvaret;9\nAlen;5\n")
    assert found.main.rows == 4 and not {"subtotals", "perhaps_subtotals"} & {*codes(found)}


def test_a_name_with_a_personal_number_is_shown_by_no_repair(read: Reader):
    number = "121212-1212"
    beaches = [["badplats", f"djup {number}"], ["Norr", 2], ["Syd", 3]]
    assert number not in str(read(beside(SCHOOLS, beaches), "x.xlsx").repairs)
    cells = [["namn", f"a {number}", f"b {number}"], ["Eken", 0.5, 0.25]]
    found = read(packed(book(cells, B="0%", C="0%")), "x.xlsx")
    assert repair(found, "percent").count == 2 and number not in str(found.repairs)


# Old workbooks


def test_a_style_far_away_in_an_xls_is_no_part_of_the_table(read: Reader):
    blank = biff.record(0x201, struct.pack("<HHH", 65535, 255, 15))
    found = read(xls([["id", "namn"], [1, "Eken"]], blank), "x.xls")
    assert names(found) == ["id", "namn"] and found.main.rows == 1


@pytest.mark.parametrize(
    "far",
    [
        biff.record(0x203, struct.pack("<HHHd", 65535, 65535, 15, 1.0)),
        biff.record(0x200, struct.pack("<IIHHH", 0, 2**31, 0, 60000, 0)),
        biff.record(0x200, struct.pack("<IIHHH", 0x93000000, 5, 0, 5, 0)),
    ],
    ids=["cell", "claim", "end_before_begin"],
)
def test_what_reaches_beyond_memory_is_refused_before_the_workbook_is_opened(
    read: Reader, far: bytes
):
    with pytest.raises(InputRefused) as caught:
        read(xls([["id", "namn"], [1, "Eken"]], far), "x.xls")
    assert caught.value.key == "reading.too_many_cells"


def test_a_survey_in_an_old_workbook_without_fonts_is_read(read: Reader):
    """An error among codes, texts that formulas made, no styles at all."""
    cells: list[list[object]] = [["kod", "fråga", "svar"]]
    cells += [
        ["#REF!" if n == 5 else f"0{180 + n}", biff.formula(n, 1, f"svar {n}"), n]
        for n in range(1, 40)
    ]
    found = read(xls(cells, fonts=0, styles=0), "x.xls")
    assert found.main.rows == 39 and rows(found, "t0, t1")[0] == ("0181", "svar 1")
    assert repair(found, "excel_errors").rows == [6]


def test_a_category_called_total_beside_one_record_lacks_no_word_and_is_a_record(read: Reader):
    """Where nearly all live in the town, its numbers are those of the whole."""
    rows = (
        "tätort;Karlskrona;2023;0,25;0,3\ntotal;Ronneby;2023;0,25;\ntätort;Ronneby;2023;0,2;0,1\n"
    )
    found = read(f"område;kommun;år;xdsl;kabel\n{rows}")
    assert found.main.rows == 3 and "subtotals" not in codes(found)
    assert repair(found, "perhaps_subtotals").rows == [3]
