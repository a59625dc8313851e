"""The map of broadband: numbers found another way, exact intervals, and no small number by any
subtraction."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from tests.sampling import every

from helpers.drawing import page
from helpers.drawing.numbers import measurements, medians
from helpers.ground import geography, squares
from helpers.reporting import show
from helpers.running.opening import open_candidate

from .drawn import broadband

HEAD = "measured_at,operator,technology,download_mbit,upload_mbit,latency_ms,abonnemang_mbit,positionskalla,latitude,longitude\n"


def measured(count: int = 900, source: str = "gps", seed: int = 4) -> tuple[str, pd.DataFrame]:
    """A CSV of measurements in clumps around Karlskrona and Ronneby, and the same as a frame."""
    rng = np.random.default_rng(seed)
    lat, lon = 56.12 + np.abs(rng.normal(0, 0.06, count)), 15.45 + rng.normal(0, 0.12, count)
    frame = pd.DataFrame(
        {
            "measured_at": (
                pd.Timestamp("2026-01-01") + pd.to_timedelta(rng.integers(0, 300, count), unit="D")
            ),
            "operator": rng.choice(["Ett", "Två", "Tre"], count),
            "technology": rng.choice(["fiber", "4G", "xDSL"], count, p=[0.6, 0.395, 0.005]),
            "down": np.round(rng.lognormal(4, 0.8, count), 1),
            "up": np.round(rng.lognormal(3, 0.8, count), 1),
            "latency": rng.integers(4, 80, count),
            "stated": rng.choice([100, 250], count),
            "source": source,
            "lat": np.round(lat, 6),
            "lon": np.round(lon, 6),
        }
    )
    return HEAD + frame.to_csv(index=False, header=False, date_format="%Y-%m-%d"), frame


def data_of(html: str) -> dict:
    found = re.search(r'id="map-data">(.*?)</script>', html, re.S)
    assert found
    return json.loads(found.group(1))


def test_squares_are_arithmetic():
    """The sanity points of five towns, as pyproj has them."""
    east, north = squares.square_of(np.array([15.5869, 14.8619]), np.array([56.1616, 56.1706]))
    assert [squares.rutid_scb(*one) for one in zip(east.tolist(), north.tolist(), strict=True)] == [
        "5360006224000",
        "4910006225000",
    ]


def test_municipalities_by_square_are_those_point_by_point():
    rng = np.random.default_rng(5)
    lon, lat = rng.uniform(14.3, 16.1, 6000), rng.uniform(55.95, 56.6, 6000)
    found = squares.municipality_of(lon, lat, *squares.square_of(lon, lat))
    alone = [
        one if isinstance(one, str) else ""
        for one in geography.municipality_of(lon, lat)["kommunkod"]
    ]
    assert found.tolist() == alone and len(set(alone)) > 6


@pytest.mark.parametrize("n", [6, 9, 12, 17, 25, 101, 400])
def test_the_interval_covers_the_median_as_often_as_it_says(n: int):
    rank = medians.rank(n)
    drawn = np.sort(np.random.default_rng(n).exponential(1, (20_000, n)), axis=1)
    assert rank
    inside = (drawn[:, rank - 1] <= np.log(2)) & (np.log(2) <= drawn[:, n - rank])
    assert 0.945 < inside.mean() < 0.975, inside.mean()


def test_few_numbers_have_no_interval_and_many_are_no_burden():
    assert (
        [medians.rank(n) for n in (0, 1, 5)] == [None] * 3
        and medians.rank(6) == 1
        and medians.rank(25) == 8
    )
    assert abs((medians.rank(1_000_000) or 0) - (500_000 - 980)) <= 1


def test_the_numbers_are_those_of_pandas(opened):
    text, frame = measured()
    found = measurements.of(opened(text, "bredband").subject, 5)
    _, towns, cells = measurements.areas(found)
    frame["code"] = geography.municipality_of(frame["lon"].to_numpy(), frame["lat"].to_numpy())[
        "kommunkod"
    ]
    east, north = squares.square_of(frame["lon"].to_numpy(), frame["lat"].to_numpy())
    frame = frame.assign(east=east, north=north)
    for shown, keys in ((towns, ["code"]), (cells, ["east", "north"])):
        told = shown[~shown["hidden"]]
        assert len(told) >= 1
        for one in told.to_dict("records"):
            own = frame[
                frame["code"].notna()
                & (frame[keys] == pd.Series({key: one[key] for key in keys})).all(axis=1)
            ]
            assert one["n"] == len(own) and one["operators"] == own["operator"].nunique()
            assert one["median"] == pytest.approx(own["down"].median()) and one[
                "tenth"
            ] == pytest.approx(own["down"].quantile(0.1))
            assert one["up"] == pytest.approx(own["up"].median()) and one[
                "latency_tenth"
            ] == pytest.approx(own["latency"].quantile(0.1))
            rank = medians.rank(len(own))
            if rank:
                ordered = np.sort(own["down"])
                assert (one["low"], one["high"]) == (ordered[rank - 1], ordered[len(own) - rank])
    found.connection.close()


@pytest.mark.parametrize("seeds", every(2, [range(1), range(1, 3)]))
def test_no_cell_below_n_leaves_and_subtraction_finds_none(opened, seeds: range):
    """An attacker has the page, and knows how each shown square is split between municipalities."""
    for seed in seeds:
        text, frame = measured(700, seed=seed)
        html = page.page(broadband(opened(text, "bredband")))
        frame["code"] = geography.municipality_of(frame["lon"].to_numpy(), frame["lat"].to_numpy())[
            "kommunkod"
        ]
        frame = frame.dropna(subset="code")
        east, north = squares.square_of(frame["lon"].to_numpy(), frame["lat"].to_numpy())
        frame["square"] = list(zip(east.tolist(), north.tolist(), strict=True))
        layers = {one["key"]: one for one in data_of(html)["layers"]}
        own = layers["squares"]
        count = next(one["values"] for one in own["facts"] if one["label"] == "Mätningar")
        shown = {
            at
            for at, n in zip(zip(own["east"], own["north"], strict=True), count, strict=True)
            if n is not None
        }
        true = frame["square"].value_counts()
        assert set(zip(own["east"], own["north"], strict=True)) == set(true.index)
        assert shown and all(true[at] >= 5 for at in shown) and len(shown) < len(true)
        for fact in own["facts"]:
            assert all(
                value is None
                for at, value in zip(
                    zip(own["east"], own["north"], strict=True), fact["values"], strict=True
                )
                if at not in shown
            )
        for total in (frame, *(part for _, part in frame.groupby("code"))):
            rest = total[~total["square"].isin(shown)]
            if len(rest) and len(rest) < len(total):
                assert len(rest) >= 5 and rest["square"].nunique() >= 2


def test_positions_of_the_operator_tell_of_counties_only(opened):
    made = broadband(opened(measured(source="GeoIP")[0], "bredband"))
    assert [layer.key for layer in made.layers] == ["counties"]
    assert any("GeoIP" in note for note in made.notes) and "5360006224000" not in page.page(made)


def test_measured_against_stated_by_technology_and_operator(opened):
    text, frame = measured()
    table = next(
        one
        for one in broadband(opened(text, "bredband")).tables
        if one.title == "Mätt mot uppgiven hastighet"
    )
    share = (
        (frame["down"] / frame["stated"]).groupby([frame["technology"], frame["operator"]]).median()
    )
    inside = {(row[0], row[1]): row[3] for row in table.rows if row[3] != "–"}
    assert len(inside) >= 4 and all(row[0] != "xDSL" for row in table.rows if row[3] != "–")
    assert inside["fiber", "Ett"].replace("\xa0", " ") == f"{100 * share['fiber', 'Ett']:.0f} %"


def test_a_single_measurement_is_never_a_mark(opened):
    made = broadband(opened(measured()[0], "bredband"))
    assert {layer.type for layer in made.layers} == {
        "areas",
        "squares",
    } and "inte vad nätet klarar" in made.see
    assert {"Mätningar per kommun", "Två perioder jämförda", "Områden att undersöka"} <= {
        table.title for table in made.tables
    }


def test_a_slow_area_is_found(opened):
    _, frame = measured()
    frame.loc[frame["lon"] < 15.4, "down"] /= 8
    slow = HEAD + frame.to_csv(index=False, header=False, date_format="%Y-%m-%d")
    table = broadband(opened(slow, "bredband")).tables[0]
    assert table.title == "Områden att undersöka" and table.rows and table.rows[0][0] == "Ronneby"


@pytest.mark.slow
def test_real_files_without_swedish_measurements_say_so(real: Path, opened):
    drive = broadband(opened(real / "broadband/salzburg_4g_drive_test.csv", "bredband"))
    assert not drive.layers and any(
        "utanför Sverige" in note and "9\xa0151" in note for note in drive.notes
    )
    norway = broadband(opened(real / "broadband/norway_coverage_2018.csv", "bredband"))
    assert not norway.layers and "inga mätta hastigheter" in norway.see


def test_availability_alone_is_drawn_by_municipality(opened):
    made = broadband(
        opened(
            "kommunkod,kommun,andel\n1080,Karlskrona,0.97\n1081,Ronneby,0.94\n180,Stockholm,1\n",
            "bredband",
        )
    )
    (layer,) = made.layers
    assert (
        made.tables[-1].title == "Tillgång som operatörerna har rapporterat"
        and made.tables[-1].rows[0][-1] == "0.97"
    )
    assert (
        layer.labels == ["Stockholm", "Karlskrona", "Ronneby"]
        and layer.shown
        and "tillgång" in made.see
    )
    assert np.allclose(layer.facts[0].values, [100, 97, 94]) and layer.kind_of.tolist() == [4, 3, 2]


COVERAGE = """kommunkod;kommun;teknik;matt_datum;tackning
1080;Karlskrona;Fiber;2024-10-01;91,2
1080;Karlskrona;Fiber;2025-10-01;93,4
1080;Karlskrona;Minst 100 Mbit/s;2025-10-01;95,8
1081;Ronneby;Fiber;2025-10-01;88,1
1081;Ronneby;Minst 100 Mbit/s;2025-10-01;90
1082;Karlshamn;Fiber;2025-10-01;130
9999;Ingenstans;Fiber;2025-10-01;50
1083;Sölvesborg;Fiber;2025-10-01;..
"""


def test_what_the_organisation_or_the_parameter_names_lies_beside_measurements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A table as operators report it: technologies, two years, a share that cannot be, an unknown
    code, one not told."""
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "snapshots"))
    files = {"matningar": measured()[0], "tackning": COVERAGE, "ensam": measured()[0]}
    for id, text in files.items():
        (tmp_path / f"{id}.csv").write_text(text, "utf-8")
        plain = {
            "id": id,
            "title": id,
            "type": "bredband",
            "organisation": "karlskrona" if id == "ensam" else "region-blekinge",
            "source": {"path": f"{id}.csv"},
        }
        (tmp_path / f"{id}.yaml").write_text(yaml.safe_dump(plain), "utf-8")
    alone, own, made = (
        show.map_broadband(open_candidate(id, tmp_path), coverage)
        for id, coverage in (("ensam", ""), ("matningar", ""), ("ensam", "tackning"))
    )
    assert [one.key for one in own.layers] == [one.key for one in made.layers]
    assert own.tables[-1] == made.tables[-1]
    assert [one.key for one in alone.layers] == ["municipalities", "squares"] and made.layers[
        :2
    ] != []
    beside = {one.title: one for one in made.layers[2:]}
    assert list(beside) == ["Tillgång: Fiber", "Tillgång: Minst 100 Mbit/s"] and not any(
        one.shown for one in beside.values()
    )
    fiber = dict(
        zip(
            beside["Tillgång: Fiber"].labels, beside["Tillgång: Fiber"].facts[0].values, strict=True
        )
    )
    assert fiber == {"Karlskrona": 93.4, "Ronneby": 88.1}
    assert [row[0] for row in made.tables[-1].rows].count("1080") == 3 and made.tables[
        :-1
    ] == alone.tables
    told = data_of(page.page(made))["layers"][2]
    assert told["facts"][0] == {
        "label": "Andel som kan beställa",
        "unit": "%",
        "decimals": 1,
        "values": [93.4, 88.1],
    }
