"""The publisher: the organisation that the entry names; of a file without an entry, the one that
all its rows name."""

from __future__ import annotations

from typing import Any

from helpers.declared.organisations import Organisation
from helpers.profiling.publisher import publisher
from helpers.running.stage import Needed, Stage
from helpers.running.stages.reading import READING
from helpers.running.stages.recognising import RECOGNISING


def _given(opened: Any) -> dict[str, Any]:
    known = opened.organisation
    return {
        "declared": opened.declares_organisation,
        "organisation": known.model_dump(mode="json") if known else None,
    }


def compute(needed: Needed) -> dict[str, Any] | None:
    """The organisation as JSON; None where none is known."""
    if needed.given["declared"]:
        return needed.given["organisation"]
    organisation = publisher(needed.tables, needed[RECOGNISING].fields)
    return organisation.model_dump(mode="json") if organisation else None


PUBLISHER = Stage(
    "publisher",
    compute,
    needs=(READING, RECOGNISING),
    given=_given,
    from_json=lambda plain: Organisation(**plain) if plain else None,
)
