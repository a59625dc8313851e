"""Score one candidate: fixed anchors 0-5 for each criterion, from findings and declared answers;
never from the data.

A weighted sum on 0-100. What is unknown is the range 0-5, so a scorecard has a low and a high end.
Each rule has one vote in its dimension, however many columns and rows it looks at; information and
special rules have none. A rule that broke counts from worst to best.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from helpers.checking.findings import DIMENSIONS, Finding
from helpers.scoring import criteria, demand, effort
from helpers.scoring.effort import METADATA, given, has_vote, missing_metadata
from helpers.scoring.scorecards import Criterion, Scorecard
from helpers.scoring.weights import Weights, common, effective
from helpers.words.messages import LANGUAGES, span, text

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry
    from helpers.screening.marks import Gate

MOST = 5.0
CHECKED = ("passed", "failed", "error")

Said = Callable[[], dict[str, str]]  # a message is written only where it is shown
# low, high, source, message, ids of the rules
Points = tuple[float, float, str, Said, list[str]]


def _write(
    key: str, group: str, name: str, level: int | None = None, **values: Any
) -> dict[str, str]:
    """The message of a criterion; a value that is itself in both languages is put in by
    language."""
    one = criteria.load().groups[group][name]
    said = {}
    for language in LANGUAGES:
        own = {
            key: value[language] if isinstance(value, dict) else value
            for key, value in values.items()
        }
        anchor = one.anchors[level][language] if level is not None else ""
        said[language] = text(
            f"scoring.{key}", language, name=one.name[language], anchor=anchor, **own
        ).strip()
    return said


def _said(*which: Any, **values: Any) -> Said:
    return partial(_write, *which, **values)


def _unknown(key: str, group: str, name: str, rules: list[str] | None = None) -> Points:
    return 0.0, MOST, "unknown", _said(key, group, name), rules or []


def _at(level: int, source: str, message: Said, rules: list[str] | None = None) -> Points:
    return float(level), float(level), source, message, rules or []


def votes(findings: Iterable[Finding], dimension: str) -> list[Finding]:
    """The dimension's findings of rules that have a vote, sorted by id: critical or warning, not
    special."""
    mine = (one for one in findings if one.dimension == dimension and has_vote(one))
    return sorted(mine, key=lambda one: (one.id, one.table, one.column or ""))


def _levels(mine: Sequence[Finding]) -> tuple[int, int]:
    """Worst and best level of a dimension's findings: the mean of its rules' shares on fixed steps,
    capped where one failed.

    A rule's share is the mean of its columns'; one that broke there is anything from nothing right
    and failed to all right.
    """
    model = criteria.load()
    ends = []
    for broken in (0.0, 1.0):
        shares: dict[str, list[float]] = {}
        caps = [criteria.LEVELS - 1]
        for one in mine:
            share = broken if one.outcome == "error" else one.share
            if share is None:
                continue
            shares.setdefault(one.id, []).append(share)
            if one.outcome == "failed" or one.absent or (one.outcome == "error" and not broken):
                caps.append(model.caps[one.severity])
        mean = sum(sum(each) / len(each) for each in shares.values()) / len(shares)
        ends.append(min(model.level("quality", mean), *caps))
    return ends[0], ends[1]


def _dimension(findings: Iterable[Finding], name: str) -> Points:
    """Points of one quality dimension. Unknown where no rule was checked; a range where one
    broke."""
    mine = [
        one
        for one in votes(findings, name)
        if one.absent or (one.outcome in CHECKED and (one.checked or one.outcome == "error"))
    ]
    rules = list(dict.fromkeys(one.id for one in mine))
    if not any(one.outcome != "error" for one in mine):
        return _unknown("error" if rules else "not_checked", "readiness", name, rules)
    low, high = _levels(mine)
    met = sum(all(one.outcome == "passed" for one in mine if one.id == rule) for rule in rules)
    broken = len({one.id for one in mine if one.outcome == "error"})
    key = "some_broke" if broken else "rules"
    message = _said(key, "readiness", name, high, met=met, count=len(rules), broken=broken)
    return float(low), float(high), "finding", message, rules


def _timeliness(entry: Entry, findings: Iterable[Finding]) -> Points:
    """Freshness is measured against the declared frequency: without one it is unknown, at best what
    the rules say."""
    low, high, source, message, rules = _dimension(findings, "timeliness")
    if given(entry.update_frequency):
        return low, high, source, message, rules
    return 0.0, high, "unknown", _said("no_frequency", "readiness", "timeliness"), rules


def _declared(answer: Any, group: str, name: str) -> Points:
    """Points of a level that the entry declares: 5 is always best, for effort too (5: a day or two
    of work)."""
    level = getattr(answer, "level", answer)
    if not given(level):
        return _unknown("unknown", group, name)
    because = getattr(answer, "because", None)
    if not given(because):
        return _at(int(level), "declared", _said("known", group, name, int(level)))
    return _at(
        int(level), "declared", _said("declared", group, name, int(level), because=str(because))
    )


def _demand(entry: Entry) -> Points:
    """The declared level; else the better of last year's requests and the place on the national
    list; else unknown."""
    answer = getattr(entry.value, "demand", None)
    if given(getattr(answer, "level", answer)):
        return _declared(answer, "value", "demand")
    model, found = criteria.load(), []
    requests = getattr(entry.value, "requests_last_year", None)
    if requests is not None:
        level = model.level("requests", int(requests))
        found.append(
            _at(level, "declared", _said("requests", "value", "demand", level, count=int(requests)))
        )
    place = demand.place(entry)
    if place is not None:
        level = model.level("national_rank", place.rank)
        message = _said("national", "value", "demand", level, rank=place.rank, what=place.name)
        found.append(_at(level, "declared", message))
    return max(found, key=lambda one: one[0]) if found else _unknown("unknown", "value", "demand")


def _effort(entry: Entry, gate: Gate | None, findings: Sequence[Finding]) -> Points:
    """The declared level; else estimated in hours from what is found and what nobody knows; an idea
    is unknown."""
    if given(getattr(entry.effort, "level", entry.effort)) or entry.source is None:
        return _declared(entry.effort, "effort", "work")
    least, most = effort.remaining(entry, gate, findings)
    model = criteria.load()
    low, high = model.level("hours", most), model.level("hours", least)
    told = {language: span(least, most, language) for language in LANGUAGES}
    rules = sorted(
        {one.id for one in findings if has_vote(one) and one.outcome in ("failed", "error")}
    )
    return (
        float(low),
        float(high),
        "estimated",
        _said("estimated", "effort", "work", high, hours=told),
        rules,
    )


def _known(level: int, name: str) -> Points:
    return _at(level, "declared", _said("known", "readiness", name, level))


def _licence(entry: Entry) -> Points:
    if not given(entry.licence):
        return _unknown("unknown", "readiness", "licence")
    code = "-".join(str(entry.licence).lower().replace("_", "-").split())
    levels = (
        level for words, level in criteria.load().licences if any(word in code for word in words)
    )
    return _known(
        next(levels, 2), "licence"
    )  # a licence that is not in the list: terms that everyone must interpret


def _owner(entry: Entry) -> Points:
    found = [given(getattr(entry.owner, name, None)) for name in ("role", "mailbox")]
    return (
        _known(5 if all(found) else 3, "owner")
        if any(found)
        else _unknown("unknown", "readiness", "owner")
    )


def _metadata(entry: Entry) -> Points:
    share = 1 - len(missing_metadata(entry)) / len(METADATA)
    return _known(criteria.load().level("metadata", share), "metadata")


def _conformity(share: float | None, findings: Iterable[Finding]) -> Points:
    if share is None:
        return _unknown("not_checked", "readiness", "conformity")
    level = criteria.load().level("conformity", share)
    rules = sorted({one.id for one in findings if one.id == "mandatory_columns"})
    return _at(level, "finding", _said("known", "readiness", "conformity", level), rules)


def _readiness(
    entry: Entry, findings: Sequence[Finding], conformity: float | None, name: str
) -> Points:
    if entry.source is None:
        return _unknown("idea", "readiness", name)
    if name == "timeliness":
        return _timeliness(entry, findings)
    if name in DIMENSIONS:
        return _dimension(findings, name)
    if name == "conformity":
        return _conformity(conformity, findings)
    return {"metadata": _metadata, "licence": _licence, "owner": _owner}[name](entry)


def summed(card: Scorecard, found: list[Criterion]) -> Scorecard:
    """The scorecard with these criteria, and the sums 0-100 that follow from them."""
    whole = sum(one.weight for one in found) * MOST
    low, high = (
        sum(one.weight * end for one, end in ends) / whole * 100
        for ends in (
            [(one, one.low) for one in found],
            [(one, one.high) for one in found],
        )
    )
    return replace(card, criteria=found, low=round(low, 6), high=round(high, 6))


def points(
    entry: Entry,
    gate: Gate | None,
    findings: Sequence[Finding],
    *,
    conformity: float | None,
    of: Collection[str] | None = None,
) -> dict[str, Points]:
    """Points of every criterion that the dataset's type has (or of those ids alone); weights have
    no say in them."""
    model = criteria.load()
    found: dict[str, Points] = {}
    for group, each in model.groups.items():
        for name in each:
            id = f"{group}_{name}"
            if entry.type in model.not_for.get(name, ()) or (of is not None and id not in of):
                continue
            if group == "readiness":
                found[id] = _readiness(entry, findings, conformity, name)
            elif group == "effort":
                found[id] = _effort(entry, gate, findings)
            elif name == "demand":
                found[id] = _demand(entry)
            else:
                found[id] = _declared(getattr(entry.value, name, None), group, name)
    return found


def score(
    entry: Entry,
    gate: Gate | None,
    findings: Sequence[Finding],
    *,
    conformity: float | None,
    weights: Weights | None = None,
) -> Scorecard:
    """The scorecard of one candidate. ``conformity``: share 0-1 of the mandatory columns, None
    where not known.

    An idea (no source) has a readiness that is unknown throughout. A criterion that does not exist
    for the dataset's type (``not_for`` in scoring.yaml) is left out and its weight shared within
    its group. Without a gate the verdict is granska. ``weights``: the project's own where not
    given. ``ConfigurationError`` where scoring.yaml is not right.
    """
    found = points(entry, gate, findings, conformity=conformity)
    shared = effective((weights or common()).values, found)
    verdict = gate.verdict if gate is not None else "granska"
    scored = [
        Criterion(id, id.split("_", 1)[0], shared[id], low, high, source, message(), rules)
        for id, (low, high, source, message, rules) in found.items()
    ]
    return summed(Scorecard(entry.id, verdict, entry.stage, [], 0.0, 100.0), scored)


def weighed(card: Scorecard, weights: Mapping[str, float]) -> Scorecard:
    """The same points under other weights (by full id, of any sum above 0)."""
    shared = effective(weights, [one.id for one in card.criteria])
    return summed(card, [replace(one, weight=shared[one.id]) for one in card.criteria])
