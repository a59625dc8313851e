"""A telephone number is written with a country code, a dash after the area code, or blanks after a
mobile prefix. Source: PTS, numbering plan [M]."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LAND = (
    r"(?:\+46|0046)[\s\u00a0-]?(?:\(0\))?[\s\u00a0]?"
    r"[1-9]\d{0,2}(?:[\s\u00a0/\u2010-\u2013-]*\d{2,4}){2,4}"
)
_AREA = r"0[1-9]\d{0,2}[\s\u00a0]?[-/\u2010-\u2013][\s\u00a0]?\d{2,3}(?:[\s\u00a0]?\d{2,3}){1,3}"
_SPACED = r"07\d[\s\u00a0]\d{3}[\s\u00a0]?\d{2}[\s\u00a0]?\d{2}"
_WRITTEN = re.compile(rf"(?<![\d.,-])(?:{_LAND}|{_AREA}|{_SPACED})(?![\d-])")
_MOBILE = re.compile(r"(?<![\d.,-])(?:\+?46|0046|0)7[02369]\d{7}(?![\d-])")
SERVICE = ("20", "77", "71", "90", "112", "113", "114")
MOBILE = ("70", "72", "73", "76", "79")


def label(digits: str) -> str | None:
    """mobile | landline | exchange, of digits; None where nobody has the number."""
    number = re.sub(r"\A(?:0046|46(?=\d{7,9}\Z)|0)0?", "", digits)
    if not 7 <= len(number) <= 9 or number.startswith(SERVICE):
        return None
    if number.startswith(MOBILE) and len(number) == 9:
        return "mobile"
    return "exchange" if number.endswith("00") else "landline"


@dataclass(frozen=True)
class Telephone:
    """One number in a text. ``label`` as ``label`` gives, None for a service number."""

    start: int
    end: int
    label: str | None


def find(text: str) -> Iterator[Telephone]:
    """Every number that is written as one.

    >>> [number.label for number in find("070-174 06 05, 0455-30 30 00")]
    ['mobile', 'exchange']
    """
    for hit in _WRITTEN.finditer(text):
        yield Telephone(hit.start(), hit.end(), label(re.sub(r"\D", "", hit.group())))


def mobiles(text: str) -> Iterator[Telephone]:
    """The mobile numbers, those of digits alone too: in a name nothing else has that form.

    >>> [(number.start, number.end) for number in mobiles("lista_0701740605")]
    [(6, 16)]
    """
    yield from (number for number in find(text) if number.label == "mobile")
    for hit in _MOBILE.finditer(text):
        yield Telephone(hit.start(), hit.end(), "mobile")
