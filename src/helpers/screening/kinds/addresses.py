"""An address is a person's if the header says home, or c/o or a flat's number stands in it, or it
stands beside persons.

Addresses of schools and baths are meant to be public: a street address says nothing alone, nor
beside a position on the map, nor in an invoice's text, where it is the place of the work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.screening.column import PERSONS, Found, Seen, Texts, Weighed, together

HOME = ("hemadress", "bostad", "privatadress", "folkbokf", "homeaddress", "lagenhet", "boende")
HEADERS = ("adress", "address", "gata", "street", "postadress")
STREETS = (
    "gatan|vägen|gränd|gränden|stigen|torget|allén|backen|plan|väg|gata|stråket|slingan|ringen"
    "|leden|kullen|liden|svängen|dalen|höjden|åsen|kajen|gatu|rundan|kroken|vändan|tåget"
)
SIEVE = rf"(?i:(?:{STREETS}) +\d{{1,4}})|(?i:c/o )|(?i:\blgh\.? ?\d{{3,4}})"
_HOME = re.compile(r"\bc/o\b|\blgh\.? ?\d{3,4}\b", re.I)
_STREET = re.compile(rf"(?:{STREETS}) +\d{{1,4}}(?: ?[A-Za-z])?(?![\d:])", re.I)


def sieve(column: Seen) -> str | None:
    return r"\p{L}{3,}.*[0-9]" if column.says(HOME) else None if column.organisations else SIEVE


def find(text: str, column: Seen) -> str | None:
    """home (c/o, a flat's number) | street | some (under a header of homes).

    >>> texts = ("Storgatan 12 A", "c/o Ek, Storgatan 1", "Storgatan 1 lgh 1203", "Storgatan")
    >>> [find(text, Seen("t", "adress")) for text in texts]
    ['street', 'home', 'home', None]
    """
    if _HOME.search(text):
        return "home"
    if _STREET.search(text):
        return "street"
    return "some" if column.says(HOME) and re.search(r"[^\W\d_]{3,}.*\d", text) else None


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    level = "told" if column.public else "granska"
    if column.says(HOME):
        yield Weighed("address", "probable", "granska", ("home", "street", "some"))
        return
    if "home" in hits:
        yield Weighed("address", "probable", level, ("home",))
    named = column.says(HEADERS)
    if (
        together(hits, ["street"]).count
        and not column.placed
        and (named or column.type != "leverantorsfakturor")
    ):
        yield Weighed("address", "possible", level, ("street",), PERSONS)
