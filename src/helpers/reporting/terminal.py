"""The single file as a readable page in the terminal: the same as the JSON object, in words.

Nothing on it is cut, however narrow the window: what does not fit on a line goes on on the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from helpers.checking import findings
from helpers.checking.changes import Changes
from helpers.checking.findings import Fault, Finding
from helpers.declared import specifications
from helpers.declared.mapping import newest
from helpers.reporting import delimiters, since
from helpers.reporting.drifted import sentences
from helpers.reporting.states import states, summary
from helpers.words.escaping import shown
from helpers.words.messages import number, percent, text

if TYPE_CHECKING:
    from helpers.words.printing import Cell, Terminal

STYLES = {"fri": "green", "granska": "yellow", "stopp": "bold red"}
SEVERITIES = {"critical": "bold red", "warning": "yellow", "info": "cyan"}
MAX_COLUMNS = 60  # listed; a table may have a thousand
MAX_USUAL = 3  # of a column's commonest values
MAX_NAMES = 8  # of columns in a sentence


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


def told_repairs(repairs: list[dict[str, Any]], language: str) -> Iterator[str]:
    """Each kind of repair once; of several places with each how many."""
    kinds: dict[str, list[dict[str, Any]]] = {}
    for repair in repairs:
        kinds.setdefault(str(repair["code"]), []).append(repair)
    for alike in kinds.values():
        if len(alike) == 1 or not all(repair.get("column") for repair in alike):
            yield from (_said(repair, language) for repair in alike)
            continue
        total = sum(repair["count"] for repair in alike)
        places = ", ".join(
            f"{shown(repair['column'])} ({number(repair['count'], language)})" for repair in alike
        )
        yield f"{_said({'code': alike[0]['code'], 'count': total}, language)}: {places}"


def _status(specification: dict[str, Any], language: str) -> str:
    """How far the specification is verified: as a whole, and which aspects are so where not all
    are."""
    status = text(f"specifications.status.{specification['status']}", language)
    aspects = [
        text(f"specifications.aspect.{name}", language) for name in specification["verified"]
    ]
    if not aspects or specification["conforms_to"]:
        return status
    return _say("verified", language, status=status, aspects=", ".join(aspects))


def _follows(specification: dict[str, Any], language: str) -> str:
    status = _status(specification, language)
    return f"{specification['title'][language]} ({status}). {specification['source']}"


def _target(type: str, variant: str | None) -> str:
    """What a file of an older or regional layout is converted to: the variant, or where the type
    has versions its newest."""
    return type if variant is None or newest(type) else variant


def _seems(type: str, specification: dict[str, Any], language: str) -> str:
    """The layout that the file follows and how much of it; what it has no field for."""
    layout = specification["layout"]
    title, name = specification["title"][language], layout["title"][language]
    there, of = layout["columns"], layout["of"]
    said = [_say("layout", language, title=title, layout=name, columns=there, of=of)]
    if layout["kind"] != "national":
        said.append(_say(f"layout.{layout['kind']}", language))
        to = _target(type, specification["variant"])
        said.append(_say("layout.convert", language, to=to))
    if spread := layout["spread"]:
        count, by, value = len(spread["columns"]), spread["by"], spread["value"]
        said.append(_say("layout.spread", language, count=count, by=by, value=value))
    names = layout["without_field"]
    if names:
        columns = ", ".join(map(shown, names[:MAX_NAMES]))
        columns += " …" if len(names) > MAX_NAMES else ""
        said.append(_say("layout.without", language, count=len(names), columns=columns))
    return " ".join(said)


def _kind(checked: dict[str, Any], language: str) -> str:
    """The type by its title, and how sure it is; of a type that nobody knows there is nothing to be
    sure of."""
    title = specifications.title_of(checked["type"], language)
    if checked["type"] not in specifications.types():
        return title
    confidence = percent(checked["type_confidence"] or 0, language)
    names = [column["name"] for column in checked["columns"]]
    known = [column["name"] for column in checked["columns"] if column["field"]]
    if known and specifications.nameless(names):
        columns = ", ".join(shown(name) for name in known)
        return _say("type_by_values", language, type=title, confidence=confidence, columns=columns)
    return _say("type", language, type=title, confidence=confidence)


def _schema(schema: dict[str, Any], language: str) -> Iterator[str]:
    """The schema that came with the file, and what of it is not tried."""
    kind = text(f"schemas.kind.{schema['kind']}", language)
    counts = {"count": schema["fields"], "rules": schema["rules"]}
    yield text("schemas.summary", language, file=shown(schema["file"]), kind=kind, **counts)
    if schema["not_tried"]:
        yield schema["not_tried"][language]


def _facts(checked: dict[str, Any], language: str) -> list[tuple[str, str]]:
    """What was read, each as the key of its label and its value in words."""
    reading = checked["reading"]
    facts = [("what", _kind(checked, language))]
    if checked["specification"]:
        facts.append(("specification", _follows(checked["specification"], language)))
        if checked["specification"]["layout"]:
            facts.append(("seems", _seems(checked["type"], checked["specification"], language)))
    if checked.get("table_schema"):
        facts += [("schema", said) for said in _schema(checked["table_schema"], language)]
    if checked["publisher"]:
        facts.append(("publisher", checked["publisher"]))
    sizes = (("rows", reading["rows"]), ("width", reading["columns"]))
    size = ", ".join(_say(key, language, count=count) for key, count in sizes)
    form = [
        delimiters.named(reading[key], language) if key == "delimiter" else str(reading[key])
        for key in ("format", "encoding", "delimiter", "crs")
        if reading[key]
    ]
    repairs = list(told_repairs(reading["repairs"], language))
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


def _place(finding: Finding, language: str) -> str:
    """The column and the table that the finding is about; '' where it is about neither."""
    place = [_say("column", language, column=finding.column)] if finding.column else []
    place += [_say("table", language, table=finding.table)] if finding.table else []
    return shown(", ".join(place))


def _told(
    fault: Fault, language: str, keys: Mapping[tuple[str, str | None], str]
) -> Iterator[tuple[Cell, Cell]]:
    """One fault in lines: how grave it is, where, what, on which rows, and what to do; how many
    faults it explains. ``keys``: of rule and column, what is said of the rows where no number names
    them."""
    cause = fault.cause
    explains = text("checking.explains", language, count=len(fault.also)) if fault.also else ""
    place, fix = _place(cause, language), cause.fix.get(language)
    lines: list[Cell] = [(place, "bold")] if place else []
    lines.append(f"{cause.message[language]} {explains}".strip())
    lines += (
        [_say("on_rows", language, rows=_rows(cause), count=cause.rows_total)] if cause.rows else []
    )
    lines += [keys[cause.id, cause.column]] if (cause.id, cause.column) in keys else []
    lines += [_say("mend", language, fix=fix)] if fix else []
    severity = text(f"reporting.severity.{fault.severity}", language), SEVERITIES[fault.severity]
    for number_of_line, line in enumerate(lines):
        yield "" if number_of_line else severity, line
    yield "", ""


def _told_of_tables(faults: list[Fault], language: str) -> Iterator[tuple[Cell, Cell]]:
    """What one rule says of several tables: why once, then of each table how much of it."""
    causes = [fault.cause for fault in faults]
    messages = [cause.message[language] for cause in causes]
    # a message is sentences: why, the same for all, then how much
    shared = messages[0]
    while shared and not all(message.startswith(shared) for message in messages):
        shared = shared[: max(shared.rfind(". ", 0, -2), -2) + 2]
    tables = ", ".join(cause.table for cause in causes)
    lines: list[Cell] = [
        (shown(_say("tables", language, count=len(causes), tables=tables)), "bold"),
        shared.strip(),
    ]
    for cause, message in zip(causes, messages, strict=True):
        rows = (
            _say("on_rows", language, rows=_rows(cause), count=cause.rows_total)
            if cause.rows
            else ""
        )
        lines.append(f"• {shown(cause.table)}: {message[len(shared) :]} {rows}".rstrip())
    fix = causes[0].fix.get(language)
    lines += [_say("mend", language, fix=fix)] if fix else []
    grave = faults[0].severity
    severity = text(f"reporting.severity.{grave}", language), SEVERITIES[grave]
    for number_of_line, line in enumerate(line for line in lines if line):
        yield "" if number_of_line else severity, line
    yield "", ""


def _columns(checked: dict[str, Any], language: str) -> Iterator[tuple[str, ...]]:
    """Each column: the field it is read as, its type, how much is missing, what is marked, and what
    else there is to say of its cells."""
    known = checked["type"] in specifications.types()
    specification = specifications.load(checked["type"]) if known else None
    layout = checked["specification"]["layout"] if checked["specification"] else None
    stands_for = layout["spread"]["columns"] if layout and layout["spread"] else {}
    for column in checked["columns"][:MAX_COLUMNS]:
        field = column["field"]
        kinds = ", ".join(text(f"screening.kind.{kind}", language) for kind in column["personal"])
        title = specification.field(field).title[language] if specification and field else "–"
        value = stands_for.get(column["name"])
        yield (
            shown(column["name"]),
            f"{title}: {value}" if value else title,
            text(f"reporting.types.{column['type']}", language),
            percent(column["null_share"] or 0, language),
            kinds or "–",
            states(column, language),
        )


def _contents(checked: dict[str, Any], language: str) -> Iterator[tuple[str, ...]]:
    """Each column of a table where it lies: how many different values, the least and the greatest,
    and the commonest; of a marked column, or one that could not be searched whole, no value."""
    for column in checked["columns"][:MAX_COLUMNS]:
        ends = [str(column[end]) for end in ("min", "max") if column[end] is not None]
        usual = [
            f"{one['value']} ({number(one['count'], language)})"
            for one in column["top"][:MAX_USUAL]
        ]
        yield (
            shown(column["name"]),
            "–" if column["distinct"] is None else number(column["distinct"], language),
            shown(" – ".join(dict.fromkeys(ends)) or "–"),
            shown(", ".join(usual) or "–"),
        )


def _summary(found: list[Finding], language: str, *, there: bool) -> str:
    """How many rules there are, and of each outcome how many: the parts add up to the whole.
    ``there``: of a table where it lies."""
    outcomes = list(findings.outcomes(found).values())
    parts = [
        _say(
            f"summary.{outcome}{'_there' * (there and outcome == 'not_applicable')}",
            language,
            count=outcomes.count(outcome),
        )
        for outcome in ("passed", "failed", "error", "not_applicable")
        if outcomes.count(outcome)
    ]
    return _say("summary", language, count=len(outcomes), parts=", ".join(parts))


def _not_tried(found: list[Finding], language: str) -> Iterator[str]:
    """Why rules were not tried, each reason once, with how many rules."""
    reasons: dict[str, set[str]] = {}
    usual = text("checking.outcome.not_applicable", language)
    for finding in found:
        if finding.outcome == "not_applicable" and finding.message[language] != usual:
            reasons.setdefault(finding.message[language], set()).add(finding.id)
    for reason, ids in reasons.items():
        yield f"{reason} ({', '.join(sorted(ids))})"


def _there(
    checked: dict[str, Any], found: list[Finding], terminal: Terminal, language: str
) -> None:
    """What was not looked at of a table where it lies, and why."""
    terminal.paragraph(checked["screened"][language], "dim")
    terminal.paragraph(text("engines.screened.groups", language), "dim")
    terminal.grid(("•", line) for line in _not_tried(found, language))


def _keys(checked: dict[str, Any], language: str) -> dict[tuple[str, str | None], str]:
    """By rule and column, what is said of the rows where no number names them."""
    return {
        (plain["id"], plain["column"]): plain["keys_told"][language]
        for plain in checked["findings"]
        if "keys_told" in plain
    }


def _findings(checked: dict[str, Any]) -> list[Finding]:
    """The object tells no dimension."""
    return [
        Finding.from_json(
            {"dimension": ""} | {key: plain[key] for key in plain if not key.startswith("keys")}
        )
        for plain in checked["findings"]
    ]


def _page(checked: dict[str, Any], terminal: Terminal, language: str) -> None:
    facts = _facts(checked, language)
    terminal.grid([((_say(label, language), "dim"), value) for label, value in facts])
    gate = checked["gate"]
    terminal.line("")
    terminal.paragraph(_say(f"gate_{gate['verdict']}", language), STYLES[gate["verdict"]])
    terminal.grid(
        ("•", f"{shown(reason['message'][language])} {reason['opens'][language]}")
        for reason in gate["reasons"]
    )
    said, keys = _findings(checked), _keys(checked, language)
    faults = findings.of_one_rule(findings.faults_of(said))
    terminal.line("")
    terminal.line(_say("findings", language, count=len(faults)), "bold")
    terminal.grid(
        line
        for alike in faults
        for line in (
            _told(alike[0], language, keys) if len(alike) == 1 else _told_of_tables(alike, language)
        )
    )
    terminal.paragraph(_summary(said, language, there="screened" in checked))
    if checked["specification"] or checked.get("table_schema"):
        terminal.paragraph(_say(f"counted.{checked['counted']}", language), "dim")
    if "screened" in checked:
        _there(checked, said, terminal, language)
    terminal.line("")
    names = ("name", "field", "type", "missing", "personal")
    head = [_say(f"columns.{name}", language) for name in names]
    head.append(text("show.columns.states", language))
    terminal.table(head, _columns(checked, language), _say("columns", language))
    if "screened" in checked:
        told = ("distinct", "range_head", "usual")
        head = [_say("columns.name", language)]
        head += [text(f"reporting.{name}", language) for name in told]
        terminal.table(head, _contents(checked, language), text("engines.contents", language))
    more = len(checked["columns"]) - MAX_COLUMNS
    if more > 0:
        terminal.paragraph(_say("columns.more", language, count=more))


def _changed(changes: Changes, terminal: Terminal, language: str) -> None:
    """What has changed since the delivery before: rows and objects, then rules."""
    terminal.paragraph(" ".join(since.sentences(changes, language)))
    for change in changes.changes:
        where = f" ({shown(change.column)})" if change.column else ""
        kind = text(f"changes.kind.{change.kind}", language)
        counts = f"{number(change.before, language)} → {number(change.after, language)}"
        terminal.paragraph(f"• {kind}{where}: {change.message[language]} {counts}")


def show(found: dict[str, Any], terminal: Terminal, language: str) -> None:
    """Print one ``datakollen/check/1`` object."""
    refused = found.get("error")
    terminal.grid([((found["file"], "bold red" if refused else "bold"),)])
    if refused:
        terminal.paragraph(refused["message"][language])
    else:
        _page(found, terminal, language)
    if "changes" in found:
        _changed(Changes.from_json(found["changes"]), terminal, language)
    terminal.line("")
