"""Scoring: points on fixed anchors, from findings, declared judgements or unknowns; unknown is a range from 0 to 5.

Looks at findings and the catalogue entry only, never at data. One vote for each rule, not for each row.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import yaml

from helpers import paths
from helpers.catalogue import Entry
from helpers.checking.findings import DIMENSIONS, Finding
from helpers.errors import ConfigurationError
from helpers.messages import both
from helpers.scorecards import Criterion, Scorecard
from helpers.screening.marks import Gate

METADATA = ("description", "keywords", "contact", "update_frequency", "theme")
PLACELESS = frozenset({"leverantorsfakturor"})  # types without geography: the criterion does not apply


@cache
def rules() -> dict[str, Any]:
    """``quality_suites/scoring.yaml``. ``ConfigurationError`` names every number without a because."""
    plain = yaml.safe_load((paths.suites() / "scoring.yaml").read_text("utf-8"))
    wrong = [
        f"{part}.{name}"
        for part in ("groups", "criteria")
        for name, one in plain[part].items()
        if set(one.get("because", {})) != {"sv", "en"} or not isinstance(one.get("weight"), (int, float))
    ]
    wrong += [f"shares.{one}" for one in plain["shares"] if set(one.get("because", {})) != {"sv", "en"}]
    if wrong:
        raise ConfigurationError("scoring.wrong", {"errors": ", ".join(wrong)})
    return plain


def _anchor(share: float) -> float:
    return float(next(one["points"] for one in rules()["shares"] if share >= one["at_least"]))


def _dimension(name: str, findings: list[Finding]) -> tuple[float, float, str, dict[str, str], list[str]]:
    """low, high, source, message, rules: the mean share right of the rules that were checked."""
    voting = [one for one in findings if one.dimension == name and one.severity != "info" and not one.special]
    checked = [(one, one.share) for one in voting if one.share is not None]
    broken = [one for one in voting if one.outcome == "error"]
    ids = [one.id for one in voting if one.outcome in ("failed", "error")]
    if not checked and not broken:
        return 0.0, 5.0, "unknown", both("scoring.unchecked"), []
    total = len(checked) + len(broken)
    right = sum(share for _, share in checked if share is not None)
    low, high = _anchor(right / total), _anchor((right + len(broken)) / total)
    critical = [one for one, _ in checked if one.severity == "critical" and one.outcome == "failed"]
    if critical:
        cap = float(rules()["critical_cap"]["points"])
        low, high = min(low, cap), min(high, cap)
    key = "critical" if critical else "broken" if broken else "failed" if ids else "passed"
    return low, high, "finding", both(f"scoring.{key}", failed=len(ids), total=total), ids


def _declared(entry: Entry, name: str) -> tuple[float, float, str, dict[str, str], list[str]]:
    judgement = entry.effort if name == "effort" else getattr(entry.value, name)
    if judgement.level != "unknown":
        because = judgement.because or "–"
        return float(judgement.level), float(judgement.level), "declared", {"sv": because, "en": because}, []
    if name == "demand" and entry.value.requests_last_year is not None:
        requests = entry.value.requests_last_year
        points = float(min(5, (0, 2, 3, 3, 4, 4)[requests] if requests < 6 else 5))
        return points, points, "declared", both("scoring.requests", count=requests), []
    return 0.0, 5.0, "unknown", both("scoring.undeclared"), []


def _readiness(
    entry: Entry, name: str, conformity: float | None
) -> tuple[float, float, str, dict[str, str], list[str]]:
    if name == "conformity":
        if conformity is None:
            return 0.0, 5.0, "unknown", both("scoring.unchecked"), []
        points = float(int(conformity * 5 + 1e-9))
        return points, points, "finding", both("scoring.conformity", percent=round(conformity * 100)), []
    if name == "metadata":
        known = sum(bool(getattr(entry, field)) for field in METADATA)
        points = 5.0 * known / len(METADATA)
        return points, points, "declared", both("scoring.metadata", known=known, total=len(METADATA)), []
    is_known = bool(entry.licence) if name == "licence" else bool(entry.owner.role)
    if is_known:
        return 5.0, 5.0, "declared", both(f"scoring.{name}_known"), []
    return 0.0, 5.0, "unknown", both(f"scoring.{name}_unknown"), []


def score(entry: Entry, gate: Gate | None, findings: list[Finding], *, conformity: float | None) -> Scorecard:
    """The scorecard: the weighted sum of all criteria on 0-100, at worst and at best."""
    plain = rules()
    criteria: list[Criterion] = []
    for name, rule in plain["criteria"].items():
        if name == "geography" and entry.type in PLACELESS:
            continue
        if name in DIMENSIONS:
            found = _dimension(name, findings)
        elif rule["group"] == "readiness":
            found = _readiness(entry, name, conformity)
        else:
            found = _declared(entry, name)
        low, high, source, message, ids = found
        criteria.append(Criterion(name, rule["group"], float(rule["weight"]), low, high, source, message, ids))
    for group, rule in plain["groups"].items():  # within a group the weights share the group's weight
        share = sum(one.weight for one in criteria if one.group == group)
        criteria = [
            replace(one, weight=one.weight * rule["weight"] / share) if one.group == group else one for one in criteria
        ]
    total = sum(one.weight for one in criteria)
    low = 100 * sum(one.weight * one.low for one in criteria) / (5 * total)
    high = 100 * sum(one.weight * one.high for one in criteria) / (5 * total)
    verdict = gate.verdict if gate else "granska"
    return Scorecard(entry.id, verdict, entry.stage, criteria, round(low, 6), round(high, 6))
