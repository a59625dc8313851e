"""Checking: a dataset against the quality suite of its type. Never changes data."""

from __future__ import annotations

from typing import Any

from helpers.checking.findings import Finding

__all__ = ["Finding", "check"]


def check(*args: Any, **kwargs: Any) -> list[Finding]:
    """See ``helpers.checking.running.check``; imported when first called."""
    from helpers.checking.running import check as run  # DuckDB: 0.1 s

    return run(*args, **kwargs)
