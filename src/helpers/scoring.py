"""Score one candidate: fixed anchors 0-5 for each criterion, from findings and declared answers; never from the data.

A weighted sum on 0-100. What is unknown is the range 0-5, so a scorecard has a low and a high end. Each rule has one
vote in its dimension, however many rows it looks at; information and special rules have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from helpers import criteria
from helpers.checking.findings import DIMENSIONS, Finding
from helpers.messages import text
from helpers.scorecards import Criterion, Scorecard

if TYPE_CHECKING:
    from helpers.catalogue import Entry
    from helpers.screening.marks import Gate

VOTING = ("critical", "warning")
MOST = 5.0
# what dataportal.se needs beside title, publisher and licence to find and understand a dataset (DCAT-AP-SE)
METADATA = ("description", "keywords", "theme", "contact", "update_frequency")

# low, high, source, message, ids of the rules
Points = tuple[float, float, str, dict[str, str], list[str]]


def _said(key: str, group: str, name: str, level: int | None = None, **values: Any) -> dict[str, str]:
    one = criteria.load().groups[group][name]
    return {
        language: text(
            f"scoring.{key}",
            language,
            name=one.name[language],
            anchor=one.anchors[level][language] if level is not None else "",
            **values,
        ).strip()
        for language in ("sv", "en")
    }


def _unknown(key: str, group: str, name: str, rules: list[str] | None = None) -> Points:
    return 0.0, MOST, "unknown", _said(key, group, name), rules or []


def _at(level: int, source: str, message: dict[str, str], rules: list[str] | None = None) -> Points:
    return float(level), float(level), source, message, rules or []


def given(value: object) -> bool:
    """True where a catalogue field says something: not None, not empty, not ``unknown``."""
    return value is not None and value != "unknown" and value != "" and value != [] and value != ()


def votes(findings: Iterable[Finding], dimension: str) -> list[Finding]:
    """The dimension's rules that have a vote, sorted by id: critical or warning, not special."""
    mine = (one for one in findings if one.dimension == dimension and one.severity in VOTING and not one.special)
    return sorted(mine, key=lambda one: (one.id, one.table, one.column or ""))


def _dimension(findings: Iterable[Finding], name: str) -> Points:
    """Points of one quality dimension: the mean share right of its rules on fixed steps, capped where a rule failed.

    A rule that could not be run makes the whole dimension unknown. A dimension with no checked rule is unknown.
    """
    mine = votes(findings, name)
    rules = list(dict.fromkeys(one.id for one in mine if one.outcome in ("passed", "failed", "error")))
    if any(one.outcome == "error" for one in mine):
        return _unknown("error", "readiness", name, rules)
    shares = [(one, one.share) for one in mine if one.share is not None]
    if not shares:
        return _unknown("not_checked", "readiness", name)
    model = criteria.load()
    level = model.level("quality", sum(share for _, share in shares) / len(shares))
    level = min([level, *(model.caps[one.severity] for one, _ in shares if one.outcome == "failed")])
    met = sum(one.outcome == "passed" for one, _ in shares)
    return _at(level, "finding", _said("rules", "readiness", name, level, met=met, count=len(shares)), rules)


def _declared(answer: Any, group: str, name: str) -> Points:
    """Points of a level that the entry declares: 5 is always best, for effort too (5: some hours' work)."""
    level = getattr(answer, "level", answer)
    if not given(level):
        return _unknown("unknown", group, name)
    because = getattr(answer, "because", None)
    if not given(because):
        return _at(int(level), "declared", _said("known", group, name, int(level)))
    return _at(int(level), "declared", _said("declared", group, name, int(level), because=str(because)))


def _demand(entry: Entry) -> Points:
    answer = getattr(entry.value, "demand", None)
    requests = getattr(entry.value, "requests_last_year", None)
    if given(getattr(answer, "level", answer)) or not given(requests):
        return _declared(answer, "value", "demand")
    assert requests is not None
    level = criteria.load().level("requests", int(requests))
    return _at(level, "declared", _said("requests", "value", "demand", level, count=int(requests)))


def _known(level: int, name: str) -> Points:
    return _at(level, "declared", _said("known", "readiness", name, level))


