"""Defects of the availability of broadband; images that are documents, codes that were numbers,
positions that are addresses."""

from __future__ import annotations

from tests.checking.twins import Made

from .points import _move, _placed, _spots
from .registry import Pick, Planted, defect, said, spoilt

HOUSEHOLDS = {"1060": 6120, "1080": 31900, "1081": 13800, "1082": 15400, "1083": 8400}


def _with_numbers(made: Made) -> None:
    """The numbers that the share is made of, and what tells rows apart."""
    made.main.header += ["lan", "settlement", "speed_mbit", "households", "covered", "year"]
    for row in made.main.rows:
        households = HOUSEHOLDS[row[1]]
        row += ["10", "alla", 100, households, round(households * row[4] / 100), int(row[0][:4])]


def _with_speeds(made: Made) -> None:
    """Each row once more for 1,000 Mbit/s, which half as many can get."""
    made.main.header += ["speed_mbit"]
    rows = made.main.rows
    made.main.rows = [[*row, 100] for row in rows] + [
        [*row[:-1], round(row[-1] / 2, 1), 1000] for row in rows
    ]


def _fractions(made: Made) -> None:
    for row in made.main.rows:
        row[4] = round(row[4] / 100, 3)


def _with_number_of_municipality(made: Made) -> None:
    made.main.header += ["kommun_nr"]
    made.main.rows = [[*row, (1060, 1080, 1082)[i % 3]] for i, row in enumerate(made.main.rows)]


def _without_source(made: Made) -> None:
    made.main.drop("position_source")


NUMBERS = ("coverage_share_agrees", "covered_not_above_households")
spoilt(
    "households_summed",
    "households",
    (4_700_000, -1),
    "households_in_range",
    "tackning",
    explains=NUMBERS,
    base=_with_numbers,
)
spoilt(
    "covered_summed",
    "covered",
    (4_700_000, -5),
    "covered_in_range",
    "tackning",
    explains=NUMBERS,
    base=_with_numbers,
)
spoilt(
    "more_covered_than_there_are",
    "covered",
    (31_950, 40_000),
    "covered_not_above_households",
    "tackning",
    explains=("coverage_share_agrees",),
    base=_with_numbers,
)
spoilt(
    "speed_impossible",
    "speed_mbit",
    (0, 15_000),
    "speed_possible",
    "tackning",
    most=0.04,
    base=_with_numbers,
)
spoilt(
    "speed_in_kbit",
    "speed_mbit",
    (100_000,),
    "speed_one_unit",
    "tackning",
    explains=("speed_possible",),
    most=0.04,
    base=_with_numbers,
)
spoilt(
    "technology_numbered",
    "technology",
    ("Teknik 3", "Typ 7"),
    "technology_form",
    "tackning",
    explains=("coverage_distinct",),
)
spoilt(
    "settlement_numbered",
    "settlement",
    ("3", "zon B"),
    "settlement_form",
    "tackning",
    base=_with_numbers,
)
spoilt("year_mistyped", "year", (1925, 2205), "year_possible", "tackning", base=_with_numbers)
spoilt("another_county", "lan", ("12", "08"), "kommunkod_in_county", "tackning", base=_with_numbers)
spoilt(
    "per_cent_among_fractions",
    "coverage_share",
    (95, 62),
    "coverage_share_one_scale",
    "tackning",
    most=0.04,
    base=_fractions,
)
spoilt(
    "image_is_a_document",
    "image_url",
    ("https://konst.karlshamn.se/a.PDF", "https://konst.karlshamn.se/b.docx"),
    "image_url_image",
    "konst",
)
spoilt(
    "zero_of_number_lost",
    "kommun_nr",
    (180, 305),
    "codes_whole",
    "resor",
    base=_with_number_of_municipality,
)


@defect("tackning", base=_with_numbers)
def share_of_another_row(made: Made, pick: Pick) -> Planted:
    at = pick(range(len(made.main.rows)))
    for i in at:
        share = made.main.get(i, "coverage_share")
        made.main.put(i, "coverage_share", round(share + (15 if share < 50 else -15), 1))
    return said("coverage_share_agrees", at)


@defect("tackning", base=_with_speeds)
def speeds_that_changed_places(made: Made, pick: Pick) -> Planted:
    """The share of 100 Mbit/s stands on the row of 1,000, and the other way round."""
    half = len(made.main.rows) // 2
    at = pick(range(half))
    for i in at:
        low, high = made.main.get(i, "coverage_share"), made.main.get(half + i, "coverage_share")
        made.main.put(i, "coverage_share", high)
        made.main.put(half + i, "coverage_share", low)
    return said("faster_not_more_covered", [half + i for i in at])


@defect("tackning")
def another_name_of_the_municipality(made: Made, pick: Pick) -> Planted:
    at = pick(range(len(made.main.rows)))
    codes = {made.main.get(i, "kommunkod") for i in at}
    for i in at:
        made.main.put(i, "kommun", "Malmö")
    return said("kommunkod_one_name", made.main.where("kommunkod", *codes))


@defect("matningar", base=_without_source, amounts=("10 %",))
def placed_by_the_operator(made: Made, pick: Pick) -> Planted:
    """Many measurements at one address, and no column says so."""
    at = pick(_placed(made), least=5)
    lon, lat = _spots(made, at)[0]
    _move(made, at, [(round(lon, 3) + 0.0004, round(lat, 3) + 0.0003)] * len(at))
    return said("position_from_content", at)
