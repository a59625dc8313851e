"""What only the whole of a merged dataset can show, from counts alone."""

from __future__ import annotations

import pytest

from helpers.filling_in.merging import whole
from helpers.filling_in.merging.whole import Gap, Lacking, Level, Outside

KARLSKRONA, KARLSHAMN = (15.5869, 56.1612), (14.8630, 56.1706)
RONNEBY = (15.2760, 56.2090)


def test_a_municipality_in_the_middle_without_rows_is_a_gap():
    told, counties = whole.gaps({"1080", "1082"})
    by_name = {gap.name: gap for gap in told}
    assert counties == ("10",) and list(by_name) == ["Olofström", "Ronneby", "Sölvesborg"]
    assert by_name["Ronneby"] == Gap("1081", "Ronneby", 2, 2) and by_name["Ronneby"].between
    assert not by_name["Olofström"].between


def test_a_county_of_which_one_municipality_has_rows_has_no_gaps():
    assert whole.gaps({"1080", "0380"}) == ([], ())
    assert whole.gaps({"1080", "1081", "1082", "1083", "1060"}) == ([], ("10",))
    assert whole.gaps(()) == ([], ())


def test_rows_outside_their_organisations_area_are_told_with_where_they_lie():
    spots = [KARLSKRONA, RONNEBY, (0.0, 0.0), (float("nan"), float("nan"))]
    lon, lat = zip(*spots, strict=True)
    found = whole.outside("k-bad", "karlskrona", "1080", [2, 3, 4, 5], lon, lat)
    assert found == Outside("k-bad", "karlskrona", 2, (3, 4), ("", "Ronneby"))
    assert whole.outside("b-bad", "region-blekinge", "10", [2, 3], lon[:2], lat[:2]) is None


COUNTS = {
    "skulptur": {"a": 40, "b": 30, "c": 20},
    "målning": {"a": 10, "b": 4},
    "mosaik": {"a": 1, "b": 1},
    "relief": {"a": 30},
}


def test_a_kind_that_one_lacks_and_several_others_have_is_told():
    assert whole.lacking("type", COUNTS) == [Lacking("type", "målning", "c", 2, 14)]


def test_who_does_not_fill_the_column_in_lacks_no_kind():
    few = COUNTS | {"skulptur": {"a": 40, "b": 30, "c": 4}}
    assert whole.lacking("type", few) == []


def test_free_text_has_no_kinds():
    assert whole.lacking("type", COUNTS | {f"text {i}": {"a": 1} for i in range(40)}) == []


@pytest.mark.parametrize(
    ("medians", "told"),
    [
        (
            {"a": (1000.0, 50), "b": (1200.0, 50), "c": (110_000.0, 50)},
            [("c", 110_000.0, 1000.0, 1200.0)],
        ),
        ({"a": (1000.0, 50), "b": (1200.0, 50), "c": (9_000.0, 50)}, []),
        ({"a": (1000.0, 50), "b": (1200.0, 50), "c": (110_000.0, 19)}, []),
        (
            {"a": (1000.0, 50), "c": (90.0, 50)},
            [("a", 1000.0, 90.0, 90.0), ("c", 90.0, 1000.0, 1000.0)],
        ),
        ({"a": (1000.0, 50)}, []),
        ({}, []),
    ],
)
def test_a_level_of_another_order_is_told(
    medians: dict[str, tuple[float, int]], told: list[tuple[str, float, float, float]]
):
    """Of two nobody knows which is odd: both are told."""
    found = whole.levels("belopp", medians)
    assert found == [Level("belopp", who, *medians, 50) for who, *medians in told]


def test_nothing_to_ask_is_nothing():
    assert whole.Whole().nothing and not whole.Whole(levels=[Level("x", "a", 1, 2, 3, 20)]).nothing
