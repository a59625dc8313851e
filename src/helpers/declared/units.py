"""A field whose name ends with a unit is the same thing in another unit: ``download_mbit`` is
``download_kbit``."""

from __future__ import annotations

UNITS = (("kbit", "mbit", "gbit"), ("m", "km"), ("ms", "s"), ("kw", "mw"), ("kg", "ton"))


def others(name: str) -> set[str]:
    """What the field is called in other units; nothing where its name ends with none.

    >>> sorted(others("download_mbit")), others("download")
    (['download_gbit', 'download_kbit'], set())
    """
    stem, _, unit = name.rpartition("_")
    return {
        f"{stem}_{other}"
        for units in UNITS
        for other in units
        if stem and unit in units and other != unit
    }
