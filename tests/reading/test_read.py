"""Reading: numbers of rows, repairs and types on small files whose truth is plain, and on real
ones."""

from __future__ import annotations

import pytest

from helpers.words.errors import InputRefused

from .conftest import Reader, repair, rows


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac-roman", "cp850"]
)
def test_swedish_letters_come_in_right_in_every_encoding(read: Reader, encoding: str):
    text = "kommun;läge\nHåbo;Åkersberga är vägen\nÄlvkarleby;Öster om ån\n"
    assert rows(read(text.encode(encoding)), "t0, t1") == [
        ("Håbo", "Åkersberga är vägen"),
        ("Älvkarleby", "Öster om ån"),
    ]


def test_blank_lines_keep_the_numbers_of_the_rows(read: Reader):
    snapshot = read(b"a;b\n1;2\n\n3;4\n;\n5;6\n")
    assert rows(snapshot, "source_row, t0") == [(2, "1"), (4, "3"), (6, "5")]
    assert repair(snapshot, "empty_rows").rows == [3, 5]


def test_a_quoted_line_end_is_one_record(read: Reader):
    assert rows(read(b'a;b\n"1\n2";x\n3;y\n'), "source_row, t0") == [(2, "1\n2"), (3, "3")]


def test_a_stray_quote_does_not_swallow_the_file(read: Reader):
    snapshot = read(b'a;b\n1;"x\n2;y\n3;z\n')
    assert [row[0] for row in rows(snapshot, "source_row")] == [2, 3, 4]
    assert repair(snapshot, "stray_quote").rows == [2]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_end(read: Reader, end: bytes):
    assert rows(read(end.join([b"a;b", b"1;2", b"3;4", b""])), "source_row, t1") == [
        (2, "2"),
        (3, "4"),
    ]


def test_codes_stay_text_and_decimal_commas_become_numbers(read: Reader):
    snapshot = read(b"kod;belopp\n0180;1 250,50\n0305;-3,25\n")
    assert [column.type for column in snapshot.main.columns] == ["text", "decimal"]
    assert rows(snapshot, "t0, v1") == [("0180", 1250.5), ("0305", -3.25)]


def test_what_cannot_be_placed_is_told_not_dropped(read: Reader):
    snapshot = read(b"a;b\n1;2\n3;4;5\n6;7\n")
    assert [one.row for one in snapshot.rejected] == [3] and snapshot.main.rows == 2


def test_a_header_of_numbers_over_words_is_a_header(read: Reader):
    snapshot = read(b"id,1001,1002,1003\na,TRUE,TRUE,FALSE\nb,TRUE,FALSE,TRUE\n")
    assert [one.name for one in snapshot.main.columns] == [
        "id",
        "1001",
        "1002",
        "1003",
    ] and snapshot.main.rows == 2


def test_a_table_wider_than_any_is_refused_with_its_width(read: Reader):
    names = ";".join(f"k{i}" for i in range(1200)).encode()
    with pytest.raises(InputRefused) as refused:
        read(names + b"\n" + b";".join([b"1"] * 1200) + b"\n")
    assert "1\u00a0200" in refused.value.text("sv") and "1,200" in refused.value.text("en")
