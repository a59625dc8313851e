"""A column that almost never has the form that it is asked for is told once, as another kind of
thing, and its rows are not listed.

Nobody corrects 3,836 of 3,836 organisation numbers: the column holds the numbers of a ledger. The
counts stay, so that the score is as before.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from helpers.checking.findings import SEVERITIES, Finding
from helpers.words.messages import LANGUAGES, both

LEAST = 20  # values
SHARE = 0.85  # of them; a check digit is right by chance in every tenth


def _never_fits(finding: Finding, forms: Collection[str]) -> bool:
    return (
        finding.id in forms
        and finding.outcome == "failed"
        and not finding.explained_by
        and finding.checked >= LEAST
        and finding.failed >= SHARE * finding.checked
    )


def told_once(findings: list[Finding], forms: Collection[str]) -> list[Finding]:
    """The findings, each column that has none of its ``forms`` (ids of rules) told once."""
    never = [one for one in findings if _never_fits(one, forms)]
    first: dict[tuple[str, str | None], Finding] = {}
    for finding in sorted(never, key=lambda one: (SEVERITIES.index(one.severity), one.id)):
        first.setdefault((finding.table, finding.column), finding)
    follow = {one.id for one in never}
    now: list[Finding] = []
    for finding in findings:
        cause = first.get((finding.table, finding.column))
        if finding is cause:
            finding = _said(finding)
        elif cause and (finding in never or finding.explained_by in follow):
            finding = replace(finding, rows=[], rows_total=0, explained_by=cause.id)
        now.append(finding)
    return now


def _said(finding: Finding) -> Finding:
    told = both(
        "checking.another_kind",
        column=finding.column or "",
        failed=finding.failed,
        checked=finding.checked,
    )
    message = {language: f"{told[language]} {finding.because[language]}" for language in LANGUAGES}
    fix = both("checking.another_kind.fix")
    return replace(finding, message=message, fix=fix, rows=[], rows_total=0)
