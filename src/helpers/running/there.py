"""A table where it lies, in Spark or PostgreSQL: the same object as of a file
(``datakollen/check/1``), with keys in the place of row numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from helpers import screening
from helpers.checking import drift
from helpers.checking.engines import asking, extract, profiled, table
from helpers.checking.engines.asking import Answered
from helpers.checking.engines.extract import Extract
from helpers.checking.engines.site import Site
from helpers.checking.engines.table import Elsewhere
from helpers.checking.findings import Finding, conformity
from helpers.declared import specifications
from helpers.declared.specifications import Specification
from helpers.profiling import publisher
from helpers.running import single
from helpers.running.stages.recognising import Recognised
from helpers.running.store import Store
from helpers.screening import questions
from helpers.screening.marks import Screening
from helpers.words import escaping
from helpers.words.errors import ConfigurationError
from helpers.words.messages import LANGUAGES, both
from helpers.words.personal import hiding
from helpers.words.source_text import SourceText

SHOWN = 20  # keys
NAMED = 12  # columns


@dataclass(frozen=True)
class Seen:
    """All that is said of a table over there."""

    known: Recognised
    there: Elsewhere
    extract: Extract
    screening: Screening
    profile: dict[str, dict[str, Any]]
    answered: Answered


def recognised(site: Site, type: str | None) -> Recognised:
    """Which type the table is of by its columns, and which column is which field."""
    names = [column.name for column in site.columns]
    found, confidence = (type, 1.0) if type else specifications.recognise(names)
    variant = specifications.variant_of(found, names, file=site.label, format=site.name)
    known = Recognised(found, confidence, variant)
    if known.specification is None:
        return known
    fields = specifications.match(names, known.specification)
    return Recognised(found, confidence, variant, fields)


def seen(site: Site, type: str | None, keys: list[str], folder: Path) -> Seen:
    """The table, screened and asked all rules of its type. Raises ``ConfigurationError`` for a key
    that is no column of it, and ``Broken``."""
    names = [column.name for column in site.columns]
    for key in keys:
        if key not in names:
            raise ConfigurationError("engines.no_key", {"column": key, "known": ", ".join(names)})
    known = recognised(site, type)
    there = table.opened(site, known.fields, known.specification, keys)
    taken = extract.taken(there, known.fields, known.specification, known.type, folder)
    marks, counting = screened(taken, known, folder / "hits.parquet")
    profile = profiled.columns(there, taken, marks, counting)
    answered = asking.ask(
        there,
        type=known.type,
        fields=known.fields,
        variant=known.variant,
        organisation=publisher.publisher(taken.snapshot, known.fields),
        today=dt.date.today(),
    )
    return Seen(known, there, taken, marks, profile, answered)


def screened(taken: Extract, known: Recognised, hits: Path) -> tuple[Screening, set[str]]:
    """The marks, each with how many rows of the table it is about; and the columns that count
    people."""
    found = screening.screen(
        taken.snapshot, known.fields, known.specification, type=known.type, hits=hits
    )
    counting = {risk.counted for risk in found.risks if risk.counted}
    # groups that are small among the first rows need not be so in the table
    return Screening(extract.counted(taken, found.marks, hits), []), counting


def _specification(seen: Seen, specification: Specification | None) -> dict[str, Any] | None:
    if specification is None:
        return None
    names = [column.name for column in seen.there.snapshot.main.columns]
    share = conformity(seen.answered.findings)
    return single.followed(specification, names, share)


def _reading(seen: Seen) -> dict[str, Any]:
    main = seen.there.snapshot.main
    return {
        "format": seen.there.site.name,
        "encoding": None,
        "delimiter": None,
        "decimal": None,
        "header_row": None,
        "rows": main.rows,
        "columns": len(main.columns),
        "crs": main.geometry.crs if main.geometry else None,
        "repairs": [],
        "rejected": [],
    }


def _columns(seen: Seen, specification: Specification | None) -> list[dict[str, Any]]:
    """Counts, values and states are of the whole table, None or [] where it could not be asked."""
    main = seen.there.snapshot.main
    names = [column.name for column in main.columns]
    fields = {column: field for field, column in seen.known.fields.items()}
    near = drift.misspelt(names, seen.known.fields, specification)
    kinds: dict[str, set[str]] = {}
    for mark in seen.screening.marks:
        kinds.setdefault(mark.column, set()).add(mark.kind)
    return [
        {
            "name": column.name,
            "field": fields.get(column.name),
            "type": column.type,
            "null_share": 1 - seen.there.filled[column.name] / main.rows if main.rows else None,
            "near": near.get(column.name),
            "personal": sorted(kinds.get(column.name, ())),
            **seen.profile[column.name],
        }
        for column in main.columns
    ]


def _keys(seen: Seen, finding: Finding) -> dict[str, Any]:
    """The keys of the first rows that fail, without what looks personal in them; of a marked column
    none."""
    if finding.outcome != "failed" or not finding.rows_total:
        return {}
    named = seen.there.keys
    columns = ", ".join(escaping.shown(SourceText(name)) for name in named)
    if not named:
        return {"keys": [], "keys_told": both("engines.keys.none")}
    if set(named) & seen.screening.marked(seen.there.snapshot.main.name):
        return {"keys": [], "keys_told": both("engines.keys.hidden", columns=columns)}
    found = seen.answered.keys.get((finding.id, finding.column), [])[:SHOWN]
    keys = ["/".join(escaping.shown(hiding.hide(part)) for part in key) for key in found]
    if not keys:
        return {}
    which = "engines.keys.more" if finding.rows_total > len(keys) else "engines.keys"
    return {"keys": keys, "keys_told": both(which, columns=columns, keys=", ".join(keys))}


def _screened(seen: Seen) -> dict[str, str]:
    """How much of the table was looked at for personal data, and what was not, and why; and what
    of its profile is not counted."""
    rows, taken = seen.there.snapshot.main.rows, seen.extract
    if taken.rows >= rows:
        return both("engines.screened.whole", count=rows)
    texts = sum(len(one) for one in taken.held.values())
    said = [both("engines.screened.part", count=taken.rows, total=rows, texts=texts)]
    for key, columns in (("some", taken.partly), ("unasked", taken.contents.unasked)):
        if columns:
            named = ", ".join(escaping.shown(SourceText(name)) for name in columns[:NAMED])
            more = "_more" if len(columns) > NAMED else ""
            said.append(both(f"engines.screened.{key}{more}", many=len(columns), columns=named))
    said += [both("engines.screened.rows", count=taken.rows), both("engines.screened.less")]
    return {language: " ".join(one[language] for one in said) for language in LANGUAGES}


def said(seen: Seen) -> dict[str, Any]:
    """The object (``datakollen/check/1``)."""
    specification = seen.known.specification
    names = [column.name for column in seen.there.snapshot.main.columns]
    gate = screening.gate(seen.screening, None, names, seen.known.type)
    asked = questions.raised(seen.known.type, names, seen.screening, None)
    return {
        "schema": single.SCHEMA,
        "file": escaping.shown(SourceText(seen.there.site.label)),
        "type": seen.known.type,
        "type_confidence": seen.known.confidence,
        "publisher": None,
        "specification": _specification(seen, specification),
        "reading": _reading(seen),
        "counted": "there",
        "screened": _screened(seen),
        "columns": _columns(seen, specification),
        "findings": [
            single.told(finding, "") | _keys(seen, finding) for finding in seen.answered.findings
        ],
        "gate": asdict(gate) | {"questions": [question.to_json() for question in asked]},
    }


def check(site: Site, type: str | None, keys: list[str]) -> tuple[dict[str, Any], int]:
    """The object for a table over there and the exit code that it calls for: 0, or 4 where a rule
    could not be computed. What is read from it is gone afterwards. Raises as ``seen`` does."""
    with Store().work() as folder:
        found = seen(site, type, keys, folder)
        broken = any(finding.outcome == "error" for finding in found.answered.findings)
        return said(found), 4 if broken else 0
