"""Means of transport by GTFS route type, basic (0-12) and extended (100-1799), and which of them run on demand only.

Basic types: https://gtfs.org/documentation/schedule/reference/#routestxt. Extended types:
https://developers.google.com/transit/gtfs/reference/extended-route-types; Swedish regional feeds use these alone, with
717 for traffic that runs when somebody has booked it [V: Trafiklab].
"""

from __future__ import annotations

MODES = ("train", "metro", "tram", "bus", "ferry", "other")  # the order in which a place served by several is drawn
BASIC = {0: "tram", 1: "metro", 2: "train", 3: "bus", 4: "ferry", 5: "tram", 11: "bus", 12: "train"}
EXTENDED = (  # from, to (inclusive), mode
    (100, 199, "train"),
    (200, 299, "bus"),
    (300, 399, "train"),
    (400, 404, "metro"),
    (405, 405, "train"),
    (500, 699, "metro"),
    (700, 899, "bus"),
    (900, 999, "tram"),
    (1000, 1099, "ferry"),
    (1200, 1299, "ferry"),
    (1500, 1599, "bus"),
)
ON_DEMAND = (715, 717, *range(1500, 1508))


def mode_of(route_type: int | None) -> str:
    """``train``, ``metro``, ``tram``, ``bus``, ``ferry`` or ``other`` (cable cars, aircraft, unknown numbers).

    >>> mode_of(4), mode_of(1000), mode_of(401), mode_of(717), mode_of(1300), mode_of(None)
    ('ferry', 'ferry', 'metro', 'bus', 'other', 'other')
    """
    if route_type is None:
        return "other"
    if route_type in BASIC:
        return BASIC[route_type]
    return next((mode for low, high, mode in EXTENDED if low <= route_type <= high), "other")


def is_on_demand(route_type: int | None) -> bool:
    """True where vehicles of this type run only when somebody has asked for them."""
    return route_type in ON_DEMAND
