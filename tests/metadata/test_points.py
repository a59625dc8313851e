"""The points of three catalogues, counted by hand; the stars of their distributions."""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import Graph
from tests.metadata import right

from helpers.metadata import forecast, reading, stars

HEAD = "\n".join(line for line in right.TURTLE.splitlines() if line.startswith("@prefix"))
EU = "http://publications.europa.eu/resource/authority/"


def read(text: str) -> Graph:
    return reading.parsed(f"{HEAD}\n{text}".encode(), "a.ttl").graph


# Three datasets, four distributions: shares of thirds and fourths.
MIXED = f"""
<https://a.se/k> a dcat:Catalog ; dcat:dataset <https://a.se/1>, <https://a.se/2>, <https://a.se/3> .
<https://a.se/1> a dcat:Dataset ; dcat:keyword "bad"@sv ; dcat:theme <{EU}data-theme/ENVI> ;
  dcterms:accessRights <{EU}access-right/PUBLIC> ; dcterms:issued "2024"^^xsd:gYear ;
  dcat:distribution <https://a.se/1a>, <https://a.se/1b> .
<https://a.se/2> a dcat:Dataset ; dcat:keyword "skola"@sv ; dcterms:accessRights <https://a.se/fritt> ;
  dcat:distribution <https://a.se/2a> .
<https://a.se/3> a dcat:Dataset ; dcat:distribution <https://a.se/3a> .
<https://a.se/1a> a dcat:Distribution ; dcat:accessURL <https://a.se/1.csv> ;
  dcat:downloadURL <https://a.se/1.csv> ; dcterms:format "text/csv" ;
  dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> .
<https://a.se/1b> a dcat:Distribution ; dcat:accessURL <https://a.se/1.xls> ;
  dcterms:format "application/vnd.ms-excel" ;
  dcterms:license <https://a.se/villkor> .
<https://a.se/2a> a dcat:Distribution ; dcat:accessURL <https://a.se/2.pdf> ;
  dcterms:format "application/pdf" ; dcat:byteSize "9"^^xsd:nonNegativeInteger .
<https://a.se/3a> a dcat:Distribution ; dcterms:format "en fil" .
"""
BARE = """
<https://a.se/k> a dcat:Catalog ; dcat:dataset <https://a.se/1> .
<https://a.se/1> a dcat:Dataset ; dcterms:title "Bad"@sv .
"""
# Each as (weight, share): by hand, from the weights of the method and the texts above.
BY_HAND: dict[str, tuple[str | None, dict[str, list[tuple[float, float]]]]] = {
    "right": (
        None,  # tests.metadata.right: one dataset, one distribution
        {
            # keyword 30, theme 30, spatial 20, temporal 20
            "findability": [(30, 1), (30, 1), (20, 1), (20, 1)],
            # no download address; whether the access address answers is not known
            "accessibility": [(50, 0), (20, 0), (30, 0)],
            # format 20, no media type, listed 10, text/csv non-proprietary 20, machine-readable 20
            "interoperability": [(20, 1), (10, 0), (10, 1), (20, 1), (20, 1)],
            # licence 20, listed 10, access rights 10, listed 5, contact 20, publisher 10
            "reusability": [(20, 1), (10, 1), (10, 1), (5, 1), (20, 1), (10, 1)],
            # no rights; size, issued, modified 5 each
            "contextuality": [(5, 0), (5, 1), (5, 1), (5, 1)],
        },
    ),
    "mixed": (
        MIXED,
        {
            # 2 of 3 datasets have keywords, 1 of 3 a theme
            "findability": [(30, 2 / 3), (30, 1 / 3), (20, 0), (20, 0)],
            # 1 of 4 distributions has a download address
            "accessibility": [(50, 0), (20, 1 / 4), (30, 0)],
            # 4 formats, 3 listed, csv alone is non-proprietary (pdf is not listed), csv and xls
            # machine-readable
            "interoperability": [(20, 1), (10, 0), (10, 3 / 4), (20, 1 / 4), (20, 2 / 4)],
            # 2 of 4 licences, 1 listed; rights of 2 of 3 datasets, 1 listed; nobody to ask
            "reusability": [(20, 2 / 4), (10, 1 / 4), (10, 2 / 3), (5, 1 / 3), (20, 0), (10, 0)],
            # size of 1 of 4, issued of 1 of 3
            "contextuality": [(5, 0), (5, 1 / 4), (5, 1 / 3), (5, 0)],
        },
    ),
    "bare": (BARE, {name: [] for name in forecast.DIMENSIONS}),
}
TOTAL = {"right": 260.0, "mixed": 101.25, "bare": 0.0}


