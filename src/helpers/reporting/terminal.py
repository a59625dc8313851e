"""The single file as a readable page in the terminal: the same as the JSON object, in words.

Nothing on it is cut, however narrow the window: what does not fit on a line goes on on the next.
"""

from __future__ import annotations

from typing import Any

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from helpers.checking import findings
from helpers.checking.findings import Finding, Told
from helpers.declared import specifications
from helpers.words.escaping import shown
from helpers.words.messages import number, percent, text

STYLES = {"fri": "green", "granska": "yellow", "stopp": "bold red"}
SEVERITIES = {"critical": "bold red", "warning": "yellow", "info": "cyan"}
MAX_COLUMNS = 60  # listed; a table may have a thousand


def _say(key: str, language: str, **values: Any) -> str:
    """The text terminal.<key>."""
    return text(f"terminal.{key}", language, **values)


def _print(console: Console, what: RenderableType) -> None:
    """Wrapped at the window's edge, also a word that is longer than a line: a console that wraps
    softly cuts what stands in a table."""
    console.print(what, soft_wrap=False, overflow="fold")


def _grid(*styles: str) -> Table:
    """Lines of cells without borders; a cell goes on below itself."""
    grid = Table.grid(padding=(0, 2))
    for style in styles:
        grid.add_column(style=style, overflow="fold")
    return grid


def _rows(finding: Finding) -> str:
    numbers = ", ".join(str(row) for row in finding.rows[:8])
    return numbers + (" …" if finding.rows_total > 8 else "")


def _said(repair: dict[str, Any], language: str) -> str:
    name = text(
        f"reading.repair.{repair['code']}", language, default=repair["code"], count=repair["count"]
    )
    name += f": {shown(repair['column'])}" if repair.get("column") else ""
    return f"{name} ({number(repair['count'], language)})" if repair["count"] else name


def _follows(specification: dict[str, Any], language: str) -> str:
    status = text(f"specifications.status.{specification['status']}", language)
    return f"{specification['title'][language]} ({status}). {specification['source']}"


def _kind(checked: dict[str, Any], language: str) -> str:
    """The type by its title, and how sure it is; of a type that nobody knows there is nothing to be
    sure of."""
    title = specifications.title_of(checked["type"], language)
    if checked["type"] not in specifications.types():
        return title
    confidence = percent(checked["type_confidence"] or 0, language)
    return _say("type", language, type=title, confidence=confidence)


def _facts(checked: dict[str, Any], language: str) -> list[tuple[str, str]]:
    """What was read, each as the key of its label and its value in words."""
    reading = checked["reading"]
    facts = [("what", _kind(checked, language))]
    if checked["specification"]:
        facts.append(("specification", _follows(checked["specification"], language)))
    if checked["publisher"]:
        facts.append(("publisher", checked["publisher"]))
    size = _say("rows_columns", language, rows=reading["rows"], columns=reading["columns"])
    form = [str(reading[key]) for key in ("format", "encoding", "delimiter", "crs") if reading[key]]
    repairs = [_said(repair, language) for repair in reading["repairs"]]
    nothing = _say("none", language)
    rejected = number(len(reading["rejected"]), language) if reading["rejected"] else nothing
    return [
        *facts,
        ("size", size),
        ("form", ", ".join(form)),
        ("repairs", "; ".join(repairs) or nothing),
        ("rejected", rejected),
    ]


def _message(fault: Told, language: str) -> Text:
    """What is wrong, below the column that it is wrong in, with its rows and what to do; how many
    faults it explains."""
    cause = fault.cause
    place = [_say("column", language, column=cause.column)] if cause.column else []
    place += [_say("table", language, table=cause.table)] if cause.table else []
    explains = text("checking.explains", language, count=len(fault.also)) if fault.also else ""
    body = Text()
    if place:
        body.append(shown(", ".join(place)) + "\n", style="bold")
    body.append(f"{cause.message[language]} {explains}".strip())
    if cause.rows:
        body.append("\n" + _say("on_rows", language, rows=_rows(cause)))
    if fix := cause.fix.get(language):
        body.append("\n" + _say("mend", language, fix=fix))
    body.append("\n")
    return body


def _findings_list(faults: list[Told], language: str) -> Table:
    """The faults that nothing else explains, the gravest first."""
    grid = _grid("", "")
    for fault in faults:
        severity = Text(_say(fault.severity, language), style=SEVERITIES[fault.severity])
        grid.add_row(severity, _message(fault, language))
    return grid


def _columns_table(checked: dict[str, Any], language: str) -> Table:
    """Each column: the field it is read as, its type, how much is missing, what is marked."""
    names = ("name", "field", "type", "missing", "personal")
    table = Table(box=box.SIMPLE, title_justify="left", title_style="bold", pad_edge=False)
    table.title = _say("columns", language)
    for name in names:
        table.add_column(_say(f"columns.{name}", language), overflow="fold")
    known = checked["type"] in specifications.types()
    specification = specifications.load(checked["type"]) if known else None
    for column in checked["columns"][:MAX_COLUMNS]:
        field = column["field"]
        title = specification.field(field).title[language] if specification and field else "–"
        kinds = ", ".join(text(f"screening.kind.{kind}", language) for kind in column["personal"])
        cells = (
            shown(column["name"]),
            title,
            text(f"reporting.types.{column['type']}", language),
            percent(column["null_share"] or 0, language),
            kinds or "–",
        )
        table.add_row(*map(Text, cells))
    return table


def _summary(found: list[Finding], language: str) -> str:
    """How many rules there are, and of each outcome how many: the parts add up to the whole."""
    outcomes = list(findings.outcomes(found).values())
    parts = [
        _say(f"summary.{outcome}", language, count=outcomes.count(outcome))
        for outcome in ("passed", "failed", "error", "not_applicable")
        if outcomes.count(outcome)
    ]
    return _say("summary", language, count=len(outcomes), parts=", ".join(parts))


def _page(checked: dict[str, Any], console: Console, language: str) -> None:
    facts = _grid("dim", "")
    for label, value in _facts(checked, language):
        facts.add_row(Text(_say(label, language)), Text(value))
    _print(console, facts)
    gate = checked["gate"]
    verdict = Text(_say(f"gate_{gate['verdict']}", language), style=STYLES[gate["verdict"]])
    _print(console, Text("\n").append_text(verdict))
    reasons = _grid("", "")
    for reason in gate["reasons"]:
        said = f"{shown(reason['message'][language])} {reason['opens'][language]}"
        reasons.add_row("•", Text(said))
    _print(console, reasons)
    # the object tells no dimension
    said = [Finding.from_json({"dimension": ""} | plain) for plain in checked["findings"]]
    faults = findings.told(said)
    _print(console, Text("\n" + _say("findings", language, count=len(faults)), style="bold"))
    if faults:
        _print(console, _findings_list(faults, language))
    _print(console, Text(_summary(said, language)))
    _print(console, Text())
    _print(console, _columns_table(checked, language))
    more = len(checked["columns"]) - MAX_COLUMNS
    if more > 0:
        _print(console, Text(_say("columns.more", language, count=more)))


def show(found: dict[str, Any], console: Console, language: str) -> None:
    """Print one ``datakollen/check/1`` object."""
    refused = found.get("error")
    _print(console, Text(found["file"], style="bold red" if refused else "bold"))
    if refused:
        _print(console, Text(refused["message"][language]))
    else:
        _page(found, console, language)
    _print(console, Text())
