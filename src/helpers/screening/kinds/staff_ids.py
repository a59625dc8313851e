"""Initials, signatures or user names lead to somebody at work if the header says that they are, or
who registered or changed the row.

Whoever works there knows whom they stand for, and a user name is often made of the name. Map
servers add such columns by themselves (created_user, last_edited_user: Esri's editor tracking, from
memory), with accounts of programs beside those of people: what is called as a program is none.
Accounts of bodies, domains and what is said on social media are nobody's. User names are probable
where one of the column is made as they are (DOMAIN\\user, anna.ek, anan01), else possible. Under
"Handläggare" two or three capitals are as often a unit's, so that many different ones only ask for
a look. "Signatur" is a station's, a shelf's and a course's as well, and a work of art's artist's:
it counts beside a column about cases, persons or who handled the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.screening.column import Found, Seen, Texts, Weighed, together
from helpers.words.folding import fold
from helpers.words.personal import addresses
from helpers.words.personal import name_lists as names

INITIALS = frozenset({"initialer", "initialerna", "initials", "handlaggarsignatur"})
SIGNATURES = frozenset({"signatur", "sign"})
USERS = frozenset(
    "anvandarnamn anvnamn anvandarid username userid createduser lastediteduser"
    " lastuser globaluser loginname inloggning".split()
)
# a name of a body may stand there as well: a digit or a sign makes a user of it
BY_WHOM = frozenset(
    "createdby modifiedby lasteditedby updatedby changedby registreradav skapadav andradav"
    " uppdateradav inlagdav skapatav editor creator".split()
)
UNSURE = frozenset({"handlaggare", "attestant"})
# what headers beside a signature hold, or are, where somebody at work signs the row; folded
HANDLED = (
    "handlagg",
    "arende",
    "diarien",
    "attest",
    "beslutsdat",
    "beslutad",
    "beslutsfatt",
    "kontrolldat",
    "inspektionsdat",
    "besiktningsdat",
    "tillsynsdat",
    "utford",
    "kontrollant",
    "inspektor",
    "kontaktperson",
    "anstalld",
    "medarbetare",
)
BY_NAME = BY_WHOM | frozenset(
    "dnr ansvarig fornamn efternamn personnamn personnummer granskadav godkandav".split()
)
# a table with such a column is about accounts on the web, which bodies have
ON_THE_WEB = ("plattform", "socialamedi", "socialmedia", "foljare")
# accounts of programs, committees and what is nobody's, folded
NOBODY = frozenset(
    "sde gis gisadmin admin administrator system root guest gast test import export fme postgres"
    " dbo sa sql api batch service server user anvandare okand unknown none null na ej ja nej"
    " arcgis esri portaladmin siteadmin webb web www public anonym anonymous migrering konvertering"
    " kommun region geodata karta ks kf ksf bun sn tn mbn kfn ok saknas qgis mapinfo geosecma"
    " autocad geoserver python redaktion redaktionen".split()
)
OF_PLACES = ("visit", "destination", "upplev")
_DOMAIN = re.compile(r"^www\.|\.(?:se|nu|com|org|net|eu|info|gov|io|example)\s*$", re.I)
_MADE = re.compile(r"[^\\]+\\.|[A-Za-zÅÄÖåäö]{2,8}[0-9]{1,6}\Z")
MANY, MOST = 5, 0.8
SIEVE = r"^\s*\S{1,40}\s*$"
_INITIALS = re.compile(
    r"\s*(?:[A-ZÅÄÖ]\.?){2,4}\s*\Z|\s*[A-ZÅÄÖ][a-zåäö]{1,3}\s*\Z|\s*[a-zåäö]{2,4}\s*\Z"
)
_CAPITALS = re.compile(r"\s*[A-ZÅÄÖ]{2,4}\s*\Z")
_USER = re.compile(
    r"\s*(?:[A-Za-z0-9-]{2,20}\\)?(?=[^\s@]*[A-Za-zÅÄÖåäö]{2})[A-Za-zÅÄÖåäö][\w.-]{1,24}\s*\Z"
)


def by_header(column: Seen) -> bool:
    """True where the header says initials or users, or those whom initials may stand for."""
    if column.value != "text":
        return False
    if column.folded in INITIALS | SIGNATURES and column.type == "offentlig_konst":
        return False
    if column.folded in SIGNATURES:
        return any(
            name in BY_NAME or any(map(name.__contains__, HANDLED)) for name in column.beside
        )
    if column.folded in USERS:
        said = (fold(column.table), *column.beside)
        return not any(word in name for name in said for word in ON_THE_WEB)
    return column.folded in INITIALS | BY_WHOM | UNSURE


def _of_body(word: str) -> bool:
    """True for a word that bodies, programs and functions are called, digits after it or not."""
    plain = fold(word).rstrip("0123456789")
    long = len(plain) > 7 and not names.is_first(plain) and not names.is_surname(plain)
    return (
        (len(plain) > 2 and plain in NOBODY)
        or (len(plain) > 3 and plain in addresses.FUNCTIONS and not names.is_first(plain))
        or names.is_body(plain)
        or (long and bool(addresses.LONG.match(plain)))
        or (long and plain.startswith(OF_PLACES))
    )


def _nobody(text: str) -> bool:
    """True for an account that no single person has.

    >>> texts = ("QGIS3", "karlskrona.se", "Kultur.Fritid", "anna.ek_kommun", "anan01")
    >>> [_nobody(text) for text in texts]
    [True, True, True, False, False]
    """
    user = text.strip().rpartition("\\")[2]
    if fold(user) in NOBODY or _DOMAIN.search(user):
        return True
    words = [word for word in re.split(r"[._-]+", user) if word]
    others = [word for word in words if not _of_body(word)]
    # somebody's with the body that she works at
    of_one = any(names.is_first(one) or re.search("[0-9]", one) for one in others)
    return len(others) < len(words) and not of_one


def _made(text: str) -> bool:
    """True where a user name is made as they are for those at work."""
    first, _, last = text.strip().partition(".")
    called = bool(last) and (names.is_first(first) or names.is_surname(last))
    return called or bool(_MADE.match(text.strip()))


def sieve(column: Seen) -> str | None:
    return SIEVE if by_header(column) else None


def find(text: str, column: Seen) -> str | None:
    """user | perhaps (a user name that may be another's) | initials.

    >>> texts = ("KOMMUN\\\\anan01", "AB", "SDE", "Anna Ek")
    >>> [find(text, Seen("t", "created_user")) for text in texts]
    ['user', 'perhaps', None, None]
    >>> [find(text, Seen("t", "Initialer")) for text in ("AB", "Abc", "ab", "KS")]
    ['initials', 'initials', 'initials', None]
    """
    if column.folded in USERS | BY_WHOM:
        sure = column.folded in USERS or re.search(r"[0-9_\\]|\w\.\w", text)
        if not sure or not _USER.match(text) or _nobody(text):
            return None
        return "user" if _made(text) else "perhaps"
    if fold(text) in NOBODY:
        return None
    form = _CAPITALS if column.folded in UNSURE else _INITIALS
    return "initials" if form.match(text) else None


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    certainty = "probable" if "user" in hits else "possible"
    yield Weighed("staff_id", certainty, "granska", ("user", "perhaps"))
    initials = together(hits, ["initials"])
    many = initials.texts >= max(MANY, MOST * column.texts)
    if initials.count and (column.folded in INITIALS | SIGNATURES or many):
        yield Weighed("staff_id", "possible", "granska", ("initials",))
