"""What the quality notebook displays: how bad it is, what changed, rules by dimension, what to fix
and who does it, the rows.

Rows are numbers; a value of a marked column is only its shape.
"""

from __future__ import annotations

from helpers.checking.findings import DIMENSIONS, SEVERITIES, Told, outcomes, rules_tried, told
from helpers.reporting.dataset import Dataset
from helpers.words.display import MAX_SHOWN, Display, head
from helpers.words.escaping import shown
from helpers.words.messages import number, text

MAX_ROWS = 40


def _where(dataset: Dataset, table: str, column: str | None) -> str:
    known = dataset.snapshot.known_as(table) if dataset.snapshot else ""
    return shown(" · ".join(one for one in (known, column) if one) or "–")


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
    faults = [one for one in told(dataset.findings) if one.also or not one.cause.special]
    for severity in SEVERITIES:
        own = [
            one
            for one in dataset.findings
            if one.severity == severity and one.outcome in ("passed", "failed")
        ]
        tried, not_met = rules_tried(own)
        rows.append(
            (
                text(f"show.quality.{severity}", language),
                number(not_met, language),
                number(tried, language),
                number(
                    sum(one.cause.failed for one in faults if one.severity == severity), language
                ),
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
        shown(one) for one in (owner.role, f"({owner.mailbox})" if owner.mailbox else None) if one
    )
    return text(
        "show.quality.who",
        language,
        owner=who or unknown,
        system=shown(system) if system else unknown,
    )


def changes(dataset: Dataset, language: str = "sv") -> Display:
    """Rules that fail anew, on more or fewer rows, or no longer, since the findings were last
    different."""
    found = dataset.changes
    if not found.since:
        return Display([], [], text("changes.first", language))
    if not found.changes:
        return Display([], [], text("changes.none", language, day=found.since))
    rows = [
        (
            text(f"changes.kind.{one.kind}", language),
            _where(dataset, one.table, one.column),
            one.message[language],
            number(one.before, language),
            number(one.after, language),
        )
        for one in found.changes
    ]
    names = [
        text(f"changes.{name}", language) for name in ("what", "where", "why", "before", "after")
    ]
    return Display(names, rows, text("changes.since", language, day=found.since))


def dimensions(dataset: Dataset, language: str = "sv") -> Display:
    """Rules met and not met, by dimension."""
    rows = []
    there = {one.dimension for one in dataset.findings}
    for name in (one for one in DIMENSIONS if one in there):
        rules = outcomes(one for one in dataset.findings if one.dimension == name)
        counts = [
            list(rules.values()).count(one)
            for one in ("passed", "failed", "error", "not_applicable")
        ]
        rows.append(
            (
                text(f"show.dimension.{name}", language),
                *(number(count, language) for count in counts),
            )
        )
    return Display(
        head("dimensions", language, "name", "passed", "failed", "error", "not_applicable"), rows
    )


def _said(fault: Told, language: str) -> str:
    if fault.cause.outcome == "error":
        return text("checking.outcome.error", language)
    also = (
        text("checking.explains", language, count=len({one.id for one in fault.also}))
        if fault.also
        else ""
    )
    return f"{fault.cause.message[language]} {also}".strip()


def findings(dataset: Dataset, language: str = "sv") -> Display:
    """What is wrong, fault by fault, worst first: where, on which rows, and what to do about it."""
    rows = [
        (
            text(f"terminal.{one.severity}", language),
            _where(dataset, one.cause.table, one.cause.column),
            _said(one, language),
            _numbers(one.cause.rows, one.cause.rows_total, language),
            one.cause.fix.get(language, ""),
        )
        for one in told(dataset.findings)
    ]
    note = text("show.findings.none", language) if not rows else ""
    return Display(
        head("findings", language, "severity", "column", "what", "rows", "fix"), rows, note
    )


def rows_to_fix(dataset: Dataset, language: str = "sv") -> Display:
    """The rows to correct, the gravest first; the whole list is the file of rows beside the
    report."""
    lines = dataset.rows_to_fix
    main = dataset.snapshot.main.name if dataset.snapshot else ""
    rows = [
        (
            number(one.row, language),
            _where(dataset, one.table or main, one.column or None),
            one.key or "–",
            one.value or "–",
            text(f"terminal.{one.severity}", language),
            one.message[language],
        )
        for one in lines[:MAX_ROWS]
    ]
    note = (
        text(
            "show.rows.note",
            language,
            shown=number(len(rows), language),
            total=number(len(lines), language),
        )
        if rows
        else (text("show.findings.none", language))
    )
    return Display(
        head("rows", language, "row", "column", "key", "value", "severity", "why"), rows, note
    )
