"""Defects of text and of keys, which any table can have."""

from __future__ import annotations

import re

from tests.checking.twins import Made

from .registry import Pick, Planted, defect, said

# twin -> its column of free names, its key, its columns of addresses
NAME = {"fakturor_11": "leverantor", "fakturor_10": "leverantor", "konst": "name", "badplats": "name", "lekplats": "name",
        "toalett": "name", "skola": "name", "vardcentral": "name", "hjalpmedel": "name", "resor": "from_place",
        "matningar": "operator", "medianer": "kommun"}  # fmt: skip
OBJECTS = ("konst", "badplats", "lekplats", "toalett", "skola", "vardcentral", "hjalpmedel")
TABLES = tuple(NAME)
# one name for each number, one town for each code, one spelling: a garbled name is another name too
NAMED = ("en_leverantor_ett_namn", "leverantor_ett_nummer", "konto_ett_namn")


def name_of(made: Made) -> str:
    """The column of names."""
    return next(one for one in ("leverantor", "name", "from_place", "operator", "kommun") if one in made.main.header)


def _written(made: Made, column: str, pattern: str = ".") -> list[int]:
    return [i for i, value in enumerate(made.main.values(column)) if re.search(pattern, str(value)) and value != "*"]


@defect(*TABLES)
def mojibake(made: Made, pick: Pick) -> Planted:
    column = name_of(made)
    at = pick(_written(made, column, "[åäöÅÄÖ]"))
    for i in at:
        made.main.put(i, column, made.main.get(i, column).encode().decode("cp1252", "replace"))
    return said("no_mojibake|reading:mojibake", at, *NAMED)


@defect(*TABLES)
def placeholder(made: Made, pick: Pick) -> Planted:
    column = name_of(made)
    at = pick(_written(made, column))
    for i, word in zip(at, ("xxx", "test", "TBD", "fyll i", "?") * len(at), strict=False):
        made.main.put(i, column, word)
    return said("no_placeholder", at, *NAMED, "name_length")


@defect("konst", "badplats", "lekplats", "hjalpmedel", "skola", amounts=("10 %",))
def truncated(made: Made, pick: Pick) -> Planted:
    """Cut at the width of a database column, as every longer text then is."""
    texts = [str(value) for value in made.main.values("description")]
    filled = sum(text != "" for text in texts)
    width = next(w for w in (30, 40, 50, 60, 80, 100) if sum(len(text) > w for text in texts) < 0.5 * filled)
    at = [i for i, text in enumerate(texts) if len(text) > width and text[width - 1] != " " and text[0] != " "]
    spare = [i for i, text in enumerate(texts) if len(text) > width and i not in at]
    for i in at:
        made.main.put(i, "description", texts[i][:width])
    for i in spare:
        made.main.put(i, "description", "")
    return said("not_truncated", at, "rows_distinct")


@defect(*TABLES)
def blanks_around(made: Made, pick: Pick) -> Planted:
    column = name_of(made)
    at = pick(_written(made, column))
    for i in at:
        made.main.put(i, column, f"{made.main.get(i, column)} ")
    return said("trimmed", at)


@defect(*OBJECTS)
def repeated_keys(made: Made, pick: Pick) -> Planted:
    at = pick(range(1, len(made.main.rows)), most=0.4)
    kept = next(i for i in range(len(made.main.rows)) if i not in at)
    for i in at:
        made.main.put(i, "id", made.main.get(kept, "id"))
    return said("id_unique", {kept, *at})


@defect(*TABLES)
def repeated_rows(made: Made, pick: Pick) -> Planted:
    """The same record again at the end, equal in every cell."""
    own = {i for i, row in enumerate(made.main.rows) if made.main.rows.count(row) > 1}
    at = pick(i for i in range(len(made.main.rows)) if i not in own)
    first = len(made.main.rows)
    made.main.rows += [list(made.main.rows[i]) for i in at]
    again = set(range(first, first + len(at)))
    return said("rows_distinct", {*at, *again}, "id_unique", "points_not_stacked", "lines_repeated", "journey_once",
                "aggregate_once", "measurement_once")  # fmt: skip