def _licence(entry: Entry) -> Points:
    if not given(entry.licence):
        return _unknown("unknown", "readiness", "licence")
    code = "-".join(str(entry.licence).lower().replace("_", "-").split())
    levels = (level for words, level in criteria.load().licences if any(word in code for word in words))
    return _known(next(levels, 2), "licence")  # a licence that is not in the list: terms that everyone must interpret


def _owner(entry: Entry) -> Points:
    found = [given(getattr(entry.owner, name, None)) for name in ("role", "mailbox")]
    return _known(5 if all(found) else 3, "owner") if any(found) else _unknown("unknown", "readiness", "owner")


def missing_metadata(entry: Entry) -> list[str]:
    """Names of the catalogue fields that the data portal needs and the entry does not give."""
    return [name for name in METADATA if not given(getattr(entry, name, None))]


def _metadata(entry: Entry) -> Points:
    share = 1 - len(missing_metadata(entry)) / len(METADATA)
    return _known(criteria.load().level("metadata", share), "metadata")


def _conformity(share: float | None) -> Points:
    if share is None:
        return _unknown("not_checked", "readiness", "conformity")
    level = criteria.load().level("conformity", share)
    return _at(level, "finding", _said("known", "readiness", "conformity", level))


def _readiness(entry: Entry, findings: Sequence[Finding], conformity: float | None, name: str) -> Points:
    if entry.source is None:
        return _unknown("idea", "readiness", name)
    if name in DIMENSIONS:
        return _dimension(findings, name)
    if name == "conformity":
        return _conformity(conformity)
    return {"licence": _licence, "owner": _owner, "metadata": _metadata}[name](entry)


def _points(entry: Entry, findings: Sequence[Finding], conformity: float | None, group: str, name: str) -> Points:
    if group == "readiness":
        return _readiness(entry, findings, conformity, name)
    if group == "effort":
        return _declared(entry.effort, group, name)
    return _demand(entry) if name == "demand" else _declared(getattr(entry.value, name, None), group, name)


def summed(card: Scorecard, found: list[Criterion]) -> Scorecard:
    """The scorecard with these criteria, and the sums 0-100 that follow from them."""
    whole = sum(one.weight for one in found) * MOST
    low, high = (sum(one.weight * end for one, end in ends) / whole * 100 for ends in (
        [(one, one.low) for one in found], [(one, one.high) for one in found],
    ))  # fmt: skip
    return replace(card, criteria=found, low=round(low, 6), high=round(high, 6))


def score(entry: Entry, gate: Gate | None, findings: list[Finding], *, conformity: float | None) -> Scorecard:
    """The scorecard of one candidate. ``conformity``: share 0-1 of the mandatory columns, None where not known.

    An idea (no source) has a readiness that is unknown throughout. A criterion that does not exist for the dataset's
    type (``not_for`` in scoring.yaml) is left out and its weight shared within its group. Without a gate the verdict
    is granska. ``ConfigurationError`` where scoring.yaml is not right.
    """
    model = criteria.load()
    found = []
    for group in model.groups:
        for name, weight in model.applicable(group, entry.type).items():
            low, high, source, message, rules = _points(entry, findings, conformity, group, name)
            found.append(Criterion(f"{group}_{name}", group, weight, low, high, source, message, rules))
    verdict = gate.verdict if gate is not None else "granska"
    return summed(Scorecard(entry.id, verdict, entry.stage, [], 0.0, 100.0), found)


def rescored(card: Scorecard, findings: Sequence[Finding], declared: Iterable[str] = ()) -> Scorecard:
    """The scorecard as it would be with other findings, and with the criteria ``declared`` (ids) answered at best."""
    answered = set(declared)

    def changed(one: Criterion) -> Criterion:
        name = one.id.removeprefix(f"{one.group}_")
        if one.id in answered:
            level = int(MOST)
            return replace(one, low=MOST, high=MOST, source="declared", message=_said("known", one.group, name, level))
        if one.group != "readiness" or name not in DIMENSIONS:
            return one
        low, high, source, message, rules = _dimension(findings, name)
        return replace(one, low=low, high=high, source=source, message=message, findings=rules)

    return summed(card, [changed(one) for one in card.criteria])
