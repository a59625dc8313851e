"""What reading and profiling have counted of columns, and what is asked of different texts once,
spares work and changes no finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from tests.sampling import every

from helpers import reading
from helpers.checking import asked_once, examples, running, seen, suites, view
from helpers.checking.expectations.cells import column_values_to_have_no_placeholder
from helpers.checking.expectations.expectation import Operand, Target
from helpers.checking.running import run
from helpers.checking.suites import Rule
from helpers.profiling.profile import profile
from helpers.reading import databases, gathered, gathering
from helpers.reading.passing import Cells
from helpers.reading.snapshot import Snapshot
from helpers.screening.marks import Screening

RULES = [
    (name, rule) for name in (suites.COMMON, *suites.types()) for rule in suites.load(name).rules
]


def counted(one: Snapshot, *, padded: bool) -> Snapshot:
    """The snapshot with what reading counts of each column; ``padded``: all of it."""
    tables = []
    for table in one.tables:
        rows = pq.read_table(one.parquet(table))
        columns = []
        for column in table.columns:
            cells = Cells(rows.column(column.text).combine_chunks())
            blank = cells.padded() if padded else None
            columns.append(replace(column, missing=dict(cells.tokens()), padded=blank))
        tables.append(replace(table, columns=columns))
    return replace(one, tables=tables)


@pytest.mark.parametrize(
    ("type", "rule"), every(30, RULES, ids=lambda one: f"{one[0]}-{one[1].id}", long=8)
)
def test_examples_say_the_same(
    type: str, rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    listed = [*rule.examples["right"], *rule.examples["wrong"]]
    for number, example in enumerate(listed):
        if isinstance(example, Mapping) and "previous" in example:
            continue
        folder = tmp_path / str(number)
        folder.mkdir()
        shot = examples.snapshot(rule, example, folder, type)
        fields = {column.name: column.name for column in shot.main.columns}
        before = run(counted(shot, padded=False), [rule], fields, examples.KNOWN, twice=False)
        whole = counted(shot, padded=True)
        known = replace(examples.KNOWN, seen=seen.of(profile(whole, Screening())))
        with monkeypatch.context() as patch:
            patch.setattr(gathered, "LARGE", 0)
            patch.setattr(asked_once, "LEAST", 1)
            assert run(whole, [rule], fields, known, twice=False) == before, example


def file(folder: Path) -> Path:
    """Of all kinds of columns: filled, padded, with a token, with faults, of different texts."""
    lines = ["id;namn;kod;plats;belopp;titel"]
    for i in range(900):
        place = ("Torget", " Torget", "Hamnen ", "HÃ¥bo", "xxx", "-")[i % 6]
        title = "" if i % 7 else f"Titel {i % 4}"
        lines.append(f"V{i:04};Bolag {i % 20};{i % 9:04};{place};{i % 30}.50;{title}")
    target = folder / "blandat.csv"
    target.write_text("\n".join(lines) + "\n", "utf-8")
    return target


@pytest.mark.parametrize("beside", [True, False], ids=["kept", "gathered"])
@pytest.mark.parametrize("twice", [False, True], ids=["once", "twice"])
def test_a_file_is_told_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beside: bool, twice: bool
):
    monkeypatch.setattr(gathering, "LARGE", 0 if beside else 10**9)
    one = reading.read(file(tmp_path), tmp_path / "snapshot")
    assert gathered.beside(one.parquet()).is_file() is beside
    given: dict[str, Any] = {"type": "offentlig_konst", "fields": {"titel": "titel"}}
    plain = running.check(counted(one, padded=False), Screening(), **given, twice=twice)
    assert {finding.outcome for finding in plain} >= {"passed", "failed"}
    monkeypatch.setattr(gathered, "LARGE", 0)
    counts = profile(one, Screening())
    assert running.check(one, Screening(), **given, profile=counts, twice=twice) == plain


def test_an_older_snapshot_says_the_same(tmp_path: Path):
    one = reading.read(file(tmp_path), tmp_path / "snapshot")
    older = one.to_json()
    for column in older["tables"][0]["columns"]:
        del column["padded"]
    shot = Snapshot.from_json(older, one.folder)
    given: dict[str, Any] = {"type": "annan", "fields": {}, "twice": False}
    assert running.check(shot, Screening(), **given) == running.check(one, Screening(), **given)
    assert profile(shot, Screening()) == profile(one, Screening())


@pytest.mark.parametrize("name", ["titel", "plats"])
def test_of_each_column_is_asked_by_aggregates_without_a_filter(name: str):
    """Such a one takes room in DuckDB for all columns that are asked of, for each of them."""
    operand = Operand(name, "text", "c0", "c0", "t0")
    facts = column_values_to_have_no_placeholder.EXPECTATION.facts
    (sql,) = facts(Target({}, {"column": operand})).values()
    assert "filter" not in str(sql)
    cells = "from (values ('x'), ('Storgatan'), ('Åsen'), ('abc'), (null)) as base(c0)"
    (answer,) = duckdb.sql(f"select {sql} {cells}").fetchall()
    assert answer == ((1,) if name == "titel" else ("Åsen",))


def test_a_rule_about_one_cell_asks_each_text_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one = reading.read(file(tmp_path), tmp_path / "snapshot")
    monkeypatch.setattr(gathered, "LARGE", 0)
    place = one.main.column("kod").position
    checks = [view.Check(str(n), f"length(c{place}) = {4 + n // 3}") for n in range(4)]
    queries: list[str] = []
    asked = databases.aggregate

    def noted(con: duckdb.DuckDBPyConnection, parts: list[str], relation: str) -> list[Any]:
        queries.append(relation)
        return asked(con, parts, relation)

    monkeypatch.setattr(databases, "aggregate", noted)
    built = view.build(one, one.main, tmp_path, checks, None)
    assert built.counts == {0: (900, 0), 1: (900, 0), 2: (900, 0), 3: (900, 900)}
    assert len(built.rows[3]) == 900 and not built.rows[0]
    of_rows = [query for query in queries if "base" in query]
    assert len(of_rows) == 1 and "ok_3" in of_rows[0] and "ok_0" not in of_rows[0]


@pytest.mark.parametrize(
    ("sql", "place"),
    [
        ("c3 <> '*' and length(t3) > 2", 3),
        ("list_contains(['x', 'lat', 'c4'], lower(c3))", 3),
        ("c3 = c4", None),
        ("v3 > 2", None),
        ("c3 = 'a' and lat > 3", None),
        ("c3 >= lag(c3) over (order by source_row)", None),
        ("c3 in (select c3 from base)", None),
        ('c3 in (from "stops")', None),
        ("c3_seconds > 5 and c3 is not null", None),
        ("true", None),
    ],
)
def test_what_is_about_one_cell(sql: str, place: int | None):
    assert asked_once.position(sql) == place


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("(c2 is not null)", "(true)"),
        ("case when (c2) is not null then true end", "case when true then true end"),
        (
            "case when c2 is not null and c1 is not null then 1 end",
            "case when true and c1 is not null then 1 end",
        ),
        ("case when c2 is not null then t2 = c2 end", "case when true then true end"),
        ("length(c2) is not null", "length(c2) is not null"),
        ("c1 || c2 is not null", "c1 || c2 is not null"),
        ("a.c2 is not null", "a.c2 is not null"),
        ("c12 is not null", "c12 is not null"),
        ("t2 = c2 || 'x'", "t2 = c2 || 'x'"),
    ],
)
def test_what_is_so_of_each_cell_is_not_asked(tmp_path: Path, sql: str, told: str):
    shot = tmp_path / "a.csv"
    shot.write_text("a;b;c\n 1;;x\n2;y;z\n", "utf-8")
    one = reading.read(shot, tmp_path / "snapshot")
    with databases.connect() as connection:
        assert view.Base(connection, one, one.main, None).once(sql) == told
