"""Check one dataset: plan its rules, build each table's view, count (twice where Great Expectations
can), write the findings."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from helpers.checking import (
    absent,
    explaining,
    failed_rows,
    misfits,
    planning,
    schema_rules,
    seen,
    suites,
    view,
)
from helpers.checking.deliveries import Previous
from helpers.checking.expectations import EXPECTATIONS
from helpers.checking.failed_rows import FailedRows
from helpers.checking.findings import MAX_ROWS, Finding
from helpers.checking.planning import Known, Planned
from helpers.checking.view import Check
from helpers.declared import specifications
from helpers.declared.organisations import Organisation
from helpers.declared.schemas.model import TableSchema
from helpers.declared.variants import Spread
from helpers.reading.snapshot import Snapshot, Table
from helpers.screening.marks import Screening
from helpers.words.files.ours import Folder
from helpers.words.messages import LANGUAGES, both

SENTENCES = Folder("helpers/words/messages/*/checking.yaml")  # that findings hold


def _second_count(built: view.View) -> dict[str, tuple[int | None, str | None]]:
    """By check key, for the checks that Great Expectations has an expectation of its own for.

    Of the others it could only count our own boolean column: that is no second count.
    """
    stock = {
        name: [check.stock for number in numbers if (check := built.checks[number]).stock]
        for name, numbers in built.stocked
    }
    wanted = {name: configurations for name, configurations in stock.items() if configurations}
    if not wanted:
        return {}
    from helpers.checking import engine  # Great Expectations: seconds to import

    return engine.validate(built.database, wanted)


def _told(planned: Planned, failed: int, keys: int | None) -> list[dict[str, str]]:
    """What a failed rule says beside its counts."""
    texts = [both(f"checking.told.{planned.told[0]}", **planned.told[1])] if planned.told else []
    if keys is not None and 1 < keys < failed:
        message_key = f"checking.told.{EXPECTATIONS[planned.rule.type].keys}"
        texts.append(both(message_key, keys=keys, extra=failed - keys))
    return texts


def finding_of(
    planned: Planned,
    counts: tuple[int, int],
    rows: list[int],
    outcome: str,
    keys: int | None = None,
) -> Finding:
    """What is said of a rule by its ``counts`` (checked, failed) and the first rows that fail;
    ``keys``: how many keys break it."""
    rule, (checked, failed) = planned.rule, counts
    header = planned.column.name if planned.column else None
    values = {"checked": checked, "failed": failed, "column": header or ""}
    default = both(f"checking.outcome.{outcome}", **values)
    texts = [default]
    if outcome == "failed":
        texts = [rule.because, default, *_told(planned, failed, keys)]
    message = {lang: " ".join(text[lang] for text in texts) for lang in LANGUAGES}
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
        planned.table,
        rule.special,
        version=rule.version,
    )


def _of_source(
    snapshot: Snapshot, rule: suites.Rule, failed: FailedRows | None = None
) -> list[Finding]:
    """What a rule says of the source as a whole: files, columns, how they are written."""
    judge = EXPECTATIONS[rule.type].judge
    findings = []
    for judged in judge(snapshot) if judge else ():
        outcome = "failed" if judged.failed else "passed" if judged.checked else "not_applicable"
        counts, rows = (judged.checked, judged.failed), list(judged.rows[:MAX_ROWS])
        finding = finding_of(Planned(rule, judged.table), counts, rows, outcome)
        if failed:
            failed.of_list(failed_rows.key_of(finding), list(judged.rows))
        told = None
        if judged.names:
            told = both("checking.outcome.names", names=", ".join(judged.names))
        if judged.told:
            told = both(f"checking.told.{judged.told[0]}", **judged.told[1])
        if told and outcome == "failed":
            message = {lang: f"{rule.because[lang]} {told[lang]}" for lang in rule.because}
            finding = replace(finding, message=message)
        findings.append(replace(finding, rows_total=judged.failed if judged.rows else 0))
    return findings or [finding_of(Planned(rule, ""), (0, 0), [], "not_applicable")]


def _key(planned: Planned) -> failed_rows.Key:
    return planned.rule.id, planned.table, planned.column.name if planned.column else ""


def _of_table(
    snapshot: Snapshot,
    table: Table,
    plans: list[Planned],
    folder: Path,
    spots: Path | None,
    previous: Path | None,
    *,
    twice: bool,
    failed: FailedRows | None = None,
) -> list[Finding]:
    asked = [(planned, planned.check) for planned in plans if planned.check is not None]
    checks: list[Check] = [check for _, check in asked]
    findings = [
        finding_of(planned, (0, 0), [], "not_applicable")
        for planned in plans
        if planned.check is None
    ]
    if not checks:
        return findings
    twice = twice and table.rows > 0
    named = {n: failed_rows.named(_key(one)) for n, (one, _) in enumerate(asked)}
    how = view.Wanted(stock=twice, longer=named if failed else None)
    built = view.build(snapshot, table, folder, checks, spots, previous, how)
    if failed:
        failed.of_files(built.longer)
    second = _second_count(built) if twice else {}
    for number, (planned, check) in enumerate(asked):
        count = built.counts[number]
        outcome = "failed" if count[1] else "passed" if count[0] else "not_applicable"
        if check.key in second and second[check.key] != (count[1], None):
            outcome = "error"
        rows, keys = built.rows[number], built.wrong.get(number)
        findings.append(finding_of(planned, count, rows, outcome, keys))
    return findings


def once(rules: list[suites.Rule], findings: list[Finding]) -> list[Finding]:
    """A rule on every table says "not applicable" once, and only where it applied to none."""
    wide = {rule.id for rule in rules if rule.table == "*"}
    applied = {
        finding.id
        for finding in findings
        if finding.id in wide and finding.outcome != "not_applicable"
    }
    kept: list[Finding] = []
    already_kept: set[str] = set()
    for finding in findings:
        if finding.id in wide and finding.outcome == "not_applicable":
            if finding.id in applied or finding.id in already_kept:
                continue
            already_kept.add(finding.id)
            finding = replace(finding, table="", column=None)
        kept.append(finding)
    return kept


def asked_of(snapshot: Snapshot, table: Table, rules: list[suites.Rule]) -> list[suites.Rule]:
    """The rules that are about this table, without those about the source as a whole."""
    return [
        rule
        for rule in rules
        if EXPECTATIONS[rule.type].scope != "source"
        and (rule.table in (table.name, "*") or (rule.table is None and table is snapshot.main))
    ]


def planned(
    snapshot: Snapshot,
    table: Table,
    rules: list[suites.Rule],
    fields: dict[str, str],
    known: Known,
    folder: Path,
    wide: Spread | None,
) -> tuple[Path | None, list[Planned]]:
    """How ``rules``, all about this table, are asked of it; and the file that says where its
    positions lie, where one of them asks that. ``folder`` is for what is written on the way;
    ``wide``: the main table's columns that are rows in the specification."""
    headers = {column.name: column.name for column in table.columns}
    headers |= fields if table is snapshot.main else {}
    spots = None
    if table.geometry is not None and any(
        EXPECTATIONS[rule.type].scope == "point" for rule in rules
    ):
        spots = view.places(snapshot, table, folder / "places.parquet", known.area)
    wide = wide if table is snapshot.main else None
    asked = planning.plan(snapshot, table, rules, headers, known, spots, wide) if rules else ()
    return spots, list(asked)


