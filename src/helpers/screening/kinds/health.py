"""A table tells of somebody's health if diagnoses or measures of care stand as codes in rows about
single persons, or a sentence says of one person that she is ill or is granted help.

Codes are ICD-10-SE (a letter, two digits, and up to two more signs) and KVÅ (three letters and two
digits, or two and three), under a header that says so: a code alone is as often a room's. Rows are
about persons where the table has a key or a day of birth of them, or both sex and age and nothing
that is counted: statistics by diagnosis are public. A sentence needs its subject ("patienten är
sjukskriven") or its days ("sjukskriven t.o.m. 3 mars"): texts to the public say "du som är". Events
and works of art tell of those who are made up, or dead: such sentences are none, nor is one with a
word of a work or a year long ago. Without a key of persons beside it a sentence is only possible.
What help is called without a person ("ekonomiskt bistånd", "LSS") is ``protected``'s. Sources, read
2026-12 in stored copies: socialstyrelsen.se on the structure of ICD-10-SE and KVÅ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.screening.column import Found, Seen, Texts, Weighed, together
from helpers.screening.kinds import birth_dates, personnummer

HEADERS = ("diagnos", "icd", "icd10", "icdkod", "kva", "kvakod", "atgardskod")
KEYS = (
    "patientid",
    "patientnr",
    "patientnummer",
    "patient",
    "brukare",
    "brukarid",
    "brukareid",
    "klient",
    "klientid",
    "vardtagare",
    *personnummer.HEADERS,
    *birth_dates.HEADERS,
)
SEX, AGE = ("kon", "sex", "gender"), ("alder", "age")
COUNTED = (
    "antal",
    "andel",
    "procent",
    "varde",
    "value",
    "count",
    "incidens",
    "prevalens",
    "per1000",
    "medel",
    "median",
    "summa",
    "total",
)
_YEAR = re.compile("(?:19|20)[0-9]{2}")  # a header: its column holds that year's numbers
SHOWN = frozenset({"offentlig_konst", "evenemang"})  # types of datasets
_OF_EVENTS = frozenset({"startdatum", "startdate", "organizer", "arrangor"})  # among places
MOST = 0.5  # of the different texts must be codes
_ONE = r"[A-Z](?:[0-9]{2}(?:\.?[0-9][0-9A-Z]?)?|[A-Z][0-9]{3}|[A-Z]{2}[0-9]{2})[A-Z]?"
CODE = rf"^\s*{_ONE}(?:[ ,;/+]{{1,2}}{_ONE})*\s*$"
_CODE = re.compile(CODE)
_WHO = (
    "hon|han|hen|brukaren|patienten|klienten|eleven|kunden|sökanden|barnet|dottern|sonen|modern|mamman"
    "|fadern|pappan|maken|makan|hustrun|medarbetaren|den anställde|kvinnan|mannen|flickan|pojken"
)
_ILL = (
    "sjukskriven|sjukpensionerad|förtidspensionerad|inlagd på (?:sjukhus|lasarett|avdelning|psyk)"
    "|diagnos(?:en)?(?:[ .,]|$)|adhd|autism|demen[st]|cancer(?:[ .,]|$)|epilepsi|depression"
    "|deprimerad|missbruk(?:[ .,]|are|$)|psykos|utvecklingsst|självmords"
    "|(?:beviljad|beviljats|fått|avslag på)(?: [a-zåäö]+){0,3} (?:lss|färdtjänst|hemtjänst|bistånd"
    "|försörjningsstöd|assistans|sjukpenning|sjukersättning)"
)
_OF_ONE = rf"(?:{_WHO}) (?:är|var|har|fick|blev|lider av)(?: [a-zåäö]+){{0,3}} (?:{_ILL})"
_DAYS = (
    r"sjukskriv(?:en|ning) (?:till |på |om )?(?:sedan|fr\.? ?o\.? ?m|t\.? ?o\.? ?m|from|tom"
    r"|till och med|från och med|[0-9]{1,3} ?(?:%|procent))"
)
SAID = rf"(?i:(?:{_OF_ONE}|{_DAYS}))"
_SAID = re.compile(rf"(?<!\w)(?:{_OF_ONE}|{_DAYS})", re.I)
# texts to the public, and statistics
_ANYONE = re.compile(
    r"\b(?:du|dig|din|ditt|dina|ni|man|den som|personer|andel|antal|statistik"
    rf"|(?:om|när|då|ifall|oavsett|varje|en) (?:{_WHO}))\b",
    re.I,
)

# years long ago: where a sentence begins, in a life's brackets, after a time or an illness
_BEFORE = (
    rf"(?:^|(?<!\bf)[.(] ?|(?<!född )\b(?:år|hösten|våren|sommaren|vintern) |(?:{_ILL}) ?)"
    r"(?:1[78][0-9]|19[0-7])[0-9](?![\w-]| ?(?:kr|sek|:))"
)
# works, and those who lived long ago or are dead
_TOLD = re.compile(
    r"film(?:en)?\b|teater(?:n|föreställning(?:en)?)?\b|föreställning(?:en)?\b|\bbok(?:en)?\b"
    r"|utställning(?:en)?\b|(?-i:roman)\b|roman(?:en\b| om\b)|\boch (?:dog|avled)\b"
    rf"|\b(?:dog|avled|avliden|död)\b[^.]{{0,20}}\b1[0-9]{{3}}\b|{_BEFORE}",
    re.I,
)
_IN_CARE = re.compile(
    r"\b(?:patienten|brukaren|klienten|sökanden|eleven|medarbetaren)\b|anställde\b", re.I
)
_DAY = re.compile(r"\b(?:t\.? ?o\.? ?m\.?|fr\.? ?o\.? ?m\.?|from|med|till|från) dag\b", re.I)


def _key(column: Seen) -> bool:
    return any(name in KEYS for name in column.beside)


def _of_stories(column: Seen) -> bool:
    """True among events and works of art, which tell of people: there only those count whom care,
    school or work speak of so."""
    events = column.type == "platsinformation" and column.beside & _OF_EVENTS
    return column.type in SHOWN or bool(events)


def _said(text: str, column: Seen) -> bool:
    others = (_ANYONE, _TOLD, _DAY)
    if not _SAID.search(text) or any(other.search(text) for other in others):
        return False
    return not _of_stories(column) or _IN_CARE.search(text) is not None


def _counted(name: str) -> bool:
    return name.startswith(COUNTED) or name.endswith(COUNTED) or bool(_YEAR.fullmatch(name))


def _rows_of_persons(column: Seen) -> str | None:
    """How sure it is that each row is about one person; None where nothing says so."""
    if _key(column):
        return "probable"
    if any(map(_counted, column.beside)):
        return None
    both = all(any(name in words for name in column.beside) for words in (SEX, AGE))
    return "possible" if both else None


def sieve(column: Seen) -> str | None:
    if column.value != "text":
        return None
    return f"{CODE}|{SAID}" if column.says(HEADERS) else SAID


def find(text: str, column: Seen) -> str | None:
    """code (under a header that says so) | said, of one person.

    >>> find("F32.1", Seen("t", "Diagnoskod")), find("F32.1", Seen("t", "Sal"))
    ('code', None)
    >>> texts = ("Patienten är sedan maj sjukskriven", "Du som är sjukskriven till 50 procent")
    >>> [find(text, Seen("t", "notering")) for text in texts]
    ['said', None]
    """
    if column.says(HEADERS) and _CODE.match(text):
        return "code"
    return "said" if _said(text, column) else None


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    certainty = _rows_of_persons(column)
    if certainty and together(hits, ["code"]).texts >= MOST * column.texts:
        yield Weighed("health", certainty, "granska", ("code",))
    yield Weighed("health", "probable" if _key(column) else "possible", "granska", ("said",))
