"""Defects of text and of keys, which any table can have."""

from __future__ import annotations

import re

from tests.checking.twins import Made

from .registry import Pick, Planted, defect, said, spoilt

# twin -> its column of free names, its key, its columns of addresses
NAME = {
    "fakturor_11": "leverantor",
    "fakturor_10": "leverantor",
    "konst": "name",
    "badplats": "name",
    "lekplats": "name",
    "toalett": "name",
    "skola": "name",
    "vardcentral": "name",
    "hjalpmedel": "name",
    "resurser": "name",
    "resor": "from_place",
    "pastigande": "stop_name",
    "hallplatser": "stop_name",
    "tackning": "kommun",
    "evenemang": "name",
    "poi": "name",
    "sevardhet": "name",
    "parkering": "name",
    "hundrastgard": "name",
    "utbud": "stop_name",
    "matningar": "operator",
    "medianer": "kommun",
    "livsmedel": "facility.name",
    "matsvinn": "name",
    "snorojning": "areaname",
}
OBJECTS = (
    "konst",
    "badplats",
    "lekplats",
    "toalett",
    "skola",
    "vardcentral",
    "hjalpmedel",
    "resurser",
    "sevardhet",
    "parkering",
)
TABLES = tuple(NAME)
# one name for each number, one town for each code, one spelling: a garbled name is another name too
NAMED = (
    "leverantor_id_one_name",
    "leverantor_one_number",
    "konto_nr_one_text",
    "leverantor_spelled_alike",
    "stop_id_one_name",
    "from_place_spelled_alike",
    "to_place_spelled_alike",
    "operator_spelled_alike",
    "supplier_orgnr_one_name",
    "kommunkod_one_name",
    "facility_id_national_one_name",
    "id_one_name",
    "areaid_one_name",
)


def name_of(made: Made) -> str:
    """The column of names."""
    return next(one for one in dict.fromkeys(NAME.values()) if one in made.main.header)


def _written(made: Made, column: str, pattern: str = ".") -> list[int]:
    return [
        i
        for i, value in enumerate(made.main.values(column))
        if re.search(pattern, str(value)) and value != "*"
    ]


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
    return said("no_placeholder", at, *NAMED, "name_length", "leverantor_length")


@defect("konst", "badplats", "lekplats", "skola", amounts=("10 %",))
def truncated(made: Made, pick: Pick) -> Planted:
    """Cut at the width of a database column, as every longer text then is."""
    texts = [str(value) for value in made.main.values("description")]
    filled = sum(text != "" for text in texts)
    width = next(
        w for w in (30, 40, 50, 60, 80, 100) if sum(len(text) > w for text in texts) < 0.5 * filled
    )
    at = [i for i, text in enumerate(texts) if len(text) > width and text[width - 1] != " "]
    spare = [i for i, text in enumerate(texts) if len(text) >= width and i not in at]
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


# the type's own rule about what must not be there twice; a map's positions are no columns that it
# could compare
ONCE = {
    "evenemang": "events_distinct",
    "leverantorsfakturor": "accounting_lines_distinct",
    "offentlig_konst": "artworks_distinct",
    "platsinformation": "places_distinct",
    "hjalpmedel-artiklar": "articles_distinct",
    "resor": "journeys_distinct",
    "bredband-tillgang": "coverage_distinct",
    "matsvinn": "meals_distinct",
    "snorojning": "operations_distinct",
}


@defect(*TABLES)
def repeated_rows(made: Made, pick: Pick) -> Planted:
    """The same record again at the end, equal in every cell."""
    own = {i for i, row in enumerate(made.main.rows) if made.main.rows.count(row) > 1}
    at = pick(i for i in range(len(made.main.rows)) if i not in own)
    first = len(made.main.rows)
    made.main.rows += [list(made.main.rows[i]) for i in at]
    both = {*at, *range(first, first + len(at))}
    rule = ONCE.get(made.name) or ONCE.get(made.type)
    found = {"rows_distinct": both} | ({rule: both} if rule and made.form != "geojson" else {})
    return Planted(
        found,
        frozenset(
            {
                "id_unique",
                "points_not_stacked",
                "bathing_water_id_unique",
                "school_unit_code_unique",
                "stop_id_unique",
                "inspection_id_national_unique",
            }
        ),
    )


@defect(
    "fakturor_11", "fakturor_10", "konst", "badplats", "skola", "hjalpmedel", "matningar", "resor"
)
def shifted_columns(made: Made, pick: Pick) -> Planted:
    """From the third column on each cell stands one column too far to the right."""
    at = pick(range(len(made.main.rows)), most=0.04)
    for i in at:
        row = made.main.rows[i]
        made.main.rows[i] = [*row[:2], "", *row[2:-1]]
    return Planted({}, frozenset({"*"}), frozenset(at))


