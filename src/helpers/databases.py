"""How this project opens DuckDB: two threads, bounded memory, no progress bar on somebody's standard output."""

from __future__ import annotations

from pathlib import Path

import duckdb


def connect(
    file: Path | None = None, *, read_only: bool = False, spill: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """A connection in memory, or to ``file``; what does not fit in 2 GB is spilled to ``spill``."""
    config: dict[str, str | bool | int | float | list[str]] = {"threads": 2, "memory_limit": "2GB"}
    if spill:
        config["temp_directory"] = str(spill)
    connection = duckdb.connect(str(file) if file else ":memory:", read_only=read_only, config=config)
    connection.execute("set enable_progress_bar = false")
    return connection
