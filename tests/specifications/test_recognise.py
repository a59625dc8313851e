"""Columns become fields only by name, and tables become types only on evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers.declared import specifications
from helpers.words.errors import ConfigurationError

DIGG = [
    "datum",
    "faktura_nr",
    "faktura_typ",
    "leverantor_id",
    "leverantor",
    "belopp",
    "valuta",
    "kopare_id",
    "kopare",
]
VGR = [
    "kopare_id",
    "kopare",
    "verifikationsnummer",
    "leverantor",
    "leverantor_id",
    "konto_nr",
    "konto_text",
    "bokforingsdatum",
    "forvaltning",
    "fakturanummer",
    "nettobelopp",
    "grund",
    "avtal",
    "kommun_id",
    "s_kod_nr",
]
ART = ["id", "namn", "konstnar", "material", "avtackningsar", "bild", "url"]


def test_the_kind_of_a_shape_is_no_kind_of_place():
    places = specifications.load("platsinformation")
    assert "type" in specifications.match(["id", "type"], places)
    for outer in ("geometry", "location.wgs84"):
        columns = ["id", f"{outer}.type", f"{outer}.coordinates"]
        assert "type" not in specifications.match(columns, places)


@pytest.mark.parametrize(
    ("columns", "geometry", "expected"),
    [
        (DIGG, False, "leverantorsfakturor"),
        (VGR, False, "leverantorsfakturor"),
        (ART, True, "offentlig_konst"),
        (["nutsCode", "NAMN", "KMN_NAMN"], True, "platsinformation"),
        (
            ["Lekplatskategori", "Lekplatsnummer", "Namn", "Upprustningsar", "Adress"],
            True,
            "platsinformation",
        ),
        (["place_id", "name", "latitude", "longitude", "hov_ref"], False, "platsinformation"),
        (["stop_id", "stop_name", "stop_lat", "stop_lon"], True, "rorelsedata"),
        (["HplID", "Hpl_Wgs84North", "Hpl_Wgs84East", "KommunNamn"], True, "rorelsedata"),
        (["Skolenhetskod", "Skola", "Lat", "Long"], True, "platsinformation"),
        (["Skolenhetskod", "Gatuadress", "Lat", "Long"], True, "platsinformation"),
        (
            ["quadkey", "avg_d_kbps", "avg_u_kbps", "avg_lat_ms", "tests", "devices"],
            False,
            "bredband",
        ),
        (["a", "b", "c"], False, "annan"),
        (["a", "b", "c"], True, "annan"),
        ([], False, "annan"),
    ],
)
def test_recognises(columns: list[str], geometry: bool, expected: str) -> None:
    assert specifications.recognise(columns, geometry=geometry)[0] == expected


V1 = [
    "kopare",
    "faktura_nr",
    "leverantor",
    "leverantor_id",
    "forvaltning",
    "konto_nr",
    "konto_text",
    "belopp",
    "datum",
]


@pytest.mark.parametrize(
    ("type", "columns", "file", "format", "expected"),
    [
        ("leverantorsfakturor", V1, "", "csv", "1.0"),
        ("leverantorsfakturor", VGR, "", "csv", "1.1"),
        ("leverantorsfakturor", DIGG, "", "csv", "1.1"),
        ("platsinformation", ["id", "name"], "Badplatser Karlskrona.csv", "csv", "badplats"),
        ("platsinformation", ["id", "Skolenhetskod", "namn"], "lista.xlsx", "xlsx", "skola"),
        ("platsinformation", ["id", "name"], "platser.csv", "csv", None),
        ("hjalpmedel", ["id", "namn", "Resurstyp", "lat", "lon"], "", "csv", "plats"),
        ("hjalpmedel", ["id", "name", "iso9999_code"], "", "csv", "artikel"),
        ("rorelsedata", ["stop_id"], "", "gtfs", "gtfs"),
        ("rorelsedata", ["hpl_id", "hpl_namn", "lat"], "", "csv", "hallplatser"),
        ("rorelsedata", ["hpl_id", "hpl_namn", "antal_pastigande"], "", "csv", "pastigande"),
        ("rorelsedata", ["fran", "till", "antal"], "", "csv", "resor"),
        ("bredband", ["kommun", "andel_fiber"], "", "csv", "tackning"),
        ("platsinformation", ["Skolenhetskod", "Skola", "Lat", "Long"], "", "csv", "skola"),
        ("annan", ["a"], "", "csv", None),
    ],
)
def test_variants(
    type: str, columns: list[str], file: str, format: str, expected: str | None
) -> None:
    assert specifications.variant_of(type, columns, file=file, format=format) == expected


def test_a_version_has_its_own_names_and_mandatory_fields() -> None:
    old = specifications.load("leverantorsfakturor", "1.0")
    matched = specifications.match(V1, old)
    assert (
        matched["kopare_id"] == "kopare"
        and matched["verifikationsnummer"] == "faktura_nr"
        and "kopare" not in matched
    )
    assert [one.header for one in old.fields if one.required] == V1
    assert len([one for one in old.fields if not one.extra]) == 12
    assert (
        len(
            [
                one
                for one in specifications.load("leverantorsfakturor", "1.1").fields
                if not one.extra
            ]
        )
        == 15
    )
    with pytest.raises(ConfigurationError):
        specifications.load("leverantorsfakturor", "9.9")


READ = {"names", "order", "mandatory"}
VERIFIED = {  # what was read in its source
    ("leverantorsfakturor", "1.1"): READ,
    ("livsmedelsinspektioner", "v2"): READ | {"types"},
}
PARTLY = {  # some of it was read, or stands in files that follow it
    ("platsinformation", "evenemang"): {"names", "mandatory"},
    ("platsinformation", "badplats"): {"names", "order"},
    ("platsinformation", "utegym"): {"names"},
}


@pytest.mark.parametrize("type", specifications.types())
def test_only_what_was_read_whole_may_be_named_as_what_a_dataset_conforms_to(type: str) -> None:
    whole = specifications.load(type)
    assert whole.source and whole.status in ("reconstructed", "draft")
    assert whole.conforms_to is None
    for one in whole.variants:
        loaded = specifications.load(type, one.name)
        assert one.source and loaded.verified == ((type, one.name) in VERIFIED)
        assert {*loaded.aspects} == {**VERIFIED, **PARTLY}.get((type, one.name), set())
        assert (loaded.conforms_to is not None) == ("types" in loaded.aspects and loaded.verified)


def test_a_specification_with_every_aspect_verified_may_be_named() -> None:
    whole = specifications.load("leverantorsfakturor", "1.1")
    every = dict.fromkeys(("names", "order", "mandatory", "types"), "https://a.example")
    assert replace(whole, aspects=every).conforms_to == whole.url
    assert replace(whole, aspects=every, status="reconstructed").conforms_to is None


def test_confidence_and_gtfs() -> None:
    assert specifications.recognise(DIGG)[1] >= 0.8
    assert specifications.recognise(["x"], format="gtfs") == ("rorelsedata", 1.0)


def test_matches_folded_names_and_never_guesses() -> None:
    invoices = specifications.load("leverantorsfakturor")
    assert specifications.match(["Leverantör ID", "KÖPARE"], invoices) == {
        "kopare": "KÖPARE",
        "leverantor_id": "Leverantör ID",
    }
    assert specifications.match(["leverantörsklass", "beloppsgräns"], invoices) == {}
    assert specifications.match(["Belopp", "belopp "], invoices) == {}


def test_every_specification_loads_and_codes_are_text() -> None:
    for name in specifications.types():
        one = specifications.load(name)
        assert one.name == name and one.status != "verified"
        known = {f.name for f in one.fields} | {"geometry"}
        assert all(set(group) <= known for groups in one.signatures for group in groups)
        assert all(
            f.type == "text" for f in one.fields if f.role in ("code", "organisation_number", "key")
        )


def test_unknown_type_is_configuration() -> None:
    with pytest.raises(ConfigurationError):
        specifications.load("annan")


def test_a_column_that_two_fields_may_be_goes_to_the_one_without_another():
    invoices = specifications.load("leverantorsfakturor")
    both = specifications.match(["ver_nr", "fakturanr", "belopp"], invoices)
    assert both["verifikationsnummer"] == "ver_nr" and both["fakturanummer"] == "fakturanr"
    alone = specifications.match(["fakturanr", "belopp"], invoices)
    assert alone["verifikationsnummer"] == "fakturanr" and "fakturanummer" not in alone


@pytest.mark.parametrize(
    ("type", "columns", "expected"),
    [
        ("bredband", ["Nedladdning (Mbit/s)", "Svarstid [ms]"], {"download_mbit", "latency_ms"}),
        (
            "leverantorsfakturor",
            ["Verifikationsnr", "Org.nr", "Bokf.datum"],
            {"verifikationsnummer", "leverantor_id", "datum"},
        ),
        (
            "platsinformation",
            ["namn", "position.lat", "position.lng"],
            {"name", "latitude", "longitude"},
        ),
        ("platsinformation", ["namn (sv)", "namn (en)"], set()),
    ],
)
def test_a_unit_an_outer_object_and_an_abbreviation_do_not_hide_a_field(
    type: str, columns: list[str], expected: set[str]
) -> None:
    assert set(specifications.match(columns, specifications.load(type))) == expected


@pytest.mark.parametrize(
    "columns",
    [["id", "namn", "typ"], ["konto", "belopp", "datum"], ["namn", "leverantör", "antal"]],
)
def test_a_type_is_not_recognised_without_what_it_is_about(columns: list[str]) -> None:
    assert specifications.recognise(columns)[0] == "annan"


def test_a_name_of_thousands_of_brackets_is_soon_read():
    """Quadratic once: a header of 27 kB took three quarters of a minute."""
    assert specifications.short("trip_id" + "[" * 2_000_000) == specifications.short("trip_id")


@pytest.mark.parametrize("columns", [["kommun", "andel"], ["kommunkod", "täckning"]])
def test_a_share_by_municipality_may_be_of_anything(columns: list[str]):
    assert specifications.recognise(columns)[0] == "annan"


@pytest.mark.parametrize(
    "columns",
    [
        ["kommun", "andel_fiber"],
        ["ar", "kommunkod", "teknik", "hastighet_mbit", "antal_hushall", "andel"],
    ],
)
def test_a_share_with_its_technology_is_of_broadband(columns: list[str]):
    assert specifications.recognise(columns)[0] == "bredband"
