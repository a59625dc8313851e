"""What the quality notebook displays: how bad it is, what changed, rules by dimension, what to fix
and who does it, the rows.

Rows are numbers; a value of a marked column is only its shape.
"""

from __future__ import annotations

from collections.abc import Sequence

from helpers.checking import outcome
from helpers.checking import rows_to_fix as lists
from helpers.checking.findings import (
    CONFORMITY,
    DIMENSIONS,
    SEVERITIES,
    Fault,
    Finding,
    faults_of,
    outcomes,
    rules_tried,
)
from helpers.reporting import since
from helpers.reporting.dataset import Dataset
from helpers.reporting.show_faults import in_place
from helpers.scoring import criteria
from helpers.words.display import MAX_SHOWN, Display, folded, head
from helpers.words.escaping import shown
from helpers.words.messages import number, text

MAX_ROWS = 40


def _where(dataset: Dataset, table: str, column: str | None) -> str:
    known = dataset.snapshot.known_as(table) if dataset.snapshot else ""
    return shown(" · ".join(name for name in (known, column) if name) or "–")


def _numbers(rows: list[int], total: int, language: str) -> str:
    listed = ", ".join(map(str, rows[:MAX_SHOWN]))
    more = (
        text("show.more", language, count=number(total - MAX_SHOWN, language))
        if total > MAX_SHOWN
        else ""
    )
    return f"{listed} {more}".strip()


def quality(dataset: Dataset, language: str = "sv") -> Display:
    """How bad it is, in one table: rules and rows by severity, and who can mend them."""
    if dataset.snapshot is None:
        return Display([], [], text("show.idea", language))
    rows = []
    for severity in SEVERITIES:
        of_severity = [
            finding
            for finding in dataset.findings
            if finding.severity == severity and finding.outcome in ("passed", "failed")
        ]
        tried, not_met = rules_tried(of_severity)
        rows.append(
            (
                text(f"reporting.severity.{severity}", language),
                number(not_met, language),
                number(tried, language),
                number(lists.counted(dataset.rows_to_fix, severity), language),
            )
        )
    return Display(
        head("quality", language, "severity", "failed", "tried", "rows"),
        rows,
        _who(dataset, language),
        "note",
    )


def _who(dataset: Dataset, language: str) -> str:
    """Who owns the data and in which system they are mended, as far as the catalogue knows."""
    owner, system = dataset.entry.owner, dataset.entry.source_system.name
    unknown = text("show.quality.unknown", language)
    who = " ".join(
        shown(part)
        for part in (owner.role, f"({owner.mailbox})" if owner.mailbox else None)
        if part
    )
    return text(
        "show.quality.who",
        language,
        owner=who or unknown,
        system=shown(system) if system else unknown,
    )


def changes(dataset: Dataset, language: str = "sv") -> Display:
    """Rows and objects that came and went since the dataset was last different, and rules that fail
    anew, on more or fewer rows, or no longer."""
    difference = dataset.changes
    said = " ".join(since.sentences(difference, language))
    if not difference.changes:
        return Display([], [], said)
    rows = [
        (
            text(f"changes.kind.{change.kind}", language),
            _where(dataset, change.table, change.column),
            change.message[language],
            number(change.before, language),
            number(change.after, language),
        )
        for change in difference.changes
    ]
    names = [
        text(f"changes.{name}", language) for name in ("what", "where", "why", "before", "after")
    ]
    return Display(names, rows, said)


def dimensions(dataset: Dataset, language: str = "sv") -> Display:
    """Rules met and not met, by dimension."""
    rows = []
    present = {finding.dimension for finding in dataset.findings}
    for name in (name for name in (*DIMENSIONS, CONFORMITY) if name in present):
        rules = outcomes(finding for finding in dataset.findings if finding.dimension == name)
        counts = [
            list(rules.values()).count(outcome)
            for outcome in ("passed", "failed", "error", "not_applicable")
        ]
        rows.append(
            (
                criteria.load().groups["readiness"][name].name[language],
                *(number(count, language) for count in counts),
            )
        )
    return Display(
        head("dimensions", language, "name", "passed", "failed", "error", "not_applicable"), rows
    )