def graph_of(name: str) -> Graph:
    text = BY_HAND[name][0]
    return right.right() if text is None else read(text)


@pytest.mark.parametrize("name", BY_HAND)
def test_the_points_are_those_counted_by_hand(name: str):
    made = forecast.forecast(graph_of(name))
    for dimension, parts in BY_HAND[name][1].items():
        by_hand = sum(weight * share for weight, share in parts)
        assert made.points(here=True, dimension=dimension) == pytest.approx(by_hand)
    assert made.points(here=True) == pytest.approx(TOTAL[name], abs=1e-3)


def test_the_weights_are_those_of_the_method():
    by_dimension = {
        name: sum(one.weight for one in forecast.INDICATORS if one.dimension == name)
        for name in forecast.DIMENSIONS
    }
    assert by_dimension == {
        "findability": 100,
        "accessibility": 100,
        "interoperability": 110,
        "reusability": 75,
        "contextuality": 20,
    }
    assert sum(by_dimension.values()) == forecast.MOST
    assert sum(one.weight for one in forecast.INDICATORS if one.here) == forecast.MOST_HERE


def test_what_can_be_reached_is_what_the_given_addresses_give():
    made = forecast.forecast(graph_of("mixed"))
    # 3 of 4 have an access address (50), 1 of 4 a download address (30)
    later = 50 * 3 / 4 + 30 * 1 / 4
    assert made.points(here=True, reachable=True) == pytest.approx(TOTAL["mixed"] + later, abs=1e-3)


def test_addresses_that_were_asked_count_as_they_answered():
    answers = {"https://a.se/1.csv": True, "https://a.se/1.xls": False}
    made = forecast.forecast(graph_of("mixed"), answers)
    assert made.points(here=True) == pytest.approx(TOTAL["mixed"] + 50 / 4 + 30 / 4, abs=1e-3)
    # the pdf was not asked and may answer
    assert made.points(here=True, reachable=True) == pytest.approx(
        made.points(here=True) + 50 / 4, abs=1e-3
    )


def test_the_european_portal_counts_conformity_as_well():
    made = forecast.forecast(right.right())
    assert made.points(here=False) == made.points(here=True) + 30
    assert made.rating(made.points(here=False)) == "good"
    wrong = forecast.forecast(
        right.changed('dcterms:title "Badplatser"@sv, "Bathing places"@en ;', "")
    )
    assert wrong.points(here=False) == wrong.points(here=True)


def test_each_gain_is_what_filling_it_in_gives():
    before = forecast.forecast(graph_of("mixed"))
    gains = {gain.field: gain for gain in before.gains()}
    assert [gain.once for gain in before.gains()] == sorted(
        (gain.once for gain in before.gains()), reverse=True
    )
    themes = "".join(f"\n<https://a.se/{i}> dcat:theme <{EU}data-theme/EDUC> ." for i in (2, 3))
    after = forecast.forecast(read(MIXED + themes))
    assert after.points(here=True) - before.points(here=True) == pytest.approx(
        gains["dcat:theme"].points
    )
    assert gains["dcat:theme"].places == 2
    contacts = "".join(
        f"\n<https://a.se/{i}> dcat:contactPoint <https://a.se/c> ." for i in (1, 2, 3)
    )
    after = forecast.forecast(read(MIXED + contacts))
    assert after.points(here=True) - before.points(here=True) == pytest.approx(
        gains["dcat:contactPoint"].points
    )
    assert gains["dcat:contactPoint"].once


def test_stars_of_each_distribution():
    found: dict[str, Any] = {
        str(one.node)[-2:]: (one.stars, one.lacks) for one in stars.stars(graph_of("mixed"))
    }
    assert found == {
        "1a": (3, "rdf"),
        "1b": (0, "licence"),  # somebody's own terms
        "2a": (0, "licence"),
        "3a": (0, "address"),
    }
    assert stars.average(stars.stars(graph_of("mixed"))) == 3 / 4
    assert stars.average([]) is None
    linked = right.changed('"text/csv"', '"text/turtle"')
    assert [one.stars for one in stars.stars(linked)] == [4]
    excel = right.changed('"text/csv"', '"application/vnd.ms-excel"')
    assert [(one.stars, one.lacks) for one in stars.stars(excel)] == [(2, "non_proprietary")]
    picture = right.changed('"text/csv"', '"application/pdf"')
    assert [(one.stars, one.lacks) for one in stars.stars(picture)] == [(1, "machine_readable")]
