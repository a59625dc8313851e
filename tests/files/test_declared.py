"""Each kind of YAML file that is declared: ours are right, and a key too many, a key too few and a
wrong type are refused by file, line and column, in both languages."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from helpers.advising import elsewhere, high_value, procurement
from helpers.checking import suites
from helpers.declared import (
    activities,
    agencies,
    catalogue,
    files,
    maturity,
    organisations,
    publication,
    roles,
    specifications,
    table_schemas,
    variants,
)
from helpers.filling_in.merging import measures
from helpers.reporting import contracts
from helpers.scoring import criteria, demand, weights
from helpers.screening import questions
from helpers.screening.kinds import protected
from helpers.traffic import gtfs_reference
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files import yaml_text

ROOT = paths.project_root()
# Read by tests alone: what the generator of the sample data planted.
NOT_DECLARED = {"data/samples/manifest.yaml"}


@dataclass(frozen=True)
class Kind:
    """``leaf``: the way to a value that must be there, in a part that knows all its keys."""

    model: type[BaseModel]
    pattern: str
    leaf: tuple[str | int, ...]
    load: Callable[[], Any]


def reference(name: str) -> str:
    return f"data/reference/{name}.yaml"


def all_suites() -> list[suites.Suite]:
    return [suites.load(name) for name in (suites.COMMON, *suites.types())]


def all_contracts() -> list[object]:
    return [contracts.contract(file.stem) for file in paths.notebooks().glob("*.yaml")]


KINDS = {
    "activities": Kind(
        activities.Activities,
        "data/catalogue/activities.yaml",
        ("goals", 1, "counts"),
        lambda: activities.load(paths.catalogue()),
    ),
    "agencies": Kind(
        agencies.Reference,
        reference("agencies"),
        ("agencies", 0, "name", "en"),
        agencies.agencies,
    ),
    "catalogue": Kind(
        catalogue.Entry,
        "data/catalogue/*.yaml",
        ("organisation",),
        lambda: catalogue.load(paths.catalogue()),
    ),
    "contracts": Kind(
        contracts.Contract,
        "notebooks/*.yaml",
        ("parameters", "language", "type"),
        all_contracts,
    ),
    "demand": Kind(
        demand.Reference, reference("national_demand"), ("ranks", 0, "rank"), demand.known
    ),
    "elsewhere": Kind(
        elsewhere.Sources, reference("elsewhere"), ("sources", 1, "adds", "sv"), elsewhere.every
    ),
    "high_value": Kind(
        high_value.Reference,
        reference("high_value"),
        ("categories", 1, "name", "sv"),
        high_value.known,
    ),
    "publication": Kind(
        publication.Reference,
        reference("publication"),
        ("facts", 1, "said", "sv"),
        publication.known,
    ),
    "gtfs": Kind(
        gtfs_reference.ReferenceFile,
        reference("gtfs"),
        ("modes", "bus", "fastest_kmh"),
        gtfs_reference.load,
    ),
    "baseline": Kind(
        maturity.Year,
        "data/catalogue/baseline/*.yaml",
        ("year",),
        lambda: maturity.years(paths.catalogue()),
    ),
    "maturity": Kind(
        maturity.Reference, reference("maturity"), ("areas", 0, "name", "en"), maturity.areas
    ),
    "organisations": Kind(
        organisations.Organisations,
        "data/organisations.yaml",
        ("organisations", 2, "kind"),
        organisations.declared,
    ),
    "procurement": Kind(
        procurement.Demands, reference("procurement"), ("demands", 3, "when"), procurement.every
    ),
    "protected": Kind(
        protected.Reference,
        reference("protected"),
        ("words", 2, "pattern"),
        lambda: protected.find("familjehem", protected.Seen("t", "text")),
    ),
    "questions": Kind(
        questions.Questions, reference("questions"), ("questions", 2, "who", "en"), questions.every
    ),
    "roles": Kind(roles.Reference, reference("roles"), ("roles", 0, "usual", "sv"), roles.status),
    "together": Kind(
        measures.Reference,
        reference("together"),
        ("identity", "near_m", "because", "sv"),
        measures.known,
    ),
    "scoring": Kind(
        criteria.ScoringFile,
        "quality_suites/scoring.yaml",
        ("criteria", "effort", "work", "weight"),
        criteria.load,
    ),
    "specifications": Kind(
        table_schemas.SpecificationFile,
        "data/specifications/*.yaml",
        ("fields", 0, "type"),
        lambda: [specifications.load(type) for type in specifications.types()],
    ),
    "suites": Kind(
        suites.SuiteFile,
        "quality_suites/*.yaml",
        ("expectations", 0, "meta", "dimension"),
        all_suites,
    ),
    "variants": Kind(
        variants.VariantFile,
        "data/specifications/*/*.yaml",
        ("name",),
        lambda: [specifications.load(type).variants for type in specifications.types()],
    ),
}
REGIONS = ROOT / reference("regions")
WEIGHTS = "organisation: karlskrona\nby: strateg\ndate: 2026-11-24\nbecause: x\nweights: {}\n"


def shipped(kind: Kind) -> list[Path]:
    """The files of a kind. One that has a kind of its own is not of its folder's."""
    own = {ROOT / other.pattern for other in KINDS.values()} - {ROOT / kind.pattern}
    return sorted(set(ROOT.glob(kind.pattern)) - own)


