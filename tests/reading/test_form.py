"""Form: what stands around and between the records is told, with rows, and never becomes one."""

from __future__ import annotations

import pytest

from .conftest import Reader, codes, names, repair, rows


def test_of_two_header_rows_the_upper_names_the_lower_tells_what_recurs_apart(read: Reader):
    found = read(
        "Kommun;Hastighet;Hastighet;Antal\nnamn;ned;upp;mätningar\nHåbo;100,5;10,2;3\nTierp;50,1;5,5;7\n"
    )
    assert names(found) == ["Kommun", "Hastighet ned", "Hastighet upp", "Antal"]
    assert repair(found, "header_rows").rows == [1, 2] and found.main.header_row == 2
    assert rows(found, "source_row, t0") == [(3, "Håbo"), (4, "Tierp")]


def test_a_row_of_groups_over_names_that_recur(read: Reader):
    found = read(
        ";WGS84;;SWEREF;\nnamn;n;e;n;e\nA;56,1;15,5;6221000;536000\nB;56,2;15,6;6231000;546000\n"
    )
    assert names(found) == ["namn", "WGS84 n", "WGS84 e", "SWEREF n", "SWEREF e"]


def test_a_first_row_of_words_is_no_second_header(read: Reader):
    found = read("namn;typ;adress\nLekparken;park;Storgatan\nBadet;bad;Sjövägen\n")
    assert found.main.rows == 2 and "header_rows" not in codes(found)


def test_of_tables_under_one_another_the_largest_is_taken_and_the_others_told(read: Reader):
    found = read(
        "Konto;Belopp\n4010;100,5\n\nKommun;Antal;År\nHåbo;1;2020\nTierp;2;2021\nEnköping;3;2022\n"
    )
    assert names(found) == ["Kommun", "Antal", "År"] and found.main.header_row == 4
    assert rows(found, "source_row, t0") == [(5, "Håbo"), (6, "Tierp"), (7, "Enköping")]
    assert repair(found, "blocks").rows == [1, 4]
    assert [one.row for one in found.rejected] == [2, 3] and {
        one.reason for one in found.rejected
    } == {"other_block"}


def test_a_header_that_stands_again_is_no_record(read: Reader):
    found = read("kommun;antal\nHåbo;1\nkommun;antal\nTierp;2\n")
    assert repair(found, "repeated_header_rows").rows == [3] and found.main.rows == 2
    assert found.main.column("antal").type == "integer"


def test_a_sum_row_is_set_aside_where_it_is_the_sum(read: Reader):
    found = read("kommun;antal\nHåbo;1\nTierp;2\nKnivsta;3\nSumma;6\n")
    assert repair(found, "sum_row").rows == [5] and found.main.rows == 3


def test_a_last_row_that_counts_the_records_is_none(read: Reader):
    body = "".join(f"{i};Lekplats {i};Storgatan {i};56,1;15,{i}\n" for i in range(1, 5))
    head = f"nr;namn;adress;lat;lon\n{body}"
    found = read(f"{head}Summa;4;;;\n")
    assert repair(found, "sum_row").rows == [6] and found.main.rows == 4
    assert read(f"{head}Summa;7;;;\n").main.rows == 5


def test_a_firm_called_summa_stays_a_record(read: Reader):
    found = read("leverantor;belopp\nHåbo;1\nTierp;2\nKnivsta;3\nSumma;60\n")
    assert "sum_row" not in codes(found) and found.main.rows == 4


def test_notes_at_the_end_are_no_records(read: Reader):
    found = read("kommun;antal;år\nHåbo;1;2020\nTierp;2;2021\n\nKälla: egna uppgifter;;\n")
    assert repair(found, "footnotes").rows == [5] and found.main.rows == 2


def test_a_column_with_neither_name_nor_value_is_left_out(read: Reader):
    found = read("namn;antal;;\nA;1;;\nB;2;;\n")
    assert names(found) == ["namn", "antal"] and repair(found, "empty_columns").count == 2


def test_a_nameless_column_with_values_stays(read: Reader):
    assert names(read("namn;;antal\nA;x;1\nB;;2\n")) == ["namn", "kolumn_2", "antal"]


def test_every_way_to_say_nothing_has_its_count(read: Reader):
    found = read("id;v\n1;NA\n2;-\n3;SAKNAS\n4; \n5;\n6;-\n7;12\n")
    assert found.main.column("v").missing == {"NA": 1, "-": 2, "SAKNAS": 1, " ": 1, "": 1}
    assert found.main.column("v").type == "integer"


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f", "\u2009"])
def test_every_blank_between_thousands(read: Reader, blank: str):
    found = read(f"id;belopp\n1;1{blank}250,50\n2;-12{blank}000,00\n3;7,00\n")
    assert rows(found, "v1") == [(1250.5,), (-12000.0,), (7.0,)]
    assert {"thousands", "decimal_comma"} <= set(codes(found))


