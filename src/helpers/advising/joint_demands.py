"""The demands of several datasets put together by system and supplier: the same system in several
organisations is one demand, with what shows it beside each dataset. Nobody is ranked: systems
stand by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from helpers.advising import procurement
from helpers.advising.naming import alphabet
from helpers.advising.procurement import Demand, Evidence
from helpers.words.folding import fold
from helpers.words.messages import LANGUAGES, listed

Both = dict[str, str]


@dataclass(frozen=True)
class Case:
    """One dataset: whose it is, what it is called, where it comes from, and what it demands.
    ``demands``: of ``datakollen/results/2``; None where the results are of a version that did not
    say."""

    organisation: str  # id
    label: Both
    title: Both
    type: str
    system: str | None
    supplier: str | None
    demands: list[dict[str, Any]] | None

    @property
    def called(self) -> Both:
        """The dataset with its organisation."""
        return {one: f"{self.title[one]} ({self.label[one]})" for one in LANGUAGES}


@dataclass(frozen=True)
class Shown:
    """One thing that shows a demand, and the datasets that it is found in."""

    said: Both
    cases: list[Case]


@dataclass(frozen=True)
class Wanted:
    """One demand on one system."""

    demand: Demand
    shown: list[Shown]
    cases: list[Case]

    @property
    def organisations(self) -> int:
        """How many organisations it concerns."""
        return len({case.organisation for case in self.cases})


@dataclass(frozen=True)
class System:
    """One system, or None for the datasets whose system nobody has named. ``name`` and
    ``suppliers`` are as the entries spell them."""

    name: str | None
    suppliers: list[str]
    cases: list[Case]
    wanted: list[Wanted]

    @property
    def labels(self) -> list[Both]:
        """Whose datasets come out of it, from A to Ö."""
        found = {case.organisation: case.label for case in self.cases}
        return sorted(found.values(), key=lambda label: alphabet(label["sv"]))


@dataclass(frozen=True)
class Joint:
    """``systems`` by name, the unnamed last. ``untold``: datasets whose results do not say what
    they demand. ``suppliers``: those who have several systems that demand something, with these."""

    systems: list[System]
    untold: list[Case]
    suppliers: dict[str, list[str]]


def _wanted(cases: list[Case]) -> list[Wanted]:
    """The demands that the cases give, in the order of the reference file."""
    wanted = []
    for demand in procurement.every():
        shown: dict[str, Shown] = {}
        having = []
        for case in cases:
            given = [one for one in case.demands or () if one["id"] == demand.id]
            if not given or demand.when == "always":
                continue
            having.append(case)
            evidence = [Evidence(**one) for said in given for one in said["evidence"]]
            for said in {one["sv"]: one for one in _said(evidence, case.type)}.values():
                shown.setdefault(said["sv"], Shown(said, [])).cases.append(case)
        if having:
            wanted.append(Wanted(demand, list(shown.values()), having))
    return wanted


def _said(evidence: list[Evidence], type: str) -> list[Both]:
    return [one.said(type) for one in evidence] or [Evidence("", "").said(type)]


def _spelled(names: Iterable[str | None]) -> list[str]:
    """Each name once, whatever its case and signs, under the first of its spellings."""
    found: dict[str, str] = {}
    for name in sorted(name for name in names if name and fold(name)):
        found.setdefault(fold(name), name)
    return sorted(found.values(), key=alphabet)


def joint(cases: Iterable[Case]) -> Joint:
    """The cases by system; see ``Joint``. The order that they come in changes nothing."""
    some = sorted(cases, key=lambda case: (alphabet(case.called["sv"]), case.organisation))
    groups: dict[str, list[Case]] = {}
    for case in some:
        groups.setdefault(fold(case.system or ""), []).append(case)
    systems = [
        System(
            next(iter(_spelled(case.system for case in group)), None),
            _spelled(case.supplier for case in group),
            group,
            _wanted(group),
        )
        for group in groups.values()
    ]
    systems.sort(key=lambda system: (system.name is None, alphabet(system.name or "")))
    several: dict[str, list[str]] = {}
    for name in _spelled(supplier for system in systems for supplier in system.suppliers):
        theirs = [
            system.name
            for system in systems
            if system.name
            and system.wanted
            and fold(name) in {fold(one) for one in system.suppliers}
        ]
        if len(theirs) > 1:
            several[name] = theirs
    return Joint(systems, [case for case in some if case.demands is None], several)


def called(cases: list[Case], language: str) -> str:
    """The datasets, each with its organisation, in a sentence."""
    return listed(list(dict.fromkeys(case.called[language] for case in cases)), language)
