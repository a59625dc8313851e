"""A table with a column for each technology is coverage too: held against the same rules, no finding
for its layout, and on the same map."""

from __future__ import annotations

import pytest

from .drawn import broadband

HEADER = (
    "Årtal;Bas;Aggregerat på;Område;Lännamn;Kommunnamn;Antal hushåll;Tillgång via xDSL;"
    "Tillgång via fiber eller fiber-lan;Tillgång via LTE (ej 450 MHz);Tillgång via NR (5G);"
    "Total tillgång (trådbunden och trådlös accessteknik)"
)
PLACES = (("Karlskrona", 3), ("Ronneby", 2), ("Olofström", 1))
AREAS = (("total", 30), ("tätort", 20), ("glesbygd", 10))


def rows() -> list[list[str]]:
    """A row for each year, municipality and kind of settlement: three a year and place, fewer than
    measurements may be."""
    return [
        [
            *(year, "hushåll", "kommun", area, "Blekinge län", place, f"{size}{households}00"),
            *("", f"0,{size}{households}", f"0,9{size}", f"0,5{int(year) - 2020}", "1"),
        ]
        for year in ("2022", "2023")
        for place, size in PLACES
        for area, households in AREAS
    ]


def text(table: list[list[str]]) -> str:
    return "\n".join([HEADER, *map(";".join, table), ""])


@pytest.mark.slow
def test_a_wide_table_is_held_against_the_rules_of_coverage(opened):
    table = rows()
    table[2][8] = "-0,4"  # a share of fiber that cannot be
    table[4][10] = "55"  # per cent of 5G among parts of one
    table[5][9] = ""  # no row, and no fault
    source = opened(text(table), "bredband")
    assert (source.variant, source.conformity) == ("tackning", 1)
    failed = {
        (one.id, one.column, tuple(one.rows)) for one in source.findings if one.outcome == "failed"
    }
    assert failed == {
        ("coverage_share_in_range", "Tillgång via fiber eller fiber-lan", (4,)),
        ("coverage_share_one_scale", "Tillgång via NR (5G)", (6,)),
    }
    assert source.screening is not None and source.screening.risks == []


def test_a_wide_table_is_a_layer_for_each_technology(opened):
    made = broadband(opened(text(rows()), "bredband"))
    shares = {one.title: (one.labels, one.facts[0].values) for one in made.layers}
    labels = [place for place, _ in PLACES]
    assert {title: dict(zip(*both, strict=True)) for title, both in shares.items()} == {
        "Tillgång: fiber": dict(zip(labels, (33, 23, 13), strict=True)),
        "Tillgång: 4G": dict(zip(labels, (93, 92, 91), strict=True)),
        "Tillgång: 5G": dict.fromkeys(labels, 53),
    }, "of the whole municipality, the latest year"
    assert [one.shown for one in made.layers] == [True, False, False]
    assert not any("tekniker" in one.note for one in made.layers), "all are drawn"
    assert made.tables[-1].head[:3] == ["Kommunnamn", "Område", "Årtal"]
