"""Which column of a table is which column of a specification, whatever layout the table follows:
one mapping, for whoever writes a table anew in another form.

Names alone are looked at, no cell. The layout that the table follows says what its columns are,
also where it is one of another version of the type; then names, titles and synonyms do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from helpers.declared import forms, specifications, units
from helpers.declared.fields import Field, Specification
from helpers.declared.forms import Followed
from helpers.declared.matching import match


@dataclass(frozen=True)
class Target:
    """A column of the specification, and the column of the table that it is taken from; None where
    the table has none."""

    field: Field
    source: str | None = None
    by_layout: bool = False  # a layout says so, not the name


@dataclass(frozen=True)
class Mapping:
    """``targets``: the specification's own columns, in order. ``others``: each column of the table
    that is none of them, and the field of the type that it is, None for none. ``spread``: columns
    that are rows in the specification -> the value of the field ``by``; their cells are those of
    the field ``value``."""

    specification: Specification
    targets: tuple[Target, ...]
    others: dict[str, str | None]
    followed: Followed | None = None
    by: str | None = None
    value: str | None = None

    @property
    def spread(self) -> dict[str, str]:
        return self.followed.spread if self.followed and self.by else {}

    @property
    def fits(self) -> bool:
        """True where the table has any column of the specification."""
        return bool(self.spread) or any(target.source for target in self.targets)

    def source(self, name: str) -> str | None:
        """The table's column of that field."""
        return next((target.source for target in self.targets if target.field.name == name), None)

    def in_other_unit(self, name: str) -> tuple[str, int] | None:
        """The table's column that holds that field in another unit, and the power of ten between
        them; None where there is none."""
        for column, field in self.others.items():
            exponent = units.exponent(field, name) if field else None
            if exponent is not None:
                return column, exponent
        return None


def newest(type: str) -> str | None:
    """The version of the type that a table is to follow; None where its variants are no versions
    (1.0, 1.1) but kinds, of which it is one.

    >>> newest("leverantorsfakturor"), newest("bredband")
    ('1.1', None)
    """
    known = specifications.load(type).variants
    default = next((variant.name for variant in known if variant.default), "")
    return default if re.fullmatch(r"\d+(\.\d+)*", default) else None


def _followed(columns: list[str], specification: Specification) -> tuple[Followed | None, str]:
    """The layout of any variant of the type that the table has most of, and whose it is."""
    held = [
        (followed, variant.name)
        for variant in specification.variants
        if (followed := forms.followed(columns, variant.forms)) is not None
    ]
    own = forms.followed(columns, specification.forms)
    best = max(held, key=lambda one: one[0].weight, default=(None, ""))
    if own is not None and (best[0] is None or own.weight >= best[0].weight):
        return own, specification.variant or ""
    return best


def _fields(columns: list[str], specification: Specification, variant: str) -> dict[str, str]:
    """Field -> column. ``variant``: the one whose layout the table follows: its words for the
    type's fields go before those of ``specification``."""
    if not variant or variant == specification.variant:
        return match(columns, specification)
    theirs = specifications.load(specification.name, variant)
    found = match(columns, theirs)
    taken = set(found.values())
    return match([column for column in columns if column not in taken], specification) | found


def mapped(columns: Sequence[str], specification: Specification) -> Mapping:
    """How a table with these columns becomes one that follows ``specification``, of one variant."""
    names = list(columns)
    followed, variant = _followed(names, specification)
    fields = _fields(names, specification, variant)
    said = followed.columns if followed else {}
    own = {field.name for field in specification.fields if not field.extra}
    spread = followed.form.spread if followed else None
    if spread is None or not {spread.by, spread.value} <= own:
        spread = None
    rows = set(followed.spread) if followed and spread else set()
    targets = tuple(
        Target(field, column, column in said if column else False)
        for field in specification.fields
        if not field.extra
        for column in (_taken(field, fields, rows, spread is not None),)
    )
    used = {target.source for target in targets} | rows
    field_of = {column: name for name, column in fields.items()}
    return Mapping(
        specification,
        targets,
        {name: field_of.get(name) for name in names if name not in used},
        followed,
        spread.by if spread else None,
        spread.value if spread else None,
    )


def _taken(field: Field, fields: dict[str, str], rows: set[str], spreads: bool) -> str | None:
    column = fields.get(field.name)
    return None if spreads and column in rows else column
