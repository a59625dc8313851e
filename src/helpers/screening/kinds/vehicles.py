"""A vehicle or a driver can be followed at work: a column holds registration plates, or ids of
vehicles or of drivers beside positions or times.

A track of one vehicle is a track of whoever drives it; a plate leads to its owner in the road
traffic register. The draft of snow clearance dropped ``vehicle_id`` for the drivers' privacy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.screening.column import Found, Seen, Texts, Weighed

IDS = (
    "vehicleid",
    "vehiclenumber",
    "fordonsid",
    "fordonid",
    "fordonsnr",
    "fordonsnummer",
    "plogbilsid",
    "maskinid",
    "driverid",
    "forarid",
    "forareid",
    "chaufforsid",
    "anstallningsnr",
    "anstallningsnummer",
    "employeeid",
)
PLATES = ("fordon", "vehicle", "regnr", "registreringsn", "bil", "plogbil", "licenseplate", "plate")
NOT_PLATES = ("momsregnr", "mobil")
TIMES = ("timestamp", "tidpunkt", "tid", "start", "starttid", "time", "datetime")
PLATE = r"^\s*[A-HJ-PR-UW-Za-hj-pr-uw-z]{3}[ -]?\d\d[A-HJ-PR-UW-Za-hj-pr-uw-z0-9]\s*$"
_PLATE = re.compile(PLATE)


def by_header(column: Seen) -> bool:
    """True where the header says that ids of vehicles or drivers stand there, beside positions or
    times."""
    beside = column.placed or any(name in column.beside for name in TIMES)
    return beside and column.says(IDS)


def sieve(column: Seen) -> str | None:
    if column.says(NOT_PLATES) or column.value in ("date", "datetime", "boolean"):
        return None
    if by_header(column):
        return r"\S"
    return PLATE if column.says(PLATES) else None


def find(text: str, column: Seen) -> str | None:
    """plate | id (any, under a header of ids).

    >>> find("ABC 12D", Seen("t", "Fordon")), find("17", Seen("t", "vehicle_id", placed=True))
    ('plate', 'id')
    """
    if _PLATE.match(text):
        return "plate"
    return "id" if by_header(column) else None


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    if "plate" in hits:
        yield Weighed("vehicle_id", "probable", "granska", ("plate",))
    if "id" in hits:
        yield Weighed("vehicle_id", "possible", "granska", ("id",))
