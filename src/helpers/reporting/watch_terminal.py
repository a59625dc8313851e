"""What ``watch`` saw as a readable page in the terminal: one table, and a line for each thing that
is wrong."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from helpers.words.messages import date, number, text

if TYPE_CHECKING:
    from helpers.words.printing import Cell, Terminal

Told = dict[str, Any]
COLUMNS = ("candidate", "answers", "fresh", "content", "findings", "state")
COLOURS = {"fine": "green", "wrong": "bold red", "unknown": "yellow"}


def _say(key: str, language: str, **values: Any) -> str:
    return text(f"watch.{key}", language, **values)


def show(told: Told, terminal: Terminal, language: str) -> None:
    """Print the page."""
    candidates = told["candidates"]
    if not candidates:
        terminal.paragraph(_say("nothing", language))
        return
    head = [_say(f"head.{name}", language) for name in COLUMNS]
    rows = [_row(one, language) for one in candidates]
    terminal.table(head, rows, _say("title", language))
    if told["offline"]:
        key = "offline_one" if len(candidates) == 1 else "offline"
        terminal.paragraph(_say(key, language), "bold red")
    for one in candidates:
        for fault in one["faults"]:
            terminal.paragraph(_fault(one, fault, language))
    for one in candidates:
        for note in one["notes"]:
            line = _say("note_line", language, id=one["id"], what=note["what"][language])
            terminal.paragraph(line, "dim")
    if not told["offline"] and not any(one["faults"] for one in candidates):
        terminal.paragraph(_say("all_well", language), "green")
    if told["not_published"]:
        terminal.paragraph(_say("unpublished", language, count=told["not_published"]), "dim")


def _day(day: str, language: str) -> str:
    return date(dt.date.fromisoformat(day), language)


def _fault(one: Told, fault: Told, language: str) -> str:
    since = _say("since", language, day=_day(fault["since"], language)) if fault["since"] else ""
    parts = {name: fault[name][language] for name in ("what", "fix", "who")}
    whose = _say("named", language, id=one["id"], address=one["address"])
    named = whose if one["address"] else one["id"]
    said = _say("fault_line", language, id=named, since=since, **parts)
    return said if since else said.replace("  ", " ")


def _row(one: Told, language: str) -> list[Cell]:
    state = one["state"]
    return [
        [one["title"], one["id"]],
        _answers(one, language),
        _fresh(one, language),
        _content(one, language),
        _findings(one, language),
        (_say(f"state.{state}", language), COLOURS[state]),
    ]


def _answers(one: Told, language: str) -> Cell:
    if one["address"] is None:
        return _say("answers.no_address", language)
    if one["answers"] is None:
        return _say("answers.unknown", language)
    said = _say("answers.yes" if one["answers"] else "answers.no", language)
    if one["answers"] or one["status"] is None:
        return said
    return [said, _say("status", language, status=one["status"])]


def _fresh(one: Told, language: str) -> Cell:
    fresh = one["freshness"]
    verdict = _say(f"verdict.{fresh['verdict']}", language)
    day = _day(fresh["day"], language) if fresh["day"] else ""
    return [
        verdict,
        _say(f"basis.{fresh['verdict']}.{fresh['rests_on']}", language, day=day),
    ]


def _content(one: Told, language: str) -> Cell:
    day = one["content_since"] if one["content"] == "same" else one["last_look"]
    said = [_say(f"content.{one['content']}", language, day=_day(day, language) if day else "")]
    if one["rows"] is not None:
        before = one["rows_before"]
        if before is None or before == one["rows"]:
            said.append(_say("rows", language, count=one["rows"]))
        else:
            counts = {"count": one["rows"], "before": number(before, language)}
            said.append(_say("rows_before", language, **counts))
    if one["package"]:
        said.append(_say(f"package.{one['package']}", language))
    return said if len(said) > 1 else said[0]


def _findings(one: Told, language: str) -> Cell:
    found = one["findings"]
    if found is None:
        return _say("content.not_looked", language)
    count = found["failed"]
    said = _say("findings", language, count=count) if count else _say("findings.none", language)
    if one["last_look"] is None:
        return said
    moves = {name: number(found[name], language) for name in ("new", "fixed", "same")}
    return [said, _say("moves", language, **moves)]