def _findings_in(
    snapshot: Snapshot,
    table: Table,
    rules: list[suites.Rule],
    fields: dict[str, str],
    known: Known,
    folder: Path,
    *,
    wide: Spread | None,
    twice: bool,
    failed: FailedRows | None,
) -> list[Finding]:
    """The findings of ``rules``, all about this table; ``folder`` is for what is written on the
    way."""
    spots, plans = planned(snapshot, table, rules, fields, known, folder, wide)
    before = known.previous.file if known.previous else None
    return _of_table(snapshot, table, plans, folder, spots, before, twice=twice, failed=failed)


def _order(finding: Finding) -> tuple[str, str, str]:
    """What findings are sorted by: id, table, column."""
    return finding.id, finding.table, finding.column or ""


def run(
    snapshot: Snapshot,
    rules: list[suites.Rule],
    fields: dict[str, str],
    known: Known,
    *,
    wide: Spread | None = None,
    twice: bool = True,
    failed: Path | None = None,
) -> list[Finding]:
    """The findings of ``rules``, each on the table it names (the main one if none), by id, table
    and column.

    ``fields`` maps the specification's fields to headers of the main table; in other tables a rule
    names headers. ``wide``: the main table's columns that are rows in the specification.
    ``twice``: let Great Expectations count what it has an expectation for; where the two differ the
    outcome is ``error``. ``failed``: where the rows go of faults that have more than a finding
    lists. What ``engine.validate`` raises is then raised here, too.
    """
    findings: list[Finding] = []
    with tempfile.TemporaryDirectory(prefix="check-", dir=snapshot.folder) as folder:
        rows = FailedRows(failed, Path(folder)) if failed else None
        for number, table in enumerate(snapshot.tables):
            own_folder = Path(folder) / str(number)
            own_folder.mkdir()
            asked = asked_of(snapshot, table, rules)
            findings += _findings_in(
                snapshot,
                table,
                asked,
                fields,
                known,
                own_folder,
                wide=wide,
                twice=twice,
                failed=rows,
            )
        of_source = [
            finding
            for rule in rules
            if EXPECTATIONS[rule.type].scope == "source"
            for finding in _of_source(snapshot, rule, rows)
        ]
        if rows:
            rows.finish()
    names = {table.name for table in snapshot.tables}
    elsewhere = [
        Planned(rule, str(rule.table)) for rule in rules if rule.table not in (None, "*", *names)
    ]
    findings += [finding_of(planned, (0, 0), [], "not_applicable") for planned in elsewhere]
    return sorted(once(rules, findings) + of_source, key=_order)


