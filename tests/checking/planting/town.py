"""Defects of a town's services: food inspections, food waste, clearing of snow."""

from __future__ import annotations

import json

from tests.checking.twins import Made

from .registry import Pick, Planted, defect, said, spoilt

IDS = ("inspection_id_national_unique", "inspection_id_national_form")
FACILITY = ("facility_id_national_one_name", "facility_id_national_form")


def _all(made: Made) -> range:
    return range(len(made.main.rows))


def _of_inspections(
    kind: str, column: str, values: tuple[object, ...], rule: str, *explains: str, most: float = 1.0
) -> None:
    spoilt(kind, column, values, rule, "livsmedel", explains=explains, most=most)


for _column, _rule in (
    ("inspection.idLocal", "inspection_id_local_filled"),
    ("inspection.idNational", "inspection_id_national_filled"),
    ("facility.idLocal", "facility_id_local_filled"),
    ("facility.idNational", "facility_id_national_filled"),
    ("facility.name", "facility_name_filled"),
    ("facility.type", "facility_type_filled"),
    ("inspecOrg.name", "inspec_org_name_filled"),
    ("inspecOrg.id", "inspec_org_id_filled"),
    ("inspection.date", "inspection_date_filled"),
    ("inspection.assessment", "inspection_assessment_filled"),
    ("inspection.type", "inspection_type_filled"),
    ("inspection.prenotified", "inspection_prenotified_filled"),
    ("facility.address.postalCode", "facility_address_postal_code_filled"),
    ("facility.address.locality", "facility_address_locality_filled"),
    ("facility.address.region", "facility_address_region_filled"),
    ("facility.address.country", "facility_address_country_filled"),
):
    _of_inspections(f"missing_{_column}", _column, ("",), _rule)
_of_inspections(
    "missing_coordinates",
    "facility.location.wgs84.coordinates",
    ("",),
    "facility_coordinates_filled",
    "points_exist",
)
_of_inspections(
    "inspection_id_without_its_letter",
    "inspection.idNational",
    ("1082-4", "I1082-4", "4"),
    "inspection_id_national_form",
    "inspection_id_national_agrees",
    *IDS,
)
_of_inspections(
    "inspection_id_of_a_neighbour",
    "inspection.idNational",
    tuple(f"I-1081-{number}" for number in range(900, 999)),
    "inspection_id_national_agrees",
)
_of_inspections(
    "facility_id_without_its_letter",
    "facility.idNational",
    ("1082-14", "F1082-14"),
    "facility_id_national_form",
    "facility_id_national_agrees",
    *FACILITY,
)
_of_inspections(
    "facility_id_of_a_neighbour",
    "facility.idNational",
    ("F-1081-14", "F-1083-17"),
    "facility_id_national_agrees",
    *FACILITY,
)
_of_inspections(
    "authority_cut",
    "inspecOrg.id",
    ("108", "180"),
    "inspec_org_id_form",
    "inspec_org_id_publishers",
    "inspection_id_national_agrees",
    "facility_id_national_agrees",
    most=0.04,
)
_of_inspections(
    "authority_of_a_neighbour",
    "inspecOrg.id",
    ("1081",),
    "inspec_org_id_publishers",
    "inspection_id_national_agrees",
    "facility_id_national_agrees",
)
_of_inspections(
    "organisation_number_cut",
    "facility.organizationNumber",
    ("10004007", "931115"),
    "facility_organization_number_form",
)
_of_inspections(
    "inspected_in_the_future",
    "inspection.date",
    ("2031-01-01", "2044-06-01"),
    "inspection_date_not_future",
    "inspection_modified_not_before",
)
_of_inspections(
    "changed_before_it_was_made",
    "inspection.modified",
    ("2019-01-01", "2015-06-01"),
    "inspection_modified_not_before",
)
_of_inspections(
    "facility_changed_before_it_was_there",
    "facility.modified",
    ("2009-01-01",),
    "facility_modified_not_before",
)
_of_inspections(
    "assessment_unknown", "inspection.assessment", ("3", "9"), "inspection_assessment_known"
)
_of_inspections("kind_unknown", "inspection.type", ("3", "7"), "inspection_type_known")
_of_inspections(
    "announced_perhaps",
    "inspection.prenotified",
    ("kanske", "se diariet"),
    "reads_as_type",
    most=0.04,
)
_of_inspections(
    "points_in_words",
    "inspection.inspectionPoints.passed",
    ("Rengöring", "1, 2"),
    "inspection_inspection_points_passed_form",
)
_of_inspections(
    "remarks_in_words",
    "inspection.inspectionPoints.remark",
    ("Rengöring", "1, 2"),
    "inspection_inspection_points_remark_form",
)
_of_inspections(
    "experience_unknown", "facility.expClass", ("D", "Erfaren"), "facility_exp_class_known"
)
_of_inspections(
    "risk_unknown", "facility.riskClass", ("Riskklass 12", "hög"), "facility_risk_class_form"
)
_of_inspections(
    "hours_negative", "facility.inspecTime", (-4, 9000), "facility_inspec_time_possible"
)
_of_inspections("active_unknown", "facility.active", ("7", "5"), "facility_active_known")
_of_inspections(
    "five_levels", "facility.type", ('["a","b","c","d","e"]', '["a"'), "facility_type_form"
)
_of_inspections(
    "drinking_water",
    "facility.type",
    ('["Dricksvattenanläggning"]', '["Vattenverk","Ytvatten"]'),
    "facility_type_not_sensitive",
)
_of_inspections(
    "postcode_with_blank",
    "facility.address.postalCode",
    ("374 30", "3743"),
    "facility_address_postal_code_form",
)
_of_inspections(
    "country_in_words", "facility.address.country", ("Sverige",), "facility_address_country_form"
)
_of_inspections("language_in_words", "lang", ("svenska",), "lang_form")
_of_inspections(
    "point_in_swedish",
    "facility.location.wgs84.type",
    ("punkt",),
    "facility_location_wgs84_type_known",
)


