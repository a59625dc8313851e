"""A number is a bank account's or a payment card's by itself, whatever stands around it, if its
check digits and its form are right: an IBAN's, a card's, a personal account's at Nordea.

An IBAN has the form of its country and ISO 13616's check digits (mod 97): one random text in a
hundred has those. A card's number begins with its issuer's digits and ends in Luhn's check digit
(ISO/IEC 7812), which one random number in fifty does: digits in groups as on the card are taken for
one, sixteen bare ones are told apart (``bare``), as references to pay by have the same check digit.
A personal account at Nordea is 3300 and the holder's personnummer. Sources: SWIFT's IBAN registry,
release 101, as python-stdnum carries it; nordea.se on clearing numbers, read 2026-12 in a stored
copy. From memory: issuers' digits, 3782, and that Nordea's IBAN of such an account ends in the
personnummer after seven noughts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum import luhn

from helpers.words import personal_numbers

_S = r"[ \x{a0}-]"
# RE2: every text in which the functions below find something matches one of these
IBAN = rf"(?:^|[^0-9A-Za-z])(?:[A-Z][A-Z]|[Ss]e)[0-9]{{2}}(?:{_S}?[0-9A-Z]){{11}}"
OWN = (
    r"(?:^|[^0-9])3(?:300|782)(?:[ ,.:/\x{a0}-]{0,3})(?:19|20)?[0-9]{6}[ +-]?[0-9]{4}"
    r"(?:$|[^0-9])"
)
# what stands before a card's number is no digit: else each digit of a number may begin one, and RE2
# has ten times as much to do
CARD = (
    rf"(?:^|[^0-9])(?:[2-5][0-9]{{3}}(?:{_S}[0-9]{{4}}{_S}|[0-9]{{11}})"
    rf"|3[4-9][0-9]{{2}}{_S}?[0-9]{{6}}{_S}?[0-9]{{4}})"
)
SHORTEST, LONGEST = 15, 34  # letters and digits of an IBAN

_BEGINS = re.compile(r"(?<![0-9A-Za-z])(?:[A-Z]{2}|[Ss]e)[0-9]{2}(?=[ \u00a0-]?[0-9A-Z])")
_PART = re.compile(r"[ \u00a0-]?([0-9A-Z]+)")
_GAP = "[ \u00a0-]"
_GROUPED = re.compile(
    r"(?<![0-9A-Za-z.,-])(?<![0-9][ \u00a0])"
    rf"(?:[2-5][0-9]{{3}}(?:{_GAP}[0-9]{{4}}){{3}}|3[47][0-9]{{2}}{_GAP}[0-9]{{6}}{_GAP}[0-9]{{5}}"
    rf"|3[689][0-9]{{2}}{_GAP}[0-9]{{6}}{_GAP}[0-9]{{4}})(?![0-9A-Za-z-]|[ \u00a0][0-9])"
)
_BARE = re.compile(
    r"(?<![0-9A-Za-z.,-])(?:[2-5][0-9]{15}|3[47][0-9]{13})(?![0-9A-Za-z-]|[.,][0-9])"
)
_OWN = re.compile(
    r"(?<![0-9])3(?:300|782)[ ,.:/\u00a0-]{0,3}(?:19|20)?([0-9]{6})[ +-]?([0-9]{4})(?![0-9])"
)
_ISSUERS = re.compile(
    r"4|5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|3[47]|3[689]"  # Visa, Mastercard, Amex, Diners
)


@dataclass(frozen=True)
class Account:
    """One number in a text. ``label``: iban | own (it holds the holder's personnummer) | card |
    bare (a card's, of digits without groups) | wrong (grouped as a card's, with another check
    digit)."""

    start: int
    end: int
    label: str


def _is_person(digits: str) -> bool:
    return personal_numbers.is_real_day(digits[:6]) and luhn.is_valid(digits)


def _is_iban(compact: str) -> bool:
    """True for the form of a country and right check digits; cheap for nearly all that is none."""
    turned = compact[4:] + compact[:4]
    if int("".join(str(int(sign, 36)) for sign in turned)) % 97 != 1:
        return False
    from stdnum import iban  # 0.03 s

    return bool(iban.is_valid(compact))


def _iban(text: str, start: int) -> Account | None:
    """The IBAN that begins at ``start``, in one word or in groups, and what is written after."""
    end, compact = start + 4, text[start : start + 4].upper()
    while (part := _PART.match(text, end)) and len(compact) + len(part[1]) <= LONGEST:
        end, compact = part.end(), compact + part[1]
        if len(compact) >= SHORTEST and _is_iban(compact):
            own = compact.startswith("SE") and compact[4:14] == "3000000000"
            return Account(start, end, "own" if own and _is_person(compact[-10:]) else "iban")
    return None


def ibans(text: str) -> Iterator[Account]:
    """Each IBAN in a text.

    >>> texts = ("SE45 5000 0000 0583 9825 7466 BIC", "till NO9386011117947", "SE45 5000 0000 0584")
    >>> [[(one.label, one.end) for one in ibans(text)] for text in texts]
    [[('iban', 29)], [('iban', 20)], []]
    """
    for hit in _BEGINS.finditer(text):
        if found := _iban(text, hit.start()):
            yield found


def own(text: str) -> Iterator[Account]:
    """Each personal account at Nordea that is called by its holder's personnummer.

    >>> [one.label for one in own("33001212121212, 3300-121212-1213")]
    ['own']
    """
    for hit in _OWN.finditer(text):
        if _is_person(hit[1] + hit[2]):
            yield Account(hit.start(), hit.end(), "own")


def cards(text: str) -> Iterator[Account]:
    """Each number of a payment card.

    >>> texts = ("4111 1111 1111 1111", "4111 1111 1111 1112", "4111111111111111")
    >>> [[one.label for one in cards(text)] for text in texts]
    [['card'], ['wrong'], ['bare']]
    """
    for pattern, label in ((_GROUPED, "card"), (_BARE, "bare")):
        for hit in pattern.finditer(text):
            digits = re.sub(r"\D", "", hit.group())
            right = luhn.is_valid(digits) and len(set(digits)) > 1
            if _ISSUERS.match(digits) and (right or label == "card"):
                yield Account(hit.start(), hit.end(), label if right else "wrong")


def certain(text: str) -> Iterator[Account]:
    """Those that are no chance in a text alone.

    >>> [one.label for one in certain("SE4550000000058398257466 och 4111-1111-1111-1111")]
    ['iban', 'card']
    """
    yield from ibans(text)
    yield from own(text)
    yield from (one for one in cards(text) if one.label == "card")
