"""``datakollen check`` of a table where it lies says what it says of the same rows in a file; it
names rows by keys, tells why a rule is not tried, and never shows a password or a marked key."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.checking.twins import twin
from typer.testing import CliRunner

from helpers.running import single
from helpers.running.commands import app
from helpers.words import personal_numbers

from .places import PASSWORD, OnPostgreSQL, OnSpark

SECRET = "mycket-hemligt-7"
RUN = CliRunner()
PARQUET = {"integer": "bigint", "decimal": "numeric(14,2)", "date": "date", "text": "text"}


def run(*given: str) -> Any:
    return RUN.invoke(app, ["check", *given], catch_exceptions=False)


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://anna:{SECRET}@127.0.0.1/ekonomi",
        f"postgresql://127.0.0.1/ekonomi?user=anna&password={SECRET}",
        f"postgres://127.0.0.1/ekonomi?sslpassword={SECRET}",
    ],
)
def test_a_password_on_the_command_line_is_refused_and_not_said(address: str):
    pytest.importorskip("sqlglot")
    ended = run("--connection", address, "fakturor")
    assert ended.exit_code == 2 and SECRET not in ended.output
    assert ".pgpass" in ended.output and "PGPASSWORD" in ended.output


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--connection", "mysql://127.0.0.1/x", "t"), "PostgreSQL"),
        (("--connection", "postgresql://x/y", "--engine", "spark", "t"), "--connection"),
        (("--engine", "polars", "t"), "polars"),
        (("--master", "local[2]", "t"), "--engine spark"),
        (("--key", "id", "t"), "--key"),
        (("--engine", "spark", "--count-twice", "t"), "--count-twice"),
        (("--engine", "spark", "t", "u"), "en tabell"),
    ],
)
def test_what_does_not_go_together_is_told_before_anything_starts(
    given: tuple[str, ...], said: str
):
    pytest.importorskip("sqlglot")
    ended = run(*given)
    assert ended.exit_code == 2 and said in ended.output


@pytest.mark.parametrize(
    ("given", "extra"),
    [
        (("--connection", "postgresql://x/y", "t"), "postgresql"),
        (("--engine", "spark", "t"), "spark"),
    ],
)
def test_without_the_libraries_it_says_what_to_install(
    given: tuple[str, ...], extra: str, monkeypatch: pytest.MonkeyPatch
):
    import sys

    for name in ("sqlglot", "psycopg", "pyspark"):
        monkeypatch.setitem(sys.modules, name, None)
    for name in ("warehouse", "cluster", "postgresql", "spark", "shared"):
        monkeypatch.delitem(sys.modules, f"helpers.checking.engines.{name}", raising=False)
    ended = run(*given)
    assert ended.exit_code == 2 and f"datakollen[{extra}]" in " ".join(ended.output.split())


def invoices(folder: Path, *only: str) -> tuple[Path, pa.Table, dict[str, str]]:
    """Sixty invoices as a file and as a table with types, some of them wrong; a row's own number
    beside them."""
    made = twin("fakturor_11", 1)
    table = made.main
    rng = random.Random(5)
    table.rows = [list(table.rows[n]) for n in range(60)]
    for column, value in (("konto_text", ""), ("leverantor", "xxx"), ("kopare_id", "212000082")):
        for row in rng.sample(range(60), 3):
            table.put(row, column, value)
    named = table.header.index("leverantor")
    table.put(0, "leverantor", f"{table.rows[0][named]} AB".upper())
    if only:
        table.drop(*set(table.header) - set(only))
    table.header.append("rad_nr")
    for number, row in enumerate(table.rows):
        row.append(f"R{number}")
    file = made.write(folder)
    with single.opened(file) as one:
        assert one.snapshot is not None
        main, parquet = one.snapshot.main, pq.read_table(one.snapshot.parquet())
        names = {column.name: column for column in main.columns}
        cells = {name: parquet.column(column.value) for name, column in names.items()}
        types = {name: PARQUET[column.type] for name, column in names.items()}
    return file, pa.table(cells), types


def told(checked: dict[str, Any]) -> dict[tuple[str, str | None], tuple[str, int, int]]:
    return {
        (one["id"], one["column"]): (one["outcome"], one["checked"], one["failed"])
        for one in checked["findings"]
    }


def compared(checked: dict[str, Any], file: Path, type: str | None = None, least: int = 3) -> None:
    """The same as of the file, but for rules that say why they are not tried there."""
    here, _ = single.check_file(file, type)
    reasons = {
        one["id"]
        for one in checked["findings"]
        if one["message"]["en"].startswith("The rule is not tried where the data lie.")
    }
    there, file_told = told(checked), told(here)
    assert {id for id, _ in there} == {id for id, _ in file_told}, "never silently fewer rules"
    assert {key: one for key, one in there.items() if key[0] not in reasons} == {
        key: one for key, one in file_told.items() if key[0] not in reasons
    }
    assert reasons <= {
        "rows_read",
        "rows_there",
        "numbers_of_one_kind",
        "codes_alike_in_tables",
    } | {"points_declared_system"}
    assert sum(one[0] == "failed" for one in there.values()) >= least
    assert checked["schema"] == here["schema"] and checked["type"] == here["type"]
    missing = {"screened"} | {"table_schema", "changes", "drift"}
    assert set(checked) - missing == set(here) - missing


@pytest.mark.slow
def test_a_table_of_a_warehouse_is_checked_as_its_file_is(
    on_postgresql: OnPostgreSQL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file, table, types = invoices(tmp_path)
    on_postgresql.create("fakturor", table, types, more=', primary key ("rad_nr")')
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    ended = run("--connection", on_postgresql.url, "public.fakturor", "--json")
    assert ended.exit_code == 0 and PASSWORD not in ended.output
    checked = json.loads(ended.stdout)
    compared(checked, file)
    wrong = next(one for one in checked["findings"] if one["id"] == "konto_text_filled")
    empty = [f"R{n}" for n, text in enumerate(table.column("konto_text").to_pylist()) if not text]
    assert sorted(wrong["keys"]) == sorted(empty) and wrong["rows"] == []
    assert "rad_nr" in wrong["keys_told"]["sv"]


@pytest.mark.slow
def test_a_warehouse_is_only_read_and_a_wrong_password_says_nothing(
    on_postgresql: OnPostgreSQL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from helpers.checking.engines.site import Broken
    from helpers.checking.engines.warehouse import Warehouse

    on_postgresql.connection.execute("create table if not exists litet (id int)")
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    site = Warehouse(on_postgresql.url, "litet")
    with pytest.raises(Broken, match="25006"):  # read-only transaction
        site.rows("insert into litet values (1) returning id")
    with pytest.raises(Broken) as broken:
        site.rows(f"select cast('{SECRET}' as int)")
    assert SECRET not in str(broken.value)
    site.close()
    monkeypatch.setenv("PGPASSWORD", SECRET)
    ended = run("--connection", on_postgresql.url, "litet")
    assert ended.exit_code == 3 and SECRET not in ended.output and "127.0.0.1" in ended.output
    passwords = tmp_path / "passwords"
    passwords.write_text(f"127.0.0.1:*:*:*:{PASSWORD}\n", "utf-8")
    passwords.chmod(0o600)
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    assert run("--connection", on_postgresql.url, "saknas").exit_code == 2
    Warehouse(on_postgresql.url, "litet").close()


@pytest.mark.slow
def test_keys_that_are_personal_data_are_not_shown(
    on_postgresql: OnPostgreSQL, monkeypatch: pytest.MonkeyPatch
):
    numbers = ["19121212-1212"]
    assert all(personal_numbers.hide(one) != one for one in numbers)
    cells = {"personnummer": numbers * 30, "beskrivning": ["xxx"] * 30}
    on_postgresql.create("personer", pa.table(cells), dict.fromkeys(cells, "text"))
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    given = ("--connection", on_postgresql.url, "personer", "--key", "personnummer")
    for more in (("--json",), ()):
        ended = run(*given, *more)
        assert ended.exit_code == 0, ended.output
        assert not [one for one in numbers if one in ended.output or one[2:] in ended.output]
    checked = json.loads(run(*given, "--json").stdout)
    wrong = next(one for one in checked["findings"] if one["id"] == "no_placeholder")
    assert wrong["failed"] == 30 and wrong["keys"] == []
    assert "visas inte" in wrong["keys_told"]["sv"]


@pytest.mark.slow
def test_parquet_is_checked_by_spark_as_its_file_is(on_spark: OnSpark, tmp_path: Path):
    names = ("verifikationsnummer", "konto_text", "belopp", "datum", "leverantor", "leverantor_id")
    file, table, _ = invoices(tmp_path, *names)
    folder = tmp_path / "fakturor"
    folder.mkdir()
    pq.write_table(table.slice(0, 30), folder / "a.parquet")
    pq.write_table(table.slice(30), folder / "b.parquet")
    given = (str(folder), "--key", "rad_nr", "--type", "leverantorsfakturor", "--json")
    ended = run("--engine", "spark", "--master", "local[2]", *given)
    assert ended.exit_code == 0, ended.output
    checked = json.loads(ended.stdout[ended.stdout.index("{") :])
    compared(checked, file, "leverantorsfakturor")
    told_wrong = {one["id"] for one in checked["findings"] if one["outcome"] == "failed"}
    assert {"leverantor_spelled_alike", "leverantor_id_one_name"} <= told_wrong
    wrong = next(one for one in checked["findings"] if one["id"] == "konto_text_filled")
    empty = [f"R{n}" for n, text in enumerate(table.column("konto_text").to_pylist()) if not text]
    assert sorted(wrong["keys"]) == sorted(empty)


@pytest.mark.slow
def test_what_spark_lays_aside_is_not_worked_out_again(
    on_spark: OnSpark, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    from helpers.checking.engines.cluster import Cluster

    file = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": ["1", "2", "2"]}), file)
    site = Cluster("local[2]", str(file))
    part = f"with base as (select a from {site.relation}) select a, count(*) as many from base"
    with site.laid(f"{part} group by a", "texts") as before:
        asked = f"{before} select * from (with found as (select a from texts) select a from found)"
        assert sorted(site.rows(asked)) == [("1",), ("2",)]
        site.session.sql(asked).explain()
    site.close()
    assert "InMemoryTableScan" in capsys.readouterr().out
