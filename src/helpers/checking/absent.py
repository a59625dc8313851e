"""What a rule could not be asked because the source lacks what it must have: such a finding is
unknown, and the lack itself is told once.

Taking a bad column or file away must not raise a score: the unknown counts as the worst. Tables
must have their specification's mandatory fields, feeds the files and fields that the GTFS reference
requires.
"""

from __future__ import annotations

from dataclasses import replace

from helpers.checking import drift, planning
from helpers.checking.expectations import EXPECTATIONS
from helpers.checking.findings import COLUMNS, CONFORMITY, Finding
from helpers.checking.planning import Known
from helpers.checking.suites import Rule
from helpers.declared import specifications
from helpers.declared.fields import Specification
from helpers.reading.snapshot import Column, Snapshot, Table
from helpers.traffic import gtfs_reference
from helpers.words.messages import LANGUAGES, both

Asked = tuple[str, str, str | None]  # id of a rule, table, column


def required(
    snapshot: Snapshot, fields: dict[str, str], type: str, variant: str | None
) -> tuple[list[str], list[str], list[str]]:
    """The mandatory fields of the variant that the source follows, those of them that the main
    table has not, and those whose column has no value in any row."""
    if type not in specifications.types():
        return [], [], []
    whole, main = specifications.load(type, variant), snapshot.main
    held = specifications.held([column.name for column in main.columns], whole, fields)
    valued = {name for name in held if name not in fields or not main.empty(fields[name])}
    placed = main.geometry is not None
    wanted, lacking = specifications.mandatory(whole, held, placed=placed)
    without = specifications.mandatory(whole, valued, placed=placed)[1]
    return wanted, lacking, [name for name in without if name not in lacking]


def untold(blank: list[str], rules: list[Rule]) -> list[str]:
    """Those of the fields without a value that no rule asks to be filled."""
    asked = {rule.column for rule in rules if rule.type == planning.FILLED}
    return [name for name in blank if name not in asked]


def missing_columns(
    snapshot: Snapshot,
    fields: dict[str, str],
    wanted: list[str],
    absent: list[str],
    blank: list[str],
    type: str,
    variant: str | None,
) -> list[Finding]:
    """One finding: the specification's mandatory columns are all there, and none is ``blank``. They
    are called what the variant calls them, and a column that is nearly called so is named."""
    if not wanted:
        return []
    specification = specifications.load(type, variant)
    message = _said(specification, wanted, absent, blank)
    names = [column.name for column in snapshot.main.columns]
    missed = {specification.field(name).header for name in absent}
    for column, header in drift.misspelt(names, fields, specification).items():
        if header in missed:
            asked = both("checking.columns_near", column=column, header=header)
            message = {language: f"{said} {asked[language]}" for language, said in message.items()}
    return [
        Finding(
            COLUMNS,
            "warning",
            CONFORMITY,
            "failed" if absent or blank else "passed",
            None,
            len(wanted),
            len(absent) + len(blank),
            message=message,
            fix=both("checking.columns_fix", count=len(absent))
            if absent
            else both("checking.columns_fill", count=len(blank)),
            because=both("checking.columns_because"),
            table=snapshot.main.name,
        )
    ]


def _said(
    specification: Specification, wanted: list[str], absent: list[str], blank: list[str]
) -> dict[str, str]:
    """How many of the mandatory columns are missing, how many are empty, and which."""

    def named(names: list[str]) -> str:
        return ", ".join(specification.field(name).header for name in names)

    count = len(wanted)
    missing = {"count": count, "missing": len(absent), "columns": named(absent)}
    parts = [both("checking.columns_missing", **missing)] if absent else []
    if blank:
        parts.append(both("checking.columns_empty", count=len(blank), columns=named(blank)))
    parts = parts or [both("checking.columns_there", count=count)]
    return {language: " ".join(part[language] for part in parts) for language in LANGUAGES}


def marked(findings: list[Finding], rules: list[Rule], absent: list[str]) -> list[Finding]:
    """The findings of a table, those about an absent mandatory field marked."""
    lost = {
        rule.id
        for rule in rules
        if set(absent) & set(EXPECTATIONS[rule.type].roles(rule.kwargs).values())
        or (EXPECTATIONS[rule.type].scope == "point" and {"latitude", "longitude"} & set(absent))
    }
    return [
        replace(finding, absent=finding.id in lost and finding.outcome == "not_applicable")
        for finding in findings
    ]


def marked_of_table(
    findings: list[Finding],
    snapshot: Snapshot,
    fields: dict[str, str],
    rules: list[Rule],
    type: str,
    variant: str | None,
) -> list[Finding]:
    """The findings of a table, those about an absent mandatory field marked, and one of what the
    specification requires."""
    wanted, lacking, blank = required(snapshot, fields, type, variant)
    return [
        *marked(findings, rules, [*lacking, *blank]),
        *missing_columns(snapshot, fields, wanted, lacking, untold(blank, rules), type, variant),
    ]


def _whole(snapshot: Snapshot) -> Snapshot:
    """The feed as if it had all files and fields that the reference requires; only to be planned
    on, never read."""
    files, present = gtfs_reference.load().files, {table.name for table in snapshot.tables}
    missing = [name for name in gtfs_reference.missing(snapshot) if name not in present]
    tables = [*snapshot.tables, *(Table(name, "", 0, []) for name in missing)]
    completed = []
    for table in tables:
        names = {column.name for column in table.columns}
        fields = files[table.name].fields.items() if table.name in files else ()
        lacking = [name for name, field in fields if field.required and name not in names]
        first = 1 + max((column.position for column in table.columns), default=-1)
        more = [Column(first + i, name, "text") for i, name in enumerate(lacking)]
        completed.append(replace(table, columns=[*table.columns, *more]))
    return replace(snapshot, tables=completed)


def _asked(snapshot: Snapshot, rules: list[Rule], known: Known) -> dict[Asked, Rule]:
    """The rules that can be asked of the feed, by what they are asked of."""
    asked = {}
    for table in snapshot.tables:
        table_rules = [rule for rule in rules if rule.table in (table.name, "*")]
        names = {column.name: column.name for column in table.columns}
        for planned in planning.plan(snapshot, table, table_rules, names, known):
            if planned.check is not None:
                header = planned.column.name if planned.column else None
                asked[planned.rule.id, table.name, header] = planned.rule
    return asked


def marked_of_feed(
    findings: list[Finding], snapshot: Snapshot, rules: list[Rule], known: Known
) -> list[Finding]:
    """The findings of a feed, and one for each rule that a missing file or field keeps from being
    asked."""
    whole = _whole(snapshot)
    if whole == snapshot:
        return findings
    asked = _asked(snapshot, rules, known)
    lost = {key: rule for key, rule in _asked(whole, rules, known).items() if key not in asked}
    message = both("checking.outcome.not_applicable")
    marks = [
        Finding(
            rule.id,
            rule.severity,
            rule.dimension,
            "not_applicable",
            column,
            0,
            0,
            message=message,
            fix=rule.fix,
            because=rule.because,
            table=table,
            special=rule.special,
            absent=True,
            version=rule.version,
        )
        for (_, table, column), rule in lost.items()
    ]
    named = {(mark.id, mark.table) for mark in marks} | {(mark.id, "") for mark in marks}
    kept = [
        finding
        for finding in findings
        if finding.outcome != "not_applicable" or (finding.id, finding.table) not in named
    ]
    return [*kept, *marks]
