"""A person's name in a text: a known first name and a surname beside each other, alone or in a
longer text, that are neither a firm's nor a place's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from helpers.words.folding import fold
from helpers.words.personal import name_lists as names

# What a firm, an association, a place or a body is called. Folded words; none of these stands in a
# person's name.
NOT_PERSONS = frozenset(
    "ab hb kb ek forening foreningen ideell handelsbolag kommanditbolag aktiebolag bolag bolaget"
    " firma inc ltd limited gmbh ehf hf slf ohf as asa oy oyj aps plc llc corp group sa nv bv co"
    " och and amp bygg byggnads maleri el elservice ror vvs akeri transport taxi gard gards konsult"
    " consulting service data it media foto film musik teater ateljé ateljee studio design reklam"
    " juridik advokat advokatbyra revision redovisning stad kommun region lan landsting stift"
    " stiftelse stiftelsen forsamling kyrka skola skolan forskola gymnasium plats park parken gata"
    " gatan vag vagen torg torget grand backe stig strand badplats bad lekplats hall hallen hus"
    " huset museum museet museer library bibliotek stadsbibliotek sjukhus vardcentral apotek hotell"
    " hotel restaurang cafe kafe bar butik handel salong frisor tandlakare tandvard lakare klinik"
    " kliniken rehab fysio naprapat psykolog hund katt trad skog jord entreprenad mark anlaggning"
    " verkstad bil bilar motor marin sportklubb idrott forlag bok press tryck invest fastighet"
    " fastigheter forvaltning universitet hogskola institut akademi akademien centrum center s"
    " minne monument staty byst portratt the of av von_der i pa vid till for med im am de_la sons"
    " soner broderna systrarna brodrarna dotter arv arvingar dodsbo".split()
)
# Words of places and firms that are surnames too: "Bo Ek", "Ulla Strand".
ALSO_SURNAMES = frozenset("ek hall skog strand mark marin hed sjo".split())
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:-[^\W\d_]+)*\.?")
_YEARS = re.compile(r"\([^()]{0,40}\)")  # what stands after a name, of when somebody lived
LONGEST = 4000  # characters of a text that are looked through
PARTICLES = ("von", "af", "de", "van", "el", "al", "bin")
LINKS = frozenset("i pa vid till for med im am och av the of".split())


@lru_cache(2)  # as ``_words_of``
def nobody(text: str) -> bool:
    """True for a text that holds neither a first name nor an initial, as most do: no name of a
    person begins in it.

    >>> [nobody(text) for text in ("Blekinge Rör AB", "A. Svensson", "Ring Anna-Karin")]
    [True, False, False]
    """
    words = _LETTERS.findall(text)
    return names.first_names().isdisjoint(map(fold, words)) and not any(map(_initial, words))


def words_of(text: str) -> list[str]:
    """The words of a text that holds nothing but words; [] otherwise."""
    return list(_words_of(text))


@lru_cache(2)  # a text is asked several questions, one after the other
def _words_of(text: str) -> list[str]:
    plain = text.strip().strip(".,;")
    words = [word.strip(".,") for word in re.split(r"[\s,]+", plain) if word.strip(".,")]
    return words if all(_WORD.fullmatch(word) for word in words) else []


def _initial(word: str) -> bool:
    return len(word) == 1


def capitalised(text: str) -> list[str]:
    """The words of a text that may be a name of two to four words, none a firm's or a body's; []
    otherwise."""
    words = words_of(text)
    if not 2 <= len(words) <= 4 or not all(
        word[0].isupper() or word in PARTICLES for word in words
    ):
        return []
    folded = [fold(word) for word in words]
    blocked = [word for word in folded if word in NOT_PERSONS or names.is_body(word)]
    also = blocked == [folded[-1]] and folded[-1] in ALSO_SURNAMES
    return [] if blocked and not also else words


def alone(text: str) -> tuple[str, frozenset[str]] | None:
    """full | half, and the folded first name and surname, of a text that is a name and nothing
    else; None otherwise.

    >>> alone("Andersson, Anna") == ("full", frozenset({"anna", "andersson"})), alone("Anna Park")
    (True, None)
    """
    words = capitalised(text)
    if not words:
        return None
    swapped = "," in text
    first, last = (words[-1], words[0]) if swapped else (words[0], words[-1])
    known = names.is_first(first) or (
        _initial(first) and not swapped and fold(last) in names.surnames()
    )
    if not known and names.is_first(last) and names.is_surname(first):
        first, last, known = last, first, True
    who = frozenset({fold(first), fold(last)})
    if known and fold(last) in ALSO_SURNAMES:
        return "half", who
    if known and names.is_surname(last):
        return "full", who
    if known and fold(first) not in names.WORDS and len(words) <= 3:
        return "half", who
    return None


def label(text: str) -> str | None:
    """full (first name and surname known) | half (one of them) | embedded (a full name within a
    longer text).

    >>> texts = ("Anna Andersson", "Andersson, Anna", "Anna Qwx", "Anders Bygg AB")
    >>> [label(text) for text in (*texts, "Ring Anna Andersson i maj")]
    ['full', 'full', 'half', None, 'embedded']
    >>> label("Bo Ek"), label("Maria Park"), label("Miljöförbundet Blekinge Väst")
    ('half', None, None)
    """
    if nobody(text):
        return None
    name = alone(text)
    if name is not None:
        return name[0]
    return "embedded" if next(within(text[:LONGEST]), None) else None


@dataclass(frozen=True)
class Person:
    """A full name in a text: where it stands, and its first name and surname, folded."""

    start: int
    end: int
    who: frozenset[str]


def within(text: str) -> Iterator[Person]:
    """Each place where a first name and a surname stand next to each other (an initial may stand
    between), and are no firm's.

    >>> [(person.start, person.end) for person in within("Ring Anna B. Andersson i maj")]
    [(5, 22)]
    """
    if sum(map(str.isupper, text)) < 2:
        return  # not both names begin with a capital: most addresses end here
    words = [(hit.group(), hit.start(), hit.end()) for hit in _WORD.finditer(text)]
    for i, (first, start, end) in enumerate(words[:-1]):
        if not (first[0].isupper() and len(first) > 1 and first[1:2].islower()):
            continue
        j = i + 2 if _initial(words[i + 1][0].strip(".")) and i + 2 < len(words) else i + 1
        last, _, stop = words[j]
        if (
            last[0].isupper()
            and (len(last) > 2 or fold(last) in ALSO_SURNAMES)
            and not text[end : words[i + 1][1]].strip()
            and names.is_first(first)
            and names.is_surname(last.rstrip("."))
            and not _a_firm(text, stop)
        ):
            yield Person(start, stop, frozenset({fold(first), fold(last)}))


def whom(text: str) -> list[frozenset[str]]:
    """First name and surname, folded, of everyone whose full name the text holds.

    >>> whom("Andersson, Nils (1920-1999)") == [frozenset({"nils", "andersson"})]
    True
    """
    name = alone(_YEARS.sub(" ", text))
    if name is not None and name[0] == "full":
        return [name[1]]
    return [person.who for person in within(text[:LONGEST])]


def _a_firm(text: str, end: int) -> bool:
    """True where the next word makes a firm or a place of the name: ``Anna Andersson AB``, ``Karin
    Boyes plats``."""
    after = re.match(r"[\s,]*([^\W\d_]+)", text[end:])
    return after is not None and fold(after[1]) in NOT_PERSONS - LINKS
