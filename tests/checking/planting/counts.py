"""Defects of counts: journeys, broadband, assistive products."""

from __future__ import annotations

import statistics

from tests.checking.twins import Made

from .registry import Pick, Planted, defect, said, spoilt

BROADBAND = ("matningar", "medianer")


def _all(made: Made) -> range:
    return range(len(made.main.rows))


def _by_year(made: Made) -> None:
    """The month in two columns, as many counts have it."""
    at = made.main.header.index("month")
    made.main.header[at : at + 1] = ["År", "Månad"]
    made.main.rows = [
        [*row[:at], row[at][:4], int(row[at][5:7]), *row[at + 1 :]] for row in made.main.rows
    ]


spoilt(
    "month_beyond_the_year",
    "Månad",
    (13, "Q1"),
    "month_number_form",
    "resor",
    explains=("journeys_distinct",),
    base=_by_year,
)


def _put(made: Made, at: list[int], column: str, *values: object) -> None:
    for n, i in enumerate(at):
        made.main.put(i, column, values[n % len(values)])


spoilt(
    "negative_count",
    "passengers",
    (-3, -120),
    "passengers_in_range",
    "resor",
    explains=("passengers_at_least_five",),
)
spoilt("small_cell", "passengers", (1, 3, 2), "passengers_at_least_five", "resor")
spoilt("count_in_words", "passengers", ("många", "<5 st"), "reads_as_type", "resor", most=0.04)
spoilt(
    "impossible_speed",
    "download_mbit",
    (940000.0, 250000.0),
    "download_mbit_possible",
    *BROADBAND,
    explains=("download_mbit_one_unit",),
    most=0.04,
)
spoilt("negative_speed", "upload_mbit", (-1.0, -24.5), "upload_mbit_possible", *BROADBAND)
spoilt("latency_nonsense", "latency_ms", (-4, 99999), "latency_possible", *BROADBAND)
spoilt("kommunkod_cut", "kommunkod", ("108", "180"), "kommunkod_valid", *BROADBAND, most=0.04)
spoilt(
    "measured_in_the_future",
    "measured_at",
    ("2031-01-01", "2044-06-01"),
    "measured_at_not_future",
    *BROADBAND,
    most=0.04,
)
spoilt(
    "speed_in_words", "download_mbit", ("snabbt", "100/10"), "reads_as_type", *BROADBAND, most=0.04
)
spoilt("rests_on_none", "measurements", (0, -2), "measurements_at_least_one", "medianer")
spoilt(
    "supplier_number_wrong",
    "supplier_orgnr",
    ("5560000000", "10004007"),
    "supplier_orgnr_form",
    "hjalpmedel",
    explains=("supplier_orgnr_one_name",),
)
spoilt(
    "prescriber_perhaps",
    "prescriber_required",
    ("kanske", "se text"),
    "reads_as_type",
    "hjalpmedel",
    most=0.04,
)
spoilt("share_beyond_all", "coverage_share", (940.0, -3.0), "coverage_share_in_range", "tackning")
spoilt("negative_boardings", "boardings", (-3, -120), "boardings_in_range", "pastigande")
spoilt("negative_alightings", "alightings", (-3, -120), "alightings_in_range", "pastigande")
spoilt("hour_nonsense", "hour", (25, -1), "hour_in_range", "pastigande")
spoilt(
    "boarded_in_the_future",
    "date",
    ("2031-01-01", "2044-06-01"),
    "date_not_future",
    "pastigande",
    most=0.04,
)
spoilt(
    "date_unreadable_of_boarding",
    "date",
    ("2026-13-01", "sommaren"),
    "reads_as_type",
    "pastigande",
    most=0.04,
)


@defect("resor")
def journey_to_where_it_began(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made))
    for i in at:
        made.main.put(i, "to_place", made.main.get(i, "from_place"))
    return said("from_to_differ", at, "journeys_distinct")


@defect("resor")
def town_spelled_otherwise(made: Made, pick: Pick) -> Planted:
    """All rows of a town that is spelled in several ways are named."""
    at = pick(_all(made), most=0.3)
    towns = {made.main.get(i, "from_place") for i in at}
    both = made.main.where("from_place", *towns)
    for i in at:
        made.main.put(i, "from_place", made.main.get(i, "from_place").upper())
    return said("from_place_spelled_alike", both)


@defect(*BROADBAND)
def kbit_among_mbit(made: Made, pick: Pick) -> Planted:
    table = made.main
    kinds = table.values("technology")

    def plain(i: int, column: str) -> bool:
        """A speed that is no tenth of its technology's median, so that a thousandfold stands out."""
        value = table.get(i, column)
        alike = [
            other
            for other, kind in zip(table.values(column), kinds, strict=True)
            if isinstance(other, float) and kind == kinds[i]
        ]
        return isinstance(value, float) and value > max(statistics.median(alike), 1) / 10

    both = ("download_mbit", "upload_mbit")
    rows = range(len(kinds))
    at = pick((i for i in rows if all(plain(i, column) for column in both)), most=0.1)
    for i in at:
        for column in ("download_mbit", "upload_mbit"):
            made.main.put(i, column, made.main.get(i, column) * 1000)
    return Planted(
        {"download_mbit_one_unit": set(at), "upload_mbit_one_unit": set(at)},
        frozenset({"download_mbit_possible", "upload_mbit_possible"}),
    )


