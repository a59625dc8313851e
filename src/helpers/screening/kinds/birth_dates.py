"""A column holds birth dates if its header says so and its texts are dates or years of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.screening.column import Found, Seen, Texts, Weighed

HEADERS = (
    "fodelsedatum",
    "fodelsear",
    "fodelsedag",
    "birthdate",
    "birthday",
    "birthyear",
    "dateofbirth",
    "yearofbirth",
    "fodd",
    "dob",
)
DATE = r"(?:18|19|20)\d\d"
_DATE = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?:[-/.]?\d\d(?:[-/.]?\d\d)?)?(?!\d)")


def sieve(column: Seen) -> str | None:
    return DATE if column.says(HEADERS) else None


def find(text: str, column: Seen) -> str | None:
    return "date" if _DATE.search(text) else None


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    # an artist's year of birth is as public as the artist
    yield Weighed(
        "birth_date",
        "probable",
        "told" if column.public or column.type == "offentlig_konst" else "granska",
        ("date",),
    )
