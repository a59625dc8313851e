"""Hours of work that remain, by the table of assumptions in scoring.yaml: what is found to mend, to
answer, to arrange."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from helpers.checking.findings import Finding
from helpers.declared import organisations
from helpers.metadata import completeness
from helpers.metadata.completeness import given
from helpers.scoring import criteria

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry
    from helpers.screening.marks import Gate, Reason

VOTING = ("critical", "warning")


def has_vote(finding: Finding) -> bool:
    """True for a rule that counts: critical or warning, not special."""
    return finding.severity in VOTING and not finding.special


def missing_metadata(entry: Entry) -> list[str]:
    """Names of the catalogue fields that the data portal needs and that neither the entry nor, for
    questions, its organisation gives: what a package of it would ask for."""
    return completeness.missing(entry, organisations.organisation(entry.organisation))


def hours(name: str) -> float:
    """Hours of one line of the table."""
    return criteria.load().hours[name].value


def rows(findings: Iterable[Finding]) -> int:
    """Rows to correct: those listed counted once however many rules name them, and those not listed
    on top."""
    chosen = list(findings)
    by_table: dict[str, set[int]] = {}
    for finding in chosen:
        by_table.setdefault(finding.table, set()).update(finding.rows)
    return sum(map(len, by_table.values())) + sum(
        max(0, finding.rows_total - len(finding.rows)) for finding in chosen
    )


def of_findings(findings: Iterable[Finding]) -> float:
    """Hours to mend these failed rules: to understand each, and then row by row or in the export,
    what is less."""
    failed = [finding for finding in findings if finding.outcome == "failed"]
    each_row, most = hours("row"), hours("rule_most")
    by_hand = rows(failed) * each_row
    at_most = sum(min(rows([finding]) * each_row, most) for finding in failed)
    whole = sum(1 for finding in failed if not rows([finding])) * hours("file")
    return len({finding.id for finding in failed}) * hours("rule") + min(by_hand, at_most) + whole


def detected(reasons: Iterable[Reason]) -> list[Reason]:
    """What was found of persons and groups and keeps the gate from being open."""
    return [
        reason
        for reason in reasons
        if reason.code.startswith("found_") and reason.level in ("stopp", "granska")
    ]


def only_beside(found: Iterable[Reason]) -> bool:
    """True where all that was found lies beside the columns: a table written anew leaves it
    behind, and nothing is masked."""
    return all(reason.beside for reason in found)


def of_personal(reasons: Iterable[Reason]) -> float:
    """Hours for what was found of persons and groups: masking, or only to write the table anew."""
    found = detected(reasons)
    return hours("anew" if only_beside(found) else "masking") if found else 0


def _system(entry: Entry) -> tuple[str, str]:
    """Whether the system can export, and whether its supplier owns the data: yes | no | unknown."""
    system = getattr(entry, "source_system", None)
    return getattr(system, "export", "unknown"), getattr(system, "supplier_owns_data", "unknown")


def asked(entry: Entry) -> bool:
    """True where somebody has said what the system allows."""
    return "unknown" not in _system(entry)


def remaining(entry: Entry, gate: Gate | None, findings: Iterable[Finding]) -> tuple[float, float]:
    """Least and most hours until a file can be published: what is found, and on top what nobody
    knows.

    The most counts a rule that broke as one to mend, and of a system what the worst answer would
    cost, so that no answer costs more than not knowing.
    """
    voting = [finding for finding in findings if has_vote(finding)]
    least = (
        hours("publication")
        + of_findings(voting)
        + hours("metadata") * len(missing_metadata(entry))
    )
    least += 0 if given(entry.licence) else hours("licence")
    owner = [getattr(entry.owner, name, None) for name in ("role", "mailbox")]
    least += 0 if all(map(given, owner)) else hours("owner")
    reasons = gate.reasons if gate is not None else []
    least += hours("question") * sum(reason.code.startswith("unanswered_") for reason in reasons)
    least += of_personal(reasons)
    export, owned = _system(entry)
    least += hours("export_missing") if export == "no" else 0
    least += hours("supplier_owns") if owned == "yes" else 0
    broken = len({finding.id for finding in voting if finding.outcome == "error"})
    unknown = hours("export_unknown") + hours("export_missing") if export == "unknown" else 0
    unknown += hours("supplier_owns") if owned == "unknown" else 0
    return least, least + unknown + broken * (hours("rule") + hours("rule_most"))
