"""Files that mean harm, or are no catalogues, are refused before they cost anything; odd texts are
only texts."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest
from rdflib import DCAT, DCTERMS, Literal, URIRef
from tests.metadata import right

from helpers.metadata import checking, reading, rewriting, telling
from helpers.words.errors import ConfigurationError, InputRefused

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
DC = 'xmlns:d="http://www.w3.org/ns/dcat#" xmlns:t="http://purl.org/dc/terms/"'
BODY = f"""<rdf:RDF {RDF} {DC}>
<d:Dataset rdf:about="https://a.se/1"><t:title xml:lang="sv">%s</t:title></d:Dataset></rdf:RDF>"""
BOMB = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))

REFUSED: dict[str, tuple[str | bytes, str]] = {
    "entities in entities": (
        f'<!DOCTYPE r [<!ENTITY l0 "hahaha">{BOMB}]>' + BODY % "&l9;",
        "growing",
    ),
    "one long entity, many times": (
        f'<!DOCTYPE r [<!ENTITY a "{"x" * 200}">]>' + BODY % ("&a;" * 20_000),
        "growing",
    ),
    "an entity in an attribute": (
        f'<!DOCTYPE r [<!ENTITY a "{"x" * 200}">]>'
        + (BODY % "x").replace("https://a.se/1", "https://a.se/" + "&a;" * 20_000),
        "growing",
    ),
    "a file from the disk": (
        '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + BODY % "&f;",
        "outside",
    ),
    "a page of the web": (
        '<!DOCTYPE r [<!ENTITY f PUBLIC "x" "http://127.0.0.1/x">]>' + BODY % "&f;",
        "outside",
    ),
    "an entity of parameters": (
        "<!DOCTYPE r [<!ENTITY % p \"<!ENTITY a 'b'>\"> %p;]>" + BODY % "x",
        "outside",
    ),
    "elements without end": (
        f"<rdf:RDF {RDF} {DC}>" + "<d:x><rdf:Description>" * 5_000,
        "deep",
    ),
    "a context elsewhere": (
        json.dumps({"@context": "https://a.se/c.jsonld", "@id": "x"}),
        "context",
    ),
    "a context elsewhere, in a list, deep": (
        json.dumps({"@context": {"a": {"@id": "b", "@context": ["https://a.se/c"]}}}),
        "context",
    ),
    "a context that imports": (
        json.dumps({"@context": {"@version": 1.1, "@import": "https://a.se/c"}}),
        "context",
    ),
    "JSON without end": ("[" * 100_000, "deep"),
    "Turtle without end": ("@prefix : <https://a.se/> . :a :b " + "[ :c " * 20_000, "deep"),
    "broken XML": ((BODY % "x").replace("</d:Dataset>", ""), "broken"),
    "XML that is no RDF": ("<katalog><datamängd/></katalog>", "nothing"),
    "broken Turtle": ("@prefix : <https://a.se/> .\n:a :b", "broken"),
    "broken JSON": ('{\n"@id": ', "broken"),
    "a control character": (BODY % "a\x01b", "broken"),
    "a web page": ("<!DOCTYPE html><html><body>Katalog</body></html>", "page"),
    "a table": ("id,namn\n1,Bad\n", "unknown"),
    "nothing": ("\ufeff \n", "empty"),
    "no text": (b"\x93\x00\xff\xfe" * 50, "encoding"),
    "another encoding": ('@prefix : <https://a.se/> . :å :b "ö" .'.encode("latin-1"), "encoding"),
    "RDF about something else": ('<https://a.se/> <https://a.se/b> "c" .', "nothing"),
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection fails the test."""

    def opened(*_: Any, **__: Any) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", opened)


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_in_words(case: str):
    text, kind = REFUSED[case]
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(InputRefused) as refused:
        reading.parsed(data, "fil.rdf")
    assert refused.value.key.removeprefix("metadata.refused.").removesuffix("_somewhere") == kind
    for language in ("sv", "en"):
        said = refused.value.text(language)
        assert "fil.rdf" in said
        assert "{" not in said


def test_a_large_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    large = tmp_path / "large.rdf"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(InputRefused) as refused:
        reading.read(large)
    assert refused.value.key == "metadata.refused.large"


def test_what_is_no_file_is_refused(tmp_path: Path):
    for path in (tmp_path, tmp_path / "borta.rdf"):
        with pytest.raises(InputRefused) as refused:
            reading.read(path)
        assert refused.value.key == "metadata.refused.absent"


def test_entities_for_namespaces_are_read():
    text = '<!DOCTYPE r [<!ENTITY b "https://a.se/">]>' + (BODY % "Bad").replace(
        "https://a.se/1", "&b;1"
    )
    graph = reading.parsed(text.encode(), "a.rdf").graph
    assert (URIRef("https://a.se/1"), DCTERMS.title, Literal("Bad", lang="sv")) in graph