@pytest.mark.parametrize("name", KINDS)
def test_our_own_files_are_what_their_model_says(name: str):
    assert shipped(KINDS[name]) and KINDS[name].load()
    for file in shipped(KINDS[name]):
        assert files.read(file, KINDS[name].model)


def test_each_file_is_of_one_kind():
    listed = [file for kind in KINDS.values() for file in shipped(kind)] + [REGIONS]
    there = {
        file
        for folder in ("data", "quality_suites", "notebooks")
        for file in (ROOT / folder).rglob("*.yaml")
        if file.relative_to(ROOT).as_posix() not in NOT_DECLARED
    }
    assert len(listed) == len(set(listed)) and set(listed) == there


def inside(plain: Any, way: tuple[str | int, ...]) -> Any:
    for key in way:
        plain = plain[key]
    return plain


def refused(kind: Kind, plain: Any, folder: Path) -> tuple[str, str]:
    file = folder / "fil.yaml"
    file.write_text(yaml_text.dumped(plain), "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        files.read(file, kind.model)
    assert caught.value.exit_code == 2
    return caught.value.text("sv"), caught.value.text("en")


def tells(said: str, way: tuple[str | int, ...], words: str) -> bool:
    """A line says file, line, column, the way to the value and what is wrong."""
    place = re.escape(".".join(map(str, way)))
    return re.search(rf"^fil\.yaml:[1-9]\d*:[1-9]\d*: {place}: {words}", said, re.M) is not None


@pytest.mark.parametrize("name", KINDS)
def test_a_key_too_many_a_key_too_few_and_a_wrong_type_are_refused(name: str, tmp_path: Path):
    kind = KINDS[name]
    *above, leaf = kind.leaf
    right = yaml.safe_load(shipped(kind)[0].read_text("utf-8"))

    more, less, other = copy.deepcopy(right), copy.deepcopy(right), copy.deepcopy(right)
    inside(more, tuple(above))["hittepå"] = 1
    del inside(less, tuple(above))[leaf]
    inside(other, tuple(above))[leaf] = {"a": ["b"]}

    swedish, english = refused(kind, more, tmp_path)
    assert tells(swedish, (*above, "hittepå"), "Okänt fält. Ta bort det, eller rätta stavningen")
    assert tells(english, (*above, "hittepå"), "Unknown field. Remove it, or correct its spelling")
    swedish, english = refused(kind, less, tmp_path)
    assert tells(swedish, kind.leaf, "Saknas") and tells(english, kind.leaf, "Is missing")
    swedish, english = refused(kind, other, tmp_path)
    assert tells(swedish, kind.leaf, "Ska vara ") and tells(english, kind.leaf, "Should be ")


@pytest.mark.parametrize("name", KINDS)
def test_at_the_top_too(name: str, tmp_path: Path):
    kind = KINDS[name]
    said, _ = refused(kind, {"hittepå": 1}, tmp_path)
    for key, field in kind.model.model_fields.items():
        assert tells(said, (key,), "Saknas") == field.is_required()
    assert tells(said, ("hittepå",), "Okänt fält")


def test_the_regions_are_codes_and_names(tmp_path: Path):
    assert len(files.read(REGIONS, organisations.Regions).root) == 20
    kind = Kind(organisations.Regions, "", (), dict)
    said, _ = refused(kind, {"1": "Region Stockholm", "03": 5}, tmp_path)
    assert tells(said, ("1",), "Har inte rätt form") and tells(said, ("03",), "Ska vara text")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("by: strateg\n", "", "w.yaml:1:1: by: Saknas"),
        ("by: strateg", "by: 5", "w.yaml:2:1: by: Ska vara text"),
        ("because: x", "because: ' '", "w.yaml:4:1: because: Får inte vara tom"),
        ("2026-11-24", "'24/11'", "w.yaml:3:1: date: Ska vara ett datum"),
        ("2026-11-24", "2026-11-24 12:00:00", "w.yaml:3:1: date: Ska vara ett datum"),
        ("{}", "{hund: 1}", "w.yaml:5:11: weights.hund: Ska vara ett av: value_internal"),
        ("{}", "{value_demand: '4'}", "w.yaml:5:11: weights.value_demand: Ska vara ett tal"),
        ("{}", "{}", "w.yaml:5:1: weights: Ska ha minst 1"),
    ],
)
def test_the_weights_of_an_organisation(old: str, new: str, line: str):
    with pytest.raises(ConfigurationError) as caught:
        weights.parse(WEIGHTS.replace(old, new), "w.yaml")
    assert line in caught.value.text("sv")


