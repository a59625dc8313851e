"""A column holds birth dates if its header says so and its texts are dates or years of birth, or a
text says that somebody was born on a day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.screening.column import Found, Seen, Texts, Weighed

HEADERS = (
    "fodelsedatum",
    "fodelsear",
    "fodelsedag",
    "fodelsetid",
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
# RE2 and Python: "född den 1950-01-31", "f. 500131"; a year alone is as often a building's.
BORN = (
    r"(?:^|[^0-9A-Za-zÅÄÖåäö])(?:[Ff](?:ödd|ödda|odd|\.)|[Bb]orn)[^0-9A-Za-zÅÄÖåäö]{1,3}"
    r"(?:den |on )?(?:18|19|20)?[0-9]{2}[-/.]?(?:0[0-9]|1[0-2])[-/.]?[0-3][0-9](?:[^0-9]|$)"
)
_BORN = re.compile(BORN)


def sieve(column: Seen) -> str | None:
    if column.says(HEADERS):
        return DATE
    return BORN if column.value == "text" else None


def find(text: str, column: Seen) -> str | None:
    """date (under a header that says so) | born, in a sentence.

    >>> find("1950-01-31", Seen("t", "född")), find("Flicka f. 19500131", Seen("t", "notering"))
    ('date', 'born')
    """
    if column.says(HEADERS):
        return "date" if _DATE.search(text) else None
    return "born" if _BORN.search(text) else None


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    # an artist's year of birth is as public as the artist
    yield Weighed(
        "birth_date",
        "probable",
        "told" if column.public or column.type == "offentlig_konst" else "granska",
        ("date", "born"),
    )