def _spoilt(
    kind: str,
    column: str,
    values: tuple[str, ...],
    rule: str,
    *twins: str,
    explains: tuple[str, ...] = (),
) -> None:
    """A spoilt text may be a name that others have too."""
    spoilt(kind, column, values, rule, *twins, explains=(*NAMED, *explains))


def _missing(column: str, *twins: str, rule: str | None = None) -> None:
    explains = ("points_exist", "iso9999_one_category")
    _spoilt(
        f"missing_{column}", column, ("",), rule or f"{column}_filled", *twins, explains=explains
    )


for _column in ("belopp", "datum", "leverantor", "leverantor_id", "konto_nr", "konto_text"):
    _missing(_column, "fakturor_11", "fakturor_10")
_missing("verifikationsnummer", "fakturor_11")
_missing("name", *OBJECTS)
_missing("id", *OBJECTS)
_missing("iso9999_code", "hjalpmedel")
_missing("passengers", "resor")
_missing("to_place", "resor")
_missing("boardings", "pastigande")
_missing("stop_name", "pastigande", "hallplatser")
_missing("stop_id", "pastigande", "hallplatser")
_missing("resource_type", "resurser")
_missing("place_name", "resurser")
_missing("coverage_share", "tackning")
_missing("kommunkod", "tackning")
_missing("position_source", "matningar")
_missing("kopare_id", "fakturor_11")
_missing("artist", "konst")
_missing("supplier", "hjalpmedel")
_missing("latitude", "konst", "badplats", "resurser")
_missing("longitude", "konst", "badplats", "resurser")
_missing("type", "konst")
_missing("opening_hours", "resurser", rule="place_opening_hours_filled")
_missing("opening_hours", "vardcentral", rule="health_centre_opening_hours_filled")
_missing("street", "lekplats", rule="playground_street_filled")
_missing("school_form", "skola")
_missing("phone", "vardcentral", rule="health_centre_phone_filled")
_missing("rwc", "toalett")
_spoilt("toilet_in_words", "toilet", ("Torrdass.",), "toilet_form", "badplats")
_spoilt("access_in_words", "wheelchair", ("Plan mark.",), "wheelchair_form", "badplats")
_spoilt(
    "stop_id_in_scientific_notation",
    "stop_id",
    ("9,02201E+15",),
    "stop_id_whole",
    "hallplatser",
    explains=("stop_id_unique", "stop_id_one_name"),
)
_missing("wheelchair", "toalett", rule="toilet_wheelchair_filled")
_missing("from_place", "resor")
_missing("technology", "matningar", "medianer", "tackning")
_missing("download_mbit", "matningar", "medianer")
_missing("measured_at", "matningar", "medianer")


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
    "wikidata_as_url",
    "wikidata",
    ("https://www.wikidata.org/wiki/Q42", "q42", "42"),
    "wikidata_form",
    "konst",
    *POINTS,
)
_spoilt(
    "opening_hours_nonsense",
    "opening_hours",
    ("Mån-fre 25:00-31:00", "08:00-08:75", "Mån-fre 08:00-24:30"),
    "opening_hours_form",
    *POINTS,
)
_spoilt(
    "postcode_malformed",
    "postcode",
    ("3714", "37134 Karlskrona", "ABC 12"),
    "postcode_form",
    *POINTS,
)
_spoilt(
    "updated_in_the_future",
    "updated",
    ("2031-05-04", "2062-01-01"),
    "updated_not_future",
    "konst",
    "hjalpmedel",
    *POINTS,
)
_spoilt(
    "updated_unreadable",
    "updated",
    ("förra veckan", "2026-13-45"),
    "reads_as_type",
    "konst",
    "hjalpmedel",
    *POINTS,
)
_spoilt(
    "iso9999_malformed",
    "iso9999_code",
    ("12-2", "12223", "AA 22 03", "12 22 3"),
    "iso9999_form",
    "hjalpmedel",
    explains=("iso9999_one_category",),
)
_spoilt(
    "article_url_without_scheme",
    "url",
    ("www.hjalpmedel.se/12", "hjalpmedel/12"),
    "url_form",
    "hjalpmedel",
)
_spoilt(
    "bathing_water_id_malformed",
    "bathing_water_id",
    ("SE044", "0441080000000007", "bad 7"),
    "bathing_water_id_form",
    "badplats",
    explains=("bathing_water_id_unique",),
)
_spoilt(
    "school_unit_code_malformed",
    "school_unit_code",
    ("4100", "SK410000"),
    "school_unit_code_form",
    "skola",
    explains=("school_unit_code_unique",),
)
_spoilt(
    "hsa_id_malformed", "hsa_id", ("2321000081-00A1", "SE2321000081"), "hsa_id_form", "vardcentral"
)
_spoilt("phone_malformed", "phone", ("ring oss", "12"), "phone_form", *POINTS, "resurser")
_spoilt(
    "month_malformed",
    "month",
    ("2026-13", "okt 2026"),
    "month_form",
    "resor",
    explains=("journeys_distinct",),
)
_spoilt(
    "position_source_unknown",
    "position_source",
    ("satellit", "vet ej"),
    "position_source_form",
    "matningar",
)


