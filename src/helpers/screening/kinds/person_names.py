"""A text is a person's name if it is a known first name and a surname alone; a header or the
column's share must agree.

A firm ("Anders Bygg AB") is not a person, nor is a place that is called after one ("Karin Boyes
plats"). How much a hit counts depends on the header: under "Handläggare" one is enough, and names
on no list count too; under "Leverantör" a full name is; under "Namn" (of a place, of a statue) half
of the column must be persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.screening.column import Found, Seen, Texts, Weighed, together
from helpers.words.folding import fold
from helpers.words.personal import name_lists as names
from helpers.words.personal.persons import (
    ALSO_SURNAMES,
    LINKS,
    NOT_PERSONS,
    capitalised,
    label,
    nobody,
    whom,
    words_of,
)

# What a header's word ends with where nothing but a person is meant: "miljöhandläggare".
ALWAYS = tuple(
    "kontaktperson handlaggare attestant bestallare personnamn fullname contactperson elev patient"
    " klient brukare vardnadshavare anhorig anstalld chef rektor forestandare larare employee"
    " firmatecknare ordforande kassor sekreterare ledamot ersattare tranare ledare instruktor"
    " tillsynsman inspektor besiktningsman provtagare forare chauffor ombud arrendator hyresgast"
    " uppgiftslamnare anmalare driver samordnare koordinator kurator".split()
)
PERSONS = ALWAYS + tuple(
    "ansvarig referens fornamn efternamn firstname lastname surname agare lagfaren owner innehavare"
    " sokande kund mottagare fotograf photographer konstnar artist upphovsman skapare creator"
    " personal utford registrerad kontakt contact person besiktad granskad skapadav andradav"
    " inlamnadav createdby modifiedby".split()
)
ONE_NAME = (
    "fornamn",
    "efternamn",
    "firstname",
    "lastname",
    "surname",
    "tilltalsnamn",
    "givenname",
    "familyname",
)
PARTIES = (
    "leverantor",
    "supplier",
    "mottagare",
    "payee",
    "betalningsmottagare",
    "kund",
    "vendor",
    "motpart",
)
# What is run by somebody: a sole trader's has her name.
BUSINESSES = (
    *("anlaggning", "anlaggningsnamn", "verksamhet", "verksamhetsnamn", "verksamhetsutovare"),
    *("foretag", "foretagsnamn", "firma", "firmanamn", "bolag", "entreprenor", "utforare"),
    *("livsmedelsforetag", "livsmedelsforetagare", "facility", "business", "company"),
)
TRADING = PARTIES + BUSINESSES
NAMES = ("namn", "name", "titel", "title")
# Made once: ``says`` remembers its answer by the list itself, and is asked for every text.
ONE_OR_PERSONS, NAMED = ONE_NAME + PERSONS, PERSONS + PARTIES + NAMES
SHARE = 0.5
SIEVE = r"\p{L}{2,}[, .]+(?:\p{L}[\p{L}'.-]*[, ]+)*\p{L}{2,}"
PARTNERSHIP = r"(?i:\b(?:hb|kb|handelsbolag\w*|kommanditbolag\w*)\b)"
TRADES = frozenset(
    "bygg byggnads maleri el elservice ror vvs akeri transport taxi gard konsult consulting service"
    " data it media foto film musik teater atelje studio design reklam juridik advokatbyra revision"
    " redovisning cafe kafe bar restaurang butik handel salong frisor tandlakare tandvard klinik"
    " rehab fysio fysioterapi naprapat psykolog tradgard trad skog jord entreprenad mark anlaggning"
    " verkstad bil bilar motor forlag snickeri stad stadservice golv tak plat smide svets hantverk"
    " catering bageri konditori kiosk gatukok pizzeria livs blommor lantbruk alltjanst"
    " keramik utbildning halsa massage tolk oversattning ".split()
)


def sieve(column: Seen) -> str | None:
    if column.value in ("date", "datetime", "boolean"):
        return None
    one = column.says(ONE_OR_PERSONS) or _always(column)
    return r"\p{L}{2,}" if one else SIEVE


def _always(column: Seen) -> bool:
    return column.ends(ALWAYS) and not column.says(NOT_A_PERSONS_HEADER)


def _trades(text: str) -> bool:
    """True for a full name with a trade and no company's form: ``Maria Lind Redovisning``. As a
    sole trader calls herself."""
    if nobody(text):
        return False
    words = words_of(text)
    folded = [fold(word) for word in words]
    rest = folded[2:]
    return (
        3 <= len(words) <= 5
        and names.is_first(words[0])
        and folded[0] not in names.WORDS | NOT_PERSONS
        and names.is_surname(words[1])
        and folded[1] not in NOT_PERSONS
        and any(word in TRADES for word in rest)
        and all(word in TRADES or word in LINKS | {"och", "o"} for word in rest)
    )


def find(text: str, column: Seen) -> str | None:
    """As ``label``, and lower (a full name in small letters, under a header of persons its two
    names as one word too) | one (a single name) | likely (capitalised words under a person's
    header) | trades | public (all whom a sentence names stand in the table's column of a public
    role).

    >>> find("Xhevdet Krasniqi", Seen("t", "Handläggare"))
    'likely'
    >>> find("Maria Lind Redovisning", Seen("t", "leverantor"))
    'trades'
    """
    if column.says(ONE_NAME):
        words = words_of(text)
        return (
            "one"
            if words and any(names.is_first(word) or names.is_surname(word) for word in words)
            else None
        )
    name_label = label(text)
    if column.in_public and name_label in ("full", "embedded") and _public(text, column):
        return "public"
    if name_label is None and column.says(PERSONS):
        lower = " ".join(word.capitalize() for word in text.split())
        name_label = label(lower) if lower != text and len(lower) < 60 else None
    if name_label is None and column.says(NAMED) and _small(text):
        return "lower"
    if name_label is None and text.isupper() and len(text) < 60:
        name_label = label(text.title())
    if name_label in (None, "half") and column.says(TRADING) and _trades(text):
        return "trades"
    if name_label is None and (_always(column) or column.says(NAMES)) and capitalised(text):
        return "likely"
    if name_label is None and _always(column) and names.is_first(text.strip()):
        return "half"
    return name_label


def _small(text: str) -> bool:
    """True for a full name without capitals, also where its two names are one word.

    >>> [_small(text) for text in ("anna andersson", "annaandersson", "annas park")]
    [True, True, False]
    """
    plain = text.strip()
    if not 7 <= len(plain) < 60:
        return False
    if " " in plain:
        return plain == plain.lower() and label(plain.title()) == "full"
    # Katrineholm and Marielund begin as persons do
    if not plain.isalpha() or plain.istitle():
        return False
    if fold(plain) in names.surnames() | names.first_names():
        return False
    folded = plain.casefold()
    return any(
        names.is_first(folded[:end])
        and fold(folded[:end]) not in names.WORDS
        and fold(folded[end:]) in names.surnames()
        for end in range(3, len(folded) - 3)
    )


def _public(text: str, column: Seen) -> bool:
    """True where everyone whom the text names is named in public: the artist of a sculpture."""
    return not column.public and all(who in column.in_public for who in whom(text))


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    level = "told" if column.public else "granska"
    full, half = together(hits, ["full", "lower"]), together(hits, ["full", "half", "lower"])
    if column.says(ONE_NAME):
        if together(hits, ["one"]).texts >= 0.3 * column.texts:
            yield Weighed("person_name", "probable", level, ("one",))
        return
    if column.organisations:
        return
    if column.public or (column.says(PERSONS) and not column.says(NOT_A_PERSONS_HEADER)):
        labels = ("full", "half", "embedded", "lower", *(("likely",) if _always(column) else ()))
        if together(hits, labels).count:
            yield Weighed("person_name", "probable", level, labels)
    elif column.says(PARTIES):
        if full.count:
            yield Weighed("person_name", "probable", level, ("full", "lower"))
        half = together(hits, ["half"])
        if half.count >= 1 and half.texts >= 0.2 * column.texts:
            yield Weighed("person_name", "possible", level, ("half",))
        if "trades" in hits:
            yield Weighed("sole_trader_name", "possible", level, ("trades",))
    elif half.texts >= max(2, SHARE * column.texts) and full.texts >= 0.25 * column.texts:
        yield Weighed("person_name", "probable", level, ("full", "half", "likely", "lower"))
    elif not column.says(NAMES):
        # in sentences, codes and texts of accounts: somebody looks
        yield Weighed("person_name", "possible", level, ("full", "embedded"))
        yield Weighed("person_name", "possible", "told", ("public",))
        if "trades" in hits:
            yield Weighed("sole_trader_name", "possible", level, ("trades",))


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
    """True for a partnership that is called after a person: ``Anna Anderssons Handelsbolag``,
    ``Svensson & Ek HB``.

    >>> partner("Anna Anderssons Handelsbolag"), partner("Erik Svensson Konsult HB")
    (True, True)
    >>> partner("Blekinge Trafik HB")
    False
    """
    plain = re.sub(r"\b(?:HB|KB|handelsbolag\w*|kommanditbolag\w*|firma)\b", " ", text, flags=re.I)
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", plain)
    words = [
        word
        for word in words
        if fold(word) not in (NOT_PERSONS | {"o"}) - ALSO_SURNAMES and not names.is_body(fold(word))
    ]
    known = [
        names.is_surname(word) or names.is_surname(word.removesuffix("s")) or names.is_first(word)
        for word in words
    ]
    return bool(words) and len(words) <= 4 and all(known)
