"""What is seen of cells while they pass to Parquet is what a query of every cell says, however the
rows are grouped and whichever way they come."""

from __future__ import annotations

import random
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pytest

from helpers.reading import (
    absent,
    arrays,
    databases,
    delimited,
    gathered,
    gathering,
    missing,
    passing,
    plain_lines,
    read,
    subtotals,
)
from helpers.reading.exact import Records
from helpers.reading.snapshot import Column
from helpers.reading.typing import SIGNS, Guess

WORDS = [
    *sorted(missing.TOKENS),
    "0",
    "-1",
    "abc",
    "Err:541",
    "long text that is none",
    "å",
    "NA x",
]


def test_what_stands_for_no_value_is_what_sql_says():
    texts = [
        before + word + after
        for word, before, after in product(WORDS, ["", *absent.BLANKS], ["", *absent.BLANKS, "  "])
    ]
    places, words = absent.tokens(arrays.texts([None, *texts]).slice(1))
    with duckdb.connect() as connection:
        said = connection.execute(
            f"select place, trim(t) from (select unnest(?) as t, unnest(range(?)) as place) "
            f"where {missing.is_token('t')} order by 1",
            [texts, len(texts)],
        ).fetchall()
    expected = [(place, text or (" " if texts[place] else "")) for place, text in said]
    assert list(zip(places.tolist(), words, strict=True)) == expected


def test_what_is_padded_is_what_sql_makes_shorter():
    texts = [
        before + word + after
        for word, before, after in product(
            [*WORDS, "à", "ý"], ["", *absent.BLANKS], ["", *absent.BLANKS, "  "]
        )
    ]
    places = absent.padded(arrays.texts([None, *texts, None]).slice(1))
    with duckdb.connect() as connection:
        said = connection.execute(
            "select place from (select unnest(?) as t, unnest(range(?)) as place)"
            " where trim(t) <> t order by 1",
            [texts, len(texts)],
        ).fetchall()
    assert places.tolist() == [place for (place,) in said]


@pytest.mark.parametrize("padded", [0, 1, None])
@pytest.mark.parametrize("texts", [["a", "b"], ["", "a"], ["-", "NA", "1"], [*"abc", *WORDS]])
def test_a_cell_is_the_same_however_much_is_known_of_its_column(
    texts: list[str], padded: int | None
):
    texts = texts if padded == 0 else [*texts, " a ", "\u00a0"]
    found = dict(Counter(absent.tokens(arrays.texts(texts))[1]))
    told = missing.cell(Column(0, "a", missing=found, padded=padded))
    with duckdb.connect() as connection:
        connection.execute("create table x as select unnest(?) as t0", [[*texts, None]])
        query = f"select count(*) from x where ({told}) is distinct from {missing.present('t0')}"
        assert connection.execute(query).fetchone() == (0,)


def test_different_texts_beside_a_table_are_those_of_its_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name, value in {"GROUP_ROWS": 100, "VECTOR": 10}.items():
        monkeypatch.setattr(databases, name, value)
    for name, value in {"LARGE": 0, "WAITING": 50, "MOST": 35}.items():
        monkeypatch.setattr(gathering, name, value)
    shot = read(_file(tmp_path / "a.csv"), tmp_path / "a")
    kept = set()
    with databases.connect() as connection:
        for text, relation in gathered.relations(connection, shot.parquet()).items():
            kept.add(text)
            rows = f"select {text}, count(*) from {databases.quoted(shot.parquet())} group by 1"
            where = f"where {text} is not null"
            ours = connection.execute(f"from {relation} order by 1").fetchall()
            assert ours == connection.execute(f"from ({rows}) {where} order by 1").fetchall()
    assert kept == {"t3", "t4"}, "one of them has too many, one hardly a text twice"


@pytest.mark.parametrize("token", ["Err:502", "Fel:540", "SAKNAS", "#N/A", " - "])
def test_every_token_is_counted_by_sql_too(token: str):
    with duckdb.connect() as connection:
        query = f"select {missing.count('t')}, any_value({missing.present('t')})"
        assert connection.execute(f"{query} from (select ? as t)", [token]).fetchone() == (1, None)


GUESSES = [
    Guess("integer"),
    Guess("decimal", decimal="."),
    Guess("decimal", decimal=","),
    Guess("decimal", decimal=",", grouped=True),
    Guess("decimal", decimal=",", dotted=True),
    Guess("decimal", decimal=".", commaed=True),
    Guess("decimal", decimal=",", minus=True),
    Guess("decimal", decimal=",", trailing=True),
    Guess("decimal", decimal=".", enclosed=True),
    Guess("decimal", decimal=".", unit=2),
]


