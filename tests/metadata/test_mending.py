"""What is mended is gone, nothing else is touched, and nothing is invented."""

from __future__ import annotations

import pyoxigraph
import pytest
from rdflib import DCAT, DCTERMS, XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic, to_isomorphic
from tests.metadata import right
from tests.metadata.planted import PLANTED
from tests.sampling import every

from helpers.metadata import mending, reading, rewriting, terms, validating
from helpers.metadata.faults.fault import Known
from helpers.metadata.faults.registry import all_faults
from helpers.words.errors import ConfigurationError

MENDED = {
    "keyword without language",
    "date that holds a time",
    "licence with https",
    "licence without slash",
    "licence with deed",
    "publisher by https",
    "publisher elsewhere",
    "language with country",
    "two access addresses",
    "keywords in one",
    "title without language",
    "older frequency",
    "older availability",
    "older status",
    "theme by https",
    "format in words",
    "blank contact",
    "blank distribution",
    "blank dataset",
    "blank publisher",
    "blank in an address",
    "text for an address",
    "mail as text",
    "mail without mailto",
    "contact of another vocabulary",
    "date without type",
}
# What a mended one looks like where it cannot be the right catalogue itself.
OTHERWISE = {
    "date without type",  # a date, where the right one has a time
    "two access addresses",
    "blank contact",
    "blank distribution",
    "blank dataset",
    "blank in an address",
}


def planted(case: str) -> Graph:
    old, new, _ = PLANTED[case]
    return right.changed(old, new)


@pytest.mark.parametrize("case", every(4, sorted(MENDED)))
def test_what_is_mended_is_gone(case: str):
    mended = mending.mended(planted(case))
    fault = all_faults()[PLANTED[case][2]]
    assert list(fault.find(planted(case)))
    assert not list(fault.find(mended.graph))
    assert validating.violations(mended.graph) == []
    assert mended.done
    if case not in OTHERWISE:
        assert isomorphic(mended.graph, right.right())


@pytest.mark.parametrize("case", every(4, sorted(set(PLANTED) - MENDED)))
def test_what_needs_a_person_is_left_as_it_is(case: str):
    before = planted(case)
    mended = mending.mended(before)
    assert mended.done == ()
    assert isomorphic(before, mended.graph)


def test_the_graph_that_was_read_is_left_as_it_is():
    before = planted("licence with https")
    same = to_isomorphic(before)
    mending.mended(before)
    assert same == to_isomorphic(before)


def test_mending_twice_is_mending_once():
    for case in ("two access addresses", "blank dataset", "keywords in one"):
        once = mending.mended(planted(case)).graph
        again = mending.mended(once)
        assert again.done == ()
        assert isomorphic(once, again.graph)


def test_a_split_distribution_has_one_address_each_and_all_that_the_first_had():
    mended = mending.mended(planted("two access addresses")).graph
    both = sorted(mended.objects(URIRef(right.SET), DCAT.distribution))
    assert [str(one) for one in both] == [right.FORM, f"{right.FORM}#access-2"]
    said = [
        {pair for pair in mended.predicate_objects(one) if pair[0] != DCAT.accessURL}
        for one in both
    ]
    assert said[0] == said[1]
    assert {str(mended.value(one, DCAT.accessURL)) for one in both} == {
        "https://exempel.se/filer/badplatser.csv",
        "https://exempel.se/filer/badplatser.json",
    }


def test_a_distribution_with_a_file_to_download_is_not_split():
    graph = right.with_lines(
        f"<{right.FORM}> dcat:accessURL <https://exempel.se/b> ;"
        " dcat:downloadURL <https://exempel.se/b.csv> ."
    )
    assert mending.mended(graph).done == ()


@pytest.mark.parametrize(
    ("case", "address"),
    [
        ("blank contact", f"{right.SET}#contact-1"),
        ("blank distribution", f"{right.SET}#distribution-1"),
        ("blank dataset", f"{right.BASE}#dataset-1"),
    ],
)
def test_a_blank_node_gets_an_address_beneath_what_points_at_it(case: str, address: str):
    mended = mending.mended(planted(case)).graph
    assert (URIRef(address), None, None) in mended


def test_a_publisher_gets_its_address_by_its_number_only():
    unknown = right.changed(
        "http://dataportal.se/organisation/SE2120000829", "https://exempel.se/vi"
    )
    unknown.remove((None, DCTERMS.identifier, None))
    assert mending.mended(unknown).done == ()
    told = mending.mended(unknown, Known(number="2120000829"))
    assert {str(one) for one in told.graph.objects(None, DCTERMS.publisher)} == {right.AGENT}
    personal = right.changed('"2120000829"', '"121212-1212"')
    renamed = mending.mended(personal).graph
    assert isomorphic(personal, renamed)


def test_no_language_is_guessed():
    old, new, _ = PLANTED["keyword without language"]
    two = "language/SWE>, <http://publications.europa.eu/resource/authority/language/ENG>"
    text = right.TURTLE.replace(old, new).replace("language/SWE>", two)
    graph = reading.parsed(text.encode(), "two.ttl").graph
    assert mending.mended(graph).done == ()
    said = mending.mended(graph, Known(language="sv"))
    assert (URIRef(right.SET), DCAT.keyword, Literal("strand", lang="sv")) in said.graph


def test_a_date_gets_the_type_it_is_written_in():
    mended = mending.mended(planted("date without type")).graph
    assert mended.value(URIRef(right.SET), DCTERMS.modified) == Literal(
        "2026-11-01", datatype=XSD.date
    )


def test_two_names_for_one_field_are_for_a_person_to_choose_between():
    graph = right.with_lines(f"<{right.SET}> adms:contactPoint <https://exempel.se/annan> .")
    assert mending.mended(graph).done == ()


@pytest.mark.parametrize("suffix", [".rdf", ".ttl", ".jsonld"])
def test_what_is_written_is_the_same_graph_for_two_libraries(suffix: str):
    graph = mending.mended(planted("blank publisher")).graph
    text = rewriting.rewritten(graph, suffix).text
    again = reading.parsed(text.encode(), f"mended{suffix}").graph
    assert isomorphic(graph, again)
    forms = {
        ".rdf": pyoxigraph.RdfFormat.RDF_XML,
        ".ttl": pyoxigraph.RdfFormat.TURTLE,
        ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
    }
    quads = pyoxigraph.parse(text.encode(), format=forms[suffix])
    lines = pyoxigraph.serialize(
        (quad.triple for quad in quads), format=pyoxigraph.RdfFormat.N_TRIPLES
    )
    with terms.as_written():
        plain = Graph().parse(data=lines, format="nt")
    assert isomorphic(graph, plain)


def test_relative_addresses_stay_relative():
    text = rewriting.rewritten(planted("relative address"), ".rdf").text
    assert 'rdf:about="badplatser"' in text
    assert "invalid" not in text


def test_what_xml_forbids_is_replaced_and_counted():
    graph = right.right()
    graph.add((URIRef(right.SET), DCTERMS.title, Literal("a\x00b\x0bc\ufffe", lang="fi")))
    for suffix in (".rdf", ".ttl"):
        made = rewriting.rewritten(graph, suffix)
        assert made.replaced == 3
        again = reading.parsed(made.text.encode(), f"x{suffix}").graph
        assert (URIRef(right.SET), DCTERMS.title, Literal("a�b�c�", lang="fi")) in again


def test_another_ending_is_refused():
    with pytest.raises(ConfigurationError) as refused:
        rewriting.form_of(".csv")
    assert ".rdf" in refused.value.values["known"]