@defect("matningar", amounts=("10 %",))
def operator_spelled_three_ways(made: Made, pick: Pick) -> Planted:
    at = pick(made.main.where("operator", "Telia"), least=6)
    both = made.main.where("operator", "Telia")
    _put(made, at, "operator", "TELIA", "Telia AB")
    return said("operator_spelled_alike", both)


@defect("hjalpmedel", amounts=("one", "1 %"))
def cut_zeros_of_articles(made: Made, pick: Pick) -> Planted:
    """The same article twice, once without its leading zeros, as 4392 and 004392."""
    at = pick(i for i, value in enumerate(made.main.values("id")) if value.startswith("00"))
    spare = [i for i in _all(made) if i not in at and not made.main.get(i, "id").startswith("0")][
        : len(at)
    ]
    for i, j in zip(at, spare, strict=True):
        made.main.put(j, "id", made.main.get(i, "id").lstrip("0"))
    return said("id_leading_zeros", {*at, *spare})


@defect("matningar", "medianer", "tackning")
def technology_spelled_otherwise(made: Made, pick: Pick) -> Planted:
    at = pick(made.main.where("technology", "fiber"), most=0.4)
    both = made.main.where("technology", "fiber")
    _put(made, at, "technology", "FIBER", "Fiber")
    return said("technology_spelled_alike", both, "download_mbit_one_unit", "upload_mbit_one_unit")


@defect("pastigande")
def stop_of_two_names(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made), most=0.04)
    halts = {made.main.get(i, "stop_id") for i in at}
    both = made.main.where("stop_id", *halts)
    for i in at:
        made.main.put(i, "stop_name", made.main.get(i, "stop_name") + " läge B")
    return said("stop_id_one_name", both)


@defect("hallplatser")
def repeated_stops(made: Made, pick: Pick) -> Planted:
    at = pick(range(1, len(made.main.rows)), most=0.4)
    for i in at:
        made.main.put(i, "stop_id", made.main.get(0, "stop_id"))
    return said("stop_id_unique", {0, *at}, "stop_id_one_name")


@defect("hjalpmedel")
def supplier_of_two_names(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made), most=0.04)
    numbers = {made.main.get(i, "supplier_orgnr") for i in at}
    both = made.main.where("supplier_orgnr", *numbers)
    for i in at:
        made.main.put(i, "supplier", "Annat namn " + made.main.get(i, "supplier"))
    single = {
        one
        for one in numbers
        if len({made.main.get(i, "supplier") for i in made.main.where("supplier_orgnr", one)}) == 1
    }
    return said(
        "supplier_orgnr_one_name",
        [i for i in both if made.main.get(i, "supplier_orgnr") not in single],
    )


@defect("hjalpmedel")
def code_of_two_categories(made: Made, pick: Pick) -> Planted:
    at = pick(_all(made), most=0.02)
    codes = {made.main.get(i, "iso9999_code") for i in at}
    _put(made, at, "category", "Något annat")
    return said("iso9999_one_category", made.main.where("iso9999_code", *codes))


def _with_subscriptions(made: Made) -> None:
    made.main.header += ["subscribed_mbit", "download_kbit"]
    made.main.rows = [
        [*row, (100.0, 250.0, 1000.0)[i % 3], 40000 + i] for i, row in enumerate(made.main.rows)
    ]


spoilt(
    "impossible_subscription",
    "subscribed_mbit",
    (100000.0, -1.0),
    "subscribed_mbit_possible",
    "matningar",
    most=0.04,
    base=_with_subscriptions,
)
spoilt(
    "impossible_kbit",
    "download_kbit",
    (940_000_000, -4),
    "download_kbit_possible",
    "matningar",
    most=0.04,
    base=_with_subscriptions,
)


def _counted_twice(kind: str, twin: str, column: str, rule: str) -> None:
    @defect(twin, kind=kind)
    def twice(made: Made, pick: Pick) -> Planted:
        """The same row again at the end, with another number."""
        at, first = pick(_all(made)), len(made.main.rows)
        made.main.rows += [list(made.main.rows[i]) for i in at]
        for i in range(first, first + len(at)):
            made.main.put(i, column, round(made.main.get(i, column) - 1, 1))
        return said(rule, {*at, *range(first, first + len(at))})


_counted_twice("journey_counted_twice", "resor", "passengers", "journeys_distinct")
_counted_twice("share_counted_twice", "tackning", "coverage_share", "coverage_distinct")