@pytest.mark.parametrize("guess", GUESSES, ids=str)
def test_digits_and_signs_alone_have_the_same_value_without_their_proof(guess: Guess):
    rng = random.Random(3)
    signs = (SIGNS[guess.type] + b"00").decode()
    texts = ["".join(rng.choices(signs, k=rng.randrange(7))) for _ in range(4000)]
    texts += ["99999999999999999999", "0012", "1.2,3", "12.", ".5", "-", "-.5", "1,234.5"]
    texts = [text for text in texts if not set(text) - set(signs)]
    known = "".join(texts).encode()
    with duckdb.connect() as connection:
        different = connection.execute(
            f"select t from (select unnest(?) as t)"
            f" where ({guess.sql('t')}) is distinct from ({guess.sql('t', among=known)})",
            [texts],
        ).fetchall()
    assert different == []


def test_what_may_say_sum_is_no_less_than_what_says_it():
    words = ["Summa", "DELSUMMA", "s:a 2", "Totalt", "Sub-Total", "grand total:", "SUM:", "Ort"]
    for word in words:
        with duckdb.connect() as connection:
            connection.execute("create table x as select ? as t0", [f" {word}"])
            said = subtotals.said(connection, "x", [0])
        assert said == (word != "Ort") and subtotals.may_say(f"a{word}b".encode()) >= said


def _file(target: Path) -> Path:
    rng = random.Random(7)
    lines = ["namn;kod;belopp;datum;antal"]
    for i in range(700):
        name = f"unik {i}" if i > 300 else rng.choice(["Å", "Ö", " NA", ""])
        amount = "12.5 x" if i % 90 == 3 else rng.choice(["-", "1.50", f"{i}.25"])
        day = "2024-02-2" if i % 80 == 1 else rng.choice(["2024-01-31", "..", "2024-03-01"])
        lines.append(f"{name};{i % 40:04};{amount};{day};{i % 30 or ''}")
    lines.insert(400, "Summa;;1.00;;1")
    target.write_text("\n".join(lines), "utf-8", newline="")
    return target


def _all(file: Path, folder: Path) -> dict[str, Any]:
    told = read(file, folder).to_json()
    rows = duckdb.sql(f"select * from '{folder / 'table.parquet'}'")
    types = list(zip(rows.columns, map(str, rows.types), strict=True))
    return told | {"cells": rows.fetchall(), "types": types}


def test_the_table_is_the_same_however_its_rows_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = _file(tmp_path / "fil.csv")
    expected = _all(file, tmp_path / "usual")
    assert expected["tables"][0]["rows"] == 701
    assert {"integer", "decimal", "date"} <= {
        column["type"] for column in expected["tables"][0]["columns"]
    }
    for again, block in ((0.0, 1 << 22), (1.0, 400), (0.5, 2000)):
        monkeypatch.setattr(passing, "AGAIN", again)
        monkeypatch.setattr(delimited, "LEAST_BLOCK", block)
        monkeypatch.setattr(delimited.writing.databases, "GROUP_ROWS", 1)
        assert _all(file, tmp_path / f"block_{block}") == expected
    monkeypatch.setattr(Records, "__post_init__", lambda self: setattr(self, "plain", None), False)
    assert _all(file, tmp_path / "duckdb") == expected


@pytest.mark.parametrize("block", [10, 13, 100])
def test_a_text_is_cut_into_blocks_of_whole_lines(block: int, tmp_path: Path):
    file = tmp_path / "fil.csv"
    for end in ("", "\n"):
        file.write_text("a;b\n" + "\n".join(f"{i};{i}" for i in range(30)) + end, "utf-8")
        groups = list(plain_lines.groups(file, ";", 2, 1, block))
        cells = [tuple(row.values()) for group in groups for row in group.to_pylist()]
        assert cells == [(i + 2, str(i), str(i)) for i in range(30)]
    with pytest.raises(plain_lines.pa.ArrowInvalid):
        list(plain_lines.groups(file, ";", 2, 1, 5))
    file.write_text("a;b\n1;2\n3;4;\n", "utf-8")
    with pytest.raises(plain_lines.pa.ArrowInvalid):
        list(plain_lines.groups(file, ";", 2, 1, block))


def test_a_table_written_anew_at_once_is_read_as_it_is(tmp_path: Path):
    """Blocks that a connection remembered of a file were found by its name, and read in the place of
    the new ones: a reading of a hundred ended so, or worse."""
    text = b"namn;antal\nA;1\nB;2\n*) prelimin\xc3\xa4r\n"
    for number in range(40):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "x.csv").write_bytes(text)
        found = read(folder / "x.csv", folder / "s")
        assert found.main.rows == 2 and found.main.column("antal").type == "integer"
    with databases.connect() as connection:
        asked = "select current_setting('enable_external_file_cache')"
        assert connection.execute(asked).fetchone() == (False,)
