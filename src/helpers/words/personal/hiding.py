"""What looks personal in a name or a sentence of somebody's is shown by its shape: identity
numbers, e-mail addresses, mobile numbers, accounts at a bank, payment cards, full names of persons.

A name is of a file, a folder, a sheet, a column, a member of an archive, a dataset. Single names
stay, and so do places and firms that are called after people.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from numbers import Real
from typing import Any

from helpers.words import personal_numbers
from helpers.words.personal import accounts, addresses, persons, telephones

PERSONS = {"private": "email", "service": "service_email"}
ACCOUNTS = {"iban": "bank_account", "own": "bank_account", "card": "payment_card"}
Span = tuple[int, int, str]


def _persons(text: str) -> Iterator[Span]:
    plain = text.replace("_", " ")
    titled = plain.title() if plain.isupper() else plain
    plain = titled if len(titled) == len(plain) else plain
    found = _named(plain)
    # Anna-Andersson.csv; a double name is found as it stands
    yield from found or _named(plain.replace("-", " "))


def _named(plain: str) -> list[Span]:
    whole = persons.alone(plain)
    if whole is not None and whole[0] == "full":
        return [(0, len(plain), "person_name")]
    return [(person.start, person.end, "person_name") for person in persons.within(plain)]


def _spans(text: str) -> Iterator[Span]:
    """Start, end and kind of all but numbers, in no order."""
    for address in addresses.find(text):
        if address.label in PERSONS:
            yield address.start, address.end, PERSONS[address.label]
    for number in telephones.mobiles(text):
        yield number.start, number.end, "phone"
    for account in accounts.certain(text):
        yield account.start, account.end, ACCOUNTS[account.label]
    yield from _persons(text)


def kinds(text: str) -> list[str]:
    """The kinds of personal data that ``hide`` hides of the text, as screening calls them.

    >>> kinds("Anna Andersson 121212-1212"), kinds("Karin Boyes plats")
    (['personnummer', 'person_name'], [])
    """
    plain = personal_numbers.hide(text)
    numbers = ["personnummer"] if plain != text else []
    return list(dict.fromkeys([*numbers, *(kind for _, _, kind in _spans(plain))]))


def certain(text: str) -> bool:
    """True where what ``hide`` hides is no chance: more than digits that may be a number.

    >>> certain("lista-121212-1212"), certain("Anna Andersson"), certain("lista-2024")
    (True, True, False)
    """
    return personal_numbers.certain(text) or any(kind != "personnummer" for kind in kinds(text))


def hide(text: str) -> str:
    """The text with all that looks personal in it shown by its shape.

    >>> hide("Elever_Anna_Andersson.xlsx"), hide("Lista 070-174 06 05")
    ('Elever_AAAA_AAAAAAAAA.xlsx', 'Lista 999-999 99 99')
    >>> hide("Ring anna.ek@karlskrona.se"), hide("info@karlskrona.se")
    ('Ring AAAA.AA@AAAAAAAAAA.AA', 'info@karlskrona.se')
    """
    plain = personal_numbers.hide(text)
    parts, end = [], 0
    for start, stop, _ in sorted(_spans(plain)):
        if stop > end:
            start = max(start, end)
            parts += [plain[end:start], _shape(plain[start:stop])]
            end = stop
    return "".join([*parts, plain[end:]])


def shown(value: Any) -> Any:
    """What fills a sentence: numbers and dates as they are, all else as text without what looks
    personal in it."""
    return value if value is None or isinstance(value, Real | dt.date) else hide(str(value))


def without(text: str, instead: str = " ") -> str:
    """The text with ``instead`` in place of all that ``hide`` hides; '' where something is left.

    >>> without("Elever Anna Andersson 2024").split(), without("121212-1212 badplatser").split()
    (['Elever', '2024'], ['-', 'badplatser'])
    """
    numberless = personal_numbers.hide(text)
    same = SequenceMatcher(None, text, numberless, autojunk=False).get_matching_blocks()
    plain = instead.join(text[block.a : block.a + block.size] for block in same)
    for start, stop, _ in sorted(_spans(plain), reverse=True):
        plain = plain[:start] + instead + plain[stop:]
    return "" if kinds(plain) else plain


def _shape(text: str) -> str:
    return re.sub(r"[^\W\d_]", "A", re.sub(r"\d", "9", text))
