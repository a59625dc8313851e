"""Demands on the system that holds a dataset: those that always stand, and those that its lock-in
gives, each with what shows it. Never contract text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from helpers.advising import publishing_steps
from helpers.checking import renamed, suites
from helpers.declared import agencies, files, specifications
from helpers.declared.files import Declared, Filled, Known, Listed, Said
from helpers.reading import formats
from helpers.words.files.ours import File, remembered
from helpers.words.messages import LANGUAGES, part, text

if TYPE_CHECKING:
    from helpers.advising.results import Candidate

REFERENCE = File("data/reference/procurement.yaml")
OWN = "own"  # the source of a demand that is ours alone
When = Literal[
    "always",
    "supplier_owns_data",
    "supplier_owns_data_unknown",
    "no_export",
    "export_unknown",
    "closed_format",
    "missing_id",
    "missing_columns",
    "made_for_print",
    "damaged_values",
]
LOCKS: tuple[str, ...] = get_args(When)[1:]
# what reading repaired of a file that was laid out for people, and of one whose values were spoilt;
# what reading only guesses shows nothing about the system
FOR_PRINT = (
    *("preamble", "no_header", "header_rows", "repeated_header_rows", "merged_cells", "blocks"),
    *("side_by_side", "subtotals", "sum_row", "mean_rows", "footnotes"),
)
DAMAGED = (
    *("digits_lost", "leading_zero_lost", "numbers_as_text", "replacement_character"),
    *("mojibake", "cut_letters", "decimal_comma_cut"),
)
DAMAGED_RULES = ("no_mojibake", "not_truncated", "codes_whole")
Kind = Literal["answer", "file", "reading", "finding"]


@dataclass(frozen=True)
class Evidence:
    """What shows a lock-in: an answer of the catalogue entry, something about the file, what
    reading noted, or a rule that is not met."""

    kind: str  # Kind
    id: str  # of the answer, the repair or the rule
    version: int = 1  # of the rule

    def said(self, type: str) -> dict[str, str]:
        """In our own words alone, whoever wrote the results; ``type``: the dataset's, whose rules
        are looked in. Of what this version does not know, only that it is not known."""
        if self.kind == "finding":
            return _rule_said(self, type)
        if self.kind == "reading" and f"reading.repair.{self.id}" in part("sv", "reading"):
            return {
                one: text("procurement.reading", one, what=text(f"reading.repair.{self.id}", one))
                for one in LANGUAGES
            }
        key = f"procurement.{self.kind}.{self.id}"
        known = key in part("sv", "procurement")
        return {one: text(key if known else "procurement.unknown", one) for one in LANGUAGES}


class Demand(Declared):
    """One demand with its reason. ``when``: always, or the lock-in that gives it. ``source``: the
    id of a page among the agencies', or ``own``; ``area``: where on the page; ``status``: how well
    it is known that the page asks for it."""

    id: Filled
    when: When
    title: Said
    demand: Said
    because: Said
    source: Filled
    area: Said | None = None
    status: Known | None = None

    def cited(self, language: str) -> str:
        """Whose demand it is, and how well that is known."""
        if self.source == OWN:
            return text("procurement.own", language)
        page = agencies.source(self.source)
        return text(
            "procurement.source",
            language,
            agency=agencies.agencies()[page.agency].name[language],
            area=self.area[language] if self.area else page.title[language],
            status=text(f"papers.status.{self.status or page.status}", language),
        )


class Demands(Declared):
    """The whole file."""

    demands: Listed[Demand]


def _fitting(declared: Demands, fault: files.Tell) -> None:
    """Each id stands once, and each page is one of the agencies'."""
    files.once("demands")(declared, fault)
    known = [OWN, *agencies.sources()]
    for i, demand in enumerate(declared.demands):
        if demand.source not in known:
            fault("among", "demands", i, "source", known=", ".join(known))


@remembered
def every() -> tuple[Demand, ...]:
    """All demands of the reference file, in its order."""
    return files.read(REFERENCE.path, Demands, _fitting).demands


