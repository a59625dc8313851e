"""What DCAT-AP-SE 3.0.1 asks of each class, field by field, as its own form has it.

Generated from Digg's ``bundle.json`` (named with version and commit in the file itself) by
``python -m tests.metadata.generate``: classes, properties, cardinalities, kinds of nodes, data
types, choices and the Swedish and English labels of the form. Needs no graph library.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from helpers.words.files.ours import File, remembered

FILE = File("data/reference/dcat_ap_se/properties.json")

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "locn": "http://www.w3.org/ns/locn#",
    "odrs": "http://schema.theodi.org/odrs#",
    "org": "https://www.w3.org/ns/org#",  # https: as the bundle has it, other than the ontology
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

CATALOG, DATASET, SERIES = "dcat:Catalog", "dcat:Dataset", "dcat:DatasetSeries"
DISTRIBUTION, SERVICE = "dcat:Distribution", "dcat:DataService"
AGENT, CONTACT = "foaf:Agent", "vcard:Kind"
POINTED_AT = {
    AGENT: ("dcterms:publisher", "dcterms:creator", "prov:agent"),
    CONTACT: ("dcat:contactPoint",),
}
ROOTS = (CATALOG, DATASET, SERIES, DISTRIBUTION, SERVICE)  # whose nodes are found by their class


def iri(name: str) -> str:
    """A short name in full; what has no known prefix as it stands.

    >>> iri("dcat:theme"), iri("http://example.org/a")
    ('http://www.w3.org/ns/dcat#theme', 'http://example.org/a')
    """
    prefix, _, local = name.partition(":")
    return f"{PREFIXES[prefix]}{local}" if prefix in PREFIXES else name


def curie(full: str) -> str:
    """A name in short; what no prefix stands for as it is.

    >>> curie("http://purl.org/dc/terms/title"), curie("http://example.org/a")
    ('dcterms:title', 'http://example.org/a')
    """
    for prefix, namespace in PREFIXES.items():
        local = full.removeprefix(namespace)
        if local != full and local and "/" not in local:
            return f"{prefix}:{local}"
    return full


@dataclass(frozen=True)
class Form:
    """One way to fill in a field.

    ``kind``: ``language`` (a text with its language), ``datatype``, ``literal``, ``iri``, ``node``.
    ``choices``: the name of a vocabulary, or none. ``pattern``: a regular expression for the whole.
    ``scheme``: what the IRI begins with (``mailto:``). ``described``: the class whose fields it
    has.
    """

    label: Mapping[str, str]
    kind: str
    types: tuple[str, ...] = ()
    choices: str | None = None
    pattern: str | None = None
    scheme: str | None = None
    datatypes: tuple[str, ...] = ()
    deprecated: bool = False
    described: str | None = None


@dataclass(frozen=True)
class Field:
    """A property of a class. ``most``: None without a bound. ``only_if``: the property and the
    value that make it asked for, or none. ``recommended``: the form asks for it without demanding
    it."""

    of: str
    predicate: str
    label: Mapping[str, str]
    least: int
    most: int | None
    recommended: bool
    forms: tuple[Form, ...]
    only_if: tuple[str, str] | None = None

    @property
    def iri(self) -> str:
        """The property in full."""
        return iri(self.predicate)

    @property
    def mandatory(self) -> bool:
        """True where it is to be there whatever else is."""
        return self.least > 0 and self.only_if is None

    def choices(self) -> dict[str, Mapping[str, str]]:
        """Value -> its labels, of all ways to fill it in that are not of older versions."""
        return {
            value: labels
            for form in self.forms
            if form.choices and not form.deprecated
            for value, labels in vocabulary(form.choices).items()
        }


@dataclass(frozen=True)
class Description:
    """A class with its fields, in the order of the form. ``types``: what its nodes may be."""

    name: str
    label: Mapping[str, str]
    types: tuple[str, ...]
    fields: tuple[Field, ...]


def _form(read: dict[str, Any]) -> Form:
    several = {name: tuple(read.get(name, ())) for name in ("types", "datatypes")}
    return Form(**(read | several))


def _field(of: str, read: dict[str, Any]) -> Field:
    condition = read.get("only_if")
    return Field(
        of,
        read["property"],
        read["label"],
        read["min"],
        read["max"],
        read.get("recommended", False),
        tuple(_form(form) for form in read["forms"]),
        (condition[0], condition[1]) if condition else None,
    )


@remembered
def _read() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(FILE.text())
    return read


@remembered
def descriptions() -> dict[str, Description]:
    """Class -> what is asked of it."""
    return {
        name: Description(
            name,
            read["label"],
            tuple(read["types"]),
            tuple(_field(name, field) for field in read["fields"]),
        )
        for name, read in _read()["classes"].items()
    }


def fields() -> Iterator[Field]:
    """Every field of every class."""
    for description in descriptions().values():
        yield from description.fields


def fields_of(predicate: str) -> list[Field]:
    """The fields of any class that a property is."""
    return [field for field in fields() if field.predicate == predicate]


def field(of: str, property: str) -> Field:
    """The field of a class, both in short or in full. ``KeyError`` where the profile has none."""
    for known in descriptions()[curie(of)].fields:
        if known.iri == iri(property):
            return known
    raise KeyError(f"{of} has no {property}")


def label(of: str, property: str, language: str) -> str:
    """What the form calls the field; the property's short name where it has no label."""
    try:
        known = field(of, property)
    except KeyError:
        return curie(property)
    return known.label.get(language) or known.label.get("sv") or known.predicate


def pointing_at(name: str) -> list[str]:
    """The properties whose values are of a class that is found so; none for the ``ROOTS``.

    >>> pointing_at("vcard:Kind"), pointing_at("dcterms:PeriodOfTime")
    (['dcat:contactPoint'], ['dcterms:temporal'])
    """
    if name in ROOTS:
        return []
    if name in POINTED_AT:
        return list(POINTED_AT[name])
    forms = ((field.predicate, form) for field in fields() for form in field.forms)
    return sorted({predicate for predicate, form in forms if form.described == name})


def vocabulary(name: str) -> dict[str, Mapping[str, str]]:
    """Value -> its labels by language, which may lack one. ``KeyError`` for an unknown name."""
    values: dict[str, Mapping[str, str]] = _read()["vocabularies"][name]
    return values


def source() -> dict[str, str]:
    """Where the facts are from: repository, file, version, commit, licence, checksum."""
    read: dict[str, str] = _read()["source"]
    return read
