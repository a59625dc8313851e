"""Points to fix: the positions that rules name, without a value."""

from __future__ import annotations

from typing import Any

from helpers.checking import points_to_fix
from helpers.checking.points_to_fix import PointToFix
from helpers.running.stage import Needed, Stage
from helpers.running.stages.checking import CHECKING
from helpers.running.stages.reading import READING
from helpers.running.stages.screening import SCREENING


def compute(needed: Needed) -> list[dict[str, Any]]:
    """The points to fix as JSON."""
    points = points_to_fix.points_to_fix(needed.tables, needed[SCREENING], needed[CHECKING])
    return [point.to_json() for point in points]


POINTS_TO_FIX = Stage(
    "points_to_fix",
    compute,
    needs=(READING, SCREENING, CHECKING),
    from_json=lambda plain: [PointToFix(**point) for point in plain],
)
