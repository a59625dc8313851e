"""Personal data beside the table of a CSV or a JSON are found, wherever they stand; so are those
that reading had no cell for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.sampling import some
from tests.screening.canaries import NAME, WHOLE, Place, checked, is_clean, is_found, sampled, whole

from helpers import reading

ROWS = "".join(f"{number};Lekplats;{number * 7}\n" for number in range(1, 7))
TABLE = f"id;typ;antal\n{ROWS}"
RECORDS = [{"id": number, "typ": "Lekplats", "antal": number * 7} for number in range(1, 5)]
ARRAYS = [["id", "typ", "antal"], *([row["id"], row["typ"], row["antal"]] for row in RECORDS)]


def csv(
    code: str, text: str, *, name: str = "x.csv", encoding: str = "utf-8", canary: str = WHOLE
) -> Place:
    """A place in a CSV: ``text`` has CANARY where it sits."""

    def put(folder: Path, canary: str) -> Path:
        file = folder / name
        file.write_bytes(text.replace("CANARY", canary).encode(encoding))
        return file

    return Place(code, put, canary)


def of(code: str, text: str) -> Place:
    """A place in a JSON: ``text`` has CANARY where it sits."""
    return csv(code, text, name="x.json")


def wrapped(members: dict[str, Any], code: str = "json_member") -> Place:
    return of(code, json.dumps(members, ensure_ascii=False))


SECOND = "stadsdel;barn;vuxna\nNorr;30;40\nSyd;31;41\n"
IN_CSV = {
    "a preamble": csv("row", f"CANARY\n\n{TABLE}"),
    "a preamble of many lines": csv("row", "Om tabellen\n" * 4 + f"CANARY\n\n{TABLE}"),
    "a long line of a preamble": csv("row", f"{'ord ' * 1000}CANARY{' ord' * 1000}\n\n{TABLE}"),
    "what parts cells": csv("row", f"sep=;\nCANARY\n{TABLE}"),
    "a comment before the header": csv("row", f"# CANARY\n{TABLE}"),
    "a comment among the rows": csv("row", f"{TABLE}# x;y;z;CANARY\n{ROWS}"),
    "a row with a cell too many": csv("row", f"{TABLE}7;Park;8;CANARY\n"),
    "a row with many cells too many": csv("row", f"{TABLE}7;Park;8;;;;;;;;;CANARY\n"),
    "a rejected row of 3,000 letters": csv("row", f"{TABLE}7;{'Park ' * 600};8;CANARY\n"),
    "a footnote": csv("row", f"{TABLE}\nKälla: CANARY\n"),
    "a footnote with a cell of its own": csv(
        "row", f"id;typ;antal;x\n{ROWS.replace(chr(10), ';1' + chr(10))}\nKälla:;CANARY\n"
    ),
    "a second table": csv("row", f"{TABLE}\n{SECOND}Väst CANARY;3;4\n"),
    "the header of a smaller table": csv(
        "row", f"{TABLE}\n{SECOND.replace('barn', 'CANARY')}", canary=NAME
    ),
    "the header of a table above": csv(
        "header", f"bad;CANARY;djup\nNorr;30;40\nSyd;31;41\n\n{TABLE}"
    ),
    "a cell beside a table below": csv(
        "row", f"a;b;c;d;e\n1;2;3;4;5\n6;7;8;9;1\n\n{TABLE}{ROWS * 3}9;Park;3;;CANARY\n"
    ),
    "the second row of a header": csv(
        "header", f"id;typ;antal\nnr;CANARY;st\n{ROWS}".replace("Lekplats", "12"), canary=NAME
    ),
    "behind a Ctrl-Z": csv("row", f"{TABLE}\x1a;;;CANARY\n"),
    "behind NULs": csv("row", f"{TABLE}\0\0;;;CANARY\n"),
    "a preamble in UTF-16": csv("row", f"\ufeffCANARY\n\n{TABLE}", encoding="utf-16-le"),
    "a preamble behind two BOMs": csv("row", f"\ufeff\ufeffCANARY\n\n{TABLE}"),
    "a preamble in Windows-1252": csv("row", f"Källa: CANARY\n\n{TABLE}", encoding="cp1252"),
    "a preamble of a TSV": csv("row", f"CANARY\n\n{TABLE}".replace(";", "\t"), name="x.tsv"),
    "a preamble in quotes": csv("row", f'"CANARY\nx"\n\n{TABLE}'),
}
LIST = json.dumps(RECORDS, ensure_ascii=False)
IN_JSON = {
    "a member beside the list": wrapped({"note": "CANARY", "rows": RECORDS}),
    "a member after the list": wrapped({"rows": RECORDS, "note": "CANARY"}),
    "a member deep down": wrapped({"a": {"b": [{"c": {"d": {"e": "CANARY"}}}]}, "rows": RECORDS}),
    "a list of texts": wrapped({"notes": ["x", "CANARY"], "rows": RECORDS}),
    "a shorter list": wrapped({"rows": RECORDS, "others": [{"id": 1, "name": "CANARY"}]}),
    "the key of a member": wrapped({"CANARY": 1, "rows": RECORDS}, "json_key"),
    "a key deep down": wrapped({"rows": RECORDS, "a": {"b": {"CANARY": None}}}, "json_key"),
    "CKAN: a field's notes": wrapped(
        {
            "success": True,
            "result": {"fields": [{"id": "id", "info": {"notes": "CANARY"}}], "records": RECORDS},
        }
    ),
    "CKAN: help": wrapped({"help": "https://example.se/?q=CANARY", "result": {"records": RECORDS}}),
    "EntryScape: a query": wrapped({"query": {"typ": "CANARY"}, "results": RECORDS}),
    "Opendatasoft: beside the fields": wrapped(
        {"records": [{"recordid": "CANARY", "fields": row} for row in RECORDS]}
    ),
    "Opendatasoft: parameters": wrapped(
        {"parameters": {"q": "CANARY"}, "records": [{"fields": row} for row in RECORDS]}
    ),
    "Esri: an alias": wrapped(
        {"fieldAliases": {"typ": "CANARY"}, "features": [{"attributes": row} for row in RECORDS]}
    ),
    "Esri: beside the attributes": wrapped(
        {"features": [{"attributes": row, "symbol": {"text": "CANARY"}} for row in RECORDS]}
    ),
    "PxWeb: a comment": wrapped(
        {
            "columns": [{"code": "typ", "text": "typ"}, {"code": "antal", "comment": "CANARY"}],
            "comments": [],
            "data": [{"key": ["Lekplats"], "values": ["1"]}] * 3,
        }
    ),
    "PxWeb: a comment on a cell": wrapped(
        {
            "columns": [{"text": "typ"}, {"text": "antal"}],
            "data": [{"key": ["Park"], "values": ["1"], "comment": "CANARY"}] * 3,
        }
    ),
    "PxWeb: metadata": wrapped(
        {
            "columns": [{"text": "typ"}, {"text": "antal"}],
            "metadata": [{"contact": "CANARY"}],
            "data": [{"key": ["Park"], "values": ["1"]}] * 3,
        }
    ),
    "beside records under keys": wrapped(
        {
            "meta": {"note": "CANARY", "rows": 2},
            "data": {f"p{n}": row for n, row in enumerate(RECORDS)},
            "x": "y",
        }
    ),
    "beside lists of cells": wrapped({"source": "CANARY", "data": ARRAYS}),
    "escaped letters": of("json_member", json.dumps({"note": "\\u0020CANARY", "rows": RECORDS})),
    "a value that lost": of("lost_value", f'{{"rows": {LIST}, "a": "CANARY", "a": "b"}}'),
    "a list that lost": of("lost_value", f'{{"rows": [{{"x": "CANARY"}}], "rows": {LIST}}}'),
    "a cell that lost": of("lost_value", f'[{{"id": 1, "typ": "CANARY", "typ": "a"}}, {LIST[1:]}'),
    "a cell of an object that lost": of(
        "lost_value", f'[{{"id": 1, "a.b": "CANARY", "a": {{"b": 2}}}}, {LIST[1:]}'
    ),
    "behind the end": of("trailing_text", f"{LIST} CANARY"),
    "a word behind the end": of("trailing_text", f'{LIST} "CANARY"'),
}
PLACES = {f"csv, {name}": place for name, place in IN_CSV.items()} | {
    f"json, {name}": place for name, place in IN_JSON.items()
}


@pytest.mark.parametrize("name", sampled(PLACES))
def test_a_canary_is_found_where_it_sits(tmp_path: Path, name: str) -> None:
    is_found(PLACES[name], tmp_path)


@pytest.mark.parametrize("name", whole(PLACES))
def test_nothing_that_check_says_of_a_file_holds_it(tmp_path: Path, name: str) -> None:
    checked(PLACES[name].put(tmp_path, PLACES[name].canary))


@pytest.mark.parametrize("name", some(3, PLACES))
def test_without_it_the_file_is_free(tmp_path: Path, name: str) -> None:
    is_clean(PLACES[name], tmp_path)


def test_the_last_of_ten_thousand_rejected_rows(tmp_path: Path) -> None:
    rejected = "7;Park;8;x\n" * 10_000
    is_found(csv("row", f"{TABLE}{ROWS * 60}{rejected}7;Park;8;CANARY\n"), tmp_path)


def test_every_cell_of_a_list_is_in_the_table(tmp_path: Path) -> None:
    """A list longer than that of the names, and a name that stands twice, lose no cell."""
    file = tmp_path / "x.json"
    file.write_text(json.dumps([["id", "typ", "typ"], [1, "a", "b", "c"], [2, "d"]]), "utf-8")
    found = reading.read(file, tmp_path / "out")
    assert [column.name for column in found.main.columns] == ["id", "typ", "typ_2", "kolumn_4"]
    told = {repair.code for repair in found.repairs}
    assert told >= {"blank_header", "repeated_header"}


def test_a_key_of_an_object_of_objects_is_never_lost(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(json.dumps({"a": {"nyckel": 1, "b": 2}, "c": {"nyckel": 3, "b": 4}}), "utf-8")
    found = reading.read(file, tmp_path / "out")
    assert [column.name for column in found.main.columns] == ["nyckel_", "nyckel", "b"]
