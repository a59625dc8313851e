"""The single file as a readable page in the terminal: the same as the JSON object, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from helpers.checking import findings
from helpers.checking.findings import Finding, Told
from helpers.reporting.drifted import sentences
from helpers.reporting.states import states, summary
from helpers.words.escaping import shown
from helpers.words.messages import number, percent, text

if TYPE_CHECKING:
    from helpers.words.printing import Cell, Terminal

STYLES = {"fri": "green", "granska": "yellow", "stopp": "bold red"}
COLUMNS = ("name", "type", "missing", "distinct", "states")
SEVERITIES = {"critical": "bold red", "warning": "yellow", "info": "cyan"}


def _say(key: str, language: str, **values: Any) -> str:
    """The text terminal.<key>."""
    return text(f"terminal.{key}", language, **values)


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


def _facts(checked: dict[str, Any], language: str) -> list[tuple[str, str]]:
    """What was read, each as the key of its label and its value in words."""
    reading = checked["reading"]
    confidence = percent(checked["type_confidence"] or 0, language)
    kind = _say("type", language, type=checked["type"], confidence=confidence)
    facts = [("what", kind)]
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
        *(("drift", said) for said in sentences(checked.get("drift"), language)),
        *(
            ("near", _say("near_is", language, column=shown(column["name"]), header=column["near"]))
            for column in checked["columns"]
            if column["near"]
        ),
        *(("columns_told", said) for said in summary(checked["columns"], language)),
    ]


def _columns_rows(columns: list[dict[str, Any]], language: str) -> list[tuple[Cell, ...]]:
    """Every column, one a row: its type, what is missing, and what else there is to say."""
    return [
        (
            shown(column["name"]),
            text(f"reporting.types.{column['type']}", language),
            percent(column["null_share"] or 0, language),
            number(column["distinct"] or 0, language),
            states(column, language),
        )
        for column in columns
    ]


def _message(fault: Told, language: str) -> str:
    """What is wrong, after the table that it is wrong in, and how many faults it explains."""
    where = f"{fault.cause.table}: " if fault.cause.table else ""
    explains = (
        f" {text('checking.explains', language, count=len(fault.also))}" if fault.also else ""
    )
    return shown(where) + fault.cause.message[language] + explains


def _findings_rows(faults: list[Told], language: str) -> list[tuple[Cell, ...]]:
    """The faults that nothing else explains, the gravest first, one a row."""
    return [
        (
            (_say(fault.severity, language), SEVERITIES[fault.severity]),
            _message(fault, language),
            _rows(fault.cause),
            fault.cause.fix.get(language, ""),
        )
        for fault in faults
    ]


def _summary(found: list[Finding], language: str) -> str:
    """How many rules were met and not met, of how many."""
    tried, failed = findings.rules_tried(found)
    total = len(findings.outcomes(found))
    return _say("summary", language, passed=tried - failed, failed=failed, total=total)


def show(found: dict[str, Any], terminal: Terminal, language: str) -> None:
    """Print one ``datakollen/check/1`` object."""
    if "error" in found:
        terminal.box(found["error"]["message"][language], found["file"], "red")
        return
    facts = [((_say(label, language), "dim"), value) for label, value in _facts(found, language)]
    terminal.box(facts, found["file"])
    gate = found["gate"]
    terminal.line(_say(f"gate_{gate['verdict']}", language), STYLES[gate["verdict"]])
    for reason in gate["reasons"]:
        terminal.line(f"  • {shown(reason['message'][language])} {reason['opens'][language]}")
    # the object tells no dimension
    said = [Finding.from_json({"dimension": ""} | plain) for plain in found["findings"]]
    faults = findings.told(said)
    if faults:
        head = [_say(name, language) for name in ("severity", "finding", "rows", "fix")]
        terminal.table(head, _findings_rows(faults, language), _say("findings", language))
    terminal.line(_summary(said, language))
    head = [text(f"show.columns.{name}", language) for name in COLUMNS]
    terminal.table(head, _columns_rows(found["columns"], language), _say("columns", language))