def test_the_long_minus_sign_of_swedish_excel(read: Reader):
    found = read("id;belopp\n1;\u22125,5\n2;3,25\n")
    assert rows(found, "v1") == [(-5.5,), (3.25,)] and "minus_sign" in codes(found)


def test_codes_stay_text(read: Reader):
    found = read("konto;faktura;kod\n0180;003561;5E03\n1082;000012;5E04\n0305;100000;6A01\n")
    assert {column.type for column in found.main.columns} == {"text"}
    assert rows(found, "t0, t1, t2")[0] == ("0180", "003561", "5E03")


def test_years_are_names_of_columns(read: Reader):
    found = read("Kommun;2021;2022;2023\nHåbo;1;2;3\nTierp;4;5;6\n")
    assert names(found) == ["Kommun", "2021", "2022", "2023"] and found.main.rows == 2


def test_a_table_without_a_header_says_so(read: Reader):
    found = read("1;Håbo;10\n2;Tierp;20\n3;Knivsta;30\n")
    assert found.main.rows == 3 and found.main.header_row is None and "no_header" in codes(found)


def test_null_characters_are_removed_and_counted(read: Reader):
    found = read(b"namn;antal\nA\0B;1\nC;2\n" + b"D;3\n" * 100)
    assert repair(found, "null_characters").count == 1 and rows(found, "t0")[0] == ("AB",)


def test_mixed_line_ends_are_read_and_told(read: Reader):
    found = read(b"a;b\r\n1;2\n3;4\r5;6\r\n")
    assert rows(found, "t0") == [("1",), ("3",), ("5",)] and "line_endings" in codes(found)


def test_the_line_that_excel_writes_for_itself(read: Reader):
    found = read("sep=;\nnamn;antal\nHåbo, stad;1\nTierp, ort;2\n")
    assert (
        names(found) == ["namn", "antal"]
        and found.main.header_row == 2
        and repair(found, "preamble").rows == [1]
    )


def test_full_stops_between_thousands_where_a_comma_tells(read: Reader):
    found = read("id;belopp\n1;1.234,50\n2;-12.000,00\n3;999,10\n")
    assert rows(found, "v1") == [(1234.5,), (-12000.0,), (999.1,)] and "thousands" in codes(found)


def test_one_column_of_sentences_is_one_column(read: Reader):
    found = read("beskrivning\nEn fin plats, vid sjön\nGrillplats, vindskydd\nToalett\n")
    assert names(found) == ["beskrivning"] and found.main.rows == 3 and not found.repairs


def test_neither_yes_nor_no_is_no_value(read: Reader):
    found = read(
        "namn;förskrivning\n"
        + "".join(f"p{i};{('ja', 'nej')[i % 2]}\n" for i in range(60))
        + "p;kanske\n"
    )
    column = found.main.column("förskrivning")
    assert (column.type, column.unparsed) == ("boolean", 1) and rows(found, column.value)[-1] == (
        None,
    )


def test_a_minus_after_the_number_as_ledgers_write_it(read: Reader):
    found = read("konto;belopp\n4010;1 234,50-\n4010;12,00\n5010;-3,25\n")
    assert rows(found, "v1") == [(-1234.5,), (12.0,), (-3.25,)] and "minus_after" in codes(found)


def test_brackets_are_a_minus_where_a_cell_shows_that_they_hold_money(read: Reader):
    found = read("konto;belopp\n4010;(1 234,50)\n4010;12,00\n5010;(300)\n")
    assert rows(found, "v1") == [(-1234.5,), (12.0,), (-300.0,)]
    assert "minus_brackets" in codes(found)
    assert read("verk;år\nA;(1950)\nB;1962\nC;(1970)\n").main.column("år").type == "text"


