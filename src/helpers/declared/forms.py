"""Which layout a file follows: the specification's own, an older one, or one that some publishers
have agreed on.

A layout is followed where half of its columns are there, called what it calls them. A type or
variant is told by one only where most of them are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from helpers.declared.variants import Form
from helpers.words.folding import fold

TELLING = 0.6  # of a layout's columns: with so many it tells what the table is
_BRACKETS = re.compile(r"\s*\([^)]*\)\s*$")  # what explains a header, where it is called so too
LEAST = 4  # columns: with fewer in common nothing is followed


@dataclass(frozen=True)
class Followed:
    """``columns``: column of the file -> field, None where the specification has none. ``of``: how
    many columns the layout has."""

    form: Form
    columns: dict[str, str | None]
    of: int

    @property
    def spread(self) -> dict[str, str]:
        """The columns that are rows in the specification, each with the value that it stands
        for."""
        spread = self.form.spread
        values = {fold(name): value for name, value in spread.columns.items()} if spread else {}
        named = {column: _called(column, values) for column in self.columns}
        return {column: values[name] for column, name in named.items() if name}

    @property
    def weight(self) -> float:
        """The more of its columns are there, and the fewer of them are not, the greater."""
        return len(self.columns) * self.share

    @property
    def share(self) -> float:
        """How much of the layout is there (0-1)."""
        return len(self.columns) / self.of


def _called(column: str, known: Collection[str]) -> str | None:
    """Which of the ``known`` names, folded, the column has, with what stands in brackets after it
    or without."""
    names = (fold(column), fold(_BRACKETS.sub("", column)))
    return next((name for name in names if name in known), None)


def _held(columns: Sequence[str], form: Form) -> Followed:
    """What of the layout a table has."""
    wanted = {fold(header): field for header, field in form.columns.items()}
    wanted |= dict.fromkeys(map(fold, form.spread.columns if form.spread else ()))
    there: dict[str, str] = {}
    for column in columns:
        if name := _called(column, wanted):
            there.setdefault(name, column)
    return Followed(form, {column: wanted[name] for name, column in there.items()}, len(wanted))


def followed(columns: Sequence[str], forms: Iterable[Form]) -> Followed | None:
    """The layout of greatest weight, the first of equals; None where the table is of its own."""
    best: Followed | None = None
    for form in forms:
        held = _held(columns, form)
        count = len(held.columns)
        enough = count >= LEAST and 2 * count >= held.of
        if enough and (best is None or held.weight > best.weight):
            best = held
    return best
