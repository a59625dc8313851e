"""What a newcomer's warehouse holds: types of all kinds, names in odd letters, tables that may not
be read and servers that go away; each is read, or refused in words that say what to do."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from .places import PASSWORD, OnPostgreSQL
from .test_check_there import run

TYPES = {
    "nothing": ("text", "null"),
    "json": ("jsonb", """'{"a": "å"}'"""),
    "uuid": ("uuid", "'3f333df6-90a4-4fda-8dd3-9485d27cee36'"),
    "array": ("int[]", "array[1, 2]"),
    "bytes": ("bytea", "decode(repeat('ff', 1000), 'hex')"),
    "zoned": ("timestamptz", "'2026-01-01 12:00+01'"),
    "money": ("money", "12.5"),
    "mood": ("mood", "'glad'"),
    "interval": ("interval", "'1 day'"),
    "point": ("point", "'(1,2)'"),
    "great": ("numeric", "power(10::numeric, 400)"),
    "none": ("double precision", "'NaN'"),
    "endless": ("timestamp", "'infinity'"),
    "old": ("date", "'0044-03-15 BC'"),
    'Å "är" {x}: %s': ("text", "'a:b%s{}'"),
}  # fmt: skip


def _named(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@pytest.fixture
def asked(on_postgresql: OnPostgreSQL, monkeypatch: pytest.MonkeyPatch) -> OnPostgreSQL:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    return on_postgresql


@pytest.mark.slow
def test_a_table_of_all_kinds_of_types_is_read(asked: OnPostgreSQL):
    listed = ", ".join(f"{_named(name)} {kind}" for name, (kind, _) in TYPES.items())
    values = ", ".join(value for _, value in TYPES.values())
    for statement in (
        'drop table if exists "Alla Typer"',
        "drop type if exists mood",
        "create type mood as enum ('glad')",
        f'create table "Alla Typer" ({listed})',
        f'insert into "Alla Typer" select {values} from generate_series(1, 5)',
    ):
        asked.connection.execute(statement)
    ended = run("--connection", asked.url, "public.Alla Typer", "--json")
    assert ended.exit_code == 0, ended.output
    checked = json.loads(ended.stdout)
    assert [one["name"] for one in checked["columns"]] == list(TYPES)
    assert not [one["id"] for one in checked["findings"] if one["outcome"] == "error"]
    told = {one["name"]: one for one in checked["columns"]}
    assert told["money"]["min"] == 12.5 and told["nothing"]["null_share"] == 1
    assert told["none"]["distinct"] == 0  # NaN is no value
    assert {told[name]["type"] for name in ("great", "endless", "old")} == {
        "decimal", "datetime", "date",
    }  # fmt: skip


@pytest.mark.slow
def test_a_name_in_other_letters_is_told_and_one_with_a_full_stop_is_quoted(asked: OnPostgreSQL):
    asked.connection.execute("create schema if not exists ekonomi")
    for name in ('ekonomi."Fakturor2"', '"a.b"'):
        asked.connection.execute(f"create table if not exists {name} (a int)")
    ended = run("--connection", asked.url, "fakturor2")
    assert ended.exit_code == 2 and "ekonomi.Fakturor2" in " ".join(ended.output.split())
    assert run("--connection", asked.url, '"a.b"').exit_code == 0
    assert run("--connection", asked.url, "ekonomi.Fakturor2").exit_code == 0


@pytest.mark.slow
def test_a_table_that_may_not_be_read_is_told_without_a_password(
    asked: OnPostgreSQL, monkeypatch: pytest.MonkeyPatch
):
    secret = "gästens-hemlighet"
    asked.connection.execute("create table if not exists hemlig (a int)")
    asked.connection.execute("drop role if exists gast")
    asked.connection.execute(f"create role gast login password '{secret}'")
    monkeypatch.setenv("PGPASSWORD", secret)
    address = asked.url.replace("datakollen@", "gast@")
    for more in ((), ("--json",), ("--language", "en")):
        ended = run("--connection", address, "hemlig", *more)
        assert ended.exit_code == 3 and secret not in ended.output
        assert "får inte läsa hemlig" in ended.output or "may not read hemlig" in ended.output


@pytest.mark.slow
def test_a_server_that_goes_away_ends_the_check(asked: OnPostgreSQL):
    from helpers.checking.engines.site import Lost
    from helpers.checking.engines.warehouse import Warehouse

    asked.connection.execute("create table if not exists litet (id int)")
    site = Warehouse(asked.url, "litet")
    ((own,),) = site.rows("select pg_backend_pid()")
    asked.connection.execute(f"select pg_terminate_backend({own})")
    with pytest.raises(Lost, match="PostgreSQL"):
        site.rows("select 1")
    site.close()


@pytest.mark.slow
def test_a_connection_that_breaks_during_the_command_is_told_without_a_password(
    asked: OnPostgreSQL, monkeypatch: pytest.MonkeyPatch
):
    from helpers.checking.engines.warehouse import Warehouse

    asked.connection.execute("create table if not exists litet (id int)")
    rows, left = Warehouse.rows, [0]

    def broken(self: Warehouse, query: str) -> list[tuple[object, ...]]:
        left[0] -= 1
        if not left[0]:
            ((own,),) = rows(self, "select pg_backend_pid()")
            asked.connection.execute(f"select pg_terminate_backend({own})")
        return rows(self, query)

    monkeypatch.setattr(Warehouse, "rows", broken)
    for query in (1, 3, 5):
        left[0] = query
        ended = run("--connection", asked.url, "litet")
        assert ended.exit_code == 4 and "Förbindelsen med PostgreSQL bröts" in ended.output
        assert PASSWORD not in ended.output and "Traceback" not in ended.output


@pytest.mark.slow
def test_a_table_of_a_timetable_names_the_rules_that_need_the_others(asked: OnPostgreSQL):
    from helpers.checking import suites

    asked.connection.execute("create schema if not exists trafik")
    asked.connection.execute("drop table if exists trafik.trips")
    asked.connection.execute(
        "create table trafik.trips (route_id text, service_id text, trip_id text)"
    )
    asked.connection.execute(
        "insert into trafik.trips values ('R1', 'S1', 'T1'), ('R1', 'S1', 'T2')"
    )
    ended = run("--connection", asked.url, "trafik.trips", "--json")
    told = {one["id"]: one for one in json.loads(ended.stdout)["findings"]}
    whole = {rule.id for rule in suites.rules_for("rorelsedata", "gtfs")}
    assert whole <= set(told)
    assert {told[id]["outcome"] for id in whole} == {"not_applicable"}
    assert "flera tabeller" in told["gtfs_files_there"]["message"]["sv"]


@pytest.mark.long
def test_a_table_of_as_many_columns_as_a_server_has_place_for_is_read(
    asked: OnPostgreSQL, tmp_path: Path
):
    from helpers.checking.engines import extract, table
    from helpers.checking.engines.warehouse import Warehouse
    from helpers.checking.view import Check

    names = {f"k{number}": "text" if number % 3 else "integer" for number in range(1_599)}
    listed = ", ".join(f"{name} {kind}" for name, kind in names.items())
    values = ", ".join("'v' || i" if kind == "text" else "i" for kind in names.values())
    asked.connection.execute("drop table if exists bred")
    asked.connection.execute(f"create table bred ({listed})")
    asked.connection.execute(f"insert into bred select {values} from generate_series(1, 50) s(i)")
    there = table.opened(Warehouse(asked.url, "bred"), {}, None)
    taken = extract.taken(there, {}, None, "annan", tmp_path)
    assert (taken.rows, len(taken.snapshot.main.columns)) == (50, 1_599)
    key = f"hash({', '.join(one.text for one in there.snapshot.main.columns)})"
    twice = f"select key from (select {key} as key from base) group by key having count(key) > 1"
    checks = [Check("distinct", key, groups=twice, by_key=True), Check("wrong", "c4 = 'x'")]
    answers = there.site.answers(there.source, checks)
    assert [(one.checked, one.failed, one.again) for one in answers] == [(50, 0, 0), (50, 50, 50)]


@pytest.mark.slow
def test_a_table_of_many_columns_takes_three_connections_and_leaves_none(
    asked: OnPostgreSQL, monkeypatch: pytest.MonkeyPatch
):
    from helpers.checking.engines import relations
    from helpers.checking.engines.warehouse import Warehouse

    def open_now() -> int:
        others = "usename = current_user and pid <> pg_backend_pid()"
        counted = f"select count(*) from pg_stat_activity where {others}"
        ((count,),) = asked.connection.execute(counted).fetchall()
        return int(count)

    names = ", ".join(f"k{number} text" for number in range(20))
    asked.connection.execute("drop table if exists bred")
    asked.connection.execute(f"create table bred ({names})")
    asked.connection.execute("insert into bred (k1) values ('a'), ('b')")
    close, held, before = Warehouse.close, [0], open_now()

    def closing(self: Warehouse) -> None:
        held[0] = open_now() - before
        close(self)

    monkeypatch.setattr(Warehouse, "close", closing)
    monkeypatch.setattr(relations, "TOGETHER", 4)  # 20 queries, as of a table of 100 columns
    assert run("--connection", asked.url, "bred").exit_code == 0
    assert 1 <= held[0] <= 3
    for _ in range(100):  # a server's process ends a little after its connection
        if open_now() == before:
            break
        time.sleep(0.1)
    assert open_now() == before
