"""Facts: what a candidate is compared with the others by, keyed by the installation's secret as
deliveries are."""

from __future__ import annotations

from typing import Any

from helpers.advising.across import facts
from helpers.running.stage import Needed, Stage
from helpers.running.stages.reading import READING
from helpers.running.stages.recognising import RECOGNISING
from helpers.running.stages.screening import SCREENING

COMPARED = facts.SUPPLIERS | facts.OBJECTS


def compute(needed: Needed) -> dict[str, Any]:
    """What is compared, as ``facts.facts`` gives it; names and ids keyed by the secret."""
    known = needed[RECOGNISING]
    return facts.facts(
        needed.tables, known.fields, needed[SCREENING], known.type, needed.given["secret"]
    )


FACTS = Stage(
    "facts",
    compute,
    needs=(READING, RECOGNISING, SCREENING),
    given=lambda opened: {"secret": opened.secret},
)
