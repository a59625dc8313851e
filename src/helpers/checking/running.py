"""Check one dataset: expand the rules for its columns, build the view, count twice, and write the findings."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers import databases, specifications
from helpers.catalogue import Organisation
from helpers.checking import suites, view
from helpers.checking.expectations import EXPECTATIONS
from helpers.checking.findings import MAX_ROWS, Finding
from helpers.checking.suites import Rule
from helpers.checking.view import Check, cell
from helpers.messages import both
from helpers.reading import missing
from helpers.reading.snapshot import Column, Snapshot
from helpers.screening.marks import Screening


def _targets(rule: Rule, snapshot: Snapshot, fields: dict[str, str]) -> list[Column | None]:
    scope, columns = EXPECTATIONS[rule.type].scope, snapshot.main.columns
    if scope == "each":
        return [one for one in columns if one.type == "text"]
    if scope == "typed":
        return [one for one in columns if one.type != "text"]
    if scope == "column":
        header = fields.get(rule.column or "")
        return [snapshot.main.column(header)] if header else []
    return [None]


def _planned(rule: Rule, column: Column | None, snapshot: Snapshot, fields: dict[str, str], organisation: Organisation | None,
         facts: Facts) -> Check | None:  # fmt: skip
    """The rule for one column as SQL; None where it does not apply here."""
    expectation, table, given = EXPECTATIONS[rule.type], snapshot.main, dict(rule.kwargs)
    if expectation.scope in ("point", "place") and not table.geometry:
        return None
    if expectation.scope == "place":
        prefix = (organisation.kommunkod or organisation.lanskod) if organisation else None
        if not prefix:
            return None
        given["prefix"] = prefix
    given["all"] = ", ".join(one.text for one in table.columns)
    given["filled"] = " + ".join(f"({cell(one)} is not null)::int" for one in table.columns) or "0"
    if rule.type == "expect_rows_to_be_filled" and (not table.geometry or len(table.columns) < 3):
        return None
    if "name" in given:
        if given["name"] not in fields:
            return None
        given["name"] = cell(table.column(fields[given["name"]]))
    if rule.type == "expect_dates_in_one_year":
        if facts.year is None:
            return None
        given["year"] = facts.year
    if given.get("value_set") == ["publisher"]:
        if not organisation or not organisation.kommunkod:
            return None
        given["value_set"] = [organisation.kommunkod]
    own = value = ""
    if column is not None:
        given |= {"raw": column.text, "longest": facts.longest.get(column.position)}
        own = cell(column)
        value = column.value if column.type != "text" else own
    key = f"{rule.id}:{column.position if column else ''}"
    groups = expectation.groups(own, value, given) if expectation.groups else None
    return Check(key, expectation.sql(own, value, given), _stock(rule, column, key), column, groups,
                 by_key=expectation.groups is not None)  # fmt: skip


def _stock(rule: Rule, column: Column | None, key: str) -> dict[str, object] | None:
    """The stock expectation on the view's own column, where its meaning is the same as our SQL's."""
    if not EXPECTATIONS[rule.type].stock or column is None or rule.kwargs.get("value_set") == ["publisher"]:
        return None
    kwargs: dict[str, Any] = {k: v for k, v in rule.kwargs.items() if k != "column"}
    typed = rule.type == "expect_column_values_to_be_between"
    if typed and column.type not in ("integer", "decimal"):
        return None
    kwargs["column"] = column.value if typed else cell(column)
    return {"type": rule.type, "kwargs": kwargs, "meta": {"key": key}}


@dataclass(frozen=True)
class Facts:
    """What rules ask of the whole table, found in one reading of it: the usual year, the longest text of each column."""

    year: int | None = None
    longest: dict[int, int] = field(default_factory=dict)


def _facts(snapshot: Snapshot, fields: dict[str, str], type: str) -> Facts:
    texts = [one for one in snapshot.main.columns if one.type == "text"]
    cells = [missing.present(one.text) for one in texts]
    # where all texts are equally long (a code), none is cut off
    parts = [f"nullif(max(length({one})), min(length({one})))" for one in cells]
    dated = snapshot.main.column(fields["datum"]) if type == "leverantorsfakturor" and "datum" in fields else None
    if dated is not None and dated.type in ("date", "datetime"):
        parts.append(f"mode(year({dated.value}))")
    with databases.connect(spill=snapshot.folder / "spill") as connection:
        found = databases.aggregate(connection, parts, databases.quoted(snapshot.parquet()))
    longest = {one.position: int(length) for one, length in zip(texts, found, strict=False) if length is not None}
    return Facts(found[len(texts)] if len(found) > len(texts) else None, longest)


def _missing_columns(snapshot: Snapshot, fields: dict[str, str], type: str) -> list[Finding]:
    """One finding: the specification's mandatory columns are all there."""
    if type not in specifications.types() or snapshot.format == "gtfs":
        return []
    placed = {"latitude", "longitude"} if snapshot.main.geometry else set()
    required = [one.name for one in specifications.load(type).fields if one.required]
    absent = [name for name in required if name not in fields and name not in placed]
    message = both("checking.columns_missing", columns=", ".join(absent)) if absent else both("checking.columns_there")
    return [Finding("mandatory_columns", "warning", "completeness", "failed" if absent else "passed", None, len(required),
                    len(absent), message=message, fix=both("checking.columns_fix"), because=both("checking.columns_because"),
                    table=snapshot.main.name)]  # fmt: skip


