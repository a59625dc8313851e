"""Rules on a wide table are run in slices, which find what one query of them all finds and hold
less at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

import duckdb
import pytest

from helpers import reading
from helpers.checking import planning, running, suites, view
from helpers.checking.findings import Finding
from helpers.checking.planning import Known
from helpers.checking.times import seconds
from helpers.checking.view import Check
from helpers.reading import databases
from helpers.reading.snapshot import Snapshot
from helpers.screening.marks import Screening

TEXTS = ("Storgatan 1 åäö {i}", "{i}", " Ek {i}", "xxx", "Patinerad koppar, r{i:03}")


def snapshot(folder: Path, columns: int = 24, rows: int = 60) -> Snapshot:
    header = ";".join(f"kolumn{c}" for c in range(columns))
    lines = [
        ";".join(TEXTS[c % len(TEXTS)].format(i=i % 40 + c) for c in range(columns))
        for i in range(rows)
    ]
    file = folder / "bred.csv"
    file.write_text("\n".join([header, *lines]) + "\n", "utf-8")
    return reading.read(file, folder / "snapshot")


def findings(one: Snapshot) -> list[Finding]:
    return running.check(one, Screening(), type="offentlig_konst", fields={})


@pytest.mark.parametrize("work", [1, 7, 40])
def test_slices_find_what_one_query_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: int
):
    one = snapshot(tmp_path)
    whole = findings(one)
    assert {finding.outcome for finding in whole} >= {"passed", "failed"}
    monkeypatch.setattr(view, "WORK", work)
    assert findings(one) == whole


def checks(*, keyed: int, plain: int) -> list[Check]:
    columns = [reading.snapshot.Column(i, f"k{i}") for i in range(keyed + plain)]
    made = [
        Check(f"k:{i}", f"c{i}", column=columns[i], groups=f"select c{i} from base", by_key=True)
        for i in range(keyed)
    ]
    return made + [
        Check(f"p:{i}", f"c{i} = 'x'", column=columns[i]) for i in range(keyed, keyed + plain)
    ]


def test_no_slice_takes_more_than_its_work_and_none_is_lost():
    made = checks(keyed=75, plain=3000)
    found = view.slices(made)
    assert sorted(i for own in found for i in own) == list(range(len(made)))
    assert max(sum(made[i].work for i in own) for own in found) <= view.WORK
    assert (
        max(sum(made[i].groups is not None for i in own) for own in found)
        <= view.WORK // view.KEYED
    )


def test_a_narrow_table_is_one_slice_in_the_order_of_its_rules():
    made = checks(keyed=4, plain=100)
    assert view.slices(made) == [list(range(104))]


def test_the_rules_of_one_column_stand_together():
    columns = [reading.snapshot.Column(i, f"k{i}") for i in range(200)]
    made = [
        Check(f"{rule}:{one.position}", "true", column=one) for rule in range(3) for one in columns
    ]
    places: dict[int, set[int]] = {}
    for number, own in enumerate(view.slices(made)):
        for i in own:
            places.setdefault(made[i].column.position, set()).add(number)  # type: ignore[union-attr]
    assert sum(len(found) > 1 for found in places.values()) <= len(view.slices(made)) - 1


class Counting:
    """A connection that notes each query."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, seen: list[str]) -> None:
        self.connection, self.seen = connection, seen

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def execute(self, query: str, *given: Any) -> Any:
        self.seen.append(query)
        return self.connection.execute(query, *given)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


def test_no_query_asks_for_more_than_a_slice_and_base_shows_what_it_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    one, seen = snapshot(tmp_path), list[str]()
    real = databases.connect
    monkeypatch.setattr(databases, "connect", lambda *a, **given: Counting(real(*a, **given), seen))
    monkeypatch.setattr(view, "WORK", 30)
    table = one.main
    rules = [rule for rule in suites.load(suites.COMMON).rules if rule.table is None]
    names = {column.name: column.name for column in table.columns}
    planned = [
        found.check for found in planning.plan(one, table, rules, names, Known()) if found.check
    ]
    seen.clear()
    built = view.build(one, table, tmp_path, planned, None)
    asked = [query for query in seen if " as ok_" in query]
    assert len(asked) == len(view.slices(planned)) > 3 and len(built.counts) == len(planned)
    assert max(query.count(" as ok_") for query in asked) <= 30
    shown = [query for query in seen if " temp view base " in query]
    cells = [query.count(" as c") for query in shown]
    assert len(shown) > len(asked) and 0 < max(cells) < len(table.columns)


def test_a_rule_about_keys_that_no_key_breaks_joins_nothing():
    check = Check("k", "c0", groups="select 1", by_key=True)
    assert " in " not in check.right(None) and "from wrong" in check.right("wrong")


def test_where_no_key_is_wrong_the_dearer_key_is_not_computed():
    check = Check("k", "hash(c0)", groups="select 1", by_key=True, keyed="c0 is not null")
    assert "hash" not in check.right(None) and "hash(c0)" in check.right("wrong")


def test_what_rules_ask_of_a_time_is_a_column_that_is_computed_once(tmp_path: Path):
    file = tmp_path / "tider.csv"
    file.write_text("tid;namn\n6:05:00;a\n25:10:00;b\nkl 7;c\n;d\n", "utf-8")
    one = reading.read(file, tmp_path / "snapshot")
    with databases.connect() as connection:
        base = view.Base(connection, one, one.main, None)
        asked = base.once(f"{seconds('c0')} >= lag({seconds('c0')}) over (order by source_row)")
        assert asked == "c0_seconds >= lag(c0_seconds) over (order by source_row)"
        base.show(asked)
        found = connection.execute("select c0_seconds from base order by source_row").fetchall()
    assert found == [(21_900,), (90_600,), (None,), (None,)]