@defect("fakturor_11", "fakturor_10", "konst", "badplats", "skola", "hjalpmedel", "matningar", "resor")
def shifted_columns(made: Made, pick: Pick) -> Planted:
    """From the third column on each cell stands one column too far to the right."""
    at = pick(range(len(made.main.rows)), most=0.04)
    for i in at:
        row = made.main.rows[i]
        made.main.rows[i] = [*row[:2], "", *row[2:-1]]
    return Planted({}, frozenset({"*"}), frozenset(at))


def _missing(column: str, *twins: str, rule: str | None = None) -> None:
    @defect(*twins, kind=f"missing_{column}")
    def missing(made: Made, pick: Pick) -> Planted:
        at = pick(i for i, value in enumerate(made.main.values(column)) if value not in ("", None, "*"))
        for i in at:
            made.main.put(i, column, "")
        return said(rule or f"{column}_filled", at, *NAMED)


for _column in ("belopp", "datum", "leverantor", "leverantor_id", "konto_nr", "konto_text"):
    _missing(_column, "fakturor_11", "fakturor_10")
_missing("verifikationsnummer", "fakturor_11")
_missing("name", *OBJECTS)
_missing("id", *OBJECTS)
_missing("iso9999_code", "hjalpmedel")
_missing("passengers", "resor")
_missing("from_place", "resor")
_missing("technology", "matningar", "medianer")
_missing("download_mbit", "matningar", "medianer")
_missing("measured_at", "matningar", "medianer")


def _spoilt(
    kind: str, column: str, values: tuple[str, ...], rule: str, *twins: str, explains: tuple[str, ...] = ()
) -> None:
    @defect(*twins, kind=kind)
    def spoilt(made: Made, pick: Pick) -> Planted:
        at = pick(i for i, value in enumerate(made.main.values(column)) if value not in ("", None, "*"))
        for i, value in zip(at, values * len(at), strict=False):
            made.main.put(i, column, value)
        return said(rule, at, *NAMED, *explains)


POINTS = ("badplats", "lekplats", "toalett", "skola", "vardcentral")
_spoilt(
    "url_without_scheme",
    "visit_url",
    ("www.karlskrona.se/bad", "karlshamn.se/verk/12"),
    "visit_url_form",
    "konst",
    *POINTS,
)
_spoilt(
    "image_without_scheme",
    "image_url",
    ("www.karlshamn.se/1.jpg", "bilder/12.jpg"),
    "image_url_form",
    "konst",
    "badplats",
)
_spoilt(
    "mailto",
    "email",
    ("mailto:kontakt@karlskrona.se", "kontakt(at)karlskrona.se", "kontakt@karlskrona"),
    "email_form",
    *POINTS,
)
_spoilt(
    "wikidata_as_url", "wikidata", ("https://www.wikidata.org/wiki/Q42", "q42", "42"), "wikidata_form", "konst", *POINTS
)
_spoilt("opening_hours_nonsense", "opening_hours", ("Mån-fre 25:00-31:00", "08:00-08:75", "Mån-fre 99-12"), "opening_hours_form",
        *POINTS)  # fmt: skip
_spoilt("postcode_malformed", "postcode", ("3714", "37134 Karlskrona", "ABC 12"), "postcode_form", *POINTS)
_spoilt(
    "updated_in_the_future",
    "updated",
    ("2031-05-04", "2062-01-01"),
    "updated_not_in_future",
    "konst",
    "hjalpmedel",
    *POINTS,
)
_spoilt(
    "updated_unreadable", "updated", ("förra veckan", "2026-13-45"), "reads_as_type", "konst", "hjalpmedel", *POINTS
)
_spoilt("iso9999_malformed", "iso9999_code", ("12-22", "1222", "AA 22 03", "12 22 3"), "iso9999_form", "hjalpmedel")
_spoilt("article_url_without_scheme", "url", ("www.hjalpmedel.se/12", "hjalpmedel/12"), "url_form", "hjalpmedel")
