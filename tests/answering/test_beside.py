"""Measurements beside availability, a type of an organisation's own, and where answers are carried."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import yaml

from helpers.advising.answers.answer import Answer
from helpers.advising.results import Candidate, Region
from helpers.declared import own, specifications
from helpers.reading import read
from helpers.reporting import environment, parts, results, show
from helpers.reporting.show_answers import Answers, answers, on_page
from helpers.running import region
from helpers.running.opening import open_candidate
from helpers.running.store import Store

from .conftest import ask

OURS = {"type": "bredband", "organisation": "region-blekinge", "stage": "published"}


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Measurements of 120 rows, a quarter of them slow, and what is reported of two places."""
    speeds = [40 if i % 4 == 0 else 250 for i in range(120)]
    measured = pd.DataFrame({"measured_at": "2026-03-02", "technology": "fiber"}, index=range(120))
    measured["download_mbit"], measured["upload_mbit"] = speeds, 10
    measured["kommunkod"] = "1080"
    covered = pd.DataFrame(
        [("1080", "Karlskrona", "fiber", 100, 90.0), ("1081", "Ronneby", "fiber", 100, 80.0)],
        columns=["kommunkod", "kommun", "technology", "speed_mbit", "coverage_share"],
    ).assign(year=2025)
    for name, frame in (("measured", measured), ("covered", covered)):
        frame.to_csv(tmp_path / f"{name}.csv", index=False, sep=";", decimal=",")
        entry = OURS | {"id": name, "title": name, "source": {"path": f"{name}.csv"}}
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(entry), "utf-8")
    return tmp_path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.mark.slow
def test_measurements_stand_beside_what_is_reported(catalogue: Path, store: Store):
    """In the notebook and in the region the same; the page says that they are two things."""
    opened = open_candidate("measured", catalogue, store)
    assert opened.variant == "matningar"
    added = opened.answers_beside
    whole: Region = region.compute(catalogue, store=store)
    measured = next(one for one in whole.candidates if one.entry.id == "measured")
    assert [measured.answers[-1]] == added
    answer = Answer.from_json(added[0])
    assert [mark.value for mark in answer.marks] == pytest.approx([0.25, 1 - 0.8])
    said = repr(answers(opened)).replace("\xa0", " ")
    assert "25 % av 120 mätningar är långsammare än 100 Mbit/s" in said
    assert "kan 80 % av hushållen få minst 100 Mbit/s" in said and "två olika saker" in said
    # another report makes the notebook anew, although the measurements are as they were
    before = parts.alone(measured)
    assert before != parts.alone(replace(measured, answers=measured.answers[:-1]))
    [covered] = [one for one in whole.candidates if one.entry.id == "covered"]
    assert measured.beside == covered.known and before != parts.alone(replace(measured, beside=""))
    # the map has it as a layer of its own, whether a candidate is named or not
    beside = opened.reported_beside
    assert beside and (beside.file or Path()).stem == "covered"
    for named in ("", "covered"):
        assert (
            "Tillgång som operatörerna har rapporterat"
            in show.map_broadband(opened, named)._repr_html_()
        )
    plain = results.candidate_json(measured)["answers"]
    assert "ground" not in plain[0] and plain[-1]["text"]["sv"]["question"].endswith("?")
    assert Answer.from_json(json.loads(json.dumps(plain[-1]))) == answer


def test_a_page_shows_the_answers_without_a_style_of_its_own(catalogue: Path, store: Store):
    opened = open_candidate("covered", catalogue, store)
    made = ask(read(catalogue / "covered.csv", catalogue / "read"), "bredband", variant="tackning")
    plain = [answer.to_json() for answer in made.values()]
    shown = on_page(Candidate(entry=opened.entry, answers=plain), "sv")
    assert shown is not None and "<svg" in shown and "style=" not in shown
    assert "fiber" in shown and environment.environment("sv").globals["answered"]


@pytest.mark.parametrize("rows", [60, 4])
def test_a_type_of_ones_own_is_asked_by_the_roles_of_its_fields(
    rows: int, tmp_path: Path, store: Store
):
    folder = tmp_path / "specifications"
    folder.mkdir()
    fields = [
        ("pump_id", "string", "Pump", "key", {"required": True}),
        ("kind", "string", "Slag", None, {"enum": ["djup", "ytlig"]}),
        ("built", "date", "Byggd", "date", {}),
        ("checked", "date", "Kontrollerad", "updated", {}),
        ("litres", "integer", "Liter", "amount", {}),
        ("latitude", "number", "Latitud", "latitude", {}),
        ("longitude", "number", "Longitud", "longitude", {}),
    ]
    plain = {
        "name": "pumpar",
        "title": {"sv": "Pumpar", "en": "Pumps"},
        "status": "draft",
        "source": "Eget",
        "url": "",
        "fields": [
            {"name": name, "type": type, "title": {"sv": title, "en": title}}
            | ({"role": role} if role else {})
            | ({"constraints": constraints} if constraints else {})
            for name, type, title, role, constraints in fields
        ],
    }
    (folder / "pumpar.yaml").write_text(yaml.safe_dump(plain, allow_unicode=True), "utf-8")
    frame = pd.DataFrame({"pump_id": [f"p{i}" for i in range(rows)]})
    frame["kind"] = ["djup" if i % 3 else "ytlig" for i in range(rows)]
    frame["built"] = [f"2025-{1 + i % 12:02d}-04" for i in range(rows)]
    frame["checked"] = [f"2026-0{1 + i % 9}-11" for i in range(rows)]
    frame["litres"] = [10 * i for i in range(rows)]
    frame["latitude"] = [56.17 + i / 1000 for i in range(rows)]
    frame["longitude"] = 15.59
    frame.to_csv(tmp_path / "pumps.csv", index=False, sep=";")
    entry = {"id": "pumps", "title": "Pumpar", "type": "pumpar", "organisation": "karlskrona"}
    entry |= {"stage": "published", "source": {"path": "pumps.csv"}}
    (tmp_path / "pumps.yaml").write_text(yaml.safe_dump(entry), "utf-8")
    with own.using(None, tmp_path):
        opened = open_candidate("pumps", tmp_path, store)
        assert specifications.own_types() == ["pumpar"]
        made = {one["question"]: Answer.from_json(one) for one in opened.answers}
        kinds = {mark.label: mark.value for mark in made["own.categories"].marks}
        assert kinds == frame["kind"].value_counts().to_dict()
        amounts = made["own.amounts"].said[0].told
        assert (amounts["total"], amounts["greatest"]) == (frame["litres"].sum(), 10 * (rows - 1))
        months = {mark.label: mark.value for mark in made["own.when"].marks if mark.value}
        assert months == frame["built"].str[:7].value_counts().to_dict()
        page = Answers(list(made.values()), "pumpar", "sv")._repr_html_()
        assert "Vilka värden i ”Slag” är vanligast?" in page
        assert {"own.nearest", "own.fresh", "own.told"} <= set(made)
