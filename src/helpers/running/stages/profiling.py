"""Profiling: what each column holds, without a value of a marked one."""

from __future__ import annotations

from typing import Any

from helpers.profiling.profile import profile
from helpers.running.stage import Needed, Stage
from helpers.running.stages.reading import READING
from helpers.running.stages.screening import SCREENING


def compute(needed: Needed) -> dict[str, Any]:
    """The profile of every table, as ``profiling.profile`` gives it."""
    return profile(needed.tables, needed[SCREENING])


PROFILING = Stage("profile", compute, needs=(READING, SCREENING))
