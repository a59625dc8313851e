"""Masking: a proposed version of a dataset with less personal data. Pseudonymised, not anonymous;
the source stays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.declared.specifications import Specification
    from helpers.reading.snapshot import Snapshot
    from helpers.screening.masking.writing import Masked

__all__ = ["mask"]


def mask(
    snapshot: Snapshot,
    fields: dict[str, str],
    specification: Specification | None,
    type: str,
    output: Path,
    **more: Any,
) -> Masked:
    """See ``writing.mask``; imported when first used."""
    from helpers.screening.masking import writing  # 0.4 s

    return writing.mask(snapshot, fields, specification, type, output, **more)
