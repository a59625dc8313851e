"""An organisation's own dataset types, in a folder of its own, are types like ours: recognised,
checked, ranked and offered as an empty table, under their own name and never as the national one."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from helpers.checking import suites
from helpers.declared import own, specifications
from helpers.filling_in import inventory
from helpers.filling_in.inventory.columns import choices
from helpers.running import closure, own_types, pipeline
from helpers.running.commands import app
from helpers.running.opening import Opened
from helpers.running.stages.every import STAGES
from helpers.running.store import Store
from helpers.words.errors import ConfigurationError
from helpers.words.files import ours

TYPE = """\
name: cykelpump
title: {sv: Cykelpumpar, en: Bicycle pumps}
status: verified
source: Gatukontorets egen lista
url: ''
fields:
- name: pumpnummer
  type: string
  title: {sv: Pumpens nummer, en: Number of the pump}
  role: key
  constraints: {required: true}
- name: tryck_bar
  type: number
  title: {sv: Tryck (bar), en: Pressure (bar)}
  synonyms: [maxtryck]
  constraints: {required: true}
"""
SUITE = """\
expectations:
  - type: expect_column_values_to_be_between
    kwargs: {column: tryck_bar, min_value: 1, max_value: 12}
    severity: warning
    meta:
      id: tryck_bar_possible
      dimension: validity
      examples: {right: ["8"], wrong: ["80"]}
      because: {sv: Ingen cykelpump ger mer än 12 bar., en: No bicycle pump gives more than 12 bar.}
      fix: {sv: Rätta trycket., en: Correct the pressure.}
"""
ROWS = "pumpnummer,maxtryck\nP1,8\nP2,80\nP3,7.5\n"


def written(folder: Path, **others: str) -> Path:
    """The folder with the type and its suite, and other files by name (``/`` as ``__``)."""
    files = {"cykelpump": TYPE, "quality_suites__cykelpump": SUITE} | others
    for name, content in files.items():
        file = folder / f"{name.replace('__', '/')}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    return folder


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    with own.using(None, None):
        yield


def faults(folder: Path) -> str:
    with pytest.raises(ConfigurationError) as error, own_types.using(folder, None):
        pass
    return error.value.text("en")


def test_an_own_type_is_known_only_where_its_folder_is_named(tmp_path: Path):
    headers = ["pumpnummer", "maxtryck"]
    before = specifications.types()
    with own_types.using(written(tmp_path), None):
        assert specifications.recognise(headers) == ("cykelpump", 1.0)
        known = specifications.load("cykelpump")
        assert (known.status, known.verified, known.conforms_to) == ("own", False, None)
        assert [rule.id for rule in suites.rules_for("cykelpump", None)] == ["tryck_bar_possible"]
        assert "Bicycle pumps" in choices("type", "en")
        ideas = inventory.suggested("karlskrona", [], "sv")
        assert "Cykelpumpar, Karlskrona kommun" in [str(idea.title) for idea in ideas]
    assert specifications.types() == before
    assert specifications.recognise(headers)[0] == "annan"
    assert "Bicycle pumps" not in choices("type", "en")


def test_a_catalogue_brings_its_own_types_and_takes_them_with_it(tmp_path: Path):
    written(tmp_path / "mine" / "specifications")
    (tmp_path / "other").mkdir()
    own_types.beside(tmp_path / "mine")
    assert "cykelpump" in specifications.types()
    own_types.beside(tmp_path / "other")
    assert "cykelpump" not in specifications.types()


def test_an_own_variant_and_own_rules_of_a_type_of_ours(tmp_path: Path):
    variant = """\