def test_commas_between_thousands_where_a_cell_shows_it(read: Reader):
    found = read("id;amount\n1;1,234.50\n2;-12.00\n3;1,000,000.00\n4;1,234\n")
    assert rows(found, "v1") == [
        (1234.5,),
        (-12.0,),
        (1000000.0,),
        (1234.0,),
    ] and "thousands" in codes(found)
    assert rows(read("id;andel\n1;1,234\n2;2,5\n"), "v1") == [(1.234,), (2.5,)]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (("1 200 kr", "7,50 kr", "40"), (1200.0, 7.5, 40.0)),
        (("85 %", "90,5%", "0 %"), (85.0, 90.5, 0.0)),
        (("SEK 1 200,50", "sek 7,50", "SEK 40,00"), (1200.5, 7.5, 40.0)),
        (("£1,200.50", "£3.20", "£7.00"), (1200.5, 3.2, 7.0)),
    ],
)
def test_a_unit_in_the_cell_is_told_and_the_number_read(
    read: Reader, cells: tuple[str, ...], values: tuple[float, ...]
):
    found = read("id;v\n" + "".join(f"{i};{cell}\n" for i, cell in enumerate(cells * 20, 1)))
    assert (
        rows(found, "v1")[:3] == [(value,) for value in values]
        and repair(found, "units").count == 1
    )


def test_a_column_of_shares_where_some_have_no_sign_stays_text(read: Reader):
    assert read("id;v\n1;85 %\n2;0,9\n3;12 %\n").main.column("v").type == "text"


def test_a_row_wider_than_the_header_does_not_become_the_header(read: Reader):
    found = read("id,namn,beskrivning,epost,,\n1,Badet,Långgrunt, sand, klippor,bad@kommun.se,,\n")
    assert names(found)[:4] == ["id", "namn", "beskrivning", "epost"] and found.main.rows == 1


def test_years_stand_among_other_names_of_columns(read: Reader):
    found = read(
        '"Folkmängd efter'
        ' region"\n\nregion,kön,2021,2022,2023\nHåbo,män,1,2,3\nHåbo,kvinnor,4,5,6\n\n"Källa:",SCB\n'
    )
    assert names(found) == ["region", "kön", "2021", "2022", "2023"] and found.main.rows == 2
    assert repair(found, "footnotes").count == 1


def test_a_row_of_years_under_the_groups_of_a_header(read: Reader):
    found = read(
        "kod;Kommun;Fiber;;1"
        " Gbit/s;\n;;2021;2022;2021;2022\n0305;Håbo;0,8;0,9;0,7;0,8\n0360;Tierp;0,5;0,6;0,4;0,5\n"
    )
    assert names(found) == [
        "kod",
        "Kommun",
        "Fiber 2021",
        "Fiber 2022",
        "1 Gbit/s 2021",
        "1 Gbit/s 2022",
    ]
    assert found.main.rows == 2 and found.main.header_row == 2


def test_a_sum_without_a_word_is_no_record(read: Reader):
    body = "".join(f"2024-01-0{i};Firma {i};4010;{i},50\n" for i in range(1, 6))
    found = read(f"datum;leverantor;konto;belopp\n{body};;;17,50\n")
    assert repair(found, "sum_row").rows == [7] and found.main.rows == 5
    assert read(f"datum;leverantor;konto;belopp\n{body};;;99,00\n").main.rows == 6


def test_a_sum_that_was_never_computed_is_no_record(read: Reader):
    body = "".join(f"{i};Verk {i};{i};brons\n" for i in range(1, 6))
    assert repair(read(f"id;titel;pris;material\n{body}Summa;;;\n"), "sum_row").rows == [7]


def test_three_digits_after_every_comma_are_told_and_thousands_where_small_numbers_have_none(
    read: Reader,
):
    told = read("id;v\n" + "".join(f"{i};{i + 1},{345 + i}\n" for i in range(8)))
    assert repair(told, "ambiguous_thousands").column == "v" and rows(told, "v1")[0] == (1.345,)
    small = "".join(f"{i};{i + 12}\n" for i in range(4))
    assert rows(
        read("id;v\n" + "".join(f"{i};{i + 1},{345 + i}\n" for i in range(8)) + small), "v1"
    )[0] == (1345.0,)
    assert "ambiguous_thousands" not in codes(
        read("id;v\n" + "".join(f"{i};0,{345 + i}\n" for i in range(8)))
    )


def test_a_row_of_data_over_an_empty_row_is_no_header(read: Reader):
    found = read(
        "1,a,True,2015-11-04,2015-11-04T12:22:00,04:15\n2,b,False,2015-11-05,2015-11-04T12:45:00,06:18\n,,,,,\n"
    )
    assert found.main.rows == 2 and "no_header" in codes(found)


def test_lines_that_are_one_quoted_cell_each(read: Reader):
    found = read('"id,namn,lat"\n"1,""Badet, stora"",56.1"\n"2,Ön,56.2"\n')
    assert names(found) == ["id", "namn", "lat"] and repair(found, "quoted_lines").count == 3
    assert rows(found, "source_row, t1, v2") == [(2, "Badet, stora", 56.1), (3, "Ön", 56.2)]
    assert names(read('"namn"\n"Badet, stora"\n"Ön"\n')) == ["namn"]
