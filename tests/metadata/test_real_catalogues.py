"""What is said of real catalogues, held against reviewed golden files. Write anew:
``DATAKOLLEN_GOLDEN=write``.

Names of faults, fields and counts, never a title or an address of theirs.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from pyshacl import validate
from rdflib import RDF, SH, Graph, URIRef
from tests.metadata import generate
from tests.sampling import every

from helpers.metadata import checking, mending, properties, reading, stars, validating
from helpers.metadata.checking import Checked

GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = "dcat/dcat-ap-se-3.0.1/examples"
FILES = {
    "opennorth": "dcat/catalogues/cb9090d_OpenNorth.rdf",
    "by_hand": "dcat/catalogues/cab04a7_dcat.rdf",
    "sgu": "dcat/catalogues/54e8af9_sgu.rdf",
    "harryda": "dcat/catalogues/https-catalog-harryda-se-store-2-resource-8.rdf",
    "trollhattan": "dcat/catalogues/https-catalog-trollhattan-se-store-1-resource-34.rdf",
    "obligatoriskt": f"{EXAMPLES}/obligatoriskt.rdf",
    "rekommenderat": f"{EXAMPLES}/rekommenderat.rdf",
}
# Violations of SEMIC's shapes of 2.1.1, counted with pyshacl 0.40.
OF_2_1_1 = {
    "opennorth": 26,
    "by_hand": 10,
    "sgu": 4,
    "harryda": 0,
    "trollhattan": 0,
    "obligatoriskt": 0,
    "rekommenderat": 0,
}


def checked(real: Path, name: str) -> Checked:
    return checking.check(reading.read(real / FILES[name]).graph)


def said(found: Checked) -> dict[str, Any]:
    mean = stars.average(list(found.starred))
    return {
        "counts": {name: count for name, count in found.counts.items() if count},
        "violations": f"{found.violations} -> {found.violations_after}",
        "faults": {one.name: f"{len(one.places)}, mended {one.mended}" for one in found.faults},
        "others": {one.first.name: len(one.all) for one in found.others},
        "advice": {one.first.name: len(one.all) for one in found.advice},
        "European shapes": dict(
            Counter(f"{one.predicate} {one.constraint}" for one in found.european)
        ),
        "points of 375": " -> ".join(
            f"{made.points(here=True):.1f}" for made in (found.points, found.points_after)
        ),
        "at most": round(found.points_after.points(here=True, reachable=True), 1),
        "stars": None if mean is None else round(mean, 2),
    }


@pytest.mark.parametrize("name", every(3, FILES))
def test_as_reviewed(name: str, real: Path):
    told = yaml.safe_dump(said(checked(real, name)), allow_unicode=True, sort_keys=False)
    golden = GOLDEN / f"{name}.yaml"
    if os.environ.get("DATAKOLLEN_GOLDEN") == "write":
        golden.write_text(told, "utf-8", newline="\n")
    assert told == golden.read_text("utf-8")


@pytest.mark.parametrize("name", FILES)
def test_as_many_violations_of_the_older_european_shapes_as_are_known(name: str, real: Path):
    shapes = Graph().parse(real / "dcat/shacl/dcat-ap_2.1.1_shacl_shapes.ttl")
    _, report, _ = validate(reading.read(real / FILES[name]).graph, shacl_graph=shapes)
    assert isinstance(report, Graph)
    assert len(list(report.subjects(RDF.type, SH.ValidationResult))) == OF_2_1_1[name]


def test_diggs_smallest_example_lacks_what_3_0_1_made_mandatory(real: Path):
    names = {one.name for one in validating.violations(checked(real, "obligatoriskt").graph)}
    assert names == {
        "foaf:Agent/dcterms:type/missing",
        "dcat:Distribution/dcterms:format/missing",
        "dcat:DataService/dcterms:format/missing",
    }


def test_diggs_larger_example_has_two_reasons_not_to_pass(real: Path):
    found = validating.violations(checked(real, "rekommenderat").graph)
    assert Counter(one.name for one in found) == {
        "dcat:DataService/dcterms:format/missing": 1,  # mandatory since 3.0.0
        "dcat:Distribution/dcatap:availability/choice": 2,  # values of version 2
    }


@pytest.mark.parametrize("name", ["obligatoriskt", "rekommenderat"])
def test_two_syntaxes_of_one_catalogue_are_told_alike(name: str, real: Path):
    turtle = reading.read(real / f"{EXAMPLES}/{name}.ttl").graph
    assert said(checking.check(turtle)) == said(checked(real, name))


def test_what_is_committed_is_what_the_bundle_says(real: Path):
    facts = generate.profile(real / "dcat/dcat-ap-se-3.0.1/bundle.json")
    assert generate.as_text(facts) == properties.FILE.text()


@pytest.mark.parametrize("name", ["opennorth", "sgu", "harryda", "trollhattan", "rekommenderat"])
def test_mending_touches_nothing_but_the_places_it_tells(name: str, real: Path):
    before = reading.read(real / FILES[name]).graph
    mended = mending.mended(before)
    told = {
        (one.found.node, URIRef(properties.iri(one.found.predicate))) for one in mended.done
    } | {(one.found.node, one.found.value) for one in mended.done}  # a field's old name
    gone, new = set(before) - set(mended.graph), set(mended.graph) - set(before)
    assert {(subject, field) for subject, field, _ in gone | new} <= told
    assert gone
