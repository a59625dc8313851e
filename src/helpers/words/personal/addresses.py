"""An e-mail address is a person's if what stands before @ is not the name of a function, such as
info@."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.words.folding import fold
from helpers.words.personal import name_lists as names

# @, and what is written for it where robots shall not read it: anna.ek[at]gmail.com
_AT = r"(?:@| ?[(\[](?:at|a|snabel-?a)[)\]] ?)"
ADDRESS = rf"[A-Za-z0-9åäöÅÄÖéüÉÜ._%+-]+{_AT}[A-Za-z0-9åäöÅÄÖ.-]+\.[A-Za-z]{{2,}}"
_ADDRESS = re.compile(
    rf"(?P<local>[A-Za-z0-9åäöÅÄÖéüÉÜ._%+-]{{1,64}}){_AT}"
    r"(?P<domain>[A-Za-z0-9åäöÅÄÖ.-]+\.[A-Za-z]{2,})"
)
_SIGNS = re.compile(_AT)
PRIVATE = frozenset(
    "gmail googlemail hotmail outlook live msn yahoo icloud me telia comhem bredband spray passagen"
    " swipnet tele2 home bahnhof glocalnet protonmail proton gmx aol".split()
)
# What a function's mailbox is called, folded; stems of four letters and more also begin longer
# words.
FUNCTIONS = frozenset(
    "info kontakt contact reception expedition kommun region registrator diarium kundtjanst"
    " kundcenter kundservice support oppnadata opendata data service medborgar kultur fritid turism"
    " turist bibliotek skola skolan forskola gymnasi miljo bygg teknik vard halso tandvard"
    " folktandvard mottagning museum museet arkiv kansli ekonomi faktura personal press"
    " kommunikation webb webmaster post mail epost mejl office order sales salj admin naringsliv"
    " bokning booking teater konst gis karta trafik park gata raddning social omsorg utbildning"
    " barn oppna dataskydd dpo noreply hamn bad sim sport idrott camping hej hello team butik shop"
    " rektor chef enhet avdelning forvaltning namnd styrelse vaxel centrum central friluft stadsdel"
    " trygghet vatten avlopp energi avfall renhallning atervinning fastighet lokal maltid bostad"
    " hemtjanst aldre ungdom boende anhorig samhall lantmat lovsal tillsyn livsmedel alkohol buss"
    " jarnvag kollektiv parkering simhall ishall evenemang event arrangemang natur forening forbund"
    " kyrk forsamling pastorat vandrarhem hotell restaurang cafe konferens verkstad lager inkop"
    " upphandl faktur felanmal synpunkt jour drift projekt forskning statistik geodata galleri"
    " slott besok guide visning helpdesk enquir accounts invoice library hr va it vux sfi lon"
    " bygglov stadsbyggnad stadshus radhus socialtjanst vuxen teknisk gator kostenhet"
    " snorojning".split()
)
STEMS = tuple(word for word in FUNCTIONS if len(word) >= 4)
LONG = re.compile("|".join(word for word in STEMS if len(word) >= 5))  # within stadsarkivet


def _function(local: str, domain: str) -> bool:
    """True where a word of the part before @ is what a function is called, or holds it, or a body,
    or the domain's own name; Konstanty begins as konst, so that a first name is none."""
    if len(local) <= 2 or fold(local) in map(fold, domain.split(".")[:-1]):
        return True
    words = [fold(word) for word in re.split(r"[._%+\d-]+", local) if word]
    return any(
        word in FUNCTIONS
        or (word.startswith(STEMS) and not names.is_first(word))
        or (LONG.search(word) and not names.is_first(word) and not names.is_surname(word))
        or (names.is_body(word) and not names.is_first(word))
        for word in words
    )


@dataclass(frozen=True)
class Address:
    """One address in a text. ``label``: private | service | unclear (a single word that may be a
    person's or a unit's) | function."""

    start: int
    end: int
    label: str


def find(text: str) -> Iterator[Address]:
    """Every address in the text.

    >>> [address.label for address in find("a.svensson@gmail.com, info@karlskrona.se")]
    ['private', 'function']
    >>> [address.label for address in find("a.svensson [at] gmail.com, info(a)karlskrona.se")]
    ['private', 'function']
    """
    for hit in _ADDRESS.finditer(text) if _SIGNS.search(text) else ():
        yield Address(hit.start(), hit.end(), _label(hit["local"], hit["domain"]))


def _label(local: str, domain: str) -> str:
    if _function(local, domain):
        return "function"
    if fold(domain.rsplit(".", 1)[0].rsplit(".", 1)[-1]) in PRIVATE:
        return "private"
    words = [word for word in re.split(r"[._%+\d-]+", local) if word]
    return "service" if len(words) > 1 or names.is_first(local) else "unclear"