def _counted(built: view.View) -> tuple[list[tuple[int, int]], list[list[int]]]:
    with databases.connect(built.database, read_only=True) as connection:
        parts = [
            f"count{of}" for i in range(len(built.checks)) for of in (f"(ok_{i})", f"(*) filter (where not ok_{i})")
        ]
        flat = databases.aggregate(connection, parts, "data")
        counts = list(zip(flat[::2], flat[1::2], strict=True))
        rows = [
            [int(row[0]) for row in connection.execute(
                f"select source_row from data where not ok_{i} order by source_row limit {MAX_ROWS}").fetchall()]
            if failed else []
            for i, (_, failed) in enumerate(counts)
        ]  # fmt: skip
    return counts, rows


def _second_count(built: view.View) -> dict[str, tuple[int | None, str | None]]:
    from helpers.checking import engine

    configurations = [
        one.stock or {"type": "expect_column_values_to_be_in_set",
                      "kwargs": {"column": f"ok_{i}", "value_set": [True]}, "meta": {"key": one.key}}
        for i, one in enumerate(built.checks)
    ]  # fmt: skip
    return engine.validate(built.database, "data", configurations)


def _finding(
    rule: Rule, column: Column | None, counts: tuple[int, int], rows: list[int], outcome: str, name: str
) -> Finding:
    checked, failed = counts
    header = column.name if column else None
    values = {"checked": checked, "failed": failed, "column": header or ""}
    key = outcome if outcome in ("error", "not_applicable", "passed") else "failed"
    default = both(f"checking.outcome.{key}", **values)
    message = {
        lang: f"{rule.because[lang]} {default[lang]}" if key == "failed" else default[lang] for lang in ("sv", "en")
    }
    return Finding(rule.id, rule.severity, rule.dimension, outcome, header, checked, failed, rows, failed, message, rule.fix,
                   rule.because, name, rule.special)  # fmt: skip


def check(
    snapshot: Snapshot, screening: Screening, *, type: str, fields: dict[str, str],
    organisation: Organisation | None = None, frequency: str | None = None, today: dt.date | None = None,
) -> list[Finding]:  # fmt: skip
    """Findings of the common rules and of the type's suite, by id and column.

    A type without a suite of its own runs the common rules alone, without Great Expectations.
    """
    own = type in suites.types() and snapshot.format != "gtfs"
    rules = [*suites.load(suites.COMMON).rules, *(suites.load(type).rules if own else ())]
    facts = _facts(snapshot, fields, type)
    checks: list[Check] = []
    planned: list[tuple[Rule, Column | None]] = []
    findings = _missing_columns(snapshot, fields, type)
    name = snapshot.main.name
    for rule in rules:
        applied = False
        for column in _targets(rule, snapshot, fields):
            one = _planned(rule, column, snapshot, fields, organisation, facts)
            if one is not None:
                checks.append(one)
                planned.append((rule, column))
                applied = True
        if not applied:
            findings.append(_finding(rule, None, (0, 0), [], "not_applicable", name))
    with tempfile.TemporaryDirectory(prefix="check-", dir=snapshot.folder) as folder:
        built = view.build(snapshot, Path(folder), checks)
        counts, rows = _counted(built)
        second = _second_count(built) if own else {}
    for one, (rule, column), count, listed in zip(checks, planned, counts, rows, strict=True):
        outcome = "failed" if count[1] else "passed" if count[0] else "not_applicable"
        if own and (second[one.key][1] or second[one.key][0] != count[1]) and snapshot.main.rows:
            outcome = "error"
        findings.append(_finding(rule, column, count, listed, outcome, name))
    return sorted(findings, key=lambda one: (one.id, one.column or ""))
