"""A fault is told once: the rule that names the cause, with the others that it breaks on the same
rows."""

from __future__ import annotations

from helpers.checking.explaining import explained
from helpers.checking.findings import Finding, faults_of, rules_tried

SPOT = {"konst": ["lat", "lon"]}


def finding(
    id: str,
    severity: str,
    dimension: str,
    column: str | None,
    rows: list[int],
    *,
    special: bool = False,
) -> Finding:
    outcome = "failed" if rows else "passed"
    return Finding(
        id,
        severity,
        dimension,
        outcome,
        column,
        10,
        len(rows),
        rows,
        len(rows),
        table="konst",
        special=special,
    )


SWAPPED = finding("points_not_swapped", "warning", "geography", None, [2, 3, 4], special=True)
OUTSIDE = finding("points_in_sweden", "critical", "geography", None, [2, 3, 4])
RANGE = finding("latitude_in_range", "warning", "validity", "lat", [2, 4])


def test_swapped_points_explain_what_lies_outside():
    faults = faults_of(explained([OUTSIDE, RANGE, SWAPPED], SPOT))
    assert [(one.cause.id, one.severity, [also.id for also in one.also]) for one in faults] == [
        ("points_not_swapped", "critical", ["points_in_sweden", "latitude_in_range"])
    ]


def test_a_place_outside_explains_its_coordinates():
    faults = faults_of(explained([OUTSIDE, RANGE], SPOT))
    assert [(one.cause.id, [also.id for also in one.also]) for one in faults] == [
        ("points_in_sweden", ["latitude_in_range"])
    ]


def test_a_row_more_is_another_fault():
    wider = finding("points_in_sweden", "critical", "geography", None, [2, 3, 4, 9])
    assert [one.cause.id for one in faults_of(explained([wider, SWAPPED], SPOT))] == [
        "points_in_sweden",
        "points_not_swapped",
    ]


def test_another_column_is_another_fault():
    empty = finding("name_filled", "critical", "completeness", "name", [2, 3])
    assert len(faults_of(explained([empty, SWAPPED], SPOT))) == 2


def test_information_explains_nothing():
    stacked = finding("points_not_stacked", "info", "geography", None, [2, 3, 4], special=True)
    assert len(faults_of(explained([OUTSIDE, stacked], SPOT))) == 2


def test_of_more_rows_than_are_listed_only_the_same_count_is_the_same_fault():
    listed = list(range(2, 1002))
    cause = Finding(
        "points_not_swapped",
        "warning",
        "geography",
        "failed",
        None,
        5000,
        3000,
        listed,
        3000,
        table="konst",
        special=True,
    )
    same = Finding(
        "points_in_sweden",
        "critical",
        "geography",
        "failed",
        None,
        5000,
        3000,
        listed,
        3000,
        table="konst",
    )
    fewer = Finding(
        "latitude_in_range",
        "warning",
        "validity",
        "failed",
        "lat",
        5000,
        2000,
        listed,
        2000,
        table="konst",
    )
    assert [one.cause.id for one in faults_of(explained([cause, same, fewer], SPOT))] == [
        "points_not_swapped",
        "latitude_in_range",
    ]


def test_a_rule_counts_once_however_many_columns_it_looks_at():
    several = [
        finding("trimmed", "info", "validity", name, rows)
        for name, rows in (("a", []), ("b", [3]), ("c", []))
    ]
    assert rules_tried([*several, OUTSIDE]) == (2, 2)
