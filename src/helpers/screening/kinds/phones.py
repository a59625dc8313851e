"""A telephone number is a person's if it is a mobile number, or one beside persons that is no
exchange's.

Exchanges end in 00 or are given in row after row; 020, 0771 and other service numbers belong to
nobody. Bare digits are numbers to call only where the header says so, or where much of the column
is mobile numbers. Source: PTS, numbering plan [M].
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.screening.column import PERSONS, Found, Seen, Texts, Weighed, together
from helpers.words.personal import telephones

HEADERS = ("telefon", "mobil", "phone", "tel", "tfn", "mob", "gsm", "cell")
_BARE = re.compile(r"(?<![\d.,-])(?:\+?46|0046|0)?(?P<number>[1-9]\d{6,8})(?:\.0)?(?![\d-])")
# RE2: what stands before a number is neither a digit nor a letter, and something parts its digits
# or begins it
_LAND_BEGUN = r"(?:\+46|0046)[\s\x{a0}()-]*[1-9]"
_AREA_BEGUN = r"0[1-9]\d{0,2}[\s\x{a0}]?[-/\x{2010}-\x{2013}][\s\x{a0}]?\d{2}"
_SPACED_BEGUN = r"07\d[\s\x{a0}]\d{3}"
_BARE_MOBILE = r"^\s*(?:\+?46|0)7[02369]\d{7}\s*$"
SIEVE = (
    rf"(?:^|[^0-9A-Za-z.,-])(?:{_LAND_BEGUN}|{_AREA_BEGUN}|{_SPACED_BEGUN})"
    rf"|{_BARE_MOBILE}"
)
DIRECT = ("direkt", "hem", "privat", "personlig", "direct", "home", "private")
SHARED = 3  # rows for each number: an exchange's
SHARE_OF_MOBILES = 0.3


def sieve(column: Seen) -> str | None:
    if column.says(HEADERS):
        return r"[0-9]{3}"
    return None if column.organisations else SIEVE


def find(text: str, column: Seen) -> str | None:
    """mobile | landline | exchange | bare_mobile; the last where nothing but digits stands there
    and no header tells.

    >>> texts = ("070-174 06 05", "0455-30 30 00", "0455-30 31 32", "0701740605", "020-123 456")
    >>> [find(text, Seen("t", "x")) for text in texts]
    ['mobile', 'exchange', 'landline', 'bare_mobile', None]
    """
    labels = {number.label for number in telephones.find(text)}
    if column.says(HEADERS):
        labels |= {telephones.label(hit["number"]) for hit in _BARE.finditer(text)}
    elif not labels:
        bare = re.match(r"\s*(?:\+?46|0)7[02369]\d{7}\s*\Z", text)
        return "bare_mobile" if bare else None
    return next((label for label in ("mobile", "landline", "exchange") if label in labels), None)


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    level = "told" if column.public else "granska"
    if "mobile" in hits:
        yield Weighed("phone", "probable", level, ("mobile",))
    landline = together(hits, ["landline"])
    if landline.count and landline.count < SHARED * landline.texts:
        personal = column.says(DIRECT) or column.free_text
        beside = frozenset[str]() if personal else PERSONS
        yield Weighed("phone", "possible", level, ("landline",), beside)
    bare = together(hits, ["bare_mobile"])
    if bare.count and bare.texts >= SHARE_OF_MOBILES * column.texts:
        yield Weighed("phone", "possible", level, ("bare_mobile",))
