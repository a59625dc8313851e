"""Weights have an owner: a file says whose, when and why, every fault at once with its line; and
the order follows it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.advising.results import Region
from helpers.declared import catalogue
from helpers.reporting import weighing
from helpers.running import region
from helpers.scoring import criteria, weights
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.messages import both

GOOD = """organisation: karlskrona
by: digitaliseringsstrateg
date: 2026-11-24
because: Nämnden vill att invånarna väger tyngst.
weights:
  value_citizens: 40
  effort_work: 0
"""


def test_what_is_not_named_keeps_its_weight_and_all_sum_to_100():
    own = weights.parse(GOOD, "weights.yaml")
    assert sum(own.values.values()) == pytest.approx(100)
    assert own.values["effort_work"] == 0
    assert own.values["value_citizens"] / own.values["value_demand"] == pytest.approx(40 / 8)
    assert (
        own.whose["sv"]
        == "Vikterna kommer från karlskrona och är satta av digitaliseringsstrateg 2026-11-24: "
        "Nämnden vill att invånarna väger tyngst."
    )
    assert weights.common().whose["en"].startswith("The weights are Datakollen's own.")


def test_every_fault_is_told_at_once_with_its_line():
    bad = GOOD.replace("by: digitaliseringsstrateg", 'by: ""').replace("2026-11-24", "i dag")
    bad = (
        bad.replace(
            "value_citizens: 40", "value_citizen: 40\n  value_demand: -1\n  readiness_owner: .nan"
        )
        + "extra: 1\n"
    )
    with pytest.raises(ConfigurationError) as caught:
        weights.parse(bad, "weights.yaml")
    said = caught.value.text("sv")
    for part in (
        "weights.yaml:2:1: by: Får inte vara tom",
        "weights.yaml:3:1: date: Ska vara ett datum",
        "weights.yaml:6:3: weights.value_citizen: Ska vara ett av: value_internal",
        "weights.yaml:7:3: weights.value_demand: Ska vara minst 0",
        "weights.yaml:8:20: weights.readiness_owner: Är inget tal",
        "weights.yaml:10:1: extra: Okänt fält",
    ):
        assert part in said, said
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    "source",
    ["", "[]", "a: [", "weights: 3", GOOD.replace("40", "yes").replace("effort_work: 0", "")],
)
def test_nonsense_is_refused_as_configuration(source: str):
    with pytest.raises(ConfigurationError):
        weights.parse(source, "weights.yaml")


def test_a_missing_file_and_an_unknown_criterion_are_refused(tmp_path: Path):
    with pytest.raises(ConfigurationError):
        weights.load(tmp_path / "nope.yaml")
    with pytest.raises(ConfigurationError, match="value_demand"):
        weights.without(weights.common(), ["nope"])
    with pytest.raises(ConfigurationError):
        weights.without(weights.common(), list(weights.common().values))
    left = weights.without(weights.common(), ["value_demand"])
    assert left.values["value_demand"] == 0 and sum(left.values.values()) == pytest.approx(100)
    assert "efterfrågan" in left.whose["sv"]


def test_what_is_saved_is_read_again_and_is_no_candidate(tmp_path: Path):
    values = criteria.load().weights | {"value_citizens": 22.5}
    weights.save(
        tmp_path,
        weights.scaled(values),
        organisation="karlskrona",
        by="strateg",
        because="Därför: så.",
    )
    own = weights.weights_of(tmp_path)
    assert own.organisation == "karlskrona" and own.because == "Därför: så."
    assert own.values == pytest.approx(weights.scaled(values), abs=1e-3)
    assert catalogue.load(tmp_path) == []


names = list(criteria.load().weights)


@settings(max_examples=1000, deadline=None)
@given(
    st.lists(
        st.sampled_from([0.0, 1.0, 7.0, 40.0]), min_size=len(names), max_size=len(names)
    ).filter(any),
    st.sets(st.sampled_from(names), min_size=1),
)
def test_the_weight_of_what_a_dataset_lacks_is_shared_and_none_is_lost(
    values: list[float], present: set[str]
):
    own = dict(zip(names, values, strict=True))
    found = weights.effective(own, sorted(present))
    assert sum(found.values()) == pytest.approx(sum(values)) and all(
        value >= 0 for value in found.values()
    )
    for group in criteria.GROUPS:
        mine = [name for name in found if name.startswith(f"{group}_")]
        if any(own[name] for name in mine) and all(
            any(own[one] for one in present if one.startswith(each)) for each in criteria.GROUPS
        ):
            whole = sum(value for name, value in own.items() if name.startswith(f"{group}_"))
            assert sum(found[name] for name in mine) == pytest.approx(whole)


@pytest.fixture
def ideas(tmp_path: Path) -> Region:
    """Three ideas: nothing to read or check."""
    for name, (internal, citizens) in {"a": (5, 1), "b": (1, 5), "c": (3, 3)}.items():
        (tmp_path / f"{name}.yaml").write_text(
            f"id: {name}\ntitle: Idé {name}\ntype: annan\norganisation: karlskrona\nstage: idea\n"
            f"value: {{internal: {{level: {internal}}}, citizens: {{level: {citizens}}}}}\n"
            "effort: {level: 3}\n",
            "utf-8",
        )
    return region.compute(tmp_path)


@pytest.fixture
def files(ideas: Region) -> Region:
    """The same three as if they had files, so that they have places."""
    candidates = [
        replace(one, scorecard=replace(one.scorecard, lacks=[]))
        for one in ideas.candidates
        if one.scorecard
    ]
    return region.reweighed(replace(ideas, candidates=candidates), weights.common())


def test_ideas_have_no_place_and_stand_in_the_order_of_what_is_known(ideas: Region):
    shown = weighing.order(ideas, weights.common().values)
    assert [(row[0], row[1]) for row in shown.rows] == [("–", f"Idé {name}") for name in "bca"]
    assert all("rangordnas inte bland filer" in row[3] for row in shown.rows)


def order(found: Region) -> list[str]:
    return [one.entry.id for one in found.candidates]


def test_the_catalogue_s_own_weights_decide_its_order(ideas: Region, tmp_path: Path):
    assert (
        order(ideas) == ["b", "c", "a"]
        and ideas.weights is not None
        and ideas.weights.organisation is None
    )
    assert ideas.why[2]["sv"].startswith("Det finns ingen fil ännu")
    weights.save(
        tmp_path,
        weights.scaled({"value_internal": 60, "value_citizens": 10}),
        organisation="karlskrona",
        by="strateg",
        because="Prov",
    )
    assert order(region.compute(tmp_path)) == ["a", "c", "b"]
    assert order(region.reweighed(ideas, weights.weights_of(tmp_path))) == ["a", "c", "b"]


def test_moving_a_slider_changes_the_order_at_once_and_saving_needs_who_and_why(
    files: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv(weighing.STATIC.name, raising=False)
    moved = weighing.Weighing(files, "sv")
    assert moved.order.value.index("Idé b") < moved.order.value.index("Idé a")
    moved.sliders["value_internal"].value = 40
    assert (
        moved.order.value.index("Idé a") < moved.order.value.index("Idé b")
        and "upp 2" in moved.order.value
    )
    moved.save()
    assert not (tmp_path / "weights.yaml").exists() and "Fyll i" in moved.told.value
    moved.fields["by"].value, moved.fields["because"].value = "strateg", "Prov <b>"
    assert moved.fields["organisation"].value == "karlskrona"
    moved.save()
    assert weights.weights_of(tmp_path).values["value_internal"] == pytest.approx(
        40 / 132 * 100, abs=0.01
    )
    moved.reset()
    assert moved.order.value.index("Idé b") < moved.order.value.index("Idé a")
    for slider in moved.sliders.values():
        slider.value = 0
    assert "Minst ett kriterium" in moved.order.value


def test_the_report_shows_a_table_and_no_widget(ideas: Region, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(weighing.STATIC.name, "1")
    shown = weighing.weigh(ideas)
    assert isinstance(shown, weighing.Display) and "Datakollens egna" in shown._repr_html_()


def test_ranking_kept_results_anew_imports_neither_great_expectations_nor_duckdb(tmp_path: Path):
    (tmp_path / "a.yaml").write_text(
        "id: a\ntitle: A\ntype: annan\norganisation: karlskrona\n", "utf-8"
    )
    code = (
        "import sys; from helpers.running.commands import app\ntry: app(['rank', '--catalogue',"
        f" {str(tmp_path)!r}, '--without', 'value_demand', '--json'])\nexcept SystemExit as end:"
        " print(end.code, *sorted({'great_expectations', 'duckdb', 'pandas'} &"
        " set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=os.environ | {"DATAKOLLEN_SNAPSHOTS": str(tmp_path / "s"), "PYTHONUTF8": "1"},
    )
    assert done.stderr.split() == ["0"], done.stderr
    schema = paths.project_root() / "src" / "helpers" / "reporting" / "schemas" / "rank-2.json"
    from jsonschema import Draft202012Validator  # here, as it takes seconds to import

    Draft202012Validator(json.loads(schema.read_text("utf-8"))).validate(json.loads(done.stdout))


def test_a_region_where_nothing_has_a_place_has_no_reason_and_no_trial():
    found = region.reweighed(Region(both("running.title"), [], ""), weights.common())
    assert found.why == [] and found.robustness is not None and found.robustness.candidates == []
