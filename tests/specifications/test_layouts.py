"""Layouts as the world writes them: which type and variant a header is, which layout it follows,
what is unknown in it and which mandatory fields it lacks."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from helpers.declared import specifications
from helpers.filling_in import blank_table
from helpers.running import single

INVOICES = (
    "kopare_id,kopare,verifikationsnummer,leverantor,leverantor_id,konto_nr,konto_text,belopp,"
    "datum,forvaltning,fakturanummer,grund,avtal,kommun_id,s_kod_nr"
)
CONVERTED = (
    "kopare,kopare_text,faktura_nr,leverantor,leverantor_id,forvaltning,konto_nr,konto_text,belopp,"
    "datum,verksamhet_kod,verksamhet_text,ansvar_kod,ansvar_text,projekt_kod,projekt_text"
)
GUIDE = (
    "kopare,faktura_nr,leverantor,leverantor_id,forvaltning,konto_nr,konto_text,belopp,valuta,"
    "datum,grund,avtal,kommun_id,ansvarskod,projektkod,aktivitetskod"
)
OLD_BATHING = (
    "place_id,name,latitude,longitude,description,address,postalcode,city,facilities,wc,shower,"
    "changing_room,lifeguard,lifebuoy,trash,firstaid,grilling_area,bathing_jetty,bathing_ladder,"
    "diving_tower,td_url,accessibility,wheelchair,public_transit,public_transit_distance,"
    "cycle_track,parking,parking_cost,water,beach_sand,beach_stone,beach_rock,beach_concrete,"
    "beach_grass,pet_bath,camping,temp_url,extra_url,visit_url,owner,phone,email"
)
TOILETS = (
    "source,id,name,latitude,longitude,email,visit_url,wikidata,updated,description,street,"
    "housenumber,postcode,city,country,wc,urinal,outhouse,rwc,lighting,water,drinking_water,"
    "trashbin,unisex,change_table_child,wc_child,change_table_adult,rwc-alarm,door_opener,"
    "accessability,open_season,open_hours,service_interval,fee,fee_description,td_url,Image_url,"
    "report_phone,report_url,open"
)
WIDE = (
    "Årtal;Bas;Aggregerat på;Område;Lännamn;Kommunnamn;Antal hushåll;Tillgång via xDSL;"
    "Tillgång via VDSL;Tillgång via fiber eller fiber-lan;I närhet av fiber;Tillgång via kabel-tv;"
    "Tillgång via fast radio;Tillgång via LTE (ej 450 MHz);Tillgång via NR (5G);"
    "Tillgång via trådbunden accessteknik;Total tillgång"
)
STOPS = (
    "HplID,Hpl_Wgs84North,Hpl_Wgs84East,Hpl_SwerefEast,Hpl_SwerefNorth,KommunNamn,LanNamn,TatortKod"
)
POSITIONS = (
    "stop_id,hpl_id,stop_name,platform_code,parent_station,genomsnitt_veckodag_avgangar,"
    "antal_lordag_avgangar,antal_sondag_avgangar,genomsnitt_dagliga_avgangar,linjer,linjetyper,"
    "detaljtyp,adat,lankod,kommunkod,kommunnamn,rad_id"
)
WASTE = (
    "source,id,name,serving_waste,plate_waste,kitchen_waste,date,category,kitchen_type,meal_type,"
    "total_prepared_food,total_waste,storage_waste,preparation_waste,special_diet_waste,description,"
    "amount_eating,saved_food,updated,email,URL"
)
SNOW = (
    "source,supplier_key,timestamp,latitude,longitude,object_id,start,end,status,areaid,areaname,"
    "material,dosage,spread_width,quantity,description,email"
)
ECOS = (
    "lang",
    "inspec_org_name",
    "inspec_org_id",
    "facility_type",
    "facility_id_local",
    "facility_id_national",
    "facility_location_wgs84_type",
    "facility_location_wgs84_coordinates",
    "inspection_id_national",
    "inspection_type",
)
EVENTS = (
    "name,description,type,latitude,longitude,start_date,end_date,capacity,age_limit,price,free,"
    "food,street,postalcode,city,organizer,phone,email,URL,image"
)
VISITED = "name,description,id,type,latitude,longitude,street,postalcode,city,phone,email,image,URL"
PARKING = (
    "source,id,name,type,latitude,longitude,street,postalcode,city,description,car_spaces,"
    "accessible_spots,rv_spaces,motorcycles,charging_points,permit,prohibition,parking_fee,public,"
    "status,lighting,updated,email,URL"
)
DOGS = (
    "id,source,latitude,longitude,updated,name,description,polygon,area,perimeter,"
    "perimeter_height,gate,wide_access,surface,lighting,roofing,seating,latrine,url_info,url_api,"
    "url_service,street,postalcode,city,email,image"
)
RAW = "Förvaltning;Leverantör;Organisationsnummer;Kontotext;Belopp"


class Said(NamedTuple):
    type: str
    variant: str | None
    layout: str | None  # its name, how much of it is there
    lacking: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def said(columns: list[str], file: str = "", *, placed: bool = False) -> Said:
    type = specifications.recognise(columns, geometry=placed)[0]
    variant = specifications.variant_of(type, columns, file=file)
    if type == "annan":
        return Said(type, variant, None)
    whole = specifications.load(type, variant)
    fields, followed = (
        specifications.match(columns, whole),
        specifications.layout(columns, whole),
    )
    return Said(
        type,
        variant,
        f"{followed.form.name} {len(followed.columns)}/{followed.of}" if followed else None,
        tuple(specifications.mandatory(whole, fields, placed=placed)[1]),
        tuple(specifications.unknown(columns, whole)),
    )


HEADERS = {
    "invoices 1.1": (INVOICES, Said("leverantorsfakturor", "1.1", "national 15/15")),
    "its other name of a column": (
        INVOICES.replace("fakturanummer", "faktura_nr"),
        Said("leverantorsfakturor", "1.1", "national 14/15"),
    ),
    "a converter's invoices": (CONVERTED, Said("leverantorsfakturor", "1.0", "okfse 16/24")),
    "the guide to 1.0": (GUIDE, Said("leverantorsfakturor", "1.0", "national 12/12")),
    "a ledger's own names": (
        RAW,
        Said(
            "leverantorsfakturor",
            "1.1",
            None,
            ("kopare_id", "kopare", "verifikationsnummer", "konto_nr", "datum"),
        ),
    ),
    "an older draft of bathing places": (
        OLD_BATHING,
        Said("platsinformation", "badplats", "draft 42/42"),
    ),
    "toilets": (TOILETS, Said("platsinformation", "toalett", "national 40/40")),
    "PTS's wide table": (
        WIDE,
        Said("bredband", "tackning", "pts 17/18", ("technology", "coverage_share")),
    ),
    "passenger counts": (
        "hpl_id,Year,Month,StopPositionId,Boardings,Alightings",
        Said("rorelsedata", "pastigande", "apc 6/6", ("stop_name",)),
    ),
    "stops of Uppsala": (STOPS, Said("rorelsedata", "hallplatser", "uppsala 8/8", ("stop_name",))),
    "stops of Dalarna": (
        POSITIONS,
        Said("rorelsedata", "utbud_per_hallplats", "dalarna 17/17", ("latitude", "longitude")),
    ),
    "events": (EVENTS, Said("platsinformation", "evenemang", "national 20/20")),
    "events without their last columns": (
        EVENTS.split(",organizer")[0],
        Said("platsinformation", "evenemang", "national 15/20"),
    ),
    "points of interest": (
        VISITED.replace("longitude,", "longitude,opens,closes,"),
        Said("platsinformation", "poi", "national 15/15"),
    ),
    "attractions": (VISITED, Said("platsinformation", "sevardhet", "national 13/13")),
    "places with addresses, which are no attractions for that": (
        VISITED.replace("image,URL", "visit_url"),
        Said("platsinformation", None, None),
    ),
    "names and addresses without places": (
        "name,description,id,type,street,postalcode,city,phone,email,image,URL",
        Said("annan", None, None),
    ),
    "car parks": (PARKING, Said("platsinformation", "parkering", "national 24/24")),
    "dog parks": (DOGS, Said("platsinformation", "hundrastgard", "national 26/26")),
    "dog parks as a map": (
        "id,source,updated,area,perimeter_height,wide_access,namn",
        Said(
            "platsinformation",
            "hundrastgard",
            None,
        ),
    ),
    "food waste": (WASTE, Said("matsvinn", None, None)),
    "snow clearance": (SNOW, Said("snorojning", None, None)),
    "an extract from Ecos": (
        "inspid,dnr,namn,besadr,hdatum,anmald,bedomning",
        Said("livsmedelsinspektioner", "v2", "ecos 7/7", ECOS),
    ),
    "a list without places": ("ID,TITEL,BESKRIVNING,LINK,PUBLICERAD", Said("annan", None, None)),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_is_what_it_is(name: str):
    header, expected = HEADERS[name]
    columns = header.split(";" if ";" in header else ",")
    assert said(columns, placed="as a map" in name) == expected


def test_a_word_within_a_longer_one_is_not_that_word():
    columns = ["id", "name", "latitude", "longitude"]
    files = {
        "evenemang-2026.csv": "evenemang",
        "evenemangslokaler.csv": "poi",
        "parkeringar.csv": "parkering",
        "cykelparkeringar.csv": None,
        "Sevärdheter i Tierp.xlsx": "sevardhet",
        "hundrastgårdar.geojson": "hundrastgard",
    }
    told = {
        file: specifications.variant_of("platsinformation", columns, file=file) for file in files
    }
    assert told == files


OF_API = ("datasetid", "recordid", "record_timestamp")
FILES = {
    "inspections/food_inspections_example": Said("livsmedelsinspektioner", "v2", "national 37/37"),
    "harryda_bathing_places": Said("platsinformation", "badplats", "national 42/42"),
    "mariestad_bathing_2": Said("platsinformation", "badplats", "nutskod 42/42"),
    "outdoor_gyms_national_layout": Said("platsinformation", "utegym", "national 35/35"),
    "outdoor_gyms_odis_salem": Said("platsinformation", "utegym", "odis 50/50"),
    "outdoor_gyms_umea": Said(
        "platsinformation",
        "utegym",
        None,
        (),
        (*OF_API, "fields.geo_point_2d", "geometry.type", "geometry.coordinates"),
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_is_what_it_is(name: str, real: Path):
    file = name if "/" in name else f"places/{name}"
    with (real / f"{file}.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert said(next(csv.reader(stream)), name) == FILES[name]


def test_in_the_older_form_the_buyer_is_a_number_and_its_text_the_name():
    fields = specifications.match(
        CONVERTED.split(","), specifications.load("leverantorsfakturor", "1.0")
    )
    assert fields["kopare_id"] == "kopare" and fields["kopare"] == "kopare_text"


def test_a_layout_says_what_its_columns_are_and_none_else_takes_them():
    columns = "hpl_id,Year,Month,StopPositionId,Boardings,Alightings".split(",")
    counts = specifications.load("rorelsedata", "pastigande")
    fields = specifications.match(columns, counts)
    assert fields["month_number"] == "Month" and "month" not in fields
    old = specifications.match(
        OLD_BATHING.split(","), specifications.load("platsinformation", "badplats")
    )
    assert old["toilet"] == "wc" and old["fireplace"] == "grilling_area"
    assert "parking" not in old.values()


def test_a_month_beside_a_year_is_its_number():
    counts = specifications.load("rorelsedata", "pastigande")
    for year, month in (("År", "Månad"), ("Year", "Month")):
        beside = specifications.match(["Hållplats", year, month, "Påstigande"], counts)
        assert (beside["year"], beside["month_number"]) == (year, month) and "month" not in beside
        alone = specifications.match(["Hållplats", month, "Påstigande"], counts)
        assert alone["month"] == month and "month_number" not in alone


def test_access_in_words_is_no_access_with_a_wheelchair():
    for variant in ("badplats", "lekplats", None):
        whole = specifications.load("platsinformation", variant)
        alone = specifications.match(["name", "accessibility"], whole)
        assert alone["accessibility"] == "accessibility" and "wheelchair" not in alone
        both = specifications.match(["name", "Tillgänglighet", "wheelchair"], whole)
        assert both["accessibility"] == "Tillgänglighet" and both["wheelchair"] == "wheelchair"


def test_a_count_of_toilets_is_no_word_for_having_one():
    toilets = specifications.load("platsinformation", "toalett")
    assert specifications.match(["name", "wc"], toilets)["wc"] == "wc"
    assert toilets.field("wc").type == "integer" and toilets.field("fee").type == "boolean"


def test_a_municipality_may_be_named_where_its_code_is_not_there():
    coverage = specifications.load("bredband", "tackning")
    there = {"technology": "Teknik", "coverage_share": "Andel"}
    lacking = [
        specifications.mandatory(coverage, there | more, placed=False)[1]
        for more in ({}, {"kommun": "Kommun"}, {"kommunkod": "Kod"})
    ]
    assert lacking == [["kommunkod"], [], []]


def test_a_column_for_each_technology_is_a_row_for_each():
    columns = WIDE.split(";")
    followed = specifications.layout(columns, specifications.load("bredband", "tackning"))
    assert followed is not None and followed.form.spread is not None
    assert (followed.form.spread.by, followed.form.spread.value) == (
        "technology",
        "coverage_share",
    )
    assert followed.spread["Tillgång via NR (5G)"] == "5G" and len(followed.spread) == 6
    assert "Tillgång via VDSL" not in followed.spread, "a part of xDSL would be counted twice"
    assert "Total tillgång" not in followed.spread


@pytest.mark.parametrize("variant", ["badplats", "evenemang", "utegym", "toalett"])
def test_the_national_form_is_the_blank_table(variant: str, tmp_path: Path):
    """What the empty table is called after is what a filled-in one is known by."""
    whole = blank_table.find(variant)
    columns = [one.header for one in whole.fields if not one.extra]
    layout = specifications.layout(columns, whole)
    assert layout is not None and layout.form.kind == "national" and layout.share == 1
    booleans = {tuple(blank_table.allowed(one)) for one in whole.fields if one.type == "boolean"}
    assert booleans == {("true", "false")}


def test_each_layout_leads_to_its_own_variant():
    for type in specifications.types():
        for variant in specifications.load(type).variants:
            for form in variant.forms:
                headers = [*form.columns, *(form.spread.columns if form.spread else ())]
                known = said(headers, placed=True)
                assert (known.type, known.variant) == (type, variant.name), form.name
                assert known.unknown == () and known.layout == (
                    f"{form.name} {len(headers)}/{len(headers)}"
                )


# What is known of each file is named, and what is only another layout is not.
FAULTS = {
    "mariestad_bathing_2": {  # commas without quotes shift its row
        ("toilet_form", "toilet"),
        ("wheelchair_form", "wheelchair"),
        ("email_form", "email"),
        ("phone_form", "phone"),
        ("trimmed", "street"),
        ("trimmed", "toilet"),
    },
    "outdoor_gyms_national_layout": {  # an empty first row
        ("id_filled", "id"),
        ("name_filled", "name"),
        ("latitude_filled", "latitude"),
        ("longitude_filled", "longitude"),
        ("points_exist", None),
        ("rows_filled", None),
    },
    "outdoor_gyms_odis_salem": {("trimmed", "Vägbeskrivning")},
    "outdoor_gyms_umea": {  # two gyms without a place
        ("latitude_filled", "fields.lat"),
        ("longitude_filled", "fields.long"),
        ("points_exist", None),
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_in_a_real_file_is_told_and_its_layout_is_no_fault(name: str, real: Path):
    checked, code = single.check_file(real / "places" / f"{name}.csv")
    assert code == 0 and checked["type"] == "platsinformation"
    failed = {
        (one["id"], one["column"]) for one in checked["findings"] if one["outcome"] == "failed"
    }
    assert failed == FAULTS[name]
    layout = checked["specification"]["layout"]
    expected = FILES[name].layout
    assert expected == (f"{layout['name']} {layout['columns']}/{layout['of']}" if layout else None)
