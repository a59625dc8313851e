"""Relating: what columns and rows have to do with each other, without a value of a marked one."""

from __future__ import annotations

from typing import Any

from helpers.running.stage import Needed, Stage
from helpers.running.stages.profiling import PROFILING
from helpers.running.stages.reading import READING
from helpers.running.stages.screening import SCREENING


def compute(needed: Needed) -> dict[str, Any]:
    """The relations of the main table, as ``relations.making`` gives them."""
    from helpers.profiling.relations.making import relations  # numpy: 0.2 s

    return relations(needed.tables, needed[SCREENING], needed[PROFILING])


RELATING = Stage("relations", compute, needs=(READING, SCREENING, PROFILING))
