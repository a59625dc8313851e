"""Sentences that were untrue or misleading of real files: of a column in which nothing stands, of a
question that any of several columns would do for, of shifted rows, of a year or a technology that
no column tells, of places in the whole country, of a week without traffic on a day."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
import pytest

from helpers.checking.findings import Finding

from .conftest import Asking, Told

PLACES = "platsinformation"
BATHS = 12


def baths(**columns: object) -> pd.DataFrame:
    """Bathing places around Karlskrona, as the national layout has them."""
    frame = pd.DataFrame(
        {
            "place_id": [f"b{n}" for n in range(BATHS)],
            "name": [f"Badplats {n}" for n in range(BATHS)],
            "latitude": [56.17 + n / 500 for n in range(BATHS)],
            "longitude": [15.59] * BATHS,
            "toilet": ["true", "false", ""] * 4,
            "shower": ["true"] * 4 + ["false"] * 8,
            "watertype": ["lake"] * 9 + ["sea"] * 3,
            "wheelchair": [""] * BATHS,
        }
    )
    return frame.assign(**columns)


def of_baths(asked: Asking, told: Told, question: str, frame: pd.DataFrame, **given: object) -> str:
    return told(asked(frame, PLACES, variant="badplats", **given)[question], PLACES)


def test_of_a_column_in_which_nothing_stands_there_is_no_rest(asked: Asking, told: Told):
    said = of_baths(asked, told, "places.accessibility", baths())
    assert "Ingen av de 12 raderna har något i ”Tillgänglig med rullstol”." in said
    assert "Resten" not in said
    alone = of_baths(asked, told, "places.accessibility", baths().head(1))
    assert "Den enda raden har inget i ”Tillgänglig med rullstol”." in alone


def test_a_question_that_any_column_would_do_for_names_several(asked: Asking, told: Told):
    bare = baths().drop(columns=["toilet", "shower"])
    said = of_baths(asked, told, "places.bathing", bare)
    assert "ingen kolumn för något av det som frågan gäller, till exempel ”Badbrygga”" in said
    assert "om någon av kolumnerna läggs till" in said
    empty = baths(toilet="", shower="")
    said = of_baths(asked, told, "places.bathing", empty)
    assert "inget står i någon av dem, till exempel ”Toalett finns” och ”Dusch" in said


def test_of_several_columns_the_one_that_is_there_says_why_not(asked: Asking, told: Told):
    schools = pd.DataFrame({"name": list("abcd"), "type": [""] * 4})
    said = told(asked(schools, PLACES, variant="skola")["schools.forms"], PLACES)
    assert "Ingen av de 4 raderna har något i ”Typ" in said and "ingen kolumn" not in said


def test_yes_or_no_is_no_kind_of_water(asked: Asking, told: Told):
    """As in a row that a comma within a text has shifted."""
    said = of_baths(asked, told, "places.water", baths(watertype="false").head(1))
    assert "I ”watertype” står bara ja eller nej" in said and "värdet false" not in said
    assert "Vanligast är lake: 9 av 12" in of_baths(asked, told, "places.water", baths())


def test_what_rules_find_wrong_on_most_rows_is_not_counted(asked: Asking, told: Told):
    message = {"sv": "Texten är inget svar.", "en": "The text is no answer."}
    finding = Finding(
        "toilet", "warning", "validity", "failed", "toilet", BATHS, BATHS - 1, message=message
    )
    answer = asked(baths(), PLACES, variant="badplats", findings=[finding])["places.bathing"]
    said = told(answer, PLACES)
    assert [mark.label for mark in answer.marks] == ["shower"]
    assert "”Toalett finns” är inte med" in said and "Texten är inget svar." in said
    assert "”Dusch" in said.split("?")[1].split(":")[0]


def test_places_of_the_whole_country_are_not_of_an_unknown_municipality(asked: Asking, told: Told):
    spread = baths(
        latitude=[56.17, 59.33, 57.7, 63.83] * 3, longitude=[15.59, 18.06, 11.97, 20.26] * 3
    )
    said = of_baths(asked, told, "places.nearest", spread)
    assert "platserna ligger i 4 län" in said and "inte känt" not in said
    few = of_baths(asked, told, "places.nearest", baths().head(3))
    assert "inte känt vilken kommun" in few


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (None, "Filen säger inte vilket år uppgifterna gäller."),
        ([2024] * 4, "Uppgifterna gäller år 2024."),
        ([2023, 2024, 2023, 2023], "den är från 2023 till 2024."),
    ],
)
def test_the_year_of_what_is_available_is_that_of_the_file(
    asked: Asking, told: Told, years: list[int] | None, expected: str
):
    frame = pd.DataFrame(
        {
            "kommunkod": ["1080", "1081", "1082", "1083"],
            "kommun": ["Karlskrona", "Ronneby", "Karlshamn", "Sölvesborg"],
            "coverage_share": [0.5, 0.6, 0.7, 0.9],
        }
    )
    if years:
        frame["year"] = years
    made = asked(frame, "bredband", variant="tackning")
    for question in ("coverage.technologies", "coverage.places"):
        said = told(made[question], "bredband")
        assert expected in said and "–" not in said and "Tekniken står inte i filen." in said
    assert "Lägst andel har Karlskrona: 50 %." in told(made["coverage.places"], "bredband")
    unanswered = told(made["coverage.years"], "bredband")
    if years is None:
        assert expected in unanswered and "bara ett år" not in unanswered


@pytest.mark.parametrize(("sunday", "weekday"), [(0, 1), (1, 0)])
def test_a_day_without_traffic_is_told_as_one(
    tmp_path: Path, asked: Asking, told: Told, sunday: int, weekday: int
):
    with zipfile.ZipFile(tmp_path / "feed.zip", "w") as feed:
        feed.writestr("agency.txt", "agency_id,agency_name,agency_url,agency_timezone\na,A,,\n")
        feed.writestr("routes.txt", "route_id,agency_id,route_short_name,route_type\nr,a,1,3\n")
        feed.writestr("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\ns,X,56,15\nt,Y,56.1,15\n")
        feed.writestr("trips.txt", "route_id,service_id,trip_id\nr,v,t1\n")
        feed.writestr(
            "stop_times.txt",
            "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
            "t1,08:00:00,08:00:00,s,1\nt1,08:20:00,08:20:00,t,2\n",
        )
        days = "monday,tuesday,wednesday,thursday,friday,saturday,sunday"
        running = ",".join([str(weekday)] * 6 + [str(sunday)])
        feed.writestr(
            "calendar.txt",
            f"service_id,{days},start_date,end_date\nv,{running},20260105,20261227\n",
        )
    made = asked(tmp_path / "feed.zip", "rorelsedata", variant="gtfs")
    said = told(made["timetables.days"], "rorelsedata")
    if weekday:
        assert "På söndagen går ingenting." in said and "0 %" not in said
    else:
        assert "Ingen tur går på en vardag" in said
        assert "turerna har tider" not in said
        assert "Ingen tur går på en vardag" in told(made["timetables.lines"], "rorelsedata")
