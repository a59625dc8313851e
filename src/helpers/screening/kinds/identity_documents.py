"""A number is of a person's passport, identity card or LMA card if a header or the words before it
say so, and it is written as such numbers are.

None of them has a check digit in the number itself. Swedish passports and national identity cards
have nine letters and digits since 2022, eight digits before (polisen.se); an asylum seeker's case
number (dossiernummer), which stands on the LMA card, is two digits, a dash and six, the card's own
number after a stroke (migrationsverket.se; Västra Götalandsregionen, LMA-kort). All read 2026-12 in
stored copies. "Pass" is a shift at work and a hunter's stand as well: the form must agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.screening.column import Found, Seen, Texts, Weighed

PASSPORTS = ("passnr", "passnummer", "passport", "resehandling")
CARDS = (
    "idkortn",
    "identitetskortn",
    "legitimationsn",
    "idhandling",
    "identitydocument",
    "identitycard",
    # whole words: which driving licence a course needs is a level
    "korkortnr",
    "korkortsnr",
    "korkortnummer",
    "korkortsnummer",
    "uppehallstillstandsk",
)
CASES = ("lma", "lmakort", "lmanr", "lmanummer", "dossiern")
HEADERS = PASSPORTS + CARDS + CASES
_NUMBER = r"[0-9]{2}-[0-9]{6}|[A-Z]{1,3}[0-9]{5,8}|[0-9]{8,9}"
SAID = (
    r"(?i:(?:pass(?:port)? ?(?:nr|nummer|number|no)|lma(?:-?kort)?[ -]?(?:nr|nummer)"
    r"|dossier ?(?:nr|nummer)|(?:id|identitets|legitimations)-?kort ?(?:s?nr|s?nummer))[ :.]{1,3}"
    rf"(?:{_NUMBER})|lma(?:-?kort)?:? [0-9]{{2}}-[0-9]{{6}})"
)
_SAID = re.compile(rf"\b{SAID}(?![0-9])")
_PASSPORT = re.compile(r"\s*(?:[0-9]{8}|(?=(?:[A-Z]*[0-9]){5})[0-9A-Z]{8,9})\s*\Z", re.I)
_CASE = re.compile(r"\s*[0-9]{2}-?[0-9]{6}(?:/[0-9]{1,2})?\s*\Z")
_CARD = re.compile(r"\s*(?=(?:[A-Z -]*[0-9]){5})[0-9A-Z][0-9A-Z -]{5,14}\s*\Z", re.I)
_FORMS = ((PASSPORTS, _PASSPORT), (CASES, _CASE), (CARDS, _CARD))


def sieve(column: Seen) -> str | None:
    if column.value not in ("text", "integer"):
        return None
    return "[0-9]{3}" if column.says(HEADERS) else SAID


def find(text: str, column: Seen) -> str | None:
    """number (under a header that says so) | said, in a sentence.

    >>> find("AA1234567", Seen("t", "Passnummer")), find("Stuga 4", Seen("t", "Passnummer"))
    ('number', None)
    >>> find("Boende med LMA-nr 12-345678", Seen("t", "notering"))
    'said'
    """
    for headers, form in _FORMS:
        if column.says(headers) and form.match(text):
            return "number"
    return "said" if _SAID.search(text) else None


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    yield Weighed("id_document", "probable", "granska", ("number", "said"))
