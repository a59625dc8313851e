"""What looks personal in a text: pure functions on one value; a hit says kind and whether it was written bare."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from stdnum import luhn

_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
_SEPARATOR = r"[\s\x{a0}\x{202f}]?[-+\x{2010}\x{2011}\x{2012}\x{2013}\x{2212}]?[\s\x{a0}\x{202f}]?"
# For DuckDB (RE2): a cheap first sieve.
SQL_NUMBER = rf"(?:^|[^0-9])(?:SE)?(?:18|19|20)?\d\d{_DAY}{_SEPARATOR}\d{{4}}(?:01)?(?:$|[^0-9])"
SQL_ORGANISATION = r"^\s*(?:SE|16)?\d{6}-?\d{4}(?:01)?\s*$"
SQL_EMAIL = r"[A-Za-z0-9åäöÅÄÖ._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}"
SQL_PHONE = r"(?:^|[^0-9.,-])(?:\+46|0046|0)[\s-]?(?:\(0\))?\s?\d{1,3}[\s/\x{2013}-]*\d{2,}"

_NUMBER = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?P<century>18|19|20)?(?P<day>\d\d{_DAY})"
    + r"(?P<separator>[\s\u00a0\u202f]?[-+\u2010\u2011\u2012\u2013\u2212]?[\s\u00a0\u202f]?)(?P<last>\d{4})(?!\d)"
)
_VAT = re.compile(rf"\s*SE\s?(?P<number>\d\d{_DAY}\d{{4}})01\s*\Z", re.IGNORECASE)
_SOLE = re.compile(rf"\s*(?:18|19|20)?\d\d{_DAY}\s?[-+\u2010-\u2013\u2212]?\s?\d{{4}}\s*\Z")
_ESTATE = re.compile(r"\s*(?:16)?(1\d[2-9]\d{3})-?(\d{4})\s*\Z")
_EMAIL = re.compile(r"([A-Za-z0-9åäöÅÄÖ._%+-]+)@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_PHONE = re.compile(
    r"(?<![\d.,-])(?:(?:\+46|0046)[\s-]?(?:\(0\))?\s?[1-9]\d{0,2}(?:[\s/\u2013-]*\d{2,4}){2,4}"
    r"|0[1-9]\d{0,2}\s?[-/\u2013]\s?\d{2,3}(?:\s?\d{2,3}){1,3})(?![\d-])"
)
_FUNCTIONS = frozenset(
    [
        "info",
        "kontakt",
        "kontaktcenter",
        "kommun",
        "kommunen",
        "region",
        "registrator",
        "diarium",
        "kundtjanst",
        "kundcenter",
        "support",
        "oppnadata",
        "opendata",
        "service",
        "medborgarservice",
        "kultur",
        "fritid",
        "turism",
        "turist",
        "bibliotek",
        "skola",
        "miljo",
        "bygg",
        "teknik",
    ]
)


def _real_day(century: str | None, day: str) -> bool:
    number = int(day[4:6])
    number -= 60 if number > 60 else 0
    for hundred in [century] if century else ["19", "20"]:
        try:
            dt.date(int(hundred + day[:2]), int(day[2:4]), number)
        except ValueError:
            continue
        return True
    return False


def numbers(text: str) -> Iterator[tuple[bool, bool]]:
    """For each number of a personnummer's form with a real date (samordningsnummer: day + 60): (bare, check digit)."""
    for hit in _NUMBER.finditer(text):
        if _real_day(hit["century"], hit["day"]):
            yield not hit["separator"], luhn.is_valid(hit["day"] + hit["last"])


def sole_trader(text: str) -> str | None:
    """How certainly an organisation number is a natural person's: certain (right check digit), probable, or None."""
    vat = _VAT.match(text)
    whole = vat["number"] if vat else text
    if not _SOLE.match(whole):
        return None
    found = list(numbers(whole))
    return None if not found else "certain" if found[0][1] else "probable"


def estate(text: str) -> bool:
    """First digit 1 and third digit 2 or more: the estate of a deceased person (Skatteverket's group numbers)."""
    hit = _ESTATE.match(text)
    return hit is not None and luhn.is_valid(hit[1] + hit[2])


def email(text: str) -> bool:
    """An e-mail address that may be one person's: all but a function's mailbox such as info@."""
    return any(hit[1].casefold() not in _FUNCTIONS for hit in _EMAIL.finditer(text))


def any_email(text: str) -> bool:
    return bool(_EMAIL.search(text))


def phone(text: str) -> bool:
    """A Swedish telephone number written as one (+46, or an area code with a separator); 8 to 13 digits."""
    return any(8 <= sum(c.isdigit() for c in hit.group()) <= 13 for hit in _PHONE.finditer(text))
