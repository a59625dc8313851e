"""Defects of the variants that visitors, drivers, dog owners and passengers read."""

from __future__ import annotations

from tests.checking.twins import Made

from .registry import Pick, Planted, defect, said, spoilt

VISITED = ("evenemang", "poi", "sevardhet")
OF_WORKSHOP = ("parkering", "hundrastgard")


def _missing(column: str, *twins: str, rule: str | None = None) -> None:
    """Nothing stands where a column has something."""
    for twin in twins:
        spoilt(f"nothing_in_{column}_of_{twin}", column, ("",), rule or f"{column}_filled", twin)


_missing("description", *VISITED)
_missing("type", *VISITED)
_missing("start_date", "evenemang")
_missing("organizer", "evenemang")
_missing("URL", "sevardhet", rule="visit_url_filled")
_missing("image", "sevardhet", rule="image_url_filled")
_missing("car_spaces", "parkering")
_missing("parking_fee", "parkering")
_missing("name", "hundrastgard", rule="park_name_filled")
_missing("updated", "hundrastgard")
_missing("departures", "utbud")
_missing("lines", "utbud")

spoilt("phone_without_country", "phone", ("0455-30 30 00",), "phone_with_country_code", *VISITED)
spoilt("room_for_none", "capacity", (0, -20), "capacity_possible", "evenemang")
spoilt("year_for_an_age", "age_limit", (1998, 2008), "age_limit_possible", "evenemang")
spoilt(
    "price_below_nothing",
    "price",
    (-50, 2_000_000),
    "price_possible",
    "evenemang",
    explains=("price_agrees_with_free",),
)
spoilt(
    "hours_in_words",
    "opens",
    ("dygnet runt", "25:00"),
    "opens_form",
    "poi",
    explains=("reads_as_type",),
)
spoilt(
    "closing_in_words",
    "closes",
    ("sent", "9:75"),
    "closes_form",
    "poi",
    explains=("reads_as_type",),
)
spoilt("kind_of_parking_in_words", "type", ("P-hus", "gratis"), "parking_type_known", "parkering")
for _column, _rule in (
    ("car_spaces", "car_spaces_possible"),
    ("accessible_spots", "accessible_spots_possible"),
    ("rv_spaces", "rv_spaces_possible"),
    ("motorcycles", "motorcycles_possible"),
    ("charging_points", "charging_points_possible"),
):
    spoilt(
        f"impossible_{_column}",
        _column,
        (-4, 400_000),
        _rule,
        "parkering",
        explains=("charging_points_not_above_spaces",),
    )
spoilt("prohibition_in_words", "prohibition", ("nattetid",), "prohibition_form", "parkering")
spoilt(
    "municipality_code_for_a_number",
    "source",
    ("1080",),
    "source_organisation_number",
    *OF_WORKSHOP,
)
spoilt(
    "height_in_metres",
    "perimeter_height",
    (1.2, 1.5),
    "perimeter_height_possible",
    "hundrastgard",
)
spoilt("width_in_metres", "wide_access", (0.9,), "wide_access_possible", "hundrastgard")
spoilt(
    "area_in_hectares",
    "area",
    (0.12, 0.3),
    "area_possible",
    "hundrastgard",
    explains=("area_as_polygon",),
)
spoilt(
    "outline_cut_off",
    "polygon",
    ("POLYGON ((15.58 56.16, 15.59 56.16, 15.59", "Se kartan"),
    "polygon_closed",
    "hundrastgard",
    explains=("points_in_polygon", "area_as_polygon"),
    most=0.04,
)
for _column in ("departures", "departures_weekday", "departures_saturday", "departures_sunday"):
    spoilt(
        f"impossible_{_column}",
        _column,
        (-3, 250_000),
        f"{_column}_possible",
        "utbud",
        explains=("departures_agrees",),
    )
spoilt(
    "kommunkod_of_a_stop_cut",
    "kommunkod",
    ("108", "9980"),
    "stop_kommunkod_valid",
    "utbud",
    explains=("codes_whole",),
    most=0.04,
)


@defect("evenemang")
def ends_before_it_begins(made: Made, pick: Pick) -> Planted:
    at = pick(range(len(made.main.rows)))
    for i in at:
        begins, ends = made.main.get(i, "start_date"), made.main.get(i, "end_date")
        made.main.put(i, "start_date", ends)
        made.main.put(i, "end_date", begins)
    return said("end_date_after_start_date", at)


@defect("evenemang")
def free_at_a_price(made: Made, pick: Pick) -> Planted:
    at = pick(made.main.where("free", "true"))
    for i in at:
        made.main.put(i, "price", 120)
    return said("price_agrees_with_free", at)


@defect("poi")
def opens_as_it_closes(made: Made, pick: Pick) -> Planted:
    at = pick(i for i, opens in enumerate(made.main.values("opens")) if opens)
    for i in at:
        made.main.put(i, "closes", made.main.get(i, "opens"))
    return said("opens_closes_differ", at)


@defect("parkering")
def more_charging_points_than_spaces(made: Made, pick: Pick) -> Planted:
    at = pick(range(len(made.main.rows)))
    for i in at:
        made.main.put(i, "charging_points", made.main.get(i, "car_spaces") + 3)
    return said("charging_points_not_above_spaces", at)


def _outlined(made: Made) -> list[int]:
    return [i for i, polygon in enumerate(made.main.values("polygon")) if polygon]


@defect("hundrastgard")
def outline_of_another_park(made: Made, pick: Pick) -> Planted:
    """Of a park 40 km to the north."""
    at = pick(_outlined(made))
    for i in at:
        polygon = str(made.main.get(i, "polygon"))
        made.main.put(i, "polygon", polygon.replace("56.", "57."))
    return said("points_in_polygon", at, "area_as_polygon")


@defect("hundrastgard")
def area_that_was_not_measured_again(made: Made, pick: Pick) -> Planted:
    at = pick(_outlined(made))
    for i in at:
        made.main.put(i, "area", 2 * made.main.get(i, "area"))
    return said("area_as_polygon", at)


@defect("utbud")
def departures_of_a_week(made: Made, pick: Pick) -> Planted:
    at = pick(range(len(made.main.rows)))
    for i in at:
        made.main.put(i, "departures", 7 * made.main.get(i, "departures"))
    return said("departures_agrees", at)
