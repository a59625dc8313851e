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

from helpers.declared.specifications import fold
from helpers.screening import names
from helpers.screening.column import Found, Seen, Texts, Weighed, together

# What a header's word ends with where nothing but a person is meant: "miljöhandläggare".
ALWAYS = tuple(
    "kontaktperson handlaggare attestant bestallare personnamn fullname contactperson elev patient"
    " klient brukare vardnadshavare anhorig anstalld chef rektor forestandare larare employee"
    " firmatecknare ordforande kassor sekreterare ledamot ersattare tranare ledare instruktor"
    " tillsynsman inspektor besiktningsman provtagare forare chauffor ombud arrendator hyresgast"
    " uppgiftslamnare anmalare samordnare koordinator kurator".split()
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
NAMES = ("namn", "name", "titel", "title")
SHARE = 0.5
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
SIEVE = r"\p{L}{2,}[, .]+(?:\p{L}[\p{L}'.-]*[, ]+)*\p{L}{2,}"
PARTNERSHIP = r"(?i:\b(?:hb|kb|handelsbolag\w*|kommanditbolag\w*)\b)"
_WORD = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:-[^\W\d_]+)*\.?")
LONGEST = 4000  # characters of a text that are looked through
PARTICLES = ("von", "af", "de", "van", "el", "al", "bin")
TRADES = frozenset(
    "bygg byggnads maleri el elservice ror vvs akeri transport taxi gard konsult consulting service"
    " data it media foto film musik teater atelje studio design reklam juridik advokatbyra revision"
    " redovisning cafe kafe bar restaurang butik handel salong frisor tandlakare tandvard klinik"
    " rehab fysio fysioterapi naprapat psykolog tradgard trad skog jord entreprenad mark anlaggning"
    " verkstad bil bilar motor forlag snickeri stad stadservice golv tak plat smide svets hantverk"
    " keramik utbildning halsa massage tolk oversattning ".split()
)
LINKS = frozenset("i pa vid till for med im am och av the of".split())


def sieve(column: Seen) -> str | None:
    if column.value in ("date", "datetime", "boolean"):
        return None
    return r"\p{L}{2,}" if column.says(ONE_NAME) or _always(column) else SIEVE


def _always(column: Seen) -> bool:
    return any(word.endswith(ALWAYS) for word in column.words) and not column.says(
        NOT_A_PERSONS_HEADER
    )


def _parties(text: str) -> list[str]:
    """The words of a text that holds nothing but words; [] otherwise."""
    plain = text.strip().strip(".,;")
    words = [word.strip(".,") for word in re.split(r"[\s,]+", plain) if word.strip(".,")]
    return words if all(_WORD.fullmatch(word) for word in words) else []


def _initial(word: str) -> bool:
    return len(word) == 1


def _capitalised(text: str) -> list[str]:
    """The words of a text that may be a name of two to four words, none a firm's or a body's; []
    otherwise."""
    words = _parties(text)
    if not 2 <= len(words) <= 4 or not all(
        word[0].isupper() or word in PARTICLES for word in words
    ):
        return []
    folded = [fold(word) for word in words]
    blocked = [word for word in folded if word in NOT_PERSONS or names.is_body(word)]
    also = blocked == [folded[-1]] and folded[-1] in ALSO_SURNAMES
    return [] if blocked and not also else words


def label(text: str) -> str | None:
    """full (first name and surname known) | half (one of them) | embedded (a full name within a
    longer text).

    >>> texts = ("Anna Andersson", "Andersson, Anna", "Anna Qwx", "Anders Bygg AB")
    >>> [label(text) for text in (*texts, "Ring Anna Andersson i maj")]
    ['full', 'full', 'half', None, 'embedded']
    >>> label("Bo Ek"), label("Maria Park"), label("Miljöförbundet Blekinge Väst")
    ('half', None, None)
    """
    words = _capitalised(text)
    if words:
        swapped = "," in text
        first, last = (words[-1], words[0]) if swapped else (words[0], words[-1])
        known = names.is_first(first) or (
            _initial(first) and not swapped and fold(last) in names.surnames()
        )
        if not known and names.is_first(last) and names.is_surname(first):
            first, last, known = last, first, True
        if known and fold(last) in ALSO_SURNAMES:
            return "half"
        if known and names.is_surname(last):
            return "full"
        if known and fold(first) not in names.WORDS and len(words) <= 3:
            return "half"
    return "embedded" if _embedded(text[:LONGEST]) else None


