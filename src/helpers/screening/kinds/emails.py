"""An e-mail address is a person's if what stands before @ is not the name of a function, such as
info@.

anna.exempel@gmail.com is a person's own; anna.exempel@kommun.se is a service address, a kind of its
own whose cure is a function's mailbox; info@kommun.se is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.declared.specifications import fold
from helpers.screening import names
from helpers.screening.column import Found, Seen, Texts, Weighed

ADDRESS = r"[A-Za-z0-9åäöÅÄÖéüÉÜ._%+-]+@[A-Za-z0-9åäöÅÄÖ.-]+\.[A-Za-z]{2,}"
_ADDRESS = re.compile(
    r"(?P<local>[A-Za-z0-9åäöÅÄÖéüÉÜ._%+-]{1,64})@(?P<domain>[A-Za-z0-9åäöÅÄÖ.-]+\.[A-Za-z]{2,})"
)
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
    " bygglov stadsbyggnad stadshus radhus socialtjanst vuxen".split()
)


def sieve(column: Seen) -> str | None:
    return ADDRESS


STEMS = tuple(word for word in FUNCTIONS if len(word) >= 4)


def _function(local: str, domain: str) -> bool:
    """True where a word of the part before @ is what a function is called, or a body, or the
    domain's own name; Konstanty begins as konst, so that a first name is none."""
    if len(local) <= 2 or fold(local) in map(fold, domain.split(".")[:-1]):
        return True
    words = [fold(word) for word in re.split(r"[._%+\d-]+", local) if word]
    return any(
        word in FUNCTIONS
        or (word.startswith(STEMS) and not names.is_first(word))
        or (names.is_body(word) and not names.is_first(word))
        for word in words
    )


def find(text: str, column: Seen) -> str | None:
    """private | service | unclear (a single word that may be a person's or a unit's) | function.

    >>> texts = ("a.svensson@gmail.com", "anna.ek@karlskrona.se", "info@karlskrona.se")
    >>> [find(text, Seen("t", "e")) for text in texts]
    ['private', 'service', 'function']
    """
    labels = set()
    for hit in _ADDRESS.finditer(text):
        if _function(hit["local"], hit["domain"]):
            labels.add("function")
            continue
        domain = fold(hit["domain"].rsplit(".", 1)[0].rsplit(".", 1)[-1])
        words = [word for word in re.split(r"[._%+\d-]+", hit["local"]) if word]
        if domain in PRIVATE:
            labels.add("private")
        else:
            labels.add("service" if len(words) > 1 or names.is_first(hit["local"]) else "unclear")
    return next(
        (label for label in ("private", "service", "unclear", "function") if label in labels), None
    )


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    level = "told" if column.public else "granska"
    for label, kind, certainty in (
        ("private", "email", "probable"),
        ("service", "service_email", "probable"),
        ("unclear", "service_email", "possible"),
    ):
        if label in hits:
            # one's own address is no function's, whatever the field
            yield Weighed(kind, certainty, "granska" if label == "private" else level, (label,))
