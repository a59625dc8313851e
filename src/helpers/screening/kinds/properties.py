"""A property designation (fastighetsbeteckning) is personal data if the table also names its owner
or other persons.

A designation such as KARLSKRONA LYCKEBY 1:23 leads to the owner by the public land register; alone
it is a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.screening.column import Found, Seen, Texts, Weighed, together

HEADERS = ("fastighet", "beteckning", "registerenhet", "realestate")
OWNERS = ("agare", "lagfaren", "tomtratt", "innehavare", "owner", "sokande", "byggherre")
SIEVE = r"\p{L}{3,}[\p{L}\d .'-]* +(?:s:|S:|ga:|GA:)?\d{1,4}(?::\d{1,4})?\s*$"
_DESIGNATION = re.compile(
    r"\A\s*[^\W\d_]{3,}[^\W_]*(?:[ .'-]+[^\W_]+)* +(?:(?:s|ga):)?\d{1,4}:\d{1,4}\s*\Z", re.I
)


def sieve(column: Seen) -> str | None:
    return None if column.organisations else SIEVE


def find(text: str, column: Seen) -> str | None:
    """designation, where the whole text is one.

    >>> column = Seen("t", "a")
    >>> find("KARLSKRONA LYCKEBY 1:23", column), find("Öppet från 12:30 till 14", column)
    ('designation', None)
    """
    if column.says(HEADERS) and re.search(r"[^\W\d_]{3,}.* \d", text):
        return "designation"
    return "designation" if _DESIGNATION.match(text) else None


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    declared = column.says(HEADERS)
    if not declared and together(hits, ["designation"]).texts < 0.3 * column.texts:
        return
    owned = any(owner in name for name in column.beside for owner in OWNERS)
    certainty = "probable" if declared and owned else "possible"
    yield Weighed("property", certainty, "granska", ("designation",), only_beside=not owned)