def _embedded(text: str) -> bool:
    """True where a first name and a surname stand next to each other (an initial may stand
    between), and are no firm's."""
    if sum(map(str.isupper, text)) < 2:
        return False  # not both names begin with a capital: most addresses end here
    words = [(hit.group(), hit.start(), hit.end()) for hit in _WORD.finditer(text)]
    for i, (first, _, end) in enumerate(words[:-1]):
        if not (
            first[0].isupper() and len(first) > 1 and first[1:2].islower() and names.is_first(first)
        ):
            continue
        j = i + 2 if _initial(words[i + 1][0].strip(".")) and i + 2 < len(words) else i + 1
        last, _, stop = words[j]
        near = not text[end : words[i + 1][1]].strip()
        if (
            near
            and last[0].isupper()
            and (len(last) > 2 or fold(last) in ALSO_SURNAMES)
            and names.is_surname(last.rstrip("."))
            and not _a_firm(text, stop)
        ):
            return True
    return False


def _a_firm(text: str, end: int) -> bool:
    """True where the next word makes a firm or a place of the name: ``Anna Andersson AB``, ``Karin
    Boyes plats``."""
    after = re.match(r"[\s,]*([^\W\d_]+)", text[end:])
    return after is not None and fold(after[1]) in NOT_PERSONS - LINKS


def _trades(text: str) -> bool:
    """True for a full name with a trade and no company's form: ``Maria Lind Redovisning``. As a
    sole trader calls herself."""
    words = _parties(text)
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
    """As ``label``, and one (a single name) | likely (capitalised words under a person's header) |
    trades.

    >>> find("Xhevdet Krasniqi", Seen("t", "Handläggare"))
    'likely'
    >>> find("Maria Lind Redovisning", Seen("t", "leverantor"))
    'trades'
    """
    if column.says(ONE_NAME):
        words = _parties(text)
        return (
            "one"
            if words and any(names.is_first(word) or names.is_surname(word) for word in words)
            else None
        )
    name_label = label(text)
    if name_label is None and column.says(PERSONS):
        lower = " ".join(word.capitalize() for word in text.split())
        name_label = label(lower) if lower != text and len(lower) < 60 else None
    if name_label is None and text.isupper() and len(text) < 60:
        name_label = label(text.title())
    if name_label is None and column.says(PARTIES) and _trades(text):
        return "trades"
    if name_label is None and (_always(column) or column.says(NAMES)) and _capitalised(text):
        return "likely"
    if name_label is None and _always(column) and names.is_first(text.strip()):
        return "half"
    return name_label


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    level = "told" if column.public else "granska"
    full, half = together(hits, ["full"]), together(hits, ["full", "half"])
    if column.says(ONE_NAME):
        if together(hits, ["one"]).texts >= 0.3 * column.texts:
            yield Weighed("person_name", "probable", level, ("one",))
        return
    if column.organisations:
        return
    if column.public or (column.says(PERSONS) and not column.says(NOT_A_PERSONS_HEADER)):
        labels = ("full", "half", "embedded", *(("likely",) if _always(column) else ()))
        if together(hits, labels).count:
            yield Weighed("person_name", "probable", level, labels)
    elif column.says(PARTIES):
        if full.count:
            yield Weighed("person_name", "probable", level, ("full",))
        half = together(hits, ["half"])
        if half.count >= 1 and half.texts >= 0.2 * column.texts:
            yield Weighed("person_name", "possible", level, ("half",))
        if "trades" in hits:
            yield Weighed("sole_trader_name", "possible", level, ("trades",))
    elif half.texts >= max(2, SHARE * column.texts) and full.texts >= 0.25 * column.texts:
        yield Weighed("person_name", "probable", level, ("full", "half", "likely"))
    elif (
        column.type != "offentlig_konst"
        and not column.says(NAMES)
        and (full.count or "embedded" in hits)
    ):
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
