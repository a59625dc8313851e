"""Defects planted in clean twins: which kinds there are, and what must be said of each."""

from . import counts, coverage, feeds, feeds_as_wholes, invoices, points, texts, town, variants
from .registry import AMOUNTS, DEFECTS, Defect, Pick, Planted, Score

__all__ = [
    "AMOUNTS",
    "DEFECTS",
    "Defect",
    "Pick",
    "Planted",
    "Score",
    "counts",
    "coverage",
    "feeds",
    "feeds_as_wholes",
    "invoices",
    "points",
    "texts",
    "town",
    "variants",
]
