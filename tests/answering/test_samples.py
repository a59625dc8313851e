"""On the sample files each mark is what pandas counts, and each sentence names the greatest."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from helpers.advising.answers.answer import Answer
from helpers.ground import geography
from helpers.words.messages import number

from .conftest import Asking, Told


@pytest.fixture
def samples(root: Path) -> Path:
    return root / "data" / "samples"


def values(answer: Answer) -> dict[str, Any]:
    return {mark.label or mark.code: mark.value for mark in answer.marks}


def test_invoices(samples: Path, asked: Asking, told: Told):
    file = samples / "region-blekinge-leverantorsfakturor.csv"
    made = asked(file, "leverantorsfakturor")
    frame = pd.read_csv(file, encoding="utf-16", decimal=",", dtype={"leverantor_id": str})
    by_month = frame.groupby(frame["datum"].str[:7])["belopp"].sum()
    assert values(made["invoices.months"]) == pytest.approx(by_month.to_dict())
    said = told(made["invoices.months"], "leverantorsfakturor", "sv")
    for amount in (frame["belopp"].sum(), by_month.max(), by_month.median()):
        assert number(round(amount), "sv").replace("\xa0", " ") in said
    for question, column in (("departments", "forvaltning"), ("accounts", "konto_text")):
        expected = frame.groupby(column)["belopp"].sum().sort_values(ascending=False)
        assert values(made[f"invoices.{question}"]) == pytest.approx(expected.to_dict())
        assert str(expected.index[0]) in told(
            made[f"invoices.{question}"], "leverantorsfakturor", "sv"
        )
    credited = frame[frame["belopp"] < 0]
    answer = made["invoices.credits"]
    assert values(answer) == credited["konto_text"].value_counts().to_dict()
    assert answer.said[0].told["kronor"] == pytest.approx(-credited["belopp"].sum())
    paid = frame.loc[frame["belopp"] > 0, "belopp"].sum()
    assert answer.said[0].told["share"] == pytest.approx(-credited["belopp"].sum() / paid)


def test_suppliers(samples: Path, asked: Asking):
    file = samples / "region-blekinge-leverantorsfakturor.csv"
    answer = asked(file, "leverantorsfakturor")["invoices.suppliers"]
    frame = pd.read_csv(file, encoding="utf-16", decimal=",", dtype={"leverantor_id": str})

    def luhn(digits: str) -> bool:
        doubled = [int(one) * (2 - i % 2) for i, one in enumerate(digits)]
        return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0

    legal = frame["leverantor_id"].map(
        lambda text: bool(re.fullmatch(r"[2-8]\d[2-9]\d{7}", text)) and luhn(text)
    )
    sums = frame[legal].groupby("leverantor_id")["belopp"].sum().nlargest(10)
    named = [mark.value for mark in answer.marks if not mark.code]
    assert named == pytest.approx(sums.tolist())
    rest = answer.marks[10:]
    assert sum(mark.value or 0 for mark in rest) == pytest.approx(
        frame["belopp"].sum() - sums.sum()
    )
    assert answer.said[-1].told["share"] == pytest.approx(sums.sum() / frame["belopp"].sum())


def test_art(samples: Path, asked: Asking, told: Told):
    file = samples / "karlshamn-offentlig-konst.csv"
    made = asked(file, "offentlig_konst", area="1082")
    frame = pd.read_csv(file, sep=";")
    decades = (frame["year"] // 10 * 10).value_counts()
    found = values(made["art.decades"])
    assert {int(label): n for label, n in found.items() if n} == decades.to_dict()
    split = frame["material"].str.lower().str.split(r", | och ", regex=True)
    assert values(made["art.materials"]) == split.explode().value_counts().to_dict()
    artists = frame["artist"].value_counts()
    shown = [mark for mark in made["art.artists"].marks if not mark.code]
    assert all(artists[mark.label] == mark.value for mark in shown) and len(shown) == 10
    assert values(made["art.artists"])["others"] == artists.sum() - sum(m.value or 0 for m in shown)
    swapped = int((frame["latitude"] < frame["longitude"]).sum())
    assert values(made["art.positions"]) == {"own": 120 - swapped, "outside": swapped}
    assert f"{120 - swapped} av 120" in told(made["art.positions"], "offentlig_konst", "sv")
    assert told(made["art.placement"], "offentlig_konst", "sv").endswith("samma värde: utomhus.")


def test_how_far_it_is_is_what_every_distance_says(samples: Path, asked: Asking):
    import geopandas

    file = samples / "olofstrom-skolor.csv"
    answer = asked(file, "platsinformation", area="1060")["places.nearest"]
    frame = pd.read_csv(file, sep=";", encoding="cp1252")
    schools = geopandas.points_from_xy(frame["longitude"], frame["latitude"], crs="EPSG:4326")
    schools = schools.to_crs("EPSG:3006")
    land = geography.land()
    outline = land.loc[land["kommunkod"] == "1060"].geometry
    west, south, east, north = outline.total_bounds
    grid = [
        (x + 500, y + 500)
        for x in range(int(west // 1000) * 1000, int(east) + 1, 1000)
        for y in range(int(south // 1000) * 1000, int(north) + 1, 1000)
    ]
    middles = geopandas.GeoSeries.from_xy(*zip(*grid, strict=True), crs="EPSG:3006")
    middles = middles[middles.within(outline.union_all())]
    apart = np.hypot(
        middles.x.to_numpy()[:, None] - schools.x[None], middles.y.to_numpy()[:, None] - schools.y
    ).min(axis=1)
    told = answer.said[0].told
    assert told["squares"] == len(middles) and told["km_most"] == pytest.approx(apart.max() / 1000)
    assert (apart <= told["km_half"] * 1000 + 1e-6).mean() >= 0.5
    edges = [0, 1, 2, 5, 10, 20]
    counted = np.histogram(apart / 1000, edges)[0].tolist()
    assert [mark.rows for mark in answer.marks] == counted


def test_places(samples: Path, asked: Asking, told: Told):
    file = samples / "tierp-parkeringar.csv"
    made = asked(file, "platsinformation")
    frame = pd.read_csv(file, sep=";")
    assert values(made["places.kinds"]) == frame["type"].value_counts().to_dict()
    months = {one: n for one, n in values(made["places.updated"]).items() if n}
    assert months == frame["updated"].str[:7].value_counts().to_dict()
    said = told(made["places.accessibility"], "platsinformation", "sv")
    assert "ingen kolumn" in said and "till exempel ”wheelchair”" in said
    assert "vilken kommun" in told(made["places.nearest"], "platsinformation", "sv")


def test_broadband(samples: Path, asked: Asking, told: Told):
    file = samples / "region-blekinge-bredband.csv"
    made = asked(file, "bredband")
    frame = pd.read_csv(file, sep=";", decimal=",")
    assert values(made["broadband.technologies"]) == frame["technology"].value_counts().to_dict()
    frame = frame[frame["download_mbit"] <= 10_000]
    slow = frame["download_mbit"] < 100
    assert values(made["broadband.slow"]) == pytest.approx(
        slow.groupby(frame["technology"]).mean().to_dict()
    )
    figures = made["broadband.slow"].said[0].told
    assert (figures["count"], figures["rows"]) == (slow.sum(), len(frame))
    assert "2 mätningar visar mer än 10 000 Mbit/s" in told(
        made["broadband.slow"], "bredband", "sv"
    )
    edges = [0, 10, 30, 100, 250, 500, 1000, 10_001]
    counted = pd.cut(frame["download_mbit"], edges, right=False).value_counts(sort=False)
    assert [mark.value for mark in made["broadband.speeds"].marks] == counted.tolist()
    median = frame["download_mbit"].median()
    assert made["broadband.speeds"].said[0].told["mbit"] == pytest.approx(median)
    assert "säger vilken dag" in told(made["broadband.hours"], "bredband", "sv")


def test_aids_and_journeys(samples: Path, asked: Asking, told: Told):
    file = samples / "region-blekinge-hjalpmedel.csv"
    made = asked(file, "hjalpmedel")
    frame = pd.read_csv(file, sep=";", dtype=str)
    assert values(made["aids.suppliers"]) == frame["supplier"].value_counts().to_dict()
    classes = frame["iso9999_code"].str.replace(r"\D", "", regex=True).str[:2].value_counts()
    assert values(made["aids.classes"]) == {f"iso_{one}": n for one, n in classes.items()}
    assert "ingen kolumn" in told(made["aids.prescriber"], "hjalpmedel", "sv")
    file = samples / "region-blekinge-resor.csv"
    made = asked(file, "rorelsedata")
    frame = pd.read_csv(file, sep=";")
    assert values(made["journeys.months"]) == frame.groupby("manad")["antal_resor"].sum().to_dict()
    pairs = frame.groupby(["fran", "till"])["antal_resor"].sum().nlargest(10)
    assert values(made["journeys.flows"]) == {f"{a} → {b}": n for (a, b), n in pairs.items()}
    few = int(frame["antal_resor"].between(1, 4).sum())
    assert f"{few} av 180" in told(made["journeys.small"], "rorelsedata", "sv")
