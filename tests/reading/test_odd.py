"""What is odd in a file, its name, its folder or what is declared of it is read or refused, never
something that broke."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from helpers import reading
from helpers.checking import engine
from helpers.declared import hints
from helpers.reading.databases import connect, quoted
from helpers.words.errors import InputRefused

TABLE = "id;namn\n1;Eken\n2;Sjön\n3;Alen\n"
FOLDERS = [
    "${y}",
    "$y",
    "${HOME}",
    "{y}",
    "{",
    "a%20b",
    "a#b",
    "o'b",
    "a b",
    "åäö",
    "a;b",
    "-x",
    "ü‎",
]


def read(tmp_path: Path, data: bytes | str, name: str = "x.csv", **given: Any) -> reading.Snapshot:
    file = tmp_path / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return reading.read(file, tmp_path / "ut", hints=given)


def refused(tmp_path: Path, data: bytes | str, name: str = "x.csv", **given: Any) -> str:
    with pytest.raises(InputRefused) as caught:
        read(tmp_path, data, name, **given)
    assert caught.value.text("sv") and caught.value.text("en")
    return caught.value.key


@pytest.mark.parametrize(
    "document",
    [
        [[], []],
        [[], [], []],
        [[]],
        [{}, {}],
        [{}],
        [],
        {},
        {"a": []},
        {"a": [[], []]},
        {"a": [{}, {}]},
        [[], ["a"]],
        [["a"], []],
        [[1], [2]],
        [None, None],
        [[None], [None]],
        {"columns": [], "data": []},
        {"columns": [{}], "data": [{}]},
        {"type": "FeatureCollection", "features": []},
        {"features": [[], []]},
        [[[], []], [[], []]],
    ],
    ids=json.dumps,
)
def test_a_document_without_records_is_refused(document: Any, tmp_path: Path):
    try:
        found = read(tmp_path, json.dumps(document), "x.json")
    except InputRefused:
        return
    assert found.main.columns and document == [["a"], []]


HALVES = {
    '[{"a": "x\\ud800y"}, {"a": "z"}]': (1, ["x\ufffdy", "z"]),
    '[{"a": "\\udfff"}, {"a": "\\uD83D\\uDE00"}]': (1, ["\ufffd", "\U0001f600"]),
    '[{"a": "\\\\ud800"}, {"a": "\\\\\\ud800"}]': (1, ["\\ud800", "\\\ufffd"]),
    '[{"a": "\\ud83d\\ud83d\\ude00"}, {"a": "\\ude00\\ud83d"}]': (
        3,
        ["\ufffd\U0001f600", "\ufffd\ufffd"],
    ),
    '[{"a": "\\ud83d\\ude00"}, {"a": "\\u00e5"}]': (None, ["\U0001f600", "å"]),
}


@pytest.mark.parametrize("text", HALVES)
def test_half_a_letter_is_replaced_and_told(text: str, tmp_path: Path):
    found = read(tmp_path, text, "x.json")
    count, cells = HALVES[text]
    assert pq.read_table(found.parquet(found.main)).column("t0").to_pylist() == cells
    assert {one.code: one.count for one in found.repairs}.get("half_letters") == count


@pytest.mark.parametrize(
    "text",
    [
        '[{"\\ud800": 1}, {"\\ud800": 2}]',
        '[{"a": {"\\udc00": ["\\ud800"]}}]',
        (
            '{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type":'
            ' "Point", "coordinates": [15, 56]}, "properties": {"\\ud800": "\\ud800"}}]}'
        ),
    ],
)
def test_half_a_letter_in_a_name_is_read(text: str, tmp_path: Path):
    assert any("\ufffd" in one.name for one in read(tmp_path, text, "x.json").main.columns)


@pytest.mark.parametrize(
    "said",
    [
        "rot13",
        "rot_13",
        "hex",
        "base64",
        "zlib",
        "bz2",
        "uu",
        "quopri",
        "punycode",
        "undefined",
        "idna",
        "unicode_escape",
        "raw_unicode_escape",
        "charmap",
        "mbcs",
        "oem",
        "x\0y",
        "",
        " ",
        "ä",
        "utf-8\n",
        "x" * 5000,
        8,
        ["utf-8"],
        True,
    ],
)
def test_what_is_no_encoding_is_refused(said: Any, tmp_path: Path):
    assert refused(tmp_path, TABLE, encoding=said) == (
        "reading.no_encoding" if isinstance(said, str) else "reading.hint"
    )


@pytest.mark.parametrize(
    "said",
    ["utf-8", "UTF8", "latin-1", "windows-1252", "cp850", "mac-roman", "utf_8_sig", "iso8859-15"],
)
def test_an_encoding_is_accepted(said: str, tmp_path: Path):
    data = TABLE.encode(said)
    assert read(tmp_path, data, encoding=said).main.rows == 3


@pytest.mark.parametrize("said", ["utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["-le", "-be", ""])
def test_two_bytes_a_letter_are_read_with_a_mark_or_without(said: str, end: str, tmp_path: Path):
    found = read(tmp_path, TABLE.encode(said + end), encoding=said)
    assert found.main.rows == 3 and [one.name for one in found.main.columns] == ["id", "namn"]


@pytest.mark.parametrize("said", ["utf-16", "utf-32", "utf-7", "shift_jis", "ascii"])
def test_an_encoding_that_does_not_hold_is_refused_or_read(said: str, tmp_path: Path):
    try:
        assert read(tmp_path, TABLE, encoding=said).main.columns
    except InputRefused as error:
        assert error.text("sv")


@pytest.mark.parametrize(
    "said", [";;", "ab", "", "\n", "\r", '"', "\0", "x", "5", "\\", 5, [";"], "\ud800", True]
)
def test_what_is_no_delimiter_is_refused(said: Any, tmp_path: Path):
    assert refused(tmp_path, TABLE, delimiter=said) == "reading.hint"


@pytest.mark.parametrize("said", [";", "^", "~", "'", "\t", "§", "¦", ":", " "])
def test_one_sign_is_a_delimiter(said: str, tmp_path: Path):
    found = read(tmp_path, TABLE.replace(";", said), delimiter=said)
    assert [one.name for one in found.main.columns] == ["id", "namn"] and found.main.rows == 3


@pytest.mark.parametrize("said", [10**30, 10**9, 301, 0, -1, 1.5, "3", True, [1]])
def test_a_header_on_a_row_that_there_cannot_be_is_refused(said: Any, tmp_path: Path):
    assert refused(tmp_path, TABLE, header_row=said) == "reading.hint"


@pytest.mark.parametrize("said", [5, 300])
def test_a_header_below_the_end_is_refused(said: int, tmp_path: Path):
    assert refused(tmp_path, TABLE, header_row=said) == "reading.no_header_row"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (name, said)
        for name in ("sheet", "records", "crs", "format")
        for said in (5, ["a"], {"a": 1}, "", "a\0b", "x" * 5000, "a\nb", True)
    ],
)
def test_other_hints_of_wrong_kinds_are_refused(name: str, said: Any, tmp_path: Path):
    assert refused(tmp_path, TABLE, **{name: said}) == "reading.hint"


def test_every_hint_that_an_entry_can_give_is_checked():
    from helpers.declared.catalogue import Source

    assert set(hints.CHECKS) == set(Source.model_fields) - {"path", "table_schema"}


@pytest.mark.parametrize("name", [*FOLDERS, "a?b"])
def test_a_folder_of_any_name_is_read_from_and_to(name: str, tmp_path: Path):
    folder = tmp_path / name
    folder.mkdir()
    found = read(folder, TABLE)
    with connect() as connection:
        assert connection.execute(
            f"select count(*) from {quoted(found.parquet(found.main))}"
        ).fetchall() == [(3,)]


def test_a_suite_is_run_in_folders_of_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A path is nowhere taken for an address, a setting or a form to fill in."""
    rule = {
        "type": "expect_column_values_to_be_in_set",
        "kwargs": {"column": "ok", "value_set": [True]},
        "meta": {"key": "k"},
    }
    for name in ("${y}", "{y}", "$y", "a%20b#c;d o'b åäö"):
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        with connect(folder / "check.duckdb") as connection:
            connection.execute("create table data as select i > 0 as ok from range(5) t(i)")
        assert engine.validate(folder / "check.duckdb", {"data": [rule]}) == {"k": (1, None)}
