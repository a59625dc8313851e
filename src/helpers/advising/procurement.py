"""Demands on the system that holds a dataset: those that always stand, and those that its lock-in
gives. Never contract text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from helpers.advising import publishing_steps
from helpers.declared import files
from helpers.declared.files import Declared, Filled, Listed, Said
from helpers.words.files.ours import File, remembered

if TYPE_CHECKING:
    from helpers.advising.results import Candidate

REFERENCE = File("data/reference/procurement.yaml")


class Demand(Declared):
    """One demand with its reason. ``when``: always, or the lock-in that gives it."""

    id: Filled
    when: Literal[
        "always",
        "supplier_owns_data",
        "supplier_owns_data_unknown",
        "no_export",
        "export_unknown",
        "closed_format",
    ]
    title: Said
    demand: Said
    because: Said


class Demands(Declared):
    """The whole file."""

    demands: Listed[Demand]


@remembered
def every() -> tuple[Demand, ...]:
    """All demands of the reference file, in its order."""
    return files.read(REFERENCE.path, Demands, files.once("demands")).demands


def locks(candidate: Candidate) -> list[str]:
    """What locks a dataset in: declared of its system, not answered, or seen in its file."""
    system = candidate.entry.source_system
    answers = {
        "supplier_owns_data": system.supplier_owns_data == "yes",
        "supplier_owns_data_unknown": system.supplier_owns_data == "unknown",
        "no_export": system.export == "no",
        "export_unknown": system.export == "unknown",
        "closed_format": publishing_steps.closed_format(candidate),
    }
    return [name for name, applies in answers.items() if applies]


def demands(candidate: Candidate) -> tuple[list[Demand], list[Demand]]:
    """Standing demands, and those that this dataset's lock-in gives."""
    locked = locks(candidate)
    return [demand for demand in every() if demand.when == "always"], [
        demand for demand in every() if demand.when in locked
    ]
