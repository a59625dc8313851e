"""Write what a run found as pages and as JSON; computes nothing. Each part is imported when first
used."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_PARTS = {
    "write_candidates": "pages",
    "write_region": "pages",
    "results_json": "results",
    "notebook_page": "notebook",
}
__all__ = ["notebook_page", "results_json", "write_candidates", "write_region"]


def __getattr__(name: str) -> Any:
    if name not in _PARTS:
        raise AttributeError(f"module 'helpers.reporting' has no attribute {name!r}")
    return getattr(import_module(f"helpers.reporting.{_PARTS[name]}"), name)
