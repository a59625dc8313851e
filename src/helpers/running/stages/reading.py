"""Reading: the source file to a snapshot. What is kept is how it was read; the tables lie on disk
while somebody holds them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers import reading
from helpers.running.stage import Needed, Stage


def _given(opened: Any) -> dict[str, Any]:
    return {
        "source": opened.source.checksums(),
        "file": opened.file.name,
        "type": opened.declared_type,
        "hints": opened.hints,
        "area": opened.area,
    }


def read(file: Any, folder: Any, given: dict[str, Any]) -> reading.Snapshot:
    """The snapshot of ``file`` in ``folder``, by what the stage is given. ``InputRefused`` with
    place and reason."""
    return reading.read(
        file, folder, type=given["type"], hints=given["hints"] or None, area=given["area"]
    )


def outlines(file: Path, folder: Path, given: dict[str, Any]) -> tuple[reading.Snapshot, Path]:
    """``read`` of a map once more, and the file with its whole shapes."""
    from helpers.reading.outlines import FILE  # Arrow: 0.1 s

    snapshot = reading.read(
        file,
        folder,
        type=given["type"],
        hints=given["hints"] or None,
        area=given["area"],
        outlines=True,
    )
    return snapshot, folder / FILE


def compute(needed: Needed) -> dict[str, Any]:
    """How the source was read: the snapshot as JSON, without its tables."""
    return needed.tables.to_json()


READING = Stage("reading", compute, given=_given)
