"""Reading: a source file to a snapshot. Repairs only form, tells every repair, and drops no row in
silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers.reading.snapshot import Snapshot
from helpers.words.errors import InputRefused

__all__ = ["Snapshot", "read"]


def read(
    path: Path,
    folder: Path,
    *,
    type: str | None = None,
    hints: dict[str, Any] | None = None,
    area: str | None = None,
    outlines: bool = False,
) -> Snapshot:
    """Read ``path`` into ``folder`` (Parquet and ``snapshot.json``).

    ``type`` is the dataset's type, where declared; ``hints`` what reading should not guess (format,
    encoding, delimiter, header_row, sheet, records, crs); ``area`` the organisation's municipality
    or county code; ``outlines`` keeps the whole shapes of a map too (module ``outlines``).
    Raises ``InputRefused`` with place and reason.
    """
    from helpers.declared.hints import accepted  # only where it is asked for
    from helpers.reading import sources  # DuckDB: 0.1 s

    folder.mkdir(parents=True, exist_ok=True)
    given = {
        key: value
        for key, value in (hints or {}).items()
        if value is not None and value != "unknown"
    }
    given = accepted(given, path.name)
    try:
        snapshot = sources.read(path, folder, type=type, hints=given, area=area, outlines=outlines)
    except InputRefused as error:
        error.values.setdefault("file", path.name)  # where it was found nobody knew the file's name
        raise
    snapshot.save()
    return snapshot
