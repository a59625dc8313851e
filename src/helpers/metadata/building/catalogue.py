"""A described catalogue as a graph: catalogue, datasets, distributions, publisher and contact, each
with an IRI of its own.

Source of properties and cardinalities: DCAT-AP-SE 3.0.1, bundle.json. A high-value category is
never stated: whether the act reaches what one municipality holds is disputed.
"""

from __future__ import annotations

from rdflib import Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, XSD

from helpers.metadata import vocabularies
from helpers.metadata.building.statements import Statements
from helpers.metadata.described import Catalogue, Contact, Dataset, Distribution, Publisher
from helpers.metadata.terms import ADMS, SPDX, VCARD

# the one that the profile knows; here it tells whether a file is the same, and guards nothing
SHA1 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha1"


def statements(catalogue: Catalogue) -> Statements:
    """The graph of a catalogue and of all in it, with what was replaced on the way."""
    made = Statements()
    _catalogue(made, catalogue)
    return made


def _catalogue(made: Statements, catalogue: Catalogue) -> URIRef:
    node = made.thing(catalogue.iri, DCAT.Catalog)
    made.texts(node, DCTERMS.title, catalogue.title)
    made.texts(node, DCTERMS.description, catalogue.description)
    made.link(node, DCTERMS.publisher, _publisher(made, catalogue.publisher))
    made.link(node, DCTERMS.license, catalogue.licence)
    made.link(node, DCTERMS.language, vocabularies.SWEDISH)
    made.link(node, DCAT.themeTaxonomy, vocabularies.TAXONOMY)
    made.link(node, FOAF.homepage, catalogue.homepage)
    made.link(node, DCTERMS.spatial, catalogue.spatial)
    made.day(node, DCTERMS.issued, catalogue.issued)
    made.day(node, DCTERMS.modified, catalogue.modified)
    for dataset in catalogue.datasets:
        made.link(node, DCAT.dataset, _dataset(made, dataset))
    for part in catalogue.parts:
        made.link(node, DCTERMS.hasPart, _catalogue(made, part))
    return node


def _publisher(made: Statements, publisher: Publisher) -> URIRef:
    node = made.thing(publisher.iri, FOAF.Agent)
    made.text(node, FOAF.name, publisher.name, "sv")
    made.link(node, DCTERMS.type, publisher.type)
    made.link(node, FOAF.homepage, publisher.homepage)
    if publisher.number:
        made.text(node, DCTERMS.identifier, publisher.number)
    return node


def _contact(made: Statements, contact: Contact) -> URIRef:
    node = made.thing(contact.iri, VCARD.Organization)
    made.text(node, VCARD.fn, contact.name)
    made.link(node, VCARD.hasEmail, f"mailto:{contact.email}")
    return node


def _dataset(made: Statements, dataset: Dataset) -> URIRef:
    node = made.thing(dataset.iri, DCAT.Dataset)
    made.texts(node, DCTERMS.title, dataset.title)
    made.texts(node, DCTERMS.description, dataset.description)
    made.link(node, DCTERMS.publisher, _publisher(made, dataset.publisher))
    if dataset.contact:
        made.link(node, DCAT.contactPoint, _contact(made, dataset.contact))
    for language, words in dataset.keywords.items():
        for word in words:
            made.text(node, DCAT.keyword, word, language)
    made.links(node, DCAT.theme, dataset.themes)
    made.link(node, DCTERMS.accrualPeriodicity, dataset.frequency)
    made.link(node, DCTERMS.accessRights, dataset.access)
    made.link(node, DCTERMS.spatial, dataset.spatial)
    made.link(node, DCTERMS.conformsTo, dataset.conforms_to)
    made.link(node, DCAT.landingPage, dataset.landing_page)
    made.day(node, DCTERMS.issued, dataset.issued)
    made.day(node, DCTERMS.modified, dataset.modified)
    _period(made, dataset, node)
    for distribution in dataset.distributions:
        made.link(node, DCAT.distribution, _distribution(made, distribution))
    return node


def _period(made: Statements, dataset: Dataset, node: URIRef) -> None:
    """The time that the data are about, where somebody has said it."""
    if dataset.start is None and dataset.end is None:
        return
    period = made.thing(f"{dataset.iri}#period", DCTERMS.PeriodOfTime)
    made.day(period, DCAT.startDate, dataset.start)
    made.day(period, DCAT.endDate, dataset.end)
    made.link(node, DCTERMS.temporal, period)


def _distribution(made: Statements, distribution: Distribution) -> URIRef:
    node = made.thing(distribution.iri, DCAT.Distribution)
    made.texts(node, DCTERMS.title, distribution.title)
    made.texts(node, DCTERMS.description, distribution.description)
    made.link(node, DCAT.accessURL, distribution.access_url)
    made.link(node, DCAT.downloadURL, distribution.download_url)
    made.text(node, DCTERMS["format"], distribution.media_type)
    made.link(node, DCTERMS.license, distribution.licence)
    made.link(node, ADMS.status, distribution.status)
    made.links(node, DCTERMS.conformsTo, distribution.schemas)
    made.whole(node, DCAT.byteSize, distribution.size)
    made.day(node, DCTERMS.modified, distribution.modified)
    checksum = made.thing(f"{distribution.iri}#checksum", SPDX.Checksum)
    made.link(checksum, SPDX.algorithm, SHA1)
    value = Literal(distribution.checksum, datatype=XSD.hexBinary, normalize=False)
    made.graph.add((checksum, SPDX.checksumValue, value))
    made.link(node, SPDX.checksum, checksum)
    return node
