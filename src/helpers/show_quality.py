"""What the quality notebook displays: how bad it is, what changed, rules by dimension, what to fix and who does it, the rows.

Rows are numbers; a value of a marked column is only its shape.
"""

from __future__ import annotations

from helpers.checking.findings import DIMENSIONS
from helpers.display import MAX_SHOWN, Display, head
from helpers.escaping import shown
from helpers.messages import number, text
from helpers.running.opening import Opened

ORDER = {"critical": 0, "warning": 1, "info": 2}
MAX_ROWS = 40


def _where(dataset: Opened, table: str, column: str | None) -> str:
    known = dataset.snapshot.known_as(table) if dataset.snapshot else ""
    return shown(" · ".join(one for one in (known, column) if one) or "–")


def _numbers(rows: list[int], total: int, language: str) -> str:
    listed = ", ".join(map(str, rows[:MAX_SHOWN]))
    more = text("show.more", language, count=number(total - MAX_SHOWN, language)) if total > MAX_SHOWN else ""
    return f"{listed} {more}".strip()


def quality(dataset: Opened, language: str = "sv") -> Display:
    """How bad it is, in one table: rules and rows by severity, and who can mend them."""
    if dataset.snapshot is None:
        return Display([], [], text("show.idea", language))
    rows = []
    for severity in ORDER:
        own = [one for one in dataset.findings if one.severity == severity and one.outcome in ("passed", "failed")]
        failed = [one for one in own if one.outcome == "failed"]
        rows.append((text(f"show.quality.{severity}", language), number(len(failed), language), number(len(own), language),
                     number(sum(one.failed for one in failed if not one.special), language)))  # fmt: skip
    return Display(
        head("quality", language, "severity", "failed", "tried", "rows"), rows, _who(dataset, language), "note"
    )


def _who(dataset: Opened, language: str) -> str:
    """Who owns the data and in which system they are mended, as far as the catalogue knows."""
    owner, system = dataset.entry.owner, dataset.entry.source_system.name
    unknown = text("show.quality.unknown", language)
    who = " ".join(shown(one) for one in (owner.role, f"({owner.mailbox})" if owner.mailbox else None) if one)
    return text("show.quality.who", language, owner=who or unknown, system=shown(system) if system else unknown)


def changes(dataset: Opened, language: str = "sv") -> Display:
    """Rules that fail anew, on more or fewer rows, or no longer, since the findings were last different."""
    found = dataset.changes
    if not found.since:
        return Display([], [], text("changes.first", language))
    if not found.changes:
        return Display([], [], text("changes.none", language, day=found.since))
    rows = [(text(f"changes.kind.{one.kind}", language), _where(dataset, one.table, one.column), one.message[language],
             number(one.before, language), number(one.after, language)) for one in found.changes]  # fmt: skip
    names = [text(f"changes.{name}", language) for name in ("what", "where", "why", "before", "after")]
    return Display(names, rows, text("changes.since", language, day=found.since))


def dimensions(dataset: Opened, language: str = "sv") -> Display:
    """Rules met and not met, by dimension."""
    rows = []
    there = {one.dimension for one in dataset.findings}
    for name in (one for one in DIMENSIONS if one in there):
        own = [one for one in dataset.findings if one.dimension == name]
        counts = [
            sum(one.outcome == outcome for one in own) for outcome in ("passed", "failed", "error", "not_applicable")
        ]
        rows.append((text(f"show.dimension.{name}", language), *(number(count, language) for count in counts)))
    return Display(head("dimensions", language, "name", "passed", "failed", "error", "not_applicable"), rows)


def findings(dataset: Opened, language: str = "sv") -> Display:
    """What is wrong, rule by rule, worst first: where, on which rows, and what to do about it."""
    failed = [one for one in dataset.findings if one.outcome in ("failed", "error")]
    rows = [(text(f"terminal.{one.severity}", language), _where(dataset, one.table, one.column),
             text("checking.outcome.error", language) if one.outcome == "error" else one.message[language],
             _numbers(one.rows, one.rows_total, language), one.fix.get(language, ""))
            for one in sorted(failed, key=lambda one: (ORDER[one.severity], one.id, one.table, one.column or ""))]  # fmt: skip
    note = text("show.findings.none", language) if not rows else ""
    return Display(head("findings", language, "severity", "column", "what", "rows", "fix"), rows, note)


def rows_to_fix(dataset: Opened, language: str = "sv") -> Display:
    """The rows to correct, the gravest first; the whole list is the file of rows beside the report."""
    lines = dataset.rows_to_fix
    main = dataset.snapshot.main.name if dataset.snapshot else ""
    rows = [(number(one.row, language), _where(dataset, one.table or main, one.column or None), one.key or "–", one.value or "–",
             text(f"terminal.{one.severity}", language), one.message[language]) for one in lines[:MAX_ROWS]]  # fmt: skip
    note = text("show.rows.note", language, shown=number(len(rows), language), total=number(len(lines), language)) if rows else (
        text("show.findings.none", language))  # fmt: skip
    return Display(head("rows", language, "row", "column", "key", "value", "severity", "why"), rows, note)