@defect("livsmedel")
def repeated_inspections(made: Made, pick: Pick) -> Planted:
    at = pick(range(1, len(made.main.rows)), most=0.4)
    kept = next(i for i in _all(made) if i not in at)
    for i in at:
        made.main.put(i, "inspection.idNational", made.main.get(kept, "inspection.idNational"))
    return said("inspection_id_national_unique", {kept, *at}, "inspection_id_national_agrees")


@defect("livsmedel")
def latitude_first(made: Made, pick: Pick) -> Planted:
    """As the specification's own example has it."""
    at = pick(_all(made), most=0.4)
    column = "facility.location.wgs84.coordinates"
    for i in at:
        made.main.put(i, column, json.dumps(json.loads(made.main.get(i, column))[::-1]))
    off = ("points_in_sweden", "points_in_organisation", "points_not_swapped")
    return said("facility_coordinates_longitude_first", at, *off)


@defect("livsmedel")
def passed_and_remarked(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made))
    for i in at:
        code = json.loads(made.main.get(i, "inspection.inspectionPoints.passed"))[0]
        made.main.put(i, "inspection.inspectionPoints.remark", json.dumps([code, "J08"]))
    return said("inspection_points_apart", at)


@defect("livsmedel")
def facility_of_two_names(made: Made, pick: Pick) -> Planted:
    ids = made.main.values("facility.idNational")
    at = pick((i for i, id in enumerate(ids) if ids.count(id) > 1 and ids.index(id) == i), most=0.2)
    for i in at:
        made.main.put(i, "facility.name", "Före detta " + made.main.get(i, "facility.name"))
    return said(
        "facility_id_national_one_name",
        made.main.where("facility.idNational", *(ids[i] for i in at)),
    )


def _of_waste(
    kind: str, column: str, values: tuple[object, ...], rule: str, *explains: str, most: float = 1.0
) -> None:
    spoilt(kind, column, values, rule, "matsvinn", explains=explains, most=most)


SUMS = ("total_waste_agrees", "total_waste_not_above")
PARTS = ("storage_waste_not_above", "preparation_waste_not_above")
for _column in ("serving_waste", "plate_waste", "kitchen_waste"):
    _of_waste(f"not_measured_{_column}", _column, ("",), f"{_column}_filled")
    _of_waste(f"minus_one_{_column}", _column, (-1, -1.0), f"{_column}_possible", *SUMS, *PARTS)
for _column in ("storage_waste", "preparation_waste", "special_diet_waste"):
    _of_waste(f"grams_{_column}", _column, (24000.0, -1.0), f"{_column}_possible", *PARTS)