def test_a_declared_encoding_of_xml_counts():
    text = f'<?xml version="1.0" encoding="ISO-8859-1"?>{BODY % "Badplatser på Ön"}'
    graph = reading.parsed(text.encode("latin-1"), "a.rdf").graph
    assert (None, DCTERMS.title, Literal("Badplatser på Ön", lang="sv")) in graph
    assert len(reading.parsed((BODY % "Ö").encode("utf-16"), "a.rdf").graph) == 2


def test_a_context_in_the_file_is_read():
    document = {
        "@context": {"title": {"@id": "http://purl.org/dc/terms/title", "@language": "sv"}},
        "@id": "https://a.se/1",
        "@type": "http://www.w3.org/ns/dcat#Dataset",
        "title": "Bad",
    }
    read = reading.parsed(json.dumps(document).encode(), "a")
    assert read.form == "json-ld"
    assert (URIRef("https://a.se/1"), DCTERMS.title, Literal("Bad", lang="sv")) in read.graph


def test_what_stands_in_a_file_is_kept_as_it_is_written():
    graph = right.with_lines(f'<{right.FORM}> dcat:byteSize "0012"^^xsd:nonNegativeInteger .')
    assert {str(one) for one in graph.objects(URIRef(right.FORM), DCAT.byteSize)} == {
        "1200",
        "0012",
    }


ODD = {
    "right to left": "\u202eretsalpdaB\u202c \u05d1\u05b0\u05bc",
    "ten thousand letters": "å" * 10_000,
    "markup of a terminal": "[bold red]Bad[/] \x1b[31m",
    "an identity number": "Bad 19121212-1212",
    "a person's mail": "Bad anna.andersson@gmail.com",
}


@pytest.mark.parametrize("case", ODD)
def test_an_odd_title_is_told_and_written_as_a_text(case: str):
    graph = right.changed('dcterms:title "Badplatser"@sv, "Bathing places"@en ;', "")
    graph.add((URIRef(right.SET), DCTERMS.title, Literal(ODD[case], lang="sv")))
    graph.remove((URIRef(right.SET), DCAT.contactPoint, None))
    checked = checking.check(graph)
    told = json.dumps(telling.told(checked, "a.rdf", "xml"), ensure_ascii=False)
    assert "dataset_without_contact" in told
    for hidden in ("\u202e", "\x1b", "å" * 100, "19121212-1212", "anna.andersson"):
        assert hidden not in told
    text = rewriting.rewritten(checked.mended.graph, ".rdf").text
    titles = reading.parsed(text.encode(), "a.rdf").graph.objects(URIRef(right.SET), DCTERMS.title)
    assert {str(title) for title in titles} == {ODD[case].replace("\x1b", "\ufffd")}


def test_a_contact_is_told_by_what_it_is_the_contact_of():
    graph = right.changed("<mailto:oppnadata@exempel.se>", "<mailto:anna.andersson@exempel.se>")
    graph.remove((URIRef(right.CONTACT), URIRef("http://www.w3.org/2006/vcard/ns#fn"), None))
    told = telling.told(checking.check(graph), "a.ttl", "turtle")
    assert [one["name"]["sv"] for one in told["others"][0]["examples"]] == [
        "Kontaktuppgiften för datamängden ”Badplatser”"
    ]
    assert "anna" not in json.dumps(told)


HEAD = "@prefix d: <http://www.w3.org/ns/dcat#> . <https://a.se/k> a d:Catalog . "
ALIKE = {
    "three hundred blank nodes alike": " ".join(["<https://a.se/k> d:x [ a d:Foo ] ."] * 300),
    "a ring of sixty blank nodes": " ".join(f"_:n{i} d:y _:n{(i + 1) % 60} ." for i in range(60)),
    "rings beside each other": " ".join(
        f"_:n{i} d:y _:n{i // 5 * 5 + (i + 1) % 5} ." for i in range(100)
    ),
}


@pytest.mark.parametrize("case", ALIKE)
def test_blank_nodes_that_are_alike_are_written_in_time_and_the_same_each_time(case: str):
    graphs = [reading.parsed((HEAD + ALIKE[case]).encode(), "a.ttl").graph for _ in range(2)]
    first, second = (rewriting.rewritten(graph, ".rdf").text for graph in graphs)
    assert first == second
    assert len(reading.parsed(first.encode(), "a.rdf").graph) == len(graphs[0])


@pytest.mark.slow
def test_a_chain_that_turtle_cannot_hold_is_written_as_rdf_xml():
    chain = " ".join(f"_:n{i} d:y _:n{i + 1} ." for i in range(600))
    graph = reading.parsed((HEAD + chain).encode(), "a.ttl").graph
    with pytest.raises(ConfigurationError):
        rewriting.rewritten(graph, ".ttl")
    text = rewriting.rewritten(graph, ".rdf").text
    assert len(reading.parsed(text.encode(), "a.rdf").graph) == len(graph)
