"""Which kind within its type a candidate is, such as bathing places among places: the variant that
its entry names or mentions."""

from __future__ import annotations

from helpers.declared import specifications
from helpers.declared.catalogue import Entry
from helpers.declared.roles import mentions


def subtype_of(entry: Entry) -> str | None:
    """The name of the variant of its type (one that is known by words), or None where none is
    told."""
    known = specifications.load(entry.type).variants if entry.type in specifications.types() else ()
    worded = [variant for variant in known if variant.words]
    named = (variant.name for variant in worded if variant.name == entry.variant)
    return next(named, None) or next(
        (
            variant.name
            for variant in worded
            if mentions(entry, variant.words) and not mentions(entry, variant.unless)
        ),
        None,
    )
