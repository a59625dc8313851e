"""Score one candidate: fixed anchors 0-5 for each criterion, from findings and declared answers;
never from the data.

A weighted sum on 0-100. What is unknown is the range 0-5, so a scorecard has a low and a high end.
Each rule has one vote in its dimension, however many columns and rows it looks at; information and
special rules have none. A rule that broke, or that a missing column keeps from being asked, counts
from worst to best; what a missing column is itself counts once, in conformity.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from helpers.checking.findings import CONFORMITY, DIMENSIONS, Finding
from helpers.declared import specifications
from helpers.metadata.completeness import METADATA, given
from helpers.scoring import criteria, demand, effort, placing, sentences
from helpers.scoring.effort import has_vote, missing_metadata
from helpers.scoring.scorecards import Scorecard, ScoredCriterion
from helpers.scoring.weights import Weights, common, effective
from helpers.words.messages import LANGUAGES, percent, span, text

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry
    from helpers.screening.marks import Gate

MOST = 5.0
CHECKED = ("passed", "failed", "error")

Message = Callable[[], dict[str, str]]  # a message is written only where it is shown
# low, high, source, message, ids of the rules
Points = tuple[float, float, str, Message, list[str]]


def _write(
    key: str, group: str, name: str, level: int | None = None, **values: Any
) -> dict[str, str]:
    """The message of a criterion; a value that is itself in both languages is put in by
    language."""
    criterion = criteria.load().groups[group][name]
    message = {}
    for language in LANGUAGES:
        translated = {
            key: value[language] if isinstance(value, dict) else value
            for key, value in values.items()
        }
        anchor = criterion.anchors[level][language] if level is not None else ""
        message[language] = text(
            f"scoring.{key}", language, name=criterion.name[language], anchor=anchor, **translated
        ).strip()
    return message


def _message(*which: Any, **values: Any) -> Message:
    return partial(_write, *which, **values)


def _found(name: str, findings: Sequence[Finding], key: str = "found") -> Message:
    """The message of a criterion that findings bear, made of what they count."""
    return lambda: _write(key, "readiness", name, said=sentences.sentences_of(findings))


def _unknown(key: str, group: str, name: str, rules: list[str] | None = None) -> Points:
    return 0.0, MOST, "unknown", _message(key, group, name), rules or []


def _at(level: int, source: str, message: Message, rules: list[str] | None = None) -> Points:
    return float(level), float(level), source, message, rules or []


def votes(findings: Iterable[Finding], dimension: str) -> list[Finding]:
    """The dimension's findings of rules that have a vote, sorted by id: critical or warning, not
    special."""
    voting = (
        finding for finding in findings if finding.dimension == dimension and has_vote(finding)
    )
    return sorted(voting, key=lambda finding: (finding.id, finding.table, finding.column or ""))


def _levels(findings: Sequence[Finding], steps: str) -> tuple[int, int]:
    """Worst and best level of findings: the mean of their rules' shares on fixed steps, capped
    where one failed.

    A rule's share is the mean of its columns'; one that broke there, or could not be asked as a
    mandatory column is absent, is anything from nothing right and failed to all right.
    """
    model = criteria.load()
    ends = []
    for unknown in (0.0, 1.0):
        shares: dict[str, list[float]] = {}
        caps = [criteria.LEVELS - 1]
        for finding in findings:
            share = finding.share
            if share is None:
                share = unknown
            shares.setdefault(finding.id, []).append(share)
            if finding.outcome == "failed" or (finding.share is None and not unknown):
                caps.append(model.caps[finding.severity])
        means = [sum(of_columns) / len(of_columns) for of_columns in shares.values()]
        ends.append(min(model.level(steps, sum(means) / len(means)), *caps))
    return ends[0], ends[1]


def _counted(findings: Iterable[Finding], name: str) -> list[Finding]:
    """What has a say in one dimension: what was checked, what broke, what an absent column keeps
    from being asked."""
    return [
        finding
        for finding in votes(findings, name)
        if finding.absent
        or (finding.outcome in CHECKED and (finding.checked or finding.outcome == "error"))
    ]


def _dimension(findings: Iterable[Finding], name: str, *, held: bool = True) -> Points:
    """Points of one quality dimension. Unknown where no rule was checked; a range where one broke
    or an absent column kept it from being asked; at worst nothing where neither the dataset's type
    nor a schema of its own has rules that it is ``held`` to."""
    counted = _counted(findings, name)
    rules = list(dict.fromkeys(finding.id for finding in counted))
    if all(finding.share is None for finding in counted):
        absent = any(finding.absent for finding in counted)
        key = "absent" if absent else "error" if rules else "not_checked"
        return _unknown(key, "readiness", name, rules)
    low, high = _levels(counted, "quality")
    if not held and not any(finding.of_schema for finding in counted):
        return 0.0, float(high), "unknown", _found(name, counted, "common_only"), rules
    return float(low), float(high), "finding", _found(name, counted), rules


def _timeliness(entry: Entry, findings: Iterable[Finding], *, held: bool) -> Points:
    """Freshness is measured against the declared frequency: without one it is unknown, at best what
    the rules say."""
    low, high, source, message, rules = _dimension(findings, "timeliness", held=held)
    if given(entry.update_frequency) or not high:
        return low, high, source, message, rules
    counted = _counted(findings, "timeliness")
    if source == "unknown" and not rules:
        return 0.0, high, source, _message("no_frequency", "readiness", "timeliness"), rules
    return 0.0, high, "unknown", _found("timeliness", counted, "no_frequency_but"), rules


def _declared(answer: Any, group: str, name: str) -> Points:
    """Points of a level that the entry declares: 5 is always best, for effort too (5: a day or two
    of work)."""
    level = getattr(answer, "level", answer)
    if not given(level):
        return _unknown("unknown", group, name)
    because = getattr(answer, "because", None)
    if not given(because):
        return _at(int(level), "declared", _message("known", group, name, int(level)))
    return _at(
        int(level), "declared", _message("declared", group, name, int(level), because=str(because))
    )


def _demand(entry: Entry) -> Points:
    """The declared level; else the better of last year's requests and the place on the national
    list; else unknown."""
    answer = getattr(entry.value, "demand", None)
    if given(getattr(answer, "level", answer)):
        return _declared(answer, "value", "demand")
    model, known = criteria.load(), []
    requests = getattr(entry.value, "requests_last_year", None)
    if requests is not None:
        level = model.level("requests", int(requests))
        message = _message("requests", "value", "demand", count=int(requests))
        known.append(_at(level, "declared", message))
    place = demand.place(entry)
    if place is not None:
        level = model.level("national_rank", place.rank)
        message = _message("national", "value", "demand", rank=place.rank, what=place.name)
        known.append(_at(level, "declared", message))
    if not known:
        return _unknown("unknown", "value", "demand")
    return max(known, key=lambda option: option[0])


def _effort(entry: Entry, gate: Gate | None, findings: Sequence[Finding]) -> Points:
    """The declared level; else estimated in hours from what is found and what nobody knows; an idea
    is unknown."""
    if given(getattr(entry.effort, "level", entry.effort)) or entry.source is None:
        return _declared(entry.effort, "effort", "work")
    least, most = effort.remaining(entry, gate, findings)
    model = criteria.load()
    low, high = model.level("hours", most), model.level("hours", least)
    spans = {language: span(least, most, language) for language in LANGUAGES}
    rules = sorted(
        {
            finding.id
            for finding in findings
            if has_vote(finding) and finding.outcome in ("failed", "error")
        }
    )
    return (
        float(low),
        float(high),
        "estimated",
        _message(
            f"estimated{'' if effort.asked(entry) else '_at_worst'}", "effort", "work", hours=spans
        ),
        rules,
    )


def _known(level: int, name: str) -> Points:
    return _at(level, "declared", _message("known", "readiness", name, level))


def _licence(entry: Entry) -> Points:
    if not given(entry.licence):
        return _unknown("unknown", "readiness", "licence")
    code = "-".join(str(entry.licence).lower().replace("_", "-").split())
    levels = (
        level for words, level in criteria.load().licences if any(word in code for word in words)
    )
    # 2: a licence that is not in the list, terms that everyone must interpret
    return _known(next(levels, 2), "licence")


def _owner(entry: Entry) -> Points:
    answered = [given(getattr(entry.owner, name, None)) for name in ("role", "mailbox")]
    if not any(answered):
        return _unknown("unknown", "readiness", "owner")
    return _known(5 if all(answered) else 3, "owner")


def _metadata(entry: Entry) -> Points:
    share = 1 - len(missing_metadata(entry)) / len(METADATA)
    return _known(criteria.load().level("metadata", share), "metadata")


def _share_there(share: float) -> dict[str, str]:
    return {
        language: text("scoring.columns", language, share=percent(share, language))
        for language in LANGUAGES
    }


def _conformity(share: float | None, findings: Iterable[Finding]) -> Points:
    """What the specification requires and the source has: by the share of its mandatory columns,
    of a feed by what its rules say of files and fields."""
    counted = _counted(findings, CONFORMITY)
    rules = list(dict.fromkeys(finding.id for finding in counted))
    if share is not None:
        level = criteria.load().level("conformity", share)
        columns = [finding.message for finding in counted if finding.message]
        said = columns[0] if columns else _share_there(share)
        message = _message("found", "readiness", CONFORMITY, said=said)
        return _at(level, "finding", message, rules)
    if all(finding.share is None for finding in counted):
        return _unknown("error" if rules else "not_checked", "readiness", CONFORMITY, rules)
    low, high = _levels(counted, "conformity")
    return float(low), float(high), "finding", _found(CONFORMITY, counted), rules


def _readiness(
    entry: Entry, findings: Sequence[Finding], conformity: float | None, name: str
) -> Points:
    if entry.source is None:
        return _unknown("idea", "readiness", name)
    held = entry.type in specifications.types()
    if name == "timeliness":
        return _timeliness(entry, findings, held=held)
    if name in DIMENSIONS:
        return _dimension(findings, name, held=held)
    if name == "conformity":
        return _conformity(conformity, findings)
    return {"metadata": _metadata, "licence": _licence, "owner": _owner}[name](entry)


def summed(card: Scorecard, scored: list[ScoredCriterion]) -> Scorecard:
    """The scorecard with these criteria, and the sums 0-100 that follow from them."""
    whole = sum(criterion.weight for criterion in scored) * MOST
    low, high = (
        sum(criterion.weight * end for criterion, end in ends) / whole * 100
        for ends in (
            [(criterion, criterion.low) for criterion in scored],
            [(criterion, criterion.high) for criterion in scored],
        )
    )
    return replace(card, criteria=scored, low=round(low, 6), high=round(high, 6))


def points(
    entry: Entry,
    gate: Gate | None,
    findings: Sequence[Finding],
    *,
    conformity: float | None,
    of: Collection[str] | None = None,
) -> dict[str, Points]:
    """Points (0-5) of every criterion that the dataset's type has (or of those ids alone), by id;
    weights have no say in them."""
    model = criteria.load()
    scored: dict[str, Points] = {}
    for group, names in model.groups.items():
        for name in names:
            id = f"{group}_{name}"
            if entry.type in model.not_for.get(name, ()) or (of is not None and id not in of):
                continue
            if group == "readiness":
                scored[id] = _readiness(entry, findings, conformity, name)
            elif group == "effort":
                scored[id] = _effort(entry, gate, findings)
            elif name == "demand":
                scored[id] = _demand(entry)
            else:
                scored[id] = _declared(getattr(entry.value, name, None), group, name)
    return scored


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
    by_criterion = points(entry, gate, findings, conformity=conformity)
    shared = effective((weights or common()).values, by_criterion)
    verdict = gate.verdict if gate is not None else "granska"
    scored = [
        ScoredCriterion(id, id.split("_", 1)[0], shared[id], low, high, source, message(), rules)
        for id, (low, high, source, message, rules) in by_criterion.items()
    ]
    lacks = placing.lacks(entry, findings)
    return summed(Scorecard(entry.id, verdict, entry.stage, [], 0.0, 100.0, lacks), scored)


def weighed(card: Scorecard, weights: Mapping[str, float]) -> Scorecard:
    """The same points under other weights (by full id, of any sum above 0)."""
    shared = effective(weights, [criterion.id for criterion in card.criteria])
    return summed(
        card, [replace(criterion, weight=shared[criterion.id]) for criterion in card.criteria]
    )
