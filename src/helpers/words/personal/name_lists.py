"""First names and surnames: lists that the library Faker carries for its locales, the Swedish one
from SCB's statistics.

Names are facts; the lists are read, not copied. A name that is not listed is not found by them: a
header such as ``handläggare`` then decides (see kinds/person_names).
"""

from __future__ import annotations

import importlib
import re
from functools import cache
from typing import Any

from helpers.words import light
from helpers.words.folding import fold

# Swedish first; then languages whose names are common in Sweden and written with Latin letters.
LOCALES = ("sv_SE", "fi_FI", "no_NO", "da_DK", "tr_TR", "hr_HR", "pl_PL", "es_ES", "en_GB")
SURNAMES = ("sv_SE", "fi_FI", "no_NO", "da_DK", "tr_TR", "hr_HR", "es_ES")
# First names that are ordinary words or places too, or stand first in names of firms: they say
# nothing alone.
WORDS = frozenset(
    fold(word)
    for word in (
        "Bo Sten Dag Tage My Tor Per Rut Stig Liv Linje Ek Saga Vera Mina Sol Ida Alba Sky Summer"
        " Angel Paris Don Max Maja Nova Stella Luna Tuva Sanna Solveig Alma Ella Freja Oden Tor"
        " Balder Brage Royal Art Bay"
    ).split()
)
ENDINGS = (
    "sson son sen berg borg lund ström qvist kvist gren man mann dahl dal stedt sted holm stad bäck"
    " beck blom bom feldt fors gård hammar hult lind löf löv mark näs nen rot roth skog stam strand"
    " vall wall zon ski ska vic ić ic oğlu oglu"
).split()


# How the names of bodies and firms end, folded.
BODIES = (
    "forbund forbundet verket bolag bolaget forvaltning forvaltningen namnd namnden grupp gruppen"
    " tjanst tjanster tjansten kommun kommunen skola skolan forening foreningen kontor kontoret"
    " enhet enheten avdelning avdelningen byra byran center centrum laboratorium laboratoriet firma"
    " firman stiftelse stiftelsen klubb klubben laget sallskap sallskapet mottagning mottagningen"
    " hallen huset gymnasiet universitetet hogskolan museet biblioteket myndigheten inspektionen"
).split()


@cache
def _providers() -> dict[str, Any]:
    """By locale, what Faker takes names of persons from. Its factory would import all else that it
    has."""
    with light.parts_of("faker"):
        modules = {
            locale: importlib.import_module(f"faker.providers.person.{locale}")
            for locale in LOCALES
        }
    return {locale: module.Provider for locale, module in modules.items()}


def _listed(locale: str, prefixes: tuple[str, ...]) -> set[str]:
    provider = _providers()[locale]
    listed: set[str] = set()
    for name in dir(provider):
        value = getattr(provider, name)
        if name.startswith(prefixes) and not callable(value):
            listed.update(str(text) for text in value)
    return listed


@cache
def first_names() -> frozenset[str]:
    """Folded first names of the locales, double names also by their parts."""
    folded: set[str] = set()
    for locale in LOCALES:
        for name in _listed(locale, ("first_name",)):
            folded.update(fold(part) for part in (name, *re.split(r"[ -]", name)))
    return frozenset(name for name in folded if len(name) > 1)


@cache
def surnames() -> frozenset[str]:
    """Folded surnames of the locales."""
    return frozenset(fold(name) for locale in SURNAMES for name in _listed(locale, ("last_name",)))


def is_first(word: str) -> bool:
    """True for a first name, also a double one (``Anna-Karin``).

    >>> is_first("Anna-Karin"), is_first("Fatima"), is_first("Kommun")
    (True, True, False)
    """
    parts = [fold(part) for part in word.split("-") if part]
    return bool(parts) and all(part in first_names() for part in parts)


def is_body(folded: str) -> bool:
    """True for a folded word that ends as names of bodies and firms do.

    >>> is_body("miljoforbundet"), is_body("advokatfirman"), is_body("andersson")
    (True, True, False)
    """
    return folded.endswith(tuple(BODIES)) and folded not in surnames()


def is_surname(word: str) -> bool:
    """True for a listed surname or one that ends as Swedish surnames do.

    >>> is_surname("Andersson"), is_surname("Hallonqvist"), is_surname("Måleri")
    (True, True, False)
    """
    parts = [part for part in re.split(r"-", word) if part]
    return bool(parts) and all(
        fold(part) in surnames()
        or (len(part) > 5 and part.casefold().endswith(tuple(ENDINGS)) and not is_body(fold(part)))
        for part in parts
    )
