"""A header says that people are counted, or what is tied to one of them: what is counted is the
first noun after "antal", and a compound is what its last part is.

A header that is an age or a form alone (``0-5 år``, ``Årskurs 4-6``) counts those who are of it.

``Antal barn`` counts children, ``Antal barngrupper`` groups, ``Antal platser för barn`` places. A
journey, a case or a measurement is one person's; a departure, a room or a car is nobody's.
"""

from __future__ import annotations

import re

from helpers.screening.column import Seen
from helpers.words.folding import fold

# What a word ends with that names people, or what is tied to one of them; folded.
PEOPLE = tuple(
    "resande resenarer resor passagerare pastigande avstigande pastigningar avstigningar elever"
    " barn personer invanare patienter besokare besok brukare klienter arenden deltagare anstallda"
    " medlemmar sokande studenter hushall flickor pojkar kvinnor matningar trips journeys"
    " passengers boarding boardings alighting alightings people persons pupils visitors children"
    " students employees residents households measurements devices tests".split()
)
# How the number of them is called in one word: elevantal.
NUMBERS = re.compile(
    r"(?:elev|barn|patient|invanar|passagerar|resenar|resande|besoks?|deltagar|medlems?|brukar)antal"
)
COUNTS = ("antal", "count", "number", "summa")
# What is nobody's although people may use it, and what is no count at all: what a word ends with.
THINGS = tuple(
    "platser turer avgangar ankomster grupper avdelningar rum lokaler enheter fordon bilar cyklar"
    " linjer stolar parkeringar skolor seats places groups departures arrivals routes stops rooms"
    " vehicles spaces units nummer".split()
)
NO_COUNT = frozenset("id nr kod code andel share procent percent".split())
# What follows tells for whom or where, not what.
LIMITS = frozenset("for i per pa med till vid fran inom under in at by with to from".split())
OF = ("of", "av")
# What tells when or that it is all, and not what.
TIMES = re.compile(
    r"\d*|tot\w*|sum|ar\d*|ars\w*|dag|dygn|vardag\w*|helg\w*|(?:man|tis|ons|tors|fre|lor|son)dag\w*"
    r"|vecka|manad\w*|morgon\w*|kvall\w*|natt\w*|day|week\w*|month\w*|year"
)
# Who is of an age or in a form: the header of a count for each of them.
_SPAN = r"\d{1,3}\s*[-\u2013]\s*\d{1,3}"
AGES = re.compile(
    rf"(?:ålder\s*)?(?:{_SPAN}|\d{{1,3}}\s*\+)\s*år"
    rf"|(?:ålder|age)\s*(?:{_SPAN}|\d{{1,3}}\s*\+)"
    r"|\d{1,3}\s*år\s*(?:och|eller)\s*(?:äldre|yngre|mer|över)"
    rf"|(?:årskurs|åk)\s*(?:{_SPAN}|f\s*[-\u2013]\s*\d|f|\d)",
    re.I,
)


def _words(header: str) -> list[tuple[str, str]]:
    """The header's words in order, each folded and as it stands."""
    split = re.sub(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])", " ", header)
    parts = re.split(r"[^0-9A-Za-zÅÄÖåäöéüÉÜ]+", split)
    return [(fold(part), part) for part in parts if fold(part)]


def _head(words: list[str]) -> list[str]:
    """The words before the first that says for whom, where or of what."""
    for i, word in enumerate(words):
        if word in LIMITS or (word in OF and i and words[i - 1] not in COUNTS):
            return words[:i]
    return words


def _counted(words: list[str], *, anything: bool) -> str | None:
    head = _head(words)
    antal = anything or any(word.startswith(COUNTS) for word in words)
    for word in head:
        if word.endswith(THINGS):
            return None
        if word in PEOPLE or NUMBERS.fullmatch(word) or (antal and word.endswith(PEOPLE)):
            return word
    rest = [word for word in head if word not in (*COUNTS, *OF) and not TIMES.fullmatch(word)]
    bare = [word for word in head if word in COUNTS]
    return bare[0] if anything and bare and not rest else None


def people(column: Seen, *, anything: bool = False) -> str | None:
    """The header's word that says that people are counted, or what is tied to one; None where none
    does. ``anything``: in this dataset a bare "antal" counts such things, and a compound needs no
    "antal" before it.

    >>> [people(Seen("t", name)) for name in ("Antal barn", "Antal barngrupper", "elevantal")]
    ['barn', None, 'elevantal']
    >>> people(Seen("t", "antal_platser_for_barn")), people(Seen("t", "Number of Visitors"))
    (None, 'Visitors')
    """
    if AGES.fullmatch(column.name.strip()):
        return column.name.strip()
    words = _words(column.name)
    if NO_COUNT & {folded for folded, _ in words}:
        return None
    word = _counted([folded for folded, _ in words], anything=anything)
    return next((written for folded, written in words if folded == word), None)
