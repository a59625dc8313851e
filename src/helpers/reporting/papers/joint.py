"""Demands on systems, put together for several datasets: an overview by system, then each demand
with what shows it beside each dataset. A basis to review."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from helpers.advising import joint_demands, naming, procurement
from helpers.advising.joint_demands import Case, Joint, Shown, System
from helpers.advising.naming import alphabet
from helpers.declared import agencies
from helpers.reporting.papers.document import Block, Document, Heading, Items, Table, Text
from helpers.reporting.papers.words import example, footer, organisation, say, titled
from helpers.words.messages import LANGUAGES, listed

if TYPE_CHECKING:
    from helpers.advising.results import Candidate, Region

Called = Callable[[str], dict[str, str]]  # a system's or a supplier's name, as it may be shown


def spelled(name: str) -> dict[str, str]:
    """A name as the entry spells it, without what looks personal."""
    return dict.fromkeys(LANGUAGES, naming.shortened(name))


def _title(system: System, called: Called, language: str) -> str:
    return called(system.name)[language] if system.name else say("joint.unnamed", language)


def _suppliers(system: System, called: Called, language: str) -> str:
    names = [called(name)[language] for name in system.suppliers]
    return listed(names, language) or say("joint.unknown", language)


def _overview(systems: list[System], called: Called, language: str) -> Table:
    columns = ("system", "supplier", "organisations", "datasets", "demands")
    rows = [
        [
            _title(system, called, language),
            _suppliers(system, called, language),
            listed([label[language] for label in system.labels], language),
            str(len(system.cases)),
            ", ".join(wanted.demand.title[language] for wanted in system.wanted)
            or say("joint.none", language),
        ]
        for system in systems
    ]
    head = [say(f"joint.{column}", language) for column in columns]
    return Table(say("joint.overview", language), head, rows, [18, 13, 27, 17, 25], row_heads=True)


def _used(system: System, language: str) -> list[Block]:
    """Who has the system, and its datasets."""
    labels = [label[language] for label in system.labels]
    several = "joint.used_by_several" if len(labels) > 1 else "joint.used_by"
    used = (
        say(several, language, names=listed(labels, language))
        if system.name
        else say("joint.unnamed_how", language)
    )
    datasets = f"{joint_demands.called(system.cases, language)}."
    return [Text(used), Text(datasets, label=f"{say('joint.datasets', language)}:")]


def _found_in(shown: Shown, system: System, language: str) -> str:
    """The datasets that it is found in; where that is all of several, only that."""
    if len(shown.cases) == len(system.cases) > 1:
        return say("joint.in_all", language)
    return f"{joint_demands.called(shown.cases, language)}."


def _system(system: System, called: Called, level: int, language: str) -> list[Block]:
    blocks: list[Block] = [
        Heading(_title(system, called, language), level),
        *_used(system, language),
    ]
    for wanted in system.wanted:
        said = [
            wanted.demand.demand[language],
            say(
                "joint.concerns",
                language,
                datasets=len(wanted.cases),
                organisations=wanted.organisations,
            ),
            wanted.demand.cited(language),
        ]
        blocks += [
            Text(" ".join(said), label=f"{wanted.demand.title[language]}:"),
            Items(
                [
                    (shown.said[language], _found_in(shown, system, language))
                    for shown in wanted.shown
                ]
            ),
        ]
    return blocks


def section(
    joint: Joint, language: str, *, called: Called = spelled, level: int = 3
) -> list[Block]:
    """The overview, what several systems share, and each system with its demands; empty where no
    dataset demands anything and all is told."""
    systems = sorted(
        (system for system in joint.systems if any(case.demands for case in system.cases)),
        key=lambda system: (system.name is None, alphabet(_title(system, called, language))),
    )
    blocks: list[Block] = [_overview(systems, called, language)] if systems else []
    if joint.suppliers:
        blocks.append(
            Items(
                [
                    (
                        "",
                        say(
                            "joint.same_supplier",
                            language,
                            supplier=called(supplier)[language],
                            systems=listed(
                                sorted((called(name)[language] for name in names), key=alphabet),
                                language,
                            ),
                        ),
                    )
                    for supplier, names in joint.suppliers.items()
                ]
            )
        )
    if joint.untold:
        cases = joint_demands.called(joint.untold, language)
        blocks.append(Text(say("joint.untold", language, cases=cases), style="note"))
    for system in systems:
        blocks += _system(system, called, level, language)
    return blocks


def _case(candidate: Candidate, language: str) -> Case:
    entry, system = candidate.entry, candidate.entry.source_system
    return Case(
        entry.organisation,
        {one: organisation(entry, one) for one in LANGUAGES},
        {one: titled(candidate, one) for one in LANGUAGES},
        entry.type,
        str(system.name or "") or None,
        str(system.supplier or "") or None,
        procurement.to_json(candidate),
    )


def document(region: Region, language: str) -> Document:
    """The paper for one region's catalogue: what its systems have to be asked for, whoever's the
    datasets are, and the demands that always stand."""
    joint = joint_demands.joint(_case(candidate, language) for candidate in region.candidates)
    standing = say("procurement.standing", language)
    head = [
        say(f"procurement.{column}", language) for column in ("area", "demand", "because", "review")
    ]
    rows = [
        [
            demand.title[language],
            demand.demand[language],
            f"{demand.because[language]} {demand.cited(language)}",
            "",
        ]
        for demand in procurement.standing()
    ]
    blocks: list[Block] = [
        *example(region.synthetic, language),
        Text(say("procurement.basis", language), style="note"),
        Text(say("joint.how", language)),
        *section(joint, language, level=2),
        Heading(standing),
        Table(standing, head, rows, [16, 36, 32, 16], row_heads=True),
        Heading(say("sources", language)),
        Items([("", agencies.source("procurement").cited(language))]),
    ]
    return Document(
        say("joint.title", language),
        say("procurement.kind", language),
        language,
        footer(region, language),
        region.finished[:10],
        blocks=blocks,
    )
