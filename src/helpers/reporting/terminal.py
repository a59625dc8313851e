"""The single file as a readable page in the terminal: the same as the JSON object, in words."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from helpers.words.escaping import shown
from helpers.words.messages import number, percent, text

STYLES = {"fri": "green", "granska": "yellow", "stopp": "bold red"}
SEVERITIES = {"critical": "bold red", "warning": "yellow", "info": "cyan"}


def _rows(finding: dict[str, Any]) -> str:
    shown = ", ".join(str(row) for row in finding["rows"][:8])
    return shown + (" …" if finding["rows_total"] > 8 else "")


def _with_what_follows(one: dict[str, Any], wrong: list[dict[str, Any]]) -> dict[str, Any]:
    """The finding, as grave as the gravest that it explains, and how many those are."""
    also = [
        other
        for other in wrong
        if (other.get("explained_by"), other.get("table")) == (one["id"], one.get("table"))
    ]
    return one | {
        "severity": min((each["severity"] for each in (one, *also)), key=list(SEVERITIES).index),
        "also": len(also),
    }


def _said(repair: dict[str, Any], language: str) -> str:
    name = text(
        f"reading.repair.{repair['code']}", language, default=repair["code"], count=repair["count"]
    )
    name += f": {shown(repair['column'])}" if repair.get("column") else ""
    return f"{name} ({number(repair['count'], language)})" if repair["count"] else name


def _follows(specification: dict[str, Any], language: str) -> str:
    status = text(f"specifications.status.{specification['status']}", language)
    return f"{specification['title'][language]} ({status}). {specification['source']}"


def show(found: dict[str, Any], console: Console, language: str) -> None:
    """Print one ``datakollen/check/1`` object."""
    if "error" in found:
        console.print(
            Panel(
                Text(found["error"]["message"][language]),
                title=Text(found["file"]),
                border_style="red",
            )
        )
        return
    reading, gate = found["reading"], found["gate"]

    def say(key: str, **values: Any) -> str:
        return text(f"terminal.{key}", language, **values)

    facts = Table.grid(padding=(0, 2))
    kind = say(
        "type", type=found["type"], confidence=percent(found["type_confidence"] or 0, language)
    )
    for label, value in (
        ("what", kind),
        *(
            [("specification", _follows(found["specification"], language))]
            if found["specification"]
            else []
        ),
        *([("publisher", found["publisher"])] if found["publisher"] else []),
        ("size", say("rows_columns", rows=reading["rows"], columns=reading["columns"])),
        (
            "form",
            ", ".join(
                str(reading[key])
                for key in ("format", "encoding", "delimiter", "crs")
                if reading[key]
            ),
        ),
        ("repairs", "; ".join(_said(one, language) for one in reading["repairs"]) or say("none")),
        (
            "rejected",
            number(len(reading["rejected"]), language) if reading["rejected"] else say("none"),
        ),
    ):
        facts.add_row(Text(say(label), style="dim"), Text(value))
    console.print(Panel(facts, title=Text(found["file"]), title_align="left"))
    console.print(Text(say(f"gate_{gate['verdict']}"), style=STYLES[gate["verdict"]]))
    for reason in gate["reasons"]:
        console.print(Text(f"  • {shown(reason['message'][language])} {reason['opens'][language]}"))
    gravity = list(SEVERITIES)
    wrong = [one for one in found["findings"] if one["outcome"] in ("failed", "error")]
    failed = [_with_what_follows(one, wrong) for one in wrong if not one.get("explained_by")]
    table = Table(
        *(say(name) for name in ("severity", "finding", "rows", "fix")), title=say("findings")
    )
    for one in sorted(failed, key=lambda one: (gravity.index(one["severity"]), one["id"])):
        severity = Text(say(one["severity"]), style=SEVERITIES[one["severity"]])
        where = f"{one['table']}: " if one.get("table") else ""
        table.add_row(
            severity,
            Text(
                shown(where)
                + one["message"][language]
                + (
                    f" {text('checking.explains', language, count=one['also'])}"
                    if one["also"]
                    else ""
                )
            ),
            Text(_rows(one)),
            Text(one["fix"].get(language, "")),
        )
    if failed:
        console.print(table)
    not_met = {one["id"] for one in wrong}
    tried = {one["id"] for one in found["findings"] if one["outcome"] != "not_applicable"}
    total = len({one["id"] for one in found["findings"]})
    console.print(
        Text(say("summary", passed=len(tried - not_met), failed=len(not_met), total=total))
    )
