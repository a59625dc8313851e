"""Datakollen: which dataset to publish first, and what is wrong with it, answered from the data
themselves.

The verbs are the architecture; the same word names the module, the command and the key in the
results: catalogue, reading, screening, profiling, checking, scoring, ranking, reporting.
``running`` puts them in order. Notebooks use eight names of this package: ``parameters``,
``open_candidate``, ``open_region``, ``open_together``, ``show``, ``suggest_rules``, ``webinar`` and
``weigh``. What is opened can
be worked on: ``helpers.open_candidate("my-id").frame()`` is a table in pandas.
"""

from importlib import import_module
from typing import Any

__version__ = "0.2.0"

_LAZY = {
    "open_candidate": ("helpers.running.opening", "open_candidate"),
    "open_together": ("helpers.running.merging_opened", "open_together"),
    "open_region": ("helpers.running.region", "open_region"),
    "parameters": ("helpers.reporting.contracts", "parameters"),
    "show": ("helpers.reporting.show", None),
    "suggest_rules": ("helpers.running.suggesting", "suggest_rules"),
    "webinar": ("helpers.running.webinar", "webinar"),
    "weigh": ("helpers.reporting.weighing", "weigh"),
}


def __getattr__(name: str) -> Any:
    """The names that notebooks use, imported when first asked for: importing ``helpers`` costs
    nothing."""
    if name not in _LAZY:
        raise AttributeError(f"module 'helpers' has no attribute {name!r}")
    module, attribute = _LAZY[name]
    found = import_module(module)
    return getattr(found, attribute) if attribute else found


def __dir__() -> list[str]:
    """What a notebook completes after ``helpers.``"""
    return sorted(_LAZY)
