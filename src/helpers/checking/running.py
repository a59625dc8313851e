"""Check one dataset: plan its rules, build each table's view, count (twice where Great Expectations
can), write the findings."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path

from helpers.checking import absent, explaining, planning, suites, view
from helpers.checking.deliveries import Previous
from helpers.checking.expectations import EXPECTATIONS
from helpers.checking.findings import MAX_ROWS, Finding
from helpers.checking.planning import Known, Planned
from helpers.checking.view import Check
from helpers.declared.organisations import Organisation
from helpers.reading import databases
from helpers.reading.snapshot import Snapshot, Table
from helpers.screening.marks import Screening
from helpers.words.files.ours import Folder
from helpers.words.messages import both

SENTENCES = Folder("helpers/words/messages/*/checking.yaml")  # that findings hold


def _counted(built: view.View) -> tuple[dict[int, tuple[int, int]], dict[int, list[int]]]:
    """Checked and failed of each check by its number, and the first rows that fail."""
    counts: dict[int, tuple[int, int]] = {}
    rows: dict[int, list[int]] = {}
    with databases.connect(built.database, read_only=True) as connection:
        for name, own in built.slices:
            parts = [
                f"count{of}" for i in own for of in (f"(ok_{i})", f"(*) filter (where not ok_{i})")
            ]
            flat = databases.aggregate(connection, parts, name)
            counts |= dict(zip(own, zip(flat[::2], flat[1::2], strict=True), strict=True))
            for i in own:
                query = (
                    f"select source_row from {name} where not ok_{i} order by source_row limit"
                    f" {MAX_ROWS}"
                )
                rows[i] = (
                    [int(row[0]) for row in connection.execute(query).fetchall()]
                    if counts[i][1]
                    else []
                )
    return counts, rows


def _second_count(built: view.View) -> dict[str, tuple[int | None, str | None]]:
    """By check key, for the checks that Great Expectations has an expectation of its own for.

    Of the others it could only count our own boolean column: that is no second count.
    """
    stock = {
        name: [one.stock for i in own if (one := built.checks[i]).stock]
        for name, own in built.slices
    }
    wanted = {name: own for name, own in stock.items() if own}
    if not wanted:
        return {}
    from helpers.checking import engine  # Great Expectations: seconds to import

    return engine.validate(built.database, wanted)


def _told(one: Planned, failed: int, keys: int | None) -> list[dict[str, str]]:
    """What a failed rule says beside its counts."""
    said = [both(f"checking.told.{one.told[0]}", **one.told[1])] if one.told else []
    if keys is not None and 1 < keys < failed:
        said.append(
            both(
                f"checking.told.{EXPECTATIONS[one.rule.type].keys}", keys=keys, extra=failed - keys
            )
        )
    return said


def _finding(
    one: Planned, counts: tuple[int, int], rows: list[int], outcome: str, keys: int | None = None
) -> Finding:
    rule, (checked, failed) = one.rule, counts
    header = one.column.name if one.column else None
    values = {"checked": checked, "failed": failed, "column": header or ""}
    default = both(f"checking.outcome.{outcome}", **values)
    said = [rule.because, default, *_told(one, failed, keys)] if outcome == "failed" else [default]
    message = {lang: " ".join(part[lang] for part in said) for lang in ("sv", "en")}
    return Finding(
        rule.id,
        rule.severity,
        rule.dimension,
        outcome,
        header,
        checked,
        failed,
        rows,
        failed,
        message,
        rule.fix,
        rule.because,
        one.table,
        rule.special,
    )


def _of_source(snapshot: Snapshot, rule: suites.Rule) -> list[Finding]:
    """What a rule says of the source as a whole: files, columns, how they are written."""
    judge = EXPECTATIONS[rule.type].judge
    findings = []
    for one in judge(snapshot) if judge else ():
        outcome = "failed" if one.failed else "passed" if one.checked else "not_applicable"
        found = _finding(
            Planned(rule, one.table), (one.checked, one.failed), list(one.rows[:MAX_ROWS]), outcome
        )
        if one.names and outcome == "failed":
            told = both("checking.outcome.names", names=", ".join(one.names))
            found = replace(
                found, message={lang: f"{rule.because[lang]} {told[lang]}" for lang in rule.because}
            )
        if one.told and outcome == "failed":
            told = both(f"checking.told.{one.told[0]}", **one.told[1])
            found = replace(
                found, message={lang: f"{rule.because[lang]} {told[lang]}" for lang in rule.because}
            )
        findings.append(replace(found, rows_total=one.failed if one.rows else 0))
    return findings or [_finding(Planned(rule, ""), (0, 0), [], "not_applicable")]


def _of_table(
    snapshot: Snapshot,
    table: Table,
    planned: list[Planned],
    folder: Path,
    spots: Path | None,
    previous: Path | None,
    *,
    twice: bool,
) -> list[Finding]:
    asked = [(one, one.check) for one in planned if one.check is not None]
    checks: list[Check] = [check for _, check in asked]
    findings = [_finding(one, (0, 0), [], "not_applicable") for one in planned if one.check is None]
    if not checks:
        return findings
    built = view.build(snapshot, table, folder, checks, spots, previous)
    counts, rows = _counted(built)
    second = _second_count(built) if twice and table.rows else {}
    for i, (one, check) in enumerate(asked):
        count = counts[i]
        outcome = "failed" if count[1] else "passed" if count[0] else "not_applicable"
        if check.key in second and second[check.key] != (count[1], None):
            outcome = "error"
        findings.append(_finding(one, count, rows[i], outcome, built.wrong.get(i)))
    return findings


def _once(rules: list[suites.Rule], findings: list[Finding]) -> list[Finding]:
    """A rule on every table says "not applicable" once, and only where it applied to none."""
    wide = {one.id for one in rules if one.table == "*"}
    applied = {one.id for one in findings if one.id in wide and one.outcome != "not_applicable"}
    kept, said = [], set()
    for one in findings:
        if one.id in wide and one.outcome == "not_applicable":
            if one.id in applied or one.id in said:
                continue
            said.add(one.id)
            one = replace(one, table="", column=None)
        kept.append(one)
    return kept


def run(
    snapshot: Snapshot,
    rules: list[suites.Rule],
    fields: dict[str, str],
    known: Known,
    *,
    twice: bool = True,
) -> list[Finding]:
    """The findings of ``rules``, each on the table it names (the main one if none), by id, table
    and column.

    ``fields`` maps the specification's fields to headers of the main table; in other tables a rule
    names headers. ``twice``: let Great Expectations count what it has an expectation for; where the
    two differ the outcome is ``error``.
    """
    findings: list[Finding] = []
    there = {one.name for one in snapshot.tables}
    with tempfile.TemporaryDirectory(prefix="check-", dir=snapshot.folder) as folder:
        for number, table in enumerate(snapshot.tables):
            own = [
                one
                for one in rules
                if EXPECTATIONS[one.type].scope != "source"
                and (
                    one.table in (table.name, "*") or (one.table is None and table is snapshot.main)
                )
            ]
            names = {one.name: one.name for one in table.columns}
            names |= fields if table is snapshot.main else {}
            own_folder = Path(folder) / str(number)
            own_folder.mkdir()
            placed = table.geometry is not None and any(
                EXPECTATIONS[one.type].scope == "point" for one in own
            )
            spots = (
                view.places(snapshot, table, own_folder / "places.parquet", known.area)
                if placed
                else None
            )
            planned = list(planning.plan(snapshot, table, own, names, known, spots)) if own else []
            before = known.previous.file if known.previous else None
            findings += _of_table(snapshot, table, planned, own_folder, spots, before, twice=twice)
    elsewhere = [
        Planned(one, str(one.table)) for one in rules if one.table not in (None, "*", *there)
    ]
    findings += [_finding(one, (0, 0), [], "not_applicable") for one in elsewhere]
    findings = _once(rules, findings) + [
        one
        for rule in rules
        if EXPECTATIONS[rule.type].scope == "source"
        for one in _of_source(snapshot, rule)
    ]
    return sorted(findings, key=lambda one: (one.id, one.table, one.column or ""))


def check(
    snapshot: Snapshot,
    screening: Screening,
    *,
    type: str,
    fields: dict[str, str],
    variant: str | None = None,
    organisation: Organisation | None = None,
    frequency: str | None = None,
    today: dt.date | None = None,
    previous: Previous | None = None,
) -> list[Finding]:
    """Findings of the common rules and of the type's suite, by id, table and column.

    A type without a suite of its own runs the common rules alone, without Great Expectations.
    """
    own = suites.of(type, variant)
    rules = [*(one for one in suites.load(suites.COMMON).rules if variant not in one.not_for), *own]
    known = Known(organisation, frequency, today or dt.date.today(), previous)
    found = run(snapshot, rules, fields, known, twice=bool(own))
    if snapshot.format == "gtfs":
        found = absent.marked_of_feed(found, snapshot, own, known)
    else:
        wanted, lacking = absent.required(snapshot, fields, type, variant)
        found = [
            *absent.marked(found, rules, lacking),
            *absent.missing_columns(snapshot, wanted, lacking, type, variant),
        ]
    coordinates = {one.name: one.geometry.columns for one in snapshot.tables if one.geometry}
    found = explaining.explained(found, coordinates)
    return sorted(found, key=lambda one: (one.id, one.table, one.column or ""))