@defect("konst")
def image_without_licence(made: Made, pick: Pick) -> Planted:
    at = pick(i for i, value in enumerate(made.main.values("image_url")) if value)
    for i in at:
        made.main.put(i, "image_license", "")
    return said("image_license_filled", at)


@defect("konst", "badplats", amounts=("10 %",))
def one_address_for_all(made: Made, pick: Pick) -> Planted:
    for i in range(len(made.main.rows)):
        made.main.put(i, "visit_url", "https://www.karlshamn.se/konst")
    return said("visit_url_varies", range(len(made.main.rows)))


@defect("badplats", kind="repeated_bathing_water_id")
def repeated(made: Made, pick: Pick) -> Planted:
    at = pick(range(1, len(made.main.rows)), most=0.4)
    for i in at:
        made.main.put(i, "bathing_water_id", made.main.get(0, "bathing_water_id"))
    return said("bathing_water_id_unique", {0, *at})


@defect(*OBJECTS, delivered=True)
def changed_ids(made: Made, pick: Pick) -> Planted:
    """Numbered anew since the delivery before."""
    names = made.main.values("name")
    at = pick(i for i, name in enumerate(names) if names.count(name) == 1)
    for i in at:
        made.main.put(i, "id", f"NY-{made.main.get(i, 'id')}")
    return said("id_stable", at)


_spoilt(
    "name_of_one_letter",
    "name",
    ("Ö",),
    "name_length",
    "hjalpmedel",
    *POINTS,
    explains=("articles_distinct",),
)
_spoilt(
    "supplier_of_one_letter",
    "leverantor",
    ("Ö",),
    "leverantor_length",
    "fakturor_11",
    "fakturor_10",
)
_spoilt(
    "source_malformed",
    "source",
    ("232100", "Region Blekinge"),
    "source_known",
    "hjalpmedel",
    "resurser",
)


def _otherwise(kind: str, column: str, rule: str, *twins: str) -> None:
    @defect(*twins, kind=kind)
    def otherwise(made: Made, pick: Pick) -> Planted:
        """All rows of a name that is spelled in several ways are named."""
        at = pick(
            (
                i
                for i, value in enumerate(made.main.values(column))
                if str(value) not in ("", "*", str(value).upper())
            ),
            most=0.3,
        )
        both = made.main.where(column, *{made.main.get(i, column) for i in at})
        whole = {
            name
            for name in {made.main.get(i, column) for i in at}
            if set(made.main.where(column, name)) <= set(at)
        }
        for i in at:
            if made.main.get(i, column) not in whole:
                made.main.put(i, column, made.main.get(i, column).upper())
        return said(rule, [i for i in both if made.main.get(i, column) not in whole], *NAMED)


_otherwise(
    "supplier_in_capitals", "leverantor", "leverantor_spelled_alike", "fakturor_11", "fakturor_10"
)
_otherwise("artist_in_capitals", "artist", "artist_spelled_alike", "konst")
_otherwise("supplier_of_articles_in_capitals", "supplier", "supplier_spelled_alike", "hjalpmedel")
_otherwise("destination_in_capitals", "to_place", "to_place_spelled_alike", "resor")


@defect("vardcentral")
def empty_but_for_the_point(made: Made, pick: Pick) -> Planted:
    """As 14 of Malmö's sculptures were."""
    at, keep = (
        pick(range(len(made.main.rows))),
        {made.main.at("latitude"), made.main.at("longitude")},
    )
    for i in at:
        made.main.rows[i] = [
            value if n in keep else "" for n, value in enumerate(made.main.rows[i])
        ]
    return Planted({"rows_filled": set(at)}, frozenset({"*"}))


@defect("hjalpmedel", amounts=("10 %",))
def one_url_for_all(made: Made, pick: Pick) -> Planted:
    for i in range(len(made.main.rows)):
        made.main.put(i, "url", "https://hjalpmedel.regionblekinge.se")
    return said("url_varies", range(len(made.main.rows)))


@defect("skola")
def repeated_school_unit_code(made: Made, pick: Pick) -> Planted:
    at = pick(range(1, len(made.main.rows)), most=0.4)
    for i in at:
        made.main.put(i, "school_unit_code", made.main.get(0, "school_unit_code"))
    return said("school_unit_code_unique", {0, *at})


def _with_artists(made: Made) -> None:
    made.main.header.append("artist_wikidata")
    made.main.rows = [[*row, f"Q{4000 + i}"] for i, row in enumerate(made.main.rows)]


@defect("konst", base=_with_artists)
def artist_of_wikidata_as_url(made: Made, pick: Pick) -> Planted:
    at = pick(range(len(made.main.rows)))
    for i in at:
        made.main.put(i, "artist_wikidata", "https://www.wikidata.org/wiki/Q42")
    return said("artist_wikidata_form", at)