name: pulkabacke
title: {sv: Pulkabackar, en: Sledding hills}
inherits: _places
status: draft
source: Parkavdelningens lista
url: ''
headers: [[backlangd]]
own:
- {name: backlangd, type: number, title: {sv: Längd, en: Length}}
"""
    rules = SUITE.replace("tryck_bar", "backlangd").replace(
        "expectations:", "variants: [pulkabacke]\nexpectations:", 1
    )
    folder = written(
        tmp_path,
        platsinformation__pulkabacke=variant,
        **{"quality_suites__platsinformation.pulkabacke": rules},
    )
    with own_types.using(folder, None):
        assert specifications.variant_of("platsinformation", ["backlangd", "name"]) == "pulkabacke"
        assert specifications.load("platsinformation", "pulkabacke").status == "own_draft"
        ids = [rule.id for rule in suites.rules_for("platsinformation", "pulkabacke")]
        assert "backlangd_possible" in ids and "id_unique" in ids
        assert "backlangd_possible" not in [
            rule.id for rule in suites.rules_for("platsinformation", "badplats")
        ]


def test_what_is_wrong_is_said_of_every_file_with_its_line(tmp_path: Path):
    said = faults(
        written(
            tmp_path,
            cykelpump=TYPE.replace("status: verified", "status: klar"),
            bredband=TYPE.replace("name: cykelpump", "name: bredband"),
            annan=TYPE.replace("name: cykelpump", "name: annan"),
        )
    )
    assert "cykelpump.yaml:3:" in said
    assert "bredband.yaml:1:" in said and "bredband is the name of something else" in said
    assert "annan.yaml:1:" in said
    assert "3 faults" in said


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"quality_suites__cykelpump": SUITE.replace("tryck_bar,", "trick,")}, ":3:"),
        (
            {"quality_suites__cykelpump": SUITE.replace("tryck_bar_possible", "rows_there")},
            "There is a rule with the same id",
        ),
        ({"quality_suites__hundar": SUITE}, "No dataset type is called hundar"),
        ({"platsinformation__badplats": "name: badplats\n"}, "badplats is the name of something"),
        ({"Cykel pump": TYPE.replace("cykelpump", "Cykel pump")}, "Cykel pump.yaml:1:"),
    ],
)
def test_what_does_not_agree_with_ours_is_refused(
    tmp_path: Path, files: dict[str, str], expected: str
):
    assert expected in faults(written(tmp_path, **files))


def test_a_folder_that_is_none_or_empty_is_told(tmp_path: Path):
    assert "does not exist" in faults(tmp_path / "nowhere")
    assert "no dataset types" in faults(tmp_path)


def test_the_same_type_in_both_folders_is_refused(tmp_path: Path):
    written(tmp_path / "catalogue" / "specifications")
    with (
        pytest.raises(ConfigurationError, match="heter redan"),
        own_types.using(written(tmp_path / "given"), tmp_path / "catalogue"),
    ):
        pass


def test_results_rest_on_what_the_own_files_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
):
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path_factory.getbasetemp() / "code"))
    file = tmp_path / "pumpar.csv"
    file.write_text(ROWS, "utf-8")
    folder = written(tmp_path / "own")

    def keys() -> list[str]:
        ours.look_again()
        opened = Opened(file, store=Store(tmp_path / "store"))
        return [opened.key(STAGES[name]) for name in ("recognising", "findings")]

    closure.key.cache_clear()
    with own_types.using(folder, None):
        before = keys()
        assert keys() == before
        suite = folder / "quality_suites" / "cykelpump.yaml"
        suite.write_text(SUITE.replace("max_value: 12", "max_value: 10"), "utf-8")
        assert keys()[1] != before[1]
        suite.write_text(SUITE, "utf-8")
        assert keys() == before
        (folder / "cykelpump.yaml").write_text(TYPE.replace("maxtryck", "pumptryck"), "utf-8")
        assert not set(keys()) & set(before)


@pytest.mark.slow
@pytest.mark.usefixtures("in_this_process")
def test_an_own_type_is_run_through_whole(tmp_path: Path):
    catalogue, file = tmp_path / "catalogue", tmp_path / "pumpar.csv"
    file.write_text(ROWS, "utf-8")
    folder = written(tmp_path / "own")

    def said(*words: str | Path) -> str:
        done = CliRunner().invoke(app, [str(word) for word in words])
        assert done.exit_code == 0, done.output
        return done.stdout

    checked = json.loads(said("check", file, "--specifications", folder, "--json"))
    assert (checked["type"], checked["specification"]["status"]) == ("cykelpump", "own")
    (finding,) = [one for one in checked["findings"] if one["id"] == "tryck_bar_possible"]
    assert (finding["outcome"], finding["rows"]) == ("failed", [3])
    shown = said("check", file, "--specifications", folder)
    assert "organisationens egen specifikation" in " ".join(shown.split())
    table = tmp_path / "mall.csv"
    said("template", "cykelpump", "--specifications", folder, "--output", table)
    note, head = csv.reader(table.read_text("utf-8-sig").splitlines(), delimiter=";")
    assert "organisationens egen specifikation" in note[0] and head == ["pumpnummer", "tryck_bar"]

    shutil.copytree(folder, catalogue / "specifications")
    said("add", file, "--catalogue", catalogue)
    assert "type: cykelpump" in (catalogue / "pumpar.yaml").read_text("utf-8")
    (row,) = json.loads(said("rank", "--catalogue", catalogue, "--json"))["candidates"]
    assert row["id"] == "pumpar"
    region = pipeline.run(
        [], catalogue=catalogue, output=tmp_path / "r", language="sv", jobs=1, with_notebooks=False
    )
    assert not region.failures
    page = (tmp_path / "r" / "candidates" / "pumpar" / "index.html").read_text("utf-8")
    assert "Cykelpumpar" in page and "organisationens egen specifikation" in page
    assert "Ingen cykelpump ger mer än 12 bar." in page