_of_waste("missing_kitchen", "name", ("",), "name_filled", "id_one_name")
_of_waste("missing_kitchen_id", "id", ("",), "id_filled")
_of_waste("missing_day", "date", ("",), "date_filled")
_of_waste("weighed_in_the_future", "date", ("2031-01-01",), "date_not_future", "meals_distinct")
_of_waste("updated_to_come", "updated", ("2031-01-01",), "updated_not_future")
_of_waste("waste_in_grams", "total_waste", (24000.0, -1.0), "total_waste_possible", *SUMS)
_of_waste(
    "prepared_negative", "total_prepared_food", (-3.0,), "total_prepared_food_possible", *SUMS
)
_of_waste("saved_negative", "saved_food", (-3.0,), "saved_food_possible")
_of_waste("eating_negative", "amount_eating", (-3, 400_000), "amount_eating_possible")
_of_waste("more_waste_than_food", "total_prepared_food", (0.5,), "total_waste_not_above")
_of_waste("kilos_in_words", "plate_waste", ("mycket", "ca 2"), "reads_as_type", most=0.04)
_of_waste("kitchen_by_mailto", "email", ("mailto:kost@karlshamn.se",), "email_form")
_of_waste("kitchen_by_www", "url", ("www.karlshamn.se/matsvinn",), "url_form")


@defect("matsvinn")
def part_counted_twice(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made))
    for i in at:
        total = made.main.get(i, "total_waste") + made.main.get(i, "serving_waste")
        made.main.put(i, "total_waste", round(total, 1))
    return said("total_waste_agrees", at)


@defect("matsvinn")
def part_above_its_whole(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made))
    for i in at:
        for column in ("storage_waste", "preparation_waste"):
            made.main.put(i, column, round(made.main.get(i, "kitchen_waste") + 1, 1))
    return Planted({rule: set(at) for rule in PARTS})


@defect("matsvinn")
def kitchen_of_two_names(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made), most=0.02)
    ids = {made.main.get(i, "id") for i in at}
    for i in at:
        made.main.put(i, "name", "Nya " + made.main.get(i, "name"))
    return said("id_one_name", made.main.where("id", *ids))


@defect("matsvinn", "snorojning", kind="source_with_hyphen")
def hyphened(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made))
    for i in at:
        made.main.put(i, "source", "212000-0845")
    return said("source_form", at)


@defect("matsvinn", "snorojning", kind="source_of_another")
def another(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made))
    for i in at:
        made.main.put(i, "source", "2120000829")
    return said("source_publishers", at)


def _of_snow(
    kind: str, column: str, values: tuple[object, ...], rule: str, *explains: str, most: float = 1.0
) -> None:
    spoilt(kind, column, values, rule, "snorojning", explains=explains, most=most)


BEFORE = ("end_not_before", "timestamp_not_before")
for _column in ("object_id", "start", "end", "status"):
    _of_snow(f"missing_{_column}", _column, ("",), f"{_column}_filled")
_of_snow("started_in_the_future", "start", ("2031-01-01T06:00:00",), "start_not_future", *BEFORE)
_of_snow("seen_in_the_future", "timestamp", ("2031-01-01T06:00:00",), "timestamp_not_future")
_of_snow("ended_before_it_began", "end", ("2025-12-24T06:00:00",), "end_not_before")
_of_snow("seen_before_it_began", "timestamp", ("2025-12-24T06:00:00",), "timestamp_not_before")
_of_snow("state_unknown", "status", ("klar", "pågår"), "status_known")
_of_snow("dosage_of_the_stretch", "dosage", (12_000.0, -2.0), "dosage_possible")
_of_snow("width_in_centimetres", "spread_width", (350.0, -1.0), "spread_width_possible")
_of_snow("quantity_negative", "quantity", (-5, 900_000), "quantity_possible")
_of_snow("street_by_mailto", "email", ("mailto:gata@karlshamn.se",), "email_form")


@defect("snorojning")
def spread_what(made: Made, pick: Pick) -> Planted:
    at = pick(i for i, value in enumerate(made.main.values("dosage")) if value != "")
    for i in at:
        made.main.put(i, "material", "")
    return said("material_filled", at)


@defect("snorojning")
def area_of_two_names(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made), most=0.02)
    areas = {made.main.get(i, "areaid") for i in at}
    for i in at:
        made.main.put(i, "areaname", "Norra " + made.main.get(i, "areaname"))
    return said("areaid_one_name", made.main.where("areaid", *areas))
