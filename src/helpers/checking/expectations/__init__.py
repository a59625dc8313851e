"""Expectations: what a rule can ask of a table; one module each, and ``stock`` for those of Great
Expectations."""

from helpers.checking.expectations.expectation import (
    REQUIRED,
    Example,
    Expectation,
    Facts,
    Judged,
    Operand,
    Target,
    Told,
)
from helpers.checking.expectations.registry import EXPECTATIONS

__all__ = [
    "EXPECTATIONS",
    "REQUIRED",
    "Example",
    "Expectation",
    "Facts",
    "Judged",
    "Operand",
    "Target",
    "Told",
]
