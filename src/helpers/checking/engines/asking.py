"""The rules of a type asked of a table where it lies: each rule is counted there twice, by our own
query and by Great Expectations, or says why it is not.

What fails is told by the rows' keys: a warehouse has no row numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from helpers.checking import absent, planning, running, suites, view
from helpers.checking.engines import relations
from helpers.checking.engines.site import Answer, Broken
from helpers.checking.engines.table import Elsewhere
from helpers.checking.engines.untranslated import Untranslated
from helpers.checking.expectations import EXPECTATIONS
from helpers.checking.findings import Finding
from helpers.checking.planning import Known, Planned
from helpers.checking.view import Check
from helpers.declared import specifications
from helpers.declared.organisations import Organisation
from helpers.traffic import gtfs_reference
from helpers.words.messages import both

FEED = ("rorelsedata", "gtfs")  # the type and variant whose tables belong together
Named = dict[tuple[str, str | None], list[tuple[str, ...]]]


@dataclass(frozen=True)
class Answered:
    """``keys``: by a finding's rule and column, the keys of the first rows that fail it."""

    findings: list[Finding]
    keys: Named = field(default_factory=dict)


def _unasked(rule: suites.Rule) -> str:
    """Why a rule cannot be asked of a table over there, before anything is planned; '' where it
    may be."""
    expectation = EXPECTATIONS[rule.type]
    if expectation.scope == "source":
        return "reading"
    if rule.table not in (None, "*"):
        return "tables"
    return ""


def _of_a_feed(there: Elsewhere, known: set[str]) -> list[suites.Rule]:
    """The rules of a whole timetable that are not among the known ones, where the table is one of
    its by its name and the fields that it must have."""
    label = there.site.label
    names = {Path(label).stem, label.rsplit(".", 1)[-1].strip('"')}
    columns = {column.name for column in there.snapshot.main.columns}
    for name, file in gtfs_reference.load().files.items():
        required = {field for field, one in file.fields.items() if one.required}
        if name in names and required <= columns and columns & set(file.fields):
            return [rule for rule in suites.rules_for(*FEED) if rule.id not in known]
    return []


def _not_asked(planned: Planned, reason: str) -> Finding:
    finding = running.finding_of(planned, (0, 0), [], "not_applicable")
    return replace(finding, message=both(f"engines.reason.{reason}"))


def _facts(there: Elsewhere) -> planning.Ask:
    """Who answers what rules ask of the whole table."""

    def one(asked: str) -> object:
        if view.of_spots(asked):
            return planning.Refused("places")
        try:
            return there.aggregates([asked])[0]
        except Untranslated as error:
            return planning.Refused(error.reason)

    def answer(asked: list[str]) -> list[object]:
        try:
            if not any(map(view.of_spots, asked)):
                return there.aggregates(asked)
        except Untranslated:
            pass
        return [one(part) for part in asked]

    return answer


def _why(there: Elsewhere, check: Check) -> str:
    """Why a planned rule cannot be asked there; '' where it can."""
    if any(view.of_spots(sql) for sql in (check.sql, check.groups) if sql):
        return "places"
    try:
        relations.checked(there.site.dialect, there.source, [check])
    except Untranslated as error:
        return error.reason
    return ""


def _of_texts(there: Elsewhere, type: str, fields: dict[str, str]) -> set[str]:
    """The fields of numbers and days whose column over there is of texts."""
    if type not in specifications.types():
        return set()
    columns = there.snapshot.main
    return {
        one.name
        for one in specifications.load(type).fields
        if one.type != "text" and one.name in fields
        if columns.column(fields[one.name]).type == "text"
    }


def _counted(there: Elsewhere, checks: Sequence[Check]) -> list[Answer]:
    """What is counted of each check over there."""
    return there.site.answers(there.source, checks)


def _answers(
    there: Elsewhere, asked: list[tuple[Planned, Check]]
) -> Iterator[tuple[Finding, list[tuple[str, ...]]]]:
    """The finding of each rule, with keys; a query that breaks is tried rule by rule."""
    for start in range(0, len(asked), relations.TOGETHER):
        some = asked[start : start + relations.TOGETHER]
        yield from _slice(there, some)


def _slice(
    there: Elsewhere, some: list[tuple[Planned, Check]]
) -> Iterator[tuple[Finding, list[tuple[str, ...]]]]:
    try:
        counted = _counted(there, [check for _, check in some])
    except Broken:
        if len(some) == 1:
            yield running.finding_of(some[0][0], (0, 0), [], "error"), []
            return
        middle = len(some) // 2
        yield from _slice(there, some[:middle])
        yield from _slice(there, some[middle:])
        return
    for (planned, _), one in zip(some, counted, strict=True):
        outcome = "failed" if one.failed else "passed" if one.checked else "not_applicable"
        outcome = outcome if one.again == one.failed else "error"
        yield running.finding_of(planned, (one.checked, one.failed), [], outcome), one.keys


def ask(
    there: Elsewhere,
    *,
    type: str,
    fields: dict[str, str],
    variant: str | None = None,
    organisation: Organisation | None = None,
    today: dt.date | None = None,
) -> Answered:
    """Findings as ``checking.check`` gives them of a file, without row numbers, and the keys of
    rows that fail. No rule is left out: what cannot be asked there is ``not_applicable``, and its
    message says why."""
    snapshot, table = there.snapshot, there.snapshot.main
    rules = [*suites.of_common(type, variant), *suites.rules_for(type, variant)]
    known = Known(organisation, None, today or dt.date.today())
    why = {rule.id: reason for rule in rules if (reason := _unasked(rule))}
    others = _of_a_feed(there, {rule.id for rule in rules})
    why |= {rule.id: "tables" for rule in others}
    rules += others
    findings = [_not_asked(Planned(rule, ""), why[rule.id]) for rule in rules if rule.id in why]
    headers = {column.name: column.name for column in table.columns} | fields
    asked: list[tuple[Planned, Check]] = []
    left = [rule for rule in rules if rule.id not in why]
    texts = _of_texts(there, type, fields)
    wide = running.wide_of(snapshot, type, variant)
    for planned in planning.plan(snapshot, table, left, headers, known, None, wide, _facts(there)):
        reason = planned.reason or (_why(there, planned.check) if planned.check else "")
        if not reason and planned.check is None and planned.rule.column in texts:
            reason = "text"
        if reason:
            findings.append(_not_asked(planned, reason))
        elif planned.check is None:
            findings.append(running.finding_of(planned, (0, 0), [], "not_applicable"))
        else:
            asked.append((planned, planned.check))
    keys: Named = {}
    for finding, named in _answers(there, asked):
        findings.append(replace(finding, rows_total=finding.failed))
        keys[finding.id, finding.column] = named
    findings = running.once(rules, findings)
    findings = absent.marked_of_table(findings, snapshot, fields, rules, type, variant)
    return Answered(running.told_once(findings, snapshot, rules), keys)
