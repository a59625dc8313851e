"""Points to fix: the positions that rules name, without a value."""

from __future__ import annotations

from typing import Any

from helpers.checking import points_to_fix
from helpers.running.stage import Needed, Stage
from helpers.running.stages.checking import CHECKING
from helpers.running.stages.reading import READING
from helpers.running.stages.screening import SCREENING


def compute(needed: Needed) -> dict[str, Any]:
    """What is said of the points to fix; they lie beside."""
    return points_to_fix.keep(
        needed.tables,
        needed[SCREENING],
        needed[CHECKING],
        needed.beside,
        needed.beside_of(CHECKING),
    )


POINTS_TO_FIX = Stage("points_to_fix", compute, needs=(READING, SCREENING, CHECKING), beside=True)
