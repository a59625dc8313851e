"""Initials, signatures or user names lead to somebody at work if the header says that they are, or
who registered or changed the row.

Whoever works there knows whom they stand for, and a user name is often made of the name. Map
servers add such columns by themselves (created_user, last_edited_user: Esri's editor tracking, from
memory), with accounts of programs beside those of people: what is called as a program is none.
Under "Handläggare" two or three capitals are as often a unit's, so that many different ones only
ask for a look. A signature on a work of art is its artist's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.screening.column import Found, Seen, Texts, Weighed, together
from helpers.words.folding import fold

INITIALS = frozenset(
    {"initialer", "initialerna", "signatur", "sign", "initials", "handlaggarsignatur"}
)
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
# accounts of programs, committees and what is nobody's, folded
NOBODY = frozenset(
    "sde gis gisadmin admin administrator system root guest gast test import export fme postgres"
    " dbo sa sql api batch service server user anvandare okand unknown none null na ej ja nej"
    " arcgis esri portaladmin siteadmin webb web www public anonym anonymous migrering konvertering"
    " kommun region geodata karta ks kf ksf bun sn tn mbn kfn ok saknas".split()
)
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
    of_art = column.type == "offentlig_konst" and column.folded in INITIALS
    listed = column.folded in INITIALS | USERS | BY_WHOM | UNSURE
    return listed and column.value == "text" and not of_art


def sieve(column: Seen) -> str | None:
    return SIEVE if by_header(column) else None


def find(text: str, column: Seen) -> str | None:
    """user | initials.

    >>> texts = ("KOMMUN\\\\anan01", "AB", "SDE", "Anna Ek")
    >>> [find(text, Seen("t", "created_user")) for text in texts]
    ['user', 'user', None, None]
    >>> [find(text, Seen("t", "Initialer")) for text in ("AB", "Abc", "ab", "KS")]
    ['initials', 'initials', 'initials', None]
    """
    if fold(text.rpartition("\\")[2]) in NOBODY:
        return None
    if column.folded in USERS | BY_WHOM:
        sure = column.folded in USERS or re.search(r"[0-9_\\]|\w\.\w", text)
        return "user" if sure and _USER.match(text) else None
    form = _CAPITALS if column.folded in UNSURE else _INITIALS
    return "initials" if form.match(text) else None


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    yield Weighed("staff_id", "probable", "granska", ("user",))
    initials = together(hits, ["initials"])
    many = initials.texts >= max(MANY, MOST * column.texts)
    if initials.count and (column.folded in INITIALS or many):
        yield Weighed("staff_id", "possible", "granska", ("initials",))
