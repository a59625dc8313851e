"""All expectations by name, found by walking this package: one module each, in
folders by what it looks at, and ``stock`` for those of Great Expectations."""

from __future__ import annotations

import importlib
import inspect
from dataclasses import replace
from pathlib import Path

from helpers.checking.expectations.expectation import Expectation
from helpers.words.files.ours import Folder

MODULES = Folder("helpers/checking/expectations/**/*.py")
HERE = Path(__file__).parent
APART = ("__init__", "expectation", "registry")


def first_sentence(text: str) -> str:
    """Up to the first full stop that ends a line or stands before a blank.

    >>> first_sentence("No more than 0.5 of them. Why.")
    'No more than 0.5 of them.'
    """
    plain = " ".join(text.split())
    end = plain.find(". ")
    return plain if end < 0 else plain[: end + 1]


def _all() -> dict[str, Expectation]:
    """Every module's expectations by name."""
    expectations: dict[str, Expectation] = {}
    modules = [file for file in MODULES.files() if file.stem not in APART]
    for file in sorted(modules, key=lambda module: module.stem):
        parts = [] if file.parent == HERE else [file.parent.name]
        module = importlib.import_module(".".join([__package__, *parts, file.stem]))
        if hasattr(module, "STOCK"):
            expectations |= module.STOCK
        elif hasattr(module, "EXPECTATION"):
            truth = first_sentence(inspect.getdoc(module) or "")
            expectations[f"expect_{file.stem}"] = replace(module.EXPECTATION, truth=truth)
    return expectations


EXPECTATIONS = _all()
