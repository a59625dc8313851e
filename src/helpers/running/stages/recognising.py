"""Recognising: which dataset type and variant a source is, and which column is which field."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from helpers.declared import specifications
from helpers.profiling import by_values
from helpers.reading.snapshot import Snapshot
from helpers.running.stage import Needed, Stage
from helpers.running.stages.reading import READING


@dataclass(frozen=True)
class Recognised:
    """``confidence`` 0-1, 1 where the type is declared. ``fields``: field of the specification ->
    header of the main table."""

    type: str
    confidence: float
    variant: str | None = None
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def specification(self) -> specifications.Specification | None:
        """The specification of the type and variant; None where the type has none."""
        return (
            specifications.load(self.type, self.variant)
            if self.type in specifications.types()
            else None
        )


def compute(needed: Needed) -> dict[str, Any]:
    """The fields of ``Recognised``."""
    snapshot: Snapshot = needed[READING]
    names = [column.name for column in snapshot.main.columns]
    type, confidence = needed.given["type"], 1.0
    if not type:
        type, confidence = specifications.recognise(
            names, geometry=snapshot.placed, format=snapshot.format
        )
    found: dict[str, str] = {}
    if specifications.nameless(names) and needed.given["type"] in (None, by_values.TYPE):
        found = by_values.fields(needed.tables)
        if found and not needed.given["type"]:
            type, confidence = by_values.TYPE, by_values.CONFIDENCE
    variant = needed.given["variant"] or specifications.variant_of(
        type, names, file=snapshot.source, format=snapshot.format
    )
    recognised = Recognised(type, confidence, variant)
    specification = recognised.specification
    if specification is None:
        return asdict(recognised)
    fields = found or specifications.match(names, specification)
    return asdict(Recognised(type, confidence, variant, fields))


RECOGNISING = Stage(
    "recognising",
    compute,
    needs=(READING,),
    given=lambda opened: {"type": opened.declared_type, "variant": opened.declared_variant},
    from_json=lambda plain: Recognised(**plain),
)
