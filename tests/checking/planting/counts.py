"""Defects of counts: journeys, broadband, assistive products."""

from __future__ import annotations

from tests.checking.twins import Made

from .registry import Pick, Planted, defect, said

BROADBAND = ("matningar", "medianer")


def _all(made: Made) -> range:
    return range(len(made.main.rows))


def _put(made: Made, at: list[int], column: str, *values: object) -> None:
    for n, i in enumerate(at):
        made.main.put(i, column, values[n % len(values)])


@defect("resor")
def negative_count(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made))
    _put(made, at, "passengers", -3, -120)
    return said("passengers_in_range", at, "passengers_small")


@defect("resor")
def small_cell(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made))
    _put(made, at, "passengers", 1, 3, 2)
    return said("passengers_small", at)


@defect("resor")
def count_in_words(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made), most=0.04)
    _put(made, at, "passengers", "många", "<5 st")
    return said("reads_as_type", at)


@defect("resor")
def date_unreadable_of_journey(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made), most=0.04)
    _put(made, at, "date", "2026-13-01", "sommaren")
    return said("reads_as_type", at)


@defect("resor")
def journey_in_the_future(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made), most=0.04)
    _put(made, at, "date", "2031-01-01", "2044-06-01")
    return said("date_not_in_future", at)


@defect("resor")
def journey_to_where_it_began(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made))
    for i in at:
        made.main.put(i, "to_place", made.main.get(i, "from_place"))
    return said("from_not_to", at, "journey_once")


@defect("resor")
def town_spelled_otherwise(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made), most=0.3)
    for i in at:
        made.main.put(i, "from_place", made.main.get(i, "from_place").upper())
    return said("from_place_one_spelling", at)


@defect("resor")
def journey_twice(made: Made, pick: Pick) -> Planted:
    """The same key twice with other counts."""
    at = pick(_all(made))
    first = len(made.main.rows)
    for i in at:
        row = list(made.main.rows[i])
        row[made.main.at("passengers")] = 777
        made.main.rows.append(row)
    return said("journey_once", {*at, *range(first, first + len(at))})


@defect(*BROADBAND)
def impossible_speed(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made), most=0.04)
    _put(made, at, "download_mbit", 940000.0, 250000.0)
    return said("download_in_range", at, "download_unit", "upload_below_download")


@defect(*BROADBAND)
def kbit_among_mbit(made: Made, pick: Pick) -> Planted:
    speeds = zip(made.main.values("download_mbit"), made.main.values("upload_mbit"), strict=True)
    at = pick((i for i, both in enumerate(speeds) if all(isinstance(one, float) for one in both)), most=0.1)
    for i in at:
        for column in ("download_mbit", "upload_mbit"):
            made.main.put(i, column, made.main.get(i, column) * 1000)
    return said("download_unit", at, "download_in_range", "upload_in_range", "upload_unit")


@defect(*BROADBAND)
def negative_speed(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made))
    _put(made, at, "upload_mbit", -1.0, -24.5)
    return said("upload_in_range", at)


@defect(*BROADBAND)
def latency_nonsense(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made))
    _put(made, at, "latency_ms", -4, 99999)
    return said("latency_in_range", at)


@defect("matningar", amounts=("10 %",))
def operator_spelled_three_ways(made: Made, pick: Pick) -> Planted:
    at = pick(made.main.where("operator", "Telia"), least=6)
    _put(made, at, "operator", "TELIA", "Telia AB")
    return said("operator_one_spelling", at)


@defect(*BROADBAND)
def technology_unknown(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made))
    _put(made, at, "technology", "bra", "snabb lina")
    return said("technology_known", at)


@defect(*BROADBAND)
def kommunkod_cut(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made), most=0.04)
    _put(made, at, "kommunkod", "108", "180")
    return said("kommunkod_form", at, "kommunkod_in_organisation", "kommunkod_one_name", "points_in_kommunkod")


@defect(*BROADBAND)
def kommunkod_of_another_county(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made))
    _put(made, at, "kommunkod", "0780", "1290")
    return said("kommunkod_in_organisation", at, "kommunkod_one_name", "points_in_kommunkod", "aggregate_once")


@defect(*BROADBAND)
def measured_in_the_future(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made), most=0.04)
    _put(made, at, "measured_at", "2031-01-01", "2044-06-01")
    return said("measured_at_not_in_future", at)


@defect(*BROADBAND)
def speed_in_words(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made), most=0.04)
    _put(made, at, "download_mbit", "snabbt", "100/10")
    return said("reads_as_type", at)


@defect("medianer")
def rests_on_one(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made))
    _put(made, at, "measurements", 1, 2)
    return said("measurements_enough", at, "devices_at_most_measurements")


@defect("medianer")
def aggregate_twice(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made))
    first = len(made.main.rows)
    for i in at:
        row = list(made.main.rows[i])
        row[made.main.at("download_mbit")] = 77.7
        made.main.rows.append(row)
    return said("aggregate_once", {*at, *range(first, first + len(at))})


@defect("hjalpmedel")
def cut_zeros_of_articles(made: Made, pick: Pick) -> Planted:
    at = pick(i for i, value in enumerate(made.main.values("id")) if value.startswith("00"))
    for i in at:
        made.main.put(i, "id", made.main.get(i, "id").lstrip("0"))
    return said("id_one_length", at)


@defect("hjalpmedel")
def supplier_number_wrong(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made))
    _put(made, at, "supplier_orgnr", "5560000001", "10004007")
    return said("supplier_orgnr_organisationsnummer", at, "supplier_one_name", "supplier_one_number")


@defect("hjalpmedel")
def prescriber_perhaps(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made), most=0.04)
    _put(made, at, "prescriber_required", "kanske", "se text")
    return said("reads_as_type", at)
