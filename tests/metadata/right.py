"""A catalogue that is as DCAT-AP-SE wants it, to spoil."""

from __future__ import annotations

from rdflib import Graph

from helpers.metadata import reading

BASE = "https://exempel.se/katalog"
SET, FORM = f"{BASE}/badplatser", f"{BASE}/badplatser/csv"
AGENT, CONTACT = "http://dataportal.se/organisation/SE2120000829", f"{BASE}/kontakt"

TURTLE = """
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcatap: <http://data.europa.eu/r5r/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix eu: <http://publications.europa.eu/resource/authority/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://exempel.se/katalog> a dcat:Catalog ;
  dcterms:title "Öppna data"@sv ;
  dcterms:description "Kommunens öppna data."@sv ;
  dcterms:publisher <http://dataportal.se/organisation/SE2120000829> ;
  dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> ;
  dcterms:issued "2024-01-31"^^xsd:date ;
  dcterms:modified "2026-11-01"^^xsd:date ;
  dcterms:language <http://publications.europa.eu/resource/authority/language/SWE> ;
  dcterms:spatial <http://sws.geonames.org/2701713/> ;
  foaf:homepage <https://exempel.se/> ;
  dcat:themeTaxonomy <http://publications.europa.eu/resource/authority/data-theme> ;
  dcat:dataset <https://exempel.se/katalog/badplatser> .

<https://exempel.se/katalog/badplatser> a dcat:Dataset ;
  dcterms:title "Badplatser"@sv, "Bathing places"@en ;
  dcterms:description "Kommunens badplatser med läge och service."@sv ;
  dcterms:publisher <http://dataportal.se/organisation/SE2120000829> ;
  dcat:contactPoint <https://exempel.se/katalog/kontakt> ;
  dcat:keyword "badplats"@sv, "strand"@sv ;
  dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ;
  dcterms:issued "2024-01-31"^^xsd:date ;
  dcterms:modified "2026-11-01T08:00:00Z"^^xsd:dateTime ;
  dcterms:conformsTo <https://exempel.se/spec/badplatser> ;
  dcterms:spatial <http://sws.geonames.org/2701713/> ;
  dcterms:temporal [ a dcterms:PeriodOfTime ; dcat:startDate "2024-01-01"^^xsd:date ] ;
  dcterms:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL> ;
  dcterms:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
  dcat:distribution <https://exempel.se/katalog/badplatser/csv> .

<https://exempel.se/katalog/badplatser/csv> a dcat:Distribution ;
  dcterms:title "CSV-fil"@sv ;
  dcterms:description "En rad för varje badplats."@sv ;
  dcat:accessURL <https://exempel.se/filer/badplatser.csv> ;
  dcterms:format "text/csv" ;
  dcat:byteSize "1200"^^xsd:nonNegativeInteger ;
  dcatap:availability <http://publications.europa.eu/resource/authority/planned-availability/STABLE> ;
  adms:status <http://publications.europa.eu/resource/authority/distribution-status/COMPLETED> ;
  dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> .

<http://dataportal.se/organisation/SE2120000829> a foaf:Agent ;
  foaf:name "Karlskrona kommun"@sv ;
  dcterms:description "En kommun i Blekinge."@sv ;
  dcterms:identifier "2120000829" ;
  dcterms:type <http://purl.org/adms/publishertype/LocalAuthority> .

<https://exempel.se/katalog/kontakt> a vcard:Organization ;
  vcard:fn "Öppna data" ;
  vcard:hasEmail <mailto:oppnadata@exempel.se> ;
  vcard:hasTelephone [ a vcard:Voice ; vcard:hasValue <tel:+46455303000> ] ;
  vcard:hasAddress [ a vcard:Address ; vcard:locality "Karlskrona" ] .
"""


def right() -> Graph:
    """The catalogue, anew."""
    return reading.parsed(TURTLE.encode(), "right.ttl").graph


def with_lines(*lines: str) -> Graph:
    """The catalogue and more statements in its prefixes."""
    text = "\n".join((TURTLE, *lines))
    return reading.parsed(text.encode(), "more.ttl").graph


def changed(old: str, new: str, count: int = 1) -> Graph:
    """The catalogue with a piece of its text changed, which stands there ``count`` times at
    least."""
    assert TURTLE.count(old) >= count, old
    return reading.parsed(TURTLE.replace(old, new).encode(), "changed.ttl").graph
