"""A whole report of candidates made for a test, as a run writes it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from helpers import reporting
from helpers.advising.nights import Night
from helpers.advising.results import Region


def write_report(region: Region, folder: Path, language: str, nights: Sequence[Night] = ()) -> Path:
    """The pages of candidates and those about all of them; returns the path of ``index.html``."""
    written = reporting.write_candidates(region, folder, language, None, with_history=bool(nights))
    return reporting.write_region(written, folder, language, nights)
