"""A field whose name ends with a unit is the same thing in another unit: ``download_mbit`` is
``download_kbit``."""

from __future__ import annotations

UNITS = (("kbit", "mbit", "gbit"), ("m", "km"), ("ms", "s"), ("kw", "mw"), ("kg", "ton"))
STEP = 3  # each unit is a thousand of the one before it


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


def exponent(name: str, target: str) -> int | None:
    """The power of ten by which a number of the field ``name`` becomes one of ``target``, which is
    the same thing in another unit; None where it is not.

    >>> exponent("download_kbit", "download_mbit"), exponent("length_km", "length_m")
    (-3, 3)
    """
    if target not in others(name):
        return None
    unit, other = (one.rpartition("_")[2] for one in (name, target))
    units = next(several for several in UNITS if unit in several)
    return STEP * (units.index(unit) - units.index(other))
