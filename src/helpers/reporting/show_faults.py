"""Findings as pictures, and in place: rows by rule, each rule from run to run, the rows of a
finding beneath it.

A bar's density tells its severity beside the word for it. Values are those of the list of rows to
fix: of a marked column only shapes.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from markupsafe import Markup

from helpers.advising import nights
from helpers.checking.findings import Fault, Finding, faults_of
from helpers.checking.rows_to_fix import RowToFix
from helpers.drawing.charts import svg
from helpers.drawing.charts.svg import Bar
from helpers.reading.snapshot import Snapshot
from helpers.reporting.dataset import Dataset
from helpers.words import display, messages
from helpers.words.display import Display
from helpers.words.escaping import html, shown
from helpers.words.messages import listed, number, text

MOST = 15  # bars
STRIPS = 10  # rules over the runs
IN_PLACE = 20  # rows beneath a finding
LINES = 20_000  # of the list of rows, looked through for them
FILL = {"critical": 1.0, "warning": 0.45, "info": 0.0}


def _said(key: str, language: str, **values: Any) -> str:
    return text(f"faults.{key}", language, **values)


def _table(made: Display, language: str) -> str:
    return display.folded(_said("table", language), made._repr_html_())


class Shown(Protocol):
    """What the first picture is made of: a dataset, or a candidate of a region."""

    @property
    def snapshot(self) -> Snapshot | None: ...
    @property
    def findings(self) -> Sequence[Finding]: ...


class Faults:
    """Both pictures with their tables; HTML in JupyterLab and the report, what they say
    elsewhere."""

    def __init__(self, said: list[str], pictures: list[str]) -> None:
        self.said, self.pictures = said, pictures

    def _repr_html_(self) -> str:
        return "".join(self.pictures)

    def __repr__(self) -> str:
        return "\n".join(self.said)


def faults(dataset: Dataset, language: str = "sv") -> Faults:
    """How many rows break each rule, and how that has changed from run to run."""
    if dataset.snapshot is None:
        idea = text("show.idea", language)
        return Faults([idea], [f'<p class="soft">{html(idea)}</p>'])
    parts = [_by_rule(dataset, language), _over_runs(dataset, language)]
    return Faults([said for said, _ in parts], [picture for _, picture in parts])


def on_page(candidate: Shown, language: str) -> Markup:
    """The first picture as a page has it, closed; nothing where less than two rules name rows."""
    named = [fault for fault in faults_of(candidate.findings) if fault.cause.rows_total]
    if candidate.snapshot is None or len(named) < 2:
        return Markup()
    _, picture = _by_rule(candidate, language, titled=False)
    summary = html(_said("by_rule", language))
    return display.on_our_page(f"<details><summary>{summary}</summary>{picture}</details>")


def _titled(title: str, drawn: str, notes: Iterable[str], beneath: str = "") -> str:
    told = " ".join(note for note in notes if note)
    note = f'<p class="soft">{html(told)}</p>' if told else ""
    heading = f"<h3>{html(title)}</h3>" if title else ""
    return f"{heading}{drawn}{note}{beneath}"


def _where(dataset: Shown, table: str, column: str | None, language: str) -> str:
    known = dataset.snapshot.known_as(table) if dataset.snapshot else ""
    place = " · ".join(name for name in (known, column) if name)
    return shown(place) if place else _said("whole_row", language)


def _by_rule(dataset: Shown, language: str, *, titled: bool = True) -> tuple[str, str]:
    """What is said and drawn of the faults that name rows."""
    every = faults_of(dataset.findings)
    named = sorted(
        (fault for fault in every if fault.cause.rows_total),
        key=lambda fault: -fault.cause.rows_total,
    )
    title = _said("by_rule", language) if titled else ""
    others = len(every) - len(named)
    whole = _said("whole_file", language, faults=others) if others else ""
    if not named:
        none = _said("none", language)
        return f"{none} {whole}".strip(), _titled(title, "", (none, whole))
    drawn, more = named[:MOST], len(named[MOST:])
    seen = _seen(dataset, drawn, language)
    left_out = _said("left_out", language, rules=more) if more else ""
    rows = [
        (
            place,
            _severity(fault, language),
            fault.cause.message[language],
            number(fault.cause.rows_total, language),
        )
        for place, fault in enumerate(drawn, 1)
    ]
    head = [_said(name, language) for name in ("number", "severity", "rule", "rows")]
    table = _table(Display(head, rows, caption=_said("by_rule", language)), language)
    notes = (_said("key", language), whole, left_out)
    picture = svg.lying(_bars(dataset, drawn, language), seen)
    return f"{seen} {whole}".strip(), _titled(title, picture, notes, table)


def _bars(dataset: Shown, drawn: Sequence[Fault], language: str) -> list[Bar]:
    greatest = drawn[0].cause.rows_total
    return [
        Bar(
            _said(
                "label",
                language,
                number=place,
                where=_where(dataset, fault.cause.table, fault.cause.column, language),
                severity=_severity(fault, language),
            ),
            fault.cause.rows_total / greatest,
            number(fault.cause.rows_total, language),
            FILL[fault.severity],
        )
        for place, fault in enumerate(drawn, 1)
    ]


def _severity(fault: Fault, language: str) -> str:
    return text(f"reporting.severity.{fault.severity}", language).lower()


def _seen(dataset: Shown, drawn: Sequence[Fault], language: str) -> str:
    """The text alternative: the three largest bars."""
    most = [
        _said(
            "one",
            language,
            number=place,
            what=_where(dataset, fault.cause.table, fault.cause.column, language),
            rows=number(fault.cause.rows_total, language),
            severity=_severity(fault, language),
        )
        for place, fault in enumerate(drawn[:3], 1)
    ]
    return _said("seen", language, most=listed(most, language))


def _over_runs(dataset: Dataset, language: str) -> tuple[str, str]:
    """What is said and drawn of rules whose count has changed."""
    title, over = _said("over_runs", language), dataset.over_runs
    if not over.rules:
        none = _said("no_runs", language)
        return none, _titled(title, "", (none,))
    becauses = {finding.id: finding.because for finding in dataset.findings}
    drawn = sorted(over.rules, key=lambda rule: -max(count or 0 for count in rule[1]))[:STRIPS]
    strips, changes = [], []
    for key, counts in drawn:
        where = _of_key(dataset, key, language)
        greatest = max(count or 0 for count in counts) or 1
        strips.append((where, [Bar("", _share(c, greatest), _count(c, language)) for c in counts]))
        changes.append(_change(where, counts, language))
    seen = _said("over_seen", language, changes=" ".join(changes))
    days = [_said("earlier", language), *(_day(day, language) for day in over.days[1:-1])]
    head = [_said("rule", language), *days, _said("now", language)]
    rows = [
        (
            f"{where}: {becauses.get(nights.rule_of(key), {}).get(language, '')}".strip(": "),
            *(_count(count, language) for count in counts),
        )
        for (key, counts), (where, _) in zip(drawn, strips, strict=True)
    ]
    unlike = any(count is None for _, counts in drawn for count in counts)
    more = len(over.rules) - len(drawn)
    notes = (
        " → ".join([*days, _said("now", language)]),
        _said("not_compared", language) if unlike else "",
        _said("left_out", language, rules=more) if more else "",
    )
    table = _table(Display(head, rows, caption=title), language)
    return seen, _titled(title, svg.strips(strips, seen), notes, table)


def _of_key(dataset: Dataset, key: str, language: str) -> str:
    """Where a rule of the history looks: its table and column."""
    _, table, column, *_ = [*key.split(nights.BETWEEN), "", ""]
    return _where(dataset, table, column, language)


def _share(count: int | None, greatest: int) -> float | None:
    return None if count is None else count / greatest


def _count(count: int | None, language: str) -> str:
    return "–" if count is None else number(count, language)


def _day(day: str, language: str) -> str:
    return messages.date(dt.date.fromisoformat(day), language)


def _change(where: str, counts: Sequence[int | None], language: str) -> str:
    known = [count for count in counts if count is not None]
    last = number(known[-1], language)
    if counts[0] is None:
        return _said("new_rule", language, where=where, last=last)
    return _said("from_to", language, where=where, first=number(known[0], language), last=last)


class InPlace(Display):
    """The table of findings, the first rows of each beneath what is said of it."""

    rows_of: Sequence[str] = ()  # HTML, a text for each row of the table

    def _repr_html_(self) -> str:
        page = super()._repr_html_()
        for row, beneath in zip(self.rows, self.rows_of, strict=False):
            if beneath:
                cell = f">{html(row[2])}</td>"
                page = page.replace(cell, cell.replace("</td>", f"{beneath}</td>"), 1)
        return page


def in_place(dataset: Dataset, table: Display, causes: Sequence[Finding], language: str) -> InPlace:
    """``table`` with the rows of each cause, in its order."""
    rows = _first_rows(dataset)
    opened = InPlace(table.head, table.rows, table.note, table.tone)
    main = dataset.snapshot.main.name if dataset.snapshot else ""
    opened.rows_of = [
        _opened(rows[_known(cause.id, cause.table, cause.column, main)], cause, language)
        for cause in causes
    ]
    return opened


def _known(rule: str, table: str, column: str | None, main: str) -> tuple[str, str, str]:
    return (rule, "" if table == main else table, column or "")


def _first_rows(dataset: Dataset) -> dict[tuple[str, str, str], list[RowToFix]]:
    found: dict[tuple[str, str, str], list[RowToFix]] = defaultdict(list)
    main = dataset.snapshot.main.name if dataset.snapshot else ""
    for line in dataset.rows_to_fix[:LINES]:
        rows = found[_known(line.rule, line.table, line.column, main)]
        if len(rows) < IN_PLACE:
            rows.append(line)
    return found


def _opened(rows: Sequence[RowToFix], cause: Finding, language: str) -> str:
    if not rows:
        return ""
    items = "".join(f"<li>{html(_line(line, language))}</li>" for line in rows)
    total = cause.rows_total
    more = (
        f"<p>{html(_said('shown', language, shown=len(rows), total=number(total, language)))}</p>"
        if total > len(rows)
        else ""
    )
    return display.folded(_said("details", language), f"<ul>{items}</ul>{more}")


def _line(line: RowToFix, language: str) -> str:
    parts = [_said("row", language, row=str(line.row)), line.key]
    if line.column:
        parts.append(f"{shown(line.column)}: {line.value or _said('empty', language)}")
    return " · ".join(part for part in parts if part)
