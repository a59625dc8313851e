"""A property designation (fastighetsbeteckning) is personal data if the table also names its owner,
who may be a person, or other persons.

A designation such as KARLSKRONA LYCKEBY 1:23 leads to the owner by the public land register; alone
it is a place. Where every owner that is named is a company, a municipality or the like, it is a
place too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.screening.column import PERSONS, Found, Seen, Texts, Weighed, together
from helpers.screening.kinds import person_names

HEADERS = ("fastighet", "beteckning", "registerenhet", "realestate")
OWNERS = ("agare", "lagfaren", "tomtratt", "innehavare", "owner", "sokande", "byggherre")
SIEVE = r"\p{L}{3,}[\p{L}\d .'-]* +(?:s:|S:|ga:|GA:)?\d{1,4}(?::\d{1,4})?\s*$"
_BODY = re.compile(
    r"\b(?:ab|kb|hb|kommun|kommuns|region|landsting|landstinget|staten|stat|aktiebolag|bolag|bolaget"
    r"|kommanditbolag|handelsbolag|stiftelse|stiftelsen|förening|föreningen|samfällighet)\b"
    r"|bolag\b|förening\b|verket\b",
    re.I,
)
_DESIGNATION = re.compile(
    r"\A\s*[^\W\d_]{3,}[^\W_]*(?:[ .'-]+[^\W_]+)* +(?:(?:s|ga):)?\d{1,4}:\d{1,4}\s*\Z", re.I
)


def a_body(owner: str) -> bool:
    """True for the name of an organisation that no person stands behind by name.

    >>> a_body("Region Påhitt"), a_body("Påhittade Hus AB"), a_body("Anna Andersson")
    (True, True, False)
    """
    partners = re.search(person_names.PARTNERSHIP, owner) and person_names.partner(owner)
    return bool(_BODY.search(owner)) and not partners


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
    owned = any(owner in name for name in column.beside - column.bodies for owner in OWNERS)
    certainty = "probable" if declared and owned else "possible"
    beside = frozenset[str]() if owned else PERSONS
    yield Weighed("property", certainty, "granska", ("designation",), beside)
