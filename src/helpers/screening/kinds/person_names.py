"""A text is a person's name if it is a known first name and a surname alone; a header or the column's share must agree.

A firm ("Anders Bygg AB") is not a person, nor is a place that is called after one ("Karin Boyes plats"). How much a hit
counts depends on the header: under "Handläggare" one is enough; under "Leverantör" a full name is; under "Namn" (of a
place, of a statue) half of the column must be persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.screening import names
from helpers.screening.column import Found, Seen, Texts, Weighed, together
from helpers.specifications import fold

PERSONS = tuple(
    "kontaktperson handlaggare ansvarig attestant bestallare referens fornamn efternamn personnamn firstname "
    "lastname surname fullname contactperson agare lagfaren owner innehavare sokande elev patient klient "
    "brukare vardnadshavare anhorig kund mottagare fotograf photographer konstnar artist upphovsman skapare "
    "creator anstalld personal chef rektor forestandare utford registrerad lararen larare employee kontakt "
    "contact firmatecknare person".split()
)
ONE_NAME = ("fornamn", "efternamn", "firstname", "lastname", "surname", "tilltalsnamn", "givenname", "familyname")
PARTIES = ("leverantor", "supplier", "mottagare", "payee", "betalningsmottagare", "kund", "vendor", "motpart")
NAMES = ("namn", "name", "titel", "title")
SHARE = 0.5
# What a firm, an association, a place or a body is called. Folded words; none of these stands in a person's name.
NOT_PERSONS = frozenset(
    "ab hb kb ek forening foreningen ideell handelsbolag kommanditbolag aktiebolag bolag bolaget firma inc ltd "
    "limited gmbh as asa oy oyj aps plc llc corp group sa nv bv co och and amp bygg byggnads maleri el "
    "elservice ror vvs akeri transport taxi gard gards konsult consulting service data it media foto film "
    "musik teater ateljé ateljee studio design reklam juridik advokat advokatbyra revision redovisning stad "
    "kommun region lan landsting stift stiftelse stiftelsen forsamling kyrka skola skolan forskola gymnasium "
    "plats park parken gata gatan vag vagen torg torget grand backe stig strand badplats bad lekplats hall "
    "hallen hus huset museum museet museer library bibliotek stadsbibliotek sjukhus vardcentral apotek hotell "
    "hotel restaurang cafe kafe bar butik handel salong frisor tandlakare tandvard lakare klinik kliniken "
    "rehab fysio naprapat psykolog hund katt trad skog jord entreprenad mark anlaggning verkstad bil bilar "
    "motor marin sportklubb idrott forlag bok press tryck invest fastighet fastigheter forvaltning universitet "
    "hogskola institut akademi akademien centrum center s minne monument staty byst portratt the of av von_der "
    "i pa vid till for med im am de_la sons soner broderna systrarna brodrarna dotter arv arvingar dodsbo".split()
)
SIEVE = r"\p{L}{2,}[, .]+(?:\p{L}[\p{L}'.-]*[, ]+)*\p{L}{2,}"
_WORD = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:-[^\W\d_]+)*\.?")
LONGEST = 4000  # characters of a text that are looked through
LINKS = frozenset("i pa vid till for med im am och av the of".split())


def sieve(column: Seen) -> str | None:
    if column.value in ("date", "datetime", "boolean"):
        return None
    return r"\p{L}{2,}" if column.says(ONE_NAME) else SIEVE


def _parties(text: str) -> list[str]:
    """The words of a text that holds nothing but words; [] otherwise."""
    plain = text.strip().strip(".,;")
    words = [word.strip(".,") for word in re.split(r"[\s,]+", plain) if word.strip(".,")]
    return words if all(_WORD.fullmatch(word) for word in words) else []


def _initial(word: str) -> bool:
    return len(word) == 1


def label(text: str) -> str | None:
    """full (first name and surname known) | half (one of them) | embedded (a full name within a longer text).

    >>> [label(one) for one in ("Anna Andersson", "Andersson, Anna", "Anna Qwx", "Anders Bygg AB", "Ring Anna Andersson i maj")]
    ['full', 'full', 'half', None, 'embedded']
    """
    words = _parties(text)
    if 2 <= len(words) <= 4 and all(
        word[0].isupper() or word in ("von", "af", "de", "van", "el", "al", "bin") for word in words
    ):
        folded = [fold(word) for word in words]
        if not set(folded) & NOT_PERSONS:
            swapped = "," in text
            first, last = (words[-1], words[0]) if swapped else (words[0], words[-1])
            known = names.is_first(first) or (_initial(first) and not swapped and fold(last) in names.surnames())
            if not known and names.is_first(last) and names.is_surname(first):
                first, last, known = last, first, True
            if known and names.is_surname(last):
                return "full"
            if known and fold(first) not in names.WORDS and len(words) <= 3:
                return "half"
            return None
    return "embedded" if _embedded(text[:LONGEST]) else None


def _embedded(text: str) -> bool:
    """True where a first name and a surname stand next to each other (an initial may stand between), and are no firm's."""
    words = [(hit.group(), hit.start(), hit.end()) for hit in _WORD.finditer(text)]
    for i, (first, _, end) in enumerate(words[:-1]):
        if not (first[0].isupper() and len(first) > 1 and first[1:2].islower() and names.is_first(first)):
            continue
        j = i + 2 if _initial(words[i + 1][0].strip(".")) and i + 2 < len(words) else i + 1
        last, _, stop = words[j]
        near = not text[end : words[i + 1][1]].strip()
        if (
            near
            and last[0].isupper()
            and len(last) > 2
            and names.is_surname(last.rstrip("."))
            and not _a_firm(text, stop)
        ):
            return True
    return False


