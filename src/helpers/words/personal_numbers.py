"""Personal identity numbers as people write them, anywhere in a text: the one place that knows
their spellings.

Skatteverket's personnummer and samordningsnummer: year, month, day (a samordningsnummer's day has
60 added), three digits and a check digit by Luhn's method over the ten last. Here stands what a
number looks like, never whose it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum import luhn

DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
_DASHES = "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d+-"
_BLANKS = " \t\u00a0\u2007\u2009\u200b\u202f\u2060\ufeff"
_BETWEEN = f"[{_BLANKS}]?[{_DASHES}]?[{_BLANKS}]?"
_NUMBER = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?P<century>18|19|20)?(?P<day>\d\d{DAY})(?P<between>{_BETWEEN})(?P<last>\d{{4}})"
    r"(?:[.,]0{1,2})?(?![.,]?\d)"
)
_DATED = re.compile(
    rf"(?<!\d)(?P<century>18|19|20)(?P<year>\d\d)-(?P<month>\d\d)-(?P<date>\d\d)[{_DASHES}](?P<last>\d{{4}})(?!\d)"
)
_VAT = re.compile(rf"(?<![A-Za-z])SE[ -]?(?P<digits>\d\d{DAY}\d{{4}})01(?!\d)", re.I)
# What a spreadsheet makes of twelve (or ten) digits: 1,98507E+11. The day and the last digits may
# be lost.
_POWER = re.compile(r"(?<![\d.,])(?P<first>\d)[.,](?P<rest>\d{4,11})[eE]\+?(?P<power>0?9|11)(?!\d)")
# For DuckDB (RE2), a cheap first sieve: every text in which `find` finds anything matches it.
SIEVE = (
    rf"(?:18|19|20)?\d\d{DAY}{_BETWEEN}\d{{4}}|(?:18|19|20)\d\d-\d\d-\d\d[{_DASHES}]\d{{4}}"
    r"|\d[.,]\d{4,11}[eE]\+?(?:0?9|11)"
)


@dataclass(frozen=True)
class Number:
    """One number found. ``form``: separated | dated | long (12 digits) | vat (SE..01) | bare (10
    digits) | cut (digits lost).

    ``right``: the check digit is right (of a cut number: unknown, so False).
    """

    start: int
    end: int
    form: str
    right: bool
    digits: str


def is_real_day(day: str, century: str | None = None) -> bool:
    """True where six digits are a date, with 60 added to the day or not, in the century given or in
    one of two.

    >>> is_real_day("850709"), is_real_day("850769"), is_real_day("850229"), is_real_day("000229")
    (True, True, False, True)
    """
    number = int(day[4:6])
    number -= 60 if number > 60 else 0
    for hundred in [century] if century else ["19", "20"]:
        try:
            dt.date(int(hundred + day[:2]), int(day[2:4]), number)
        except ValueError:
            continue
        return True
    return False


def _continues(text: str, hit: re.Match[str]) -> bool:
    """True where the digits are part of a longer code such as an article number or a hash."""
    if text[hit.end() : hit.end() + 1].isalpha():
        return True
    before = re.search(r"[^\W_]+\Z", text[: hit.start()])
    return before is not None and any(character.isdigit() for character in before.group())


def find(text: str) -> Iterator[Number]:
    """Every number in ``text`` that has a real date, in order of form.

    >>> [number.form for number in find("Avser 19121212-1212 och 191212121212")]
    ['separated', 'long']
    >>> list(find("556012-5790")), [number.form for number in find("1,91212E+11")]
    ([], ['cut'])
    """
    for hit in _NUMBER.finditer(text):
        if is_real_day(hit["day"], hit["century"]) and (
            hit["between"] or not _continues(text, hit)
        ):
            form = "separated" if hit["between"] else "long" if hit["century"] else "bare"
            digits = hit["day"] + hit["last"]
            yield Number(hit.start(), hit.end(), form, luhn.is_valid(digits), digits)
    for hit in _DATED.finditer(text):
        day = hit["year"] + hit["month"] + hit["date"]
        if is_real_day(day, hit["century"]):
            yield Number(
                hit.start(), hit.end(), "dated", luhn.is_valid(day + hit["last"]), day + hit["last"]
            )
    for hit in _VAT.finditer(text):
        if is_real_day(hit["digits"][:6]):
            yield Number(hit.start(), hit.end(), "vat", luhn.is_valid(hit["digits"]), hit["digits"])
    for hit in _POWER.finditer(text):
        yield from _of_power(hit)


def _of_power(hit: re.Match[str]) -> Iterator[Number]:
    digits, long = hit["first"] + hit["rest"], hit["power"] == "11"
    if long and len(digits) == 12 and is_real_day(digits[2:8], digits[:2]):
        if digits[:2] in ("18", "19", "20"):
            yield Number(hit.start(), hit.end(), "long", luhn.is_valid(digits[2:]), digits[2:])
    elif not long and len(digits) == 10 and is_real_day(digits[:6]):
        yield Number(hit.start(), hit.end(), "bare", luhn.is_valid(digits), digits)
    elif (
        long
        and 1850 <= int(digits[:4]) <= dt.date.today().year
        and 1 <= int(digits[4:6] or 0) <= 12
    ):
        yield Number(hit.start(), hit.end(), "cut", False, digits)


def shape(number: str) -> str:
    """How a number is shown: ``ÅÅMMDD-XXXX``, with as many digits and the separators that stand
    there.

    >>> shape("19121212-1212"), shape("1212121212"), shape("1,91212E+11")
    ('ÅÅÅÅMMDD-XXXX', 'ÅÅMMDDXXXX', 'ÅÅÅÅMMDDXXXX')
    """
    if "e" in number.casefold():
        return "ÅÅÅÅMMDDXXXX"
    written = iter("ÅÅÅÅMMDDXXXX" if sum(map(str.isdigit, number)) >= 12 else "ÅÅMMDDXXXX")
    return "".join(next(written, "X") if character.isdigit() else character for character in number)


def hide(text: str) -> str:
    """``text`` with every number shown as its shape: separated ones always, others where the check
    digit is right.

    >>> hide("Faktura avser 121212-1212.")
    'Faktura avser ÅÅMMDD-XXXX.'
    """
    if sum(map(str.isdigit, text)) < 6:
        return text
    parts, end = [], 0
    for number in sorted(find(text), key=lambda candidate: candidate.start):
        if number.start >= end and (number.right or number.form in ("separated", "dated", "cut")):
            parts += [text[end : number.start], shape(text[number.start : number.end])]
            end = number.end
    return "".join([*parts, text[end:]])
