"""Of each type that has no sample file: on clean twins each mark is what pandas counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.checking.twins import twin

from helpers.advising.answers.answer import Answer
from helpers.advising.answers.asking import Wanted
from helpers.checking.findings import Finding
from helpers.reading import read

from .conftest import Asking, Told, ask

Twin = Callable[..., tuple[dict[str, Answer], pd.DataFrame]]


@pytest.fixture
def twins(tmp_path: Path) -> Twin:
    """The answers to a twin of that name, and its table."""

    def of(name: str, variant: str | None = None, **given: Any) -> Any:
        made = twin(name, 1)
        file = made.write(tmp_path / name)
        snapshot = read(file, tmp_path / f"{name}-snapshot")
        frame = pd.DataFrame(made.main.rows, columns=made.main.header)
        return ask(snapshot, made.type, variant=variant, **given), frame

    return of


def values(answer: Answer) -> dict[str, Any]:
    return {
        mark.label if mark.code in ("", "field") else mark.code: mark.value for mark in answer.marks
    }


def numbers(column: Any) -> Any:
    return pd.to_numeric(column, errors="coerce")


def test_inspections(twins: Twin):
    made, frame = twins("livsmedel")
    assessment = frame["inspection.assessment"].astype(int)
    kind = frame["inspection.type"].astype(int)
    counted = values(made["inspections.assessments"])
    assert counted == {f"assessment_{a}": int((assessment == a).sum()) for a in (0, 1, 2)}
    told = made["inspections.assessments"].said[0].told
    assert told["share"] == pytest.approx((assessment == 0).mean())
    first = frame["facility.type"].str.extract(r'([^\[\]",]+)')[0].str.strip()
    remarks = (assessment > 0).groupby(first).mean()
    assert values(made["inspections.kinds"]) == pytest.approx(remarks.to_dict())
    assert values(made["inspections.types"]) == {
        f"inspection_{code}": n for code, n in kind.value_counts().items()
    }
    days = pd.to_datetime(frame["inspection.date"])
    assert {m: n for m, n in values(made["inspections.when"]).items() if n} == (
        days.dt.strftime("%Y-%m").value_counts().to_dict()
    )
    facility = frame["facility.idNational"]
    rows = pd.DataFrame({"f": facility, "day": days, "type": kind, "a": assessment})
    pairs = rows.reset_index().merge(rows[rows["type"] == 1], on="f", suffixes=("", "_b"))
    apart = (pairs["day_b"] - pairs["day"]).dt.days
    followed = pairs.loc[(pairs["a"] > 0) & (apart > 0) & (apart <= 365), "index"].nunique()
    answer = made["inspections.follow_ups"].said[0].told
    assert (answer["count"], answer["rows"]) == (followed, int((assessment > 0).sum()))


def test_inspections_by_year_say_whether_chance_may_explain_it(asked: Asking, told: Told):
    rows = [(f"{2023 + i % 2}-03-{1 + i % 27:02d}", int(i % 2 and i % 3 > 0)) for i in range(400)]
    frame = pd.DataFrame(rows, columns=["inspection_date", "inspection_assessment"])
    frame["inspection_id_national"], frame["facility_name"] = range(400), "Krog"
    answer = asked(frame, "livsmedelsinspektioner")["inspections.years"]
    share = frame["inspection_assessment"].groupby(frame["inspection_date"].str[:4]).mean()
    assert values(answer)["2024"] == pytest.approx(share["2024"])
    # the year without a single remark is not hidden: nobody is behind a nought
    assert values(answer)["2023"] == 0
    assert "större än vad slumpen" in told(answer, "livsmedelsinspektioner")
    frame["inspection_assessment"] = [int(i % 5 == 0) for i in range(400)]
    answer = asked(frame, "livsmedelsinspektioner")["inspections.years"]
    assert "kan vara slump" in told(answer, "livsmedelsinspektioner")


def test_kinds_of_business_with_few_inspections_are_hidden(asked: Asking):
    kinds = ['["Servering"]'] * 60 + ['["Butik"]'] * 40 + ['["Vattenverk"]'] * 3
    frame = pd.DataFrame({"facility_type": kinds, "inspection_date": "2025-01-01"})
    frame["inspection_assessment"] = [0, 1] * 51 + [1]
    frame["inspection_id_national"], frame["facility_name"] = range(103), "Krog"
    answer = asked(frame, "livsmedelsinspektioner")["inspections.kinds"]
    found = values(answer)
    assert found["Vattenverk"] is None and sum(one is None for one in found.values()) == 2


def test_food_waste(twins: Twin):
    made, frame = twins("matsvinn")
    parts = ["serving_waste", "plate_waste", "kitchen_waste"]
    assert "total_waste" in frame  # it is told, so that is what counts
    total = numbers(frame["total_waste"])
    months = total.groupby(frame["date"].astype(str).str[:7]).sum()
    assert values(made["waste.months"]) == pytest.approx(months.to_dict())
    kinds = values(made["waste.kinds"])
    assert {name: kinds[name] for name in parts} == pytest.approx(
        {name: numbers(frame[name]).sum() for name in parts}
    )
    eating = numbers(frame["amount_eating"])
    both = total.notna() & (eating > 0)
    grams = 1000 * total[both].sum() / eating[both].sum()
    assert made["waste.guests"].said[0].told["grams"] == pytest.approx(grams)
    units = total.groupby(frame["name"]).sum().nlargest(10)
    shown = {mark.label: mark.value for mark in made["waste.units"].marks if not mark.code}
    assert shown == pytest.approx(units.to_dict())
    cooked = numbers(frame["total_prepared_food"])
    share = made["waste.prepared"].said[0].told["share"]
    assert share == pytest.approx(total[cooked > 0].sum() / cooked[cooked > 0].sum())


def test_waste_is_what_its_parts_are_where_no_sum_is_told(asked: Asking):
    frame = pd.DataFrame({"id": range(30), "name": "Köket", "date": "2026-01-05"})
    frame["serving_waste"], frame["plate_waste"], frame["kitchen_waste"] = 2.5, 1.0, 0.5
    frame.loc[0, "plate_waste"] = None
    made = asked(frame, "matsvinn")
    assert values(made["waste.months"]) == {"2026-01": pytest.approx(29 * 4.0)}
    assert made["waste.guests"].why[0].code == "why.absent"


def test_snow(twins: Twin):
    made, frame = twins("snorojning")
    one = frame.groupby("object_id").agg(
        start=("start", "min"), end=("end", "max"), area=("areaname", "first")
    )
    start, end = pd.to_datetime(one["start"]), pd.to_datetime(one["end"])
    months = start.dt.strftime("%Y-%m").value_counts()
    assert values(made["operations.months"]) == months.to_dict()
    hours = {int(h): n for h, n in values(made["operations.hours"]).items() if n}
    assert hours == start.dt.hour.value_counts().to_dict()
    minutes = (end - start).dt.total_seconds() // 60
    told = made["operations.lengths"].said[0].told
    assert told["rows"] == len(one)
    assert (minutes <= told["minutes"]).mean() >= 0.5 > (minutes < told["minutes"]).mean()
    bands = [0, 30, 60, 120, 240, 480, np.inf]
    counted = pd.cut(minutes, bands, right=False).value_counts(sort=False).tolist()
    assert [mark.value for mark in made["operations.lengths"].marks] == counted
    assert values(made["operations.areas"]) == one["area"].value_counts().to_dict()
    kilos = numbers(frame["quantity"]).sum()
    assert made["operations.materials"].said[0].told["kg"] == pytest.approx(kilos)


def test_boardings(twins: Twin):
    made, frame = twins("pastigande", "pastigande")
    of = {name.lower(): name for name in frame}
    count = numbers(frame[of.get("boardings") or of["pastigande"]])
    stop = frame[of.get("stop_name") or of["hallplats"]]
    stops = count.groupby(stop).sum().nlargest(10)
    marks = made["boardings.stops"].marks
    assert {mark.label: mark.value for mark in marks if not mark.code} == stops.to_dict()
    rest = [mark.value for mark in marks if mark.code == "others"]
    assert sum(rest) == count.sum() - stops.sum()
    months = made["boardings.months"].marks
    assert sum(mark.value or 0 for mark in months) == count.sum()


def test_few_who_board_are_hidden_at_the_stop_and_cannot_be_found_by_subtraction(asked: Asking):
    rows = [("Torget", 60), ("Kyrkan", 3), ("Hamnen", 40), ("Skolan", 25)]
    frame = pd.DataFrame(rows, columns=["stop_name", "boardings"])
    frame["stop_id"], frame["month"] = range(4), "2026-01"
    answer = asked(frame, "rorelsedata", variant="pastigande")["boardings.stops"]
    found = values(answer)
    assert found["Kyrkan"] is None and found["Skolan"] is None and found["Torget"] == 60


def test_departures_by_stop(twins: Twin):
    made, frame = twins("utbud", "utbud_per_hallplats")
    weekday = numbers(frame["departures_weekday"])
    stops = weekday.groupby(frame["stop_name"]).sum()
    shown = {mark.label: mark.value for mark in made["supply.stops"].marks if not mark.code}
    assert shown == pytest.approx({name: stops[name] for name in shown})
    assert min(shown.values()) >= stops.drop(list(shown)).max()
    bands = [0, 1, 10, 25, 50, 100, np.inf]
    counted = pd.cut(weekday, bands, right=False).value_counts(sort=False).tolist()
    assert [mark.value for mark in made["supply.few"].marks] == counted
    told = made["supply.weekend"].said[0].told
    sunday = numbers(frame["departures_sunday"]).sum()
    assert told["share_sunday"] == pytest.approx(sunday / weekday.sum())


def test_coverage_in_rows(twins: Twin):
    made, frame = twins("tackning", "tackning")
    share = numbers(frame["coverage_share"])
    share = share / (100 if share.max() > 1 else 1)
    place = frame["kommun"] if "kommun" in frame else frame["kommunkod"].astype(str)
    year = frame["measured_at"].astype(str).str[:4]
    latest = year == year.groupby(place).transform("max")
    by_place = share[latest].groupby([frame["technology"], place]).max()
    lowest = by_place["fiber"].sort_values()
    answer = values(made["coverage.places"])
    assert list(answer.values()) == pytest.approx(lowest.head(10).tolist())
    medians = by_place.groupby(level=0).quantile(0.5, interpolation="lower")
    assert values(made["coverage.technologies"]) == pytest.approx(medians.to_dict())


def test_coverage_in_a_column_for_each_technology_is_weighed_by_households(asked: Asking):
    rows = [
        (2024, "Total", "Blekinge", "Karlskrona", 1000, 0.9, 0.5, 0.3),
        (2024, "Total", "Blekinge", "Ronneby", 3000, 0.7, 0.1, 0.3),
        (2024, "Tätort", "Blekinge", "Ronneby", 2000, 0.95, 0.1, 0.3),
        (2023, "Total", "Blekinge", "Karlskrona", 1000, 0.8, 0.5, 0.3),
        (2023, "Total", "Blekinge", "Ronneby", 3000, 0.6, 0.1, 0.3),
    ]
    rows = [("Hushåll", "Kommun", *row, 0.99, 0.98) for row in rows]
    names = ["Bas", "Aggregerat på", "Årtal", "Område", "Lännamn", "Kommunnamn", "Antal hushåll"]
    names += ["Tillgång via fiber eller fiber-lan", "Tillgång via NR (5G)", "Tillgång via xDSL"]
    names += ["Total tillgång", "I närhet av fiber"]
    made = asked(pd.DataFrame(rows, columns=names), "bredband", variant="tackning")
    assert values(made["coverage.technologies"]) == pytest.approx(
        {"fiber": 0.75, "xDSL": 0.3, "5G": 0.2}
    )
    assert made["coverage.technologies"].said[0].code == "coverage.technologies.weighed"
    assert values(made["coverage.years"]) == pytest.approx({"2023": 0.65, "2024": 0.75})
    assert values(made["coverage.settlements"]) == pytest.approx({"tätort": 0.95, "total": 0.75})
    assert made["coverage.fast"].why[0].code == "why.no_speeds"


def test_aids_on_the_spot_and_stops(twins: Twin):
    made, frame = twins("resurser", "plats")
    kind = frame["resource_type"]
    assert values(made["aids.resources"]) == kind.value_counts().to_dict()
    assert set(values(made["aids.kinds_where"]).values()) == {1}
    stops, table = twins("hallplatser", "hallplatser")
    assert sum(values(stops["places.municipalities"]).values()) == len(table)
    assert values(stops["stops.told"]) == dict.fromkeys(
        ("stop_name", "latitude", "longitude", "stop_id"), 1.0
    )


def test_events(twins: Twin):
    made, frame = twins("evenemang", "evenemang")
    start = pd.to_datetime(frame["start_date"].astype(str).str[:10])
    assert {m: n for m, n in values(made["events.when"]).items() if n} == (
        start.dt.strftime("%Y-%m").value_counts().to_dict()
    )
    days = {f"isodow_{day + 1}": n for day, n in start.dt.day_of_week.value_counts().items()}
    assert {day: n for day, n in values(made["events.weekdays"]).items() if n} == days
    free = frame["free"].astype(str).str.lower().isin(("true", "ja"))
    assert values(made["events.cost"])["free"] == free.sum()


def test_parking_leaves_out_what_rules_find_impossible(twins: Twin, told: Told):
    made, frame = twins("parkering", "parkering")
    spaces = numbers(frame["car_spaces"])
    assert made["parking.spaces"].said[0].told["total"] == spaces.sum()
    assert values(made["parking.kinds"]) == {
        f"parking_{kind}": n for kind, n in frame["type"].value_counts().items()
    }
    message = {"sv": "Omöjligt antal.", "en": "An impossible number."}
    found = Finding(
        *("x", "warning", "validity", "failed", "car_spaces", 80, 1), rows=[2], message=message
    )
    made, frame = twins("parkering", "parkering", findings=[found])
    answer = made["parking.spaces"]
    assert answer.said[0].told["total"] == spaces.iloc[1:].sum()
    assert "Enligt reglerna har en rad ett omöjligt värde" in told(answer, "platsinformation")


def test_what_lies_around_a_point(twins: Twin, told: Told):
    import geopandas

    made, frame = twins("konst")
    spots = geopandas.GeoSeries.from_xy(frame["longitude"], frame["latitude"], crs="EPSG:4326")
    spots = spots.to_crs("EPSG:3006")
    middle = np.median(spots.x), np.median(spots.y)
    apart = np.hypot(spots.x - middle[0], spots.y - middle[1])
    answer = made["art.around"]
    assert answer.said[0].told["count"] == int((apart <= 500).sum())
    near = frame["name"][apart.sort_values(kind="stable").index]
    assert [mark.label for mark in answer.marks] == near.head(len(answer.marks)).tolist()
    assert [mark.value for mark in answer.marks] == np.sort(apart)[
        : len(answer.marks)
    ].round().tolist()
    first = frame.iloc[0]
    point = Wanted(point=f"{first['latitude']}, {first['longitude']}")
    made, _ = twins("konst", wanted=point)
    assert made["art.around"].marks[0].value == 0
    made, _ = twins("konst", wanted=Wanted(point="0, 0"))
    assert "är ingen punkt i Sverige" in told(made["art.around"], "offentlig_konst")


def test_a_nought_in_a_column_of_words_is_no_value(asked: Asking, told: Told):
    frame = pd.DataFrame(
        {"id": range(40), "name": "x", "type": ["0"] * 4 + ["park"] * 20 + ["torg"] * 16}
    )
    frame["latitude"], frame["longitude"] = 56.2, 15.3
    answer = asked(frame, "platsinformation")["places.kinds"]
    assert values(answer) == {"park": 20, "torg": 16}
    assert "4 rader har 0 i ”Typ”" in told(answer, "platsinformation")