def _said(fault: Fault, language: str) -> str:
    if fault.cause.outcome == "error":
        return text("checking.outcome.error", language)
    also = (
        text("checking.explains", language, count=len({finding.id for finding in fault.also}))
        if fault.also
        else ""
    )
    return f"{fault.cause.message[language]} {also}".strip()


def findings(dataset: Dataset, language: str = "sv") -> Display:
    """What is wrong, fault by fault, worst first: where, on which rows (the first of them open in
    place), and what to do about it."""
    faults = faults_of(dataset.findings)
    rows = [
        (
            text(f"reporting.severity.{fault.severity}", language),
            _where(dataset, fault.cause.table, fault.cause.column),
            _said(fault, language),
            _numbers(fault.cause.rows, fault.cause.rows_total, language),
            fault.cause.fix.get(language, ""),
        )
        for fault in faults
    ]
    names = head("findings", language, "severity", "column", "what", "rows", "fix")
    table = Display(names, rows, outcome.sentence(dataset.findings, language))
    return in_place(dataset, table, [fault.cause for fault in faults], language)


class EachFinding(Display):
    """What each of some rules said: what is wrong first, the others folded beneath."""

    def __init__(self, findings: Sequence[Finding], language: str) -> None:
        names = head("each_finding", language, "rule", "severity", "column", "what", "rows")
        wrong = [one for one in findings if one.outcome in ("failed", "error")]
        wrong.sort(key=lambda one: (SEVERITIES.index(one.severity), one.id))
        note = f"{outcome.sentence(findings, language)} {text('show.each_finding.how', language)}"
        super().__init__(names, [_each(one, language) for one in wrong], note)
        self.others = []
        for kind in ("passed", "not_applicable"):
            found = [one for one in findings if one.outcome == kind]
            summary = text(f"show.each_finding.{kind}", language, count=len(found))
            if found:
                rows = [_each(one, language) for one in found]
                self.others.append((summary, Display(names, rows)))

    def _repr_html_(self) -> str:
        beneath = "".join(folded(said, made._repr_html_()) for said, made in self.others)
        return super()._repr_html_() + beneath

    def __repr__(self) -> str:
        return "\n".join([super().__repr__(), *(said for said, _ in self.others)])


def _each(finding: Finding, language: str) -> tuple[str, ...]:
    plain = finding.outcome in ("error", "not_applicable")
    without = text(f"checking.outcome.{finding.outcome}", language) if plain else "–"
    return (
        finding.id,
        text(f"reporting.severity.{finding.severity}", language),
        shown(finding.column or finding.table or "–"),
        finding.message.get(language) or without,
        _numbers(finding.rows, finding.rows_total, language) or "–",
    )


def each_finding(findings: Sequence[Finding], language: str = "sv") -> EachFinding:
    """What each of these rules said; no value of the file."""
    return EachFinding(findings, language)


def rows_to_fix(dataset: Dataset, language: str = "sv") -> Display:
    """The rows to correct, the gravest first; the whole list is the file of rows beside the
    report."""
    lines = dataset.rows_to_fix
    main = dataset.snapshot.main.name if dataset.snapshot else ""
    rows = [
        (
            number(line.row, language),
            _where(dataset, line.table or main, line.column or None),
            line.key or "–",
            line.value or "–",
            text(f"reporting.severity.{line.severity}", language),
            line.message[language],
        )
        for line in lines[:MAX_ROWS]
    ]
    note = (
        text(
            "show.rows.note",
            language,
            shown=number(len(rows), language),
            total=number(len(lines), language),
        )
        if rows
        else text("show.rows.none", language)
    )
    return Display(
        head("rows", language, "row", "column", "key", "value", "severity", "why"), rows, note
    )
