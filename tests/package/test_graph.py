"""A described catalogue as a graph: every IRI absolute, no blank node, nothing that the profile
forbids, and the same graph in three syntaxes, whatever stands in the entry."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import xml.dom.minidom
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from helpers.declared import organisations
from helpers.declared.catalogue import Period
from helpers.metadata import described, form, identity, validating, writing
from helpers.metadata.building import catalogue as building
from helpers.metadata.building import quality
from helpers.metadata.building.quality import Measured
from helpers.metadata.terms import DCATAP, DQV, VCARD

from . import making

SYNTAXES = {
    ".rdf": ("xml", pyoxigraph.RdfFormat.RDF_XML),
    ".ttl": ("turtle", pyoxigraph.RdfFormat.TURTLE),
    ".jsonld": ("json-ld", pyoxigraph.RdfFormat.JSON_LD),
}
ODD = {
    "ten thousand signs": "Badplats med brygga. " * 500,
    "from right to left": "\u202eשפת ים\u202c חוף",
    "forbidden in XML": "Bad\x00\x0b\x1f\ufffe plats \ud83d",
    "markup": '<b>&amp; "x" \']]> \r\n\t é',
    "letters beyond": "𝔅𝔞𝔡 🏖",
}


def same(graph: Graph, suffix: str) -> None:
    """What is written in a syntax is the graph, by two libraries."""
    said = writing.SYNTAXES[suffix](graph)
    name, other = SYNTAXES[suffix]
    read = Graph().parse(data=said, format=name)
    assert isomorphic(read, graph)
    again = Graph()
    for triple in pyoxigraph.parse(said.encode(), format=other):
        again.parse(data=f"{triple.subject} {triple.predicate} {triple.object} .", format="nt")
    assert isomorphic(again, graph)


@pytest.mark.parametrize("suffix", SYNTAXES)
def test_three_syntaxes_are_one_graph(suffix: str):
    period = Period(start=dt.date(2025, 1, 1), end=dt.date(2025, 12, 31))
    made = making.graph(making.entry(temporal=period), making.entry("torg"))
    same(made.graph, suffix)


@pytest.mark.parametrize("suffix", SYNTAXES)
@pytest.mark.parametrize("which", ODD)
def test_whatever_a_title_holds_is_read_again(which: str, suffix: str):
    text = ODD[which]
    made = making.graph(making.entry(title=text, description=text, keywords=[text]))
    same(made.graph, suffix)
    assert (made.replaced > 0) == (which == "forbidden in XML")
    if suffix == ".rdf":
        xml.dom.minidom.parseString(writing.rdf_xml(made.graph))
    titles = [str(one) for one in made.graph.objects(None, DCTERMS.title)]
    if which != "forbidden in XML":
        assert any(str(making.entry(title=text).title) == title for title in titles)
    else:
        assert any("\ufffd" in title for title in titles)


@given(st.text(max_size=60))
def test_any_text_is_the_same_in_three_syntaxes(text: str):
    made = making.graph(making.entry(title=f"t{text}"))
    for suffix, (name, _) in SYNTAXES.items():
        read = Graph().parse(data=writing.SYNTAXES[suffix](made.graph), format=name)
        assert set(read) == set(made.graph)


def test_every_iri_is_absolute_and_nothing_is_blank():
    made = making.graph(
        making.entry(
            temporal=Period(start=dt.date(2025, 1, 1)), landing_page="https://håbo.example/a b"
        )
    )
    for node in made.graph.all_nodes():
        assert not isinstance(node, BNode)
        if isinstance(node, URIRef):
            assert identity.is_absolute(node) and node.isascii()
    pages = [str(one) for one in made.graph.objects(None, DCAT.landingPage)]
    assert pages == ["https://xn--hbo-ula.example/a%20b"]


@pytest.mark.parametrize("standing", [making.OUT, making.DRAFT], ids=["out", "draft"])
def test_nothing_breaks_the_profile(standing: described.Standing):
    made = making.graph(making.entry(), making.entry("torg", theme=None), standing=standing)
    assert validating.violations(made.graph) == []
    assert [one for one in validating.by_european_shapes(made.graph) if not one.swedish] == []


def test_a_catalogue_of_an_organisation_that_nobody_knows_is_a_draft_with_what_lacks():
    lost = making.entry(organisation="okand", licence=None, contact=None)
    found = making.dataset(lost, organisations.organisation("okand"), making.DRAFT)
    assert {lack.field for lack in found.lacking} >= {"organisation", "licence", "contact"}
    made = building.statements(described.catalogue(None, [found]))
    assert {one.name for one in validating.violations(made.graph)} == {
        "foaf:Agent/dcterms:type/missing"
    }


def test_what_harvesting_wants_just_so():
    made = making.graph(making.entry(licence="https://creativecommons.org/licenses/by/4.0"))
    graph, node = made.graph, URIRef(f"{making.BASE}/dataset/bad")
    publisher = URIRef("http://dataportal.se/organisation/SE2120000829")
    assert graph.value(node, DCTERMS.publisher) == publisher
    assert str(graph.value(publisher, DCTERMS.type)).endswith("/LocalAuthority")
    assert graph.value(publisher, FOAF.name) == Literal("Karlskrona kommun", lang="sv")
    forms = list(graph.objects(node, DCAT.distribution))
    assert len(forms) == 2
    for one in forms:
        licences = [str(licence) for licence in graph.objects(one, DCTERMS.license)]
        assert licences == ["http://creativecommons.org/licenses/by/4.0/"]
        assert len(list(graph.objects(one, DCAT.accessURL))) == 1
        assert len(list(graph.objects(one, DCTERMS["format"]))) == 1
    contact = graph.value(node, DCAT.contactPoint)
    assert contact != publisher and graph.value(contact, VCARD.hasEmail) == URIRef(
        "mailto:oppnadata@example.se"
    )
    assert graph.value(node, DCTERMS.issued).toPython() == dt.date(2026, 1, 2)  # type: ignore[union-attr]
    assert all(word.language for word in graph.objects(None, DCAT.keyword))  # type: ignore[attr-defined]


def test_conformity_is_claimed_only_of_what_is_verified_and_high_value_never():
    made = making.graph(making.entry(title="Översvämning och buller", keywords=["buller"]))
    assert (None, DCATAP.hvdCategory, None) not in made.graph
    assert (None, DCATAP.applicableLegislation, None) not in made.graph
    node = URIRef(f"{making.BASE}/dataset/bad")
    assert (node, DCTERMS.conformsTo, None) not in made.graph  # badplats is reconstructed
    food = making.entry("mat", type="livsmedelsinspektioner")
    found = making.dataset(food, making.publisher(), variant="v2")
    assert found.conforms_to is not None and found.conforms_to.startswith("http")


def test_a_draft_says_so_wherever_it_is_read():
    made = making.graph(making.entry(), standing=making.DRAFT).graph
    for kind in (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution):
        for node in made.subjects(RDF.type, kind):
            assert str(made.value(node, DCTERMS.title)).startswith("UTKAST – ")
    assert {str(one).rpartition("/")[2] for one in made.objects(None, DCTERMS.accessRights)} == {
        "NON_PUBLIC"
    }
    assert (None, DCTERMS.issued, None) not in made


def test_the_same_id_has_the_same_iri_whatever_else_changes():
    before = making.dataset(making.entry(), making.publisher())
    after = making.dataset(
        making.entry(title="Nytt namn", licence="CC-BY-4.0"), making.publisher(), making.DRAFT
    )
    assert before.iri == after.iri == f"{making.BASE}/dataset/bad"
    assert [one.iri for one in before.distributions] == [one.iri for one in after.distributions]


def test_a_region_holds_the_others_one_level_deep():
    region = making.publisher("region-blekinge", base="https://data.example.se/region")
    own = described.catalogue(region, [making.dataset(making.entry("resor"), region)])
    others = making.whole(making.entry())
    joint = described.together(own, [own, others])
    graph = building.statements(joint).graph
    held = list(graph.subject_objects(DCTERMS.hasPart))
    assert held == [(URIRef(own.iri), URIRef(others.iri))]
    assert validating.violations(graph) == []
    assert joint.iri == own.iri


def test_a_file_without_an_address_is_not_described():
    owner = making.publisher(files=None)
    there = making.entry(published={"status": "own_website", "url": "https://example.se/bad.csv"})
    found = making.dataset(there, owner)
    assert [one.access_url for one in found.distributions] == ["https://example.se/bad.csv"]
    assert found.distributions[0].schemas == () and found.lacking == ()
    assert len(making.dataset(there, owner, making.DRAFT).distributions) == 2


def test_quality_is_counts_and_shares_alone():
    figures = [Measured("rows", 12, of="csv"), Measured("validity", 0.98765, share=True)]
    made = quality.statements(
        making.BASE, f"{making.BASE}/dataset/bad", figures, dt.date(2026, 1, 1)
    )
    values = sorted(str(one) for one in made.graph.objects(None, DQV.value))
    assert values == ["0.9877", "12"]
    for suffix in SYNTAXES:
        same(made.graph, suffix)


def test_bytes_are_the_same_in_every_process(root: Path):
    code = (
        "from tests.package import making\nfrom helpers.metadata import writing\nimport hashlib\n"
        "made = making.graph(making.entry(), making.entry('torg')).graph\n"
        "print([hashlib.sha256(one.encode()).hexdigest() for one in writing.written(made).values()])"
    )
    import os

    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            cwd=root,
        ).stdout
        for seed in ("1", "77")
    }
    assert len(said) == 1 and said != {""}


@pytest.mark.parametrize("file", ["54e8af9_sgu.rdf", "cb9090d_OpenNorth.rdf"])
def test_real_catalogues_with_blank_nodes_are_the_same_in_three_syntaxes(real: Path, file: str):
    graph = Graph().parse(real / "dcat" / "catalogues" / file)
    assert any(isinstance(node, BNode) for node in graph.all_nodes())
    for suffix, (name, _) in SYNTAXES.items():
        said = writing.SYNTAXES[suffix](graph)
        assert isomorphic(Graph().parse(data=said, format=name), graph)
        assert said == writing.SYNTAXES[suffix](Graph().parse(data=said, format=name))


def test_a_property_that_no_element_can_be_called_by_is_refused():
    graph = Graph()
    graph.add((URIRef("http://example.org/a"), URIRef("http://example.org/1%20"), Literal("x")))
    with pytest.raises(ValueError):
        writing.rdf_xml(graph)
    assert json.loads(writing.json_ld(graph))["@graph"]


def test_the_form_has_each_field_with_what_the_graph_says():
    one = making.entry(theme=None, contact=None, update_frequency="ibland")
    owner = making.publisher(contact=None, files=None)
    found = making.dataset(one, owner)
    joint = described.catalogue(owner, [found])
    parts = form.parts(building.statements(joint).graph, found, joint.proposed)
    lines: dict[tuple[str, str], Any] = {
        (part.of, line.label["sv"]): line for part in parts for line in part.lines
    }
    assert lines["dcat:Dataset", "Titel"].values[0].text == "Badplatser"
    themes = lines["dcat:Dataset", "Kategori"]
    assert themes.proposed and themes.asks == "theme"
    assert themes.values[0].choice["sv"] == "Regioner och städer"
    assert lines["dcat:Dataset", "Kontaktuppgift"].asks == "contact"
    assert lines["dcat:Dataset", "Uppdateringsfrekvens"].asks == "update_frequency"
    address = lines["dcat:Distribution", "Webbadress för åtkomst"]
    assert address.asks == "address" and address.values == ()
    assert lines["dcat:Catalog", "Licens"].proposed and lines["dcat:Catalog", "Licens"].values