WRONG = {
    "an id twice": ("agencies", ("agencies", 1, "id"), "digg", "agencies.1: Samma id"),
    "a page of nobody's": (
        "agencies",
        ("sources", 0, "agency"),
        "hund",
        "sources.0.agency: Ska vara ett av: digg",
    ),
    "a pattern that is none": (
        "protected",
        ("words", 0, "pattern"),
        "(",
        "words.0.pattern: Är inget reguljärt uttryck",
    ),
    "weights of 101": (
        "scoring",
        ("criteria", "effort", "work", "weight"),
        16,
        "criteria: Vikterna ska tillsammans bli 100",
    ),
    "steps that fall": (
        "scoring",
        ("steps", "quality", "at"),
        [5, 4, 3, 2, 1],
        "steps.quality.at: Talen ska stå i stigande ordning",
    ),
    "a kind of field that GTFS has not": (
        "gtfs",
        ("files", "stops", "fields", "stop_id"),
        "hund required",
        "files.stops.fields.stop_id: Ska skrivas: slag",
    ),
    "a span that is none": (
        "gtfs",
        ("modes", "bus", "codes"),
        ["1-x"],
        "modes.bus.codes: Ska vara en lista av heltal eller spann",
    ),
}
ALSO = {"agencies": agencies._fitting}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_of_the_right_type_and_wrong_all_the_same(case: str, tmp_path: Path):
    name, way, value, wanted = WRONG[case]
    kind = KINDS[name]
    plain = yaml.safe_load(shipped(kind)[0].read_text("utf-8"))
    inside(plain, way[:-1])[way[-1]] = value
    file = tmp_path / "fil.yaml"
    file.write_text(yaml_text.dumped(plain), "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        files.read(file, kind.model, ALSO.get(name))
    assert wanted in caught.value.text("sv")


def test_a_variant_knows_no_field_that_the_type_has_not(tmp_path: Path):
    known = table_schemas.read(ROOT / "data/specifications/platsinformation.yaml").fields
    file = tmp_path / "badplats.yaml"
    file.write_text(
        "name: bad\ninherits: _sea\nstatus: verified\nfields: [name, hund]\nown:\n- name: katt\n"
        "required: [katt, mus]\nforms:\n- {name: a, kind: older, source: x,"
        " title: {sv: a, en: a}, columns: {NAMN: name, DJUR: ko, EXTRA: null}}\n",
        "utf-8",
    )
    fitting = variants._fitting({field.name for field in known}, file.stem, ["_places"], [])
    with pytest.raises(ConfigurationError) as caught:
        files.read(file, variants.VariantFile, fitting)
    said = caught.value.text("sv")
    for wanted in (
        "name: Ska vara ett av: badplats",
        "inherits: Ska vara ett av: _places",
        "verified.order: Saknas",
        "own.0.title: Saknas",
        "fields.1: Specifikationen har inget fält som heter hund",
        "required.1: Specifikationen har inget fält som heter mus",
        "forms.0.columns.DJUR: Specifikationen har inget fält som heter ko",
    ):
        assert wanted in said, wanted
    assert "katt" not in said.replace("heter", "")


def test_a_comma_without_quotes_is_told_where_it_cuts_the_text():
    text = "demands:\n- id: a\n  when: always\n  title: {sv: Export, helst CSV, en: Export}\n"
    with pytest.raises(ConfigurationError) as caught:
        files.parsed(text, "p.yaml", procurement.Demands)
    assert "p.yaml:4:23: demands.0.title.helst CSV: Okänt fält" in caught.value.text("sv")


def subclasses(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for child in model.__subclasses__():
        yield child
        yield from subclasses(child)


def test_every_model_forbids_what_it_does_not_name_and_stays_as_it_was_read():
    models = [*subclasses(files.Declared), *(kind.model for kind in KINDS.values())]
    assert len(models) > 40
    for model in models:
        config = model.model_config
        assert issubclass(model, files.Declared), model
        assert config.get("extra") == "forbid" and config.get("frozen"), model
        assert model.__doc__, model