def wide_of(snapshot: Snapshot, type: str, variant: str | None) -> Spread | None:
    """The main table's columns that are rows in the specification that it follows."""
    if type not in specifications.types():
        return None
    names = [column.name for column in snapshot.main.columns]
    return specifications.spread(names, specifications.load(type, variant))


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
    failed: Path | None = None,
    schema: TableSchema | None = None,
    profile: Mapping[str, Any] | None = None,
    twice: bool = True,
) -> list[Finding]:
    """Findings of the common rules, of the type's suite and of a schema that came with the data, by
    id, table and column.

    ``failed``: where all rows go of faults that have more than a finding lists; ``profile``: what
    profiling has counted of the snapshot, which then is not counted again; ``twice``: as in
    ``run``.

    A type without a suite of its own runs the common rules alone, without Great Expectations.
    Raises ``ConfigurationError`` where a rule of the suites is wrong, and what ``run`` raises.
    """
    type_rules = suites.rules_for(type, variant)
    rules = [*suites.of_common(type, variant), *type_rules]
    day = today or dt.date.today()
    known = Known(organisation, frequency, day, previous, seen.of(profile))
    with schema_rules.of(schema, snapshot) as asked:
        rules += asked.rules
        findings = run(
            snapshot,
            rules,
            fields | asked.roles,
            known,
            wide=wide_of(snapshot, type, variant),
            twice=twice and bool(type_rules or asked.rules),
            failed=failed,
        )
    if snapshot.format == "gtfs":
        findings = absent.marked_of_feed(findings, snapshot, type_rules, known)
    else:
        findings = absent.marked_of_table(findings, snapshot, fields, rules, type, variant)
    findings += schema_rules.findings_of_schema(asked, schema, snapshot.main.name)
    return told_once(findings, snapshot, rules)


def told_once(
    findings: list[Finding], snapshot: Snapshot, rules: list[suites.Rule]
) -> list[Finding]:
    """The findings by id, table and column, each fault told once."""
    coordinates = {
        table.name: table.geometry.columns for table in snapshot.tables if table.geometry
    }
    telling = explaining.Telling.of(rules)
    sizes = {table.name: table.rows for table in snapshot.tables}
    explained = explaining.explained(findings, coordinates, telling, sizes)
    return sorted(misfits.told_once(explained, telling.form), key=_order)
