"""An organisation number is a natural person's if its third digit is 0 or 1: a sole trader's number
is the personnummer.

A number whose last digits are masked (921115XXXX), as the specification of food inspections asks
for sole traders, still holds the day of birth. By domain facts of 2026-11: ten digits whose third
is 0 or 1; twelve that begin with 18, 19 or 20; a VAT number SE + ten + 01. 16 + ten digits is a
legal person. First digit 1 with third digit 2 or more is the estate of a deceased person. First
digit 9 is a trading or limited partnership, whose name may be a person's. A wrong check digit
lowers the certainty only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import luhn

from helpers.screening.column import Found, Seen, Texts, Weighed
from helpers.words import personal_numbers

HEADERS = (
    "orgnr",
    "organisationsnummer",
    "orgnummer",
    "organisationsnr",
    "organizationnumber",
    "organisationnumber",
    "leverantorid",
    "supplierid",
    "momsregnr",
    "vatnr",
)
ESTATE = r"^\s*(?:16)?1\d[2-9]\d{3}-?\d{4}\s*$"
PARTNERSHIP = r"^\s*(?:16)?9\d[2-9]\d{3}-?\d{4}\s*$"
AFTER_DIGITS = ":"  # what begins with a digit or a blank comes before it
LEGAL = r"^\s*(?:16)?[2-8]\d[2-9]\d{3}-?\d{4}\s*$"  # neither an estate's nor a partnership's
_LEGAL = re.compile(r"\s*(?:16)?(\d{6}-?\d{4})\s*\Z")
_NINE = re.compile(r"\s*(\d{9})(?:[.,]0)?\s*\Z")
# Other countries' numbers have nine digits or fewer, and letters: told as ``nine``, or not at all.
NOT_HERE = frozenset({"lost", "short", "letter"})
SHARE_OF_CONTENT = 0.95
MANY = 20
_MASKED = r"^\s*(?:18|19|20)?\d\d[01]\d[0-3]\d[-+ ]?[Xx*]{3,4}\s*$"
_THIRD_DIGIT = r"\d\d[01]\d{3}[-+\s]?\d{4}"
_NINE_DIGITS = r"^\s*\d{9}(?:[.,]0)?\s*$"


def by_header(column: Seen) -> bool:
    """True where the column's role or header says that it holds organisation numbers."""
    return column.role == "organisation_number" or column.says(HEADERS)


def by_content(texts: Texts) -> bool:
    """True for a column of legal persons' numbers: all have right check digits, no other third
    digit than 2 or more.

    Without a header that says so; a few sole traders may be among them.
    """
    whole = [
        re.sub(r"\D", "", text)[-10:]
        for text in texts.some(r"^\s*(?:16)?[0-9]{6}-?[0-9]{4}\s*$", 2000, AFTER_DIGITS)
    ]
    legal = [digits for digits in whole if not personal_numbers.is_real_day(digits[:6])]
    if len(legal) < MANY or sum(map(luhn.is_valid, legal)) < SHARE_OF_CONTENT * len(legal):
        return False
    return all(digits[2] >= "2" for digits in legal)


def are_held(column: Seen, texts: Texts) -> bool:
    """True where the column holds organisation numbers, by role, header or content."""
    return by_header(column) or (column.value in ("text", "integer") and by_content(texts))


def sieve(column: Seen) -> str | None:
    return (
        f"{personal_numbers.SIEVE}|{ESTATE}|{_THIRD_DIGIT}|{_NINE_DIGITS}|{_MASKED}"
        if column.organisations
        else None
    )


def find(text: str, column: Seen) -> str | None:
    """sole | sole_unchecked | third_digit | nine | estate | masked.

    >>> column = Seen("t", "orgnr")
    >>> find("SE121212121201", column), find("16121212-1212", column), find("556012-5790", column)
    ('sole', 'sole', None)
    """
    if re.match(_MASKED, text):
        return "masked"
    legal = _LEGAL.match(text)
    digits = legal[1].replace("-", "") if legal else ""
    if digits[2:3] >= "2" and re.match(r"\s*16\d{6}-?\d{4}\s*\Z", text):
        return "estate" if digits[0] == "1" and luhn.is_valid(digits) else None
    numbers = [
        number
        for number in personal_numbers.find(text)
        if number.form not in NOT_HERE and (number.right or not number.weak)
    ]
    if numbers:
        return (
            "sole"
            if any(number.right for number in numbers)
            else "cut"
            if numbers[0].form == "cut"
            else "sole_unchecked"
        )
    if digits:
        if digits[2] in "01":
            return "third_digit"
        if digits[0] == "1" and luhn.is_valid(digits):
            return "estate"
    nine = _NINE.match(text)
    if nine and any(number.right for number in personal_numbers.find(text)):
        return "nine"  # a spreadsheet may have eaten the first nought
    return None


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    for label, kind, certainty, level in (
        ("sole", "sole_trader", "certain", "stopp"),
        ("sole_unchecked", "sole_trader", "probable", "stopp"),
        ("cut", "sole_trader", "probable", "stopp"),
        # no date, so no personnummer as it stands: mistyped, foreign or internal
        ("third_digit", "sole_trader", "possible", "granska"),
        ("nine", "sole_trader", "possible", "granska"),
        ("estate", "estate", "certain", "granska"),
        ("masked", "birth_date", "probable", "granska"),
    ):
        if label in hits:
            yield Weighed(kind, certainty, level, (label,))
