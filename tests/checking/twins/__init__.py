"""Clean twins of real datasets: seeded, realistic, and right in every cell."""

from __future__ import annotations

import random
from collections.abc import Callable

from . import feed, invoices, places, tables, town, variants
from .made import TODAY, Made, Table

TWINS: dict[str, Callable[[random.Random], Made]] = {
    "fakturor_11": invoices.version_11,
    "fakturor_10": invoices.version_10,
    "konst": places.art,
    "badplats": lambda rng: places.subtype(rng, "badplats", "1080"),
    "lekplats": lambda rng: places.subtype(rng, "lekplats", "1082", form="xlsx"),
    "toalett": lambda rng: places.subtype(rng, "toalett", "1083", 60),
    "skola": lambda rng: places.subtype(rng, "skola", "1060", 60),
    "vardcentral": places.care,
    "hjalpmedel": tables.articles,
    "resurser": places.resources,
    "resor": tables.journeys,
    "pastigande": tables.boardings,
    "hallplatser": places.stops,
    "tidtabell": feed.timetable,
    "matningar": tables.measurements,
    "medianer": tables.aggregates,
    "tackning": tables.coverage,
    "livsmedel": town.inspections,
    "matsvinn": town.waste,
    "snorojning": town.snow,
    "evenemang": variants.events,
    "poi": lambda rng: variants.seen(rng, "poi"),
    "sevardhet": lambda rng: variants.seen(rng, "sevardhet"),
    "parkering": variants.parking,
    "hundrastgard": variants.dog_parks,
    "utbud": variants.departures,
}


def twin(name: str, seed: int) -> Made:
    """The clean dataset of that name; the same seed gives the same cells."""
    return TWINS[name](random.Random(f"{name}:{seed}"))


__all__ = ["TODAY", "TWINS", "Made", "Table", "twin"]