def _a_firm(text: str, end: int) -> bool:
    """True where the next word makes a firm or a place of the name: ``Anna Andersson AB``, ``Karin Boyes plats``."""
    after = re.match(r"[\s,]*([^\W\d_]+)", text[end:])
    return after is not None and fold(after[1]) in NOT_PERSONS - LINKS


def find(text: str, column: Seen) -> str | None:
    if column.says(ONE_NAME):
        words = _parties(text)
        return "one" if words and any(names.is_first(word) or names.is_surname(word) for word in words) else None
    found = label(text)
    if found is None and column.says(PERSONS):
        lower = " ".join(word.capitalize() for word in text.split())
        return label(lower) if lower != text and len(lower) < 60 else None
    if found is None and text.isupper() and len(text) < 60:
        return label(text.title())
    return found


def weigh(column: Seen, found: Found, texts: Texts) -> Iterator[Weighed]:
    level = "told" if column.public else "granska"
    full, half = together(found, ["full"]), together(found, ["full", "half"])
    if column.says(ONE_NAME):
        if together(found, ["one"]).texts >= 0.3 * column.texts:
            yield Weighed("person_name", "probable", level, ("one",))
        return
    if column.organisations:
        return
    if column.public or (column.says(PERSONS) and not column.says(NOT_A_PERSONS_HEADER)):
        if half.count or "embedded" in found:
            yield Weighed("person_name", "probable", level, ("full", "half", "embedded"))
    elif column.says(PARTIES):
        if full.count:
            yield Weighed("person_name", "probable", level, ("full",))
        half = together(found, ["half"])
        if half.count >= 1 and half.texts >= 0.2 * column.texts:
            yield Weighed("person_name", "possible", level, ("half",))
    elif half.texts >= max(2, SHARE * column.texts) and full.texts >= 0.25 * column.texts:
        yield Weighed("person_name", "probable", level, ("full", "half"))
    elif column.type != "offentlig_konst" and not column.says(NAMES) and (full.count or "embedded" in found):
        # in sentences, codes and texts of accounts: somebody looks
        yield Weighed("person_name", "possible", level, ("full", "embedded"))


NOT_A_PERSONS_HEADER = (
    "nummer",
    "nr",
    "id",
    "kod",
    "typ",
    "form",
    "url",
    "webb",
    "epost",
    "email",
    "mail",
    "telefon",
    "tel",
    "adress",
    "datum",
)


def partner(text: str) -> bool:
    """True for a partnership that is called after a person: ``Anna Anderssons Handelsbolag``, ``Svensson & Ek HB``.

    >>> partner("Anna Anderssons Handelsbolag"), partner("Blekinge Trafik HB")
    (True, False)
    """
    plain = re.sub(r"\b(?:HB|KB|handelsbolag|kommanditbolag|firma)\b", " ", text, flags=re.I)
    words = [word for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", plain) if fold(word) not in ("och", "o")]
    known = [
        names.is_surname(word) or names.is_surname(word.removesuffix("s")) or names.is_first(word) for word in words
    ]
    return bool(words) and len(words) <= 4 and all(known)