def standing() -> list[Demand]:
    """The demands that always stand."""
    return [demand for demand in every() if demand.when == "always"]


def _rule_said(evidence: Evidence, type: str) -> dict[str, str]:
    id = renamed.now(evidence.id)
    rules = [*suites.load(suites.COMMON).rules, *suites.rules_of(type)]
    rule = next((one for one in rules if (one.id, one.version) == (id, evidence.version)), None)
    if rule is None:
        return {one: text("procurement.other_rule", one) for one in LANGUAGES}
    return {
        one: text("procurement.rule", one, id=id, because=rule.because[one]) for one in LANGUAGES
    }


def _answers(candidate: Candidate) -> dict[str, list[Evidence]]:
    system = candidate.entry.source_system
    given = {
        "supplier_owns_data": ("supplier_owns_data_yes", system.supplier_owns_data == "yes"),
        "supplier_owns_data_unknown": (
            "supplier_owns_data_unknown",
            system.supplier_owns_data == "unknown",
        ),
        "no_export": ("export_no", system.export == "no"),
        "export_unknown": ("export_unknown", system.export == "unknown"),
    }
    return {
        lock: [Evidence("answer", id)] if applies else [] for lock, (id, applies) in given.items()
    }


def _failed(candidate: Candidate, ids: tuple[str, ...]) -> list[Evidence]:
    return [
        Evidence("finding", id, version)
        for id, version in dict.fromkeys(
            (finding.id, finding.version)
            for finding in candidate.findings
            if finding.outcome == "failed" and finding.id in ids
        )
    ]


def _read(candidate: Candidate, codes: tuple[str, ...]) -> list[Evidence]:
    repairs = candidate.snapshot.repairs if candidate.snapshot else []
    found = {repair.code for repair in repairs}
    return [Evidence("reading", code) for code in codes if code in found]


def _format(candidate: Candidate) -> list[Evidence]:
    snapshot = candidate.snapshot
    if snapshot is None or not publishing_steps.closed_format(candidate):
        return []
    return [Evidence("file", "encoding" if snapshot.format in formats.OPEN else "format")]


def _fields(candidate: Candidate) -> dict[str, list[Evidence]]:
    """What the file lacks of its specification: the key that tells its objects apart, by itself."""
    type = candidate.entry.type
    if candidate.snapshot is None or type not in specifications.types():
        return {}
    whole = specifications.load(type, candidate.variant or candidate.entry.variant)
    keys = [one.name for one in whole.fields if one.role == "key" and one.required]
    lacking = publishing_steps.missing_fields(candidate)
    rules = tuple(f"{key}_{what}" for key in keys for what in ("filled", "unique", "stable"))
    gone = [Evidence("file", "no_key")] if set(keys) & set(lacking) else []
    others = [Evidence("file", "columns")] if set(lacking) - set(keys) else []
    return {"missing_id": gone or _failed(candidate, rules), "missing_columns": others}


def locks(candidate: Candidate) -> dict[str, list[Evidence]]:
    """What locks a dataset in, each with what shows it: declared of its system, not answered, or
    seen in its file."""
    found = _answers(candidate) | {
        "closed_format": _format(candidate),
        **_fields(candidate),
        "made_for_print": _read(candidate, FOR_PRINT),
        "damaged_values": [*_read(candidate, DAMAGED), *_failed(candidate, DAMAGED_RULES)],
    }
    return {lock: found[lock] for lock in LOCKS if found.get(lock)}


def demands(candidate: Candidate) -> list[tuple[Demand, list[Evidence]]]:
    """The demands that this dataset's lock-in gives, each with what shows it."""
    locked = locks(candidate)
    return [(demand, locked[demand.when]) for demand in every() if demand.when in locked]


def to_json(candidate: Candidate) -> list[dict[str, Any]]:
    """``demands`` as ``results.json`` holds them: ids alone, no text and no name of a column."""
    return [
        {
            "id": demand.id,
            "evidence": [
                {"kind": one.kind, "id": one.id, "version": one.version} for one in evidence
            ],
        }
        for demand, evidence in demands(candidate)
    ]
