"""Picturing: what a picture of each column shows, without a value of a marked one."""

from __future__ import annotations

from typing import Any

from helpers.profiling.pictures.making import pictures
from helpers.running.stage import Needed, Stage
from helpers.running.stages.profiling import PROFILING
from helpers.running.stages.reading import READING
from helpers.running.stages.screening import SCREENING


def compute(needed: Needed) -> dict[str, Any]:
    """The pictures of every table, as ``pictures.making`` gives them."""
    return pictures(needed.tables, needed[SCREENING], needed[PROFILING])


PICTURING = Stage("pictures", compute, needs=(READING, SCREENING, PROFILING))
