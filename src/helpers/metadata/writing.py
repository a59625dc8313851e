"""One graph in three syntaxes: RDF/XML, which is harvested, Turtle and JSON-LD. The same graph
gives the same bytes, wherever and whenever it is written.

What has no IRI is named by what is said of it (``steady``), not by when it was made.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF
from rdflib.term import Node

from helpers.metadata import steady as named
from helpers.metadata import terms
from helpers.metadata.terms import VCARD

# the order in which things stand, and in which something is said of them; all else after these
KINDS = (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution, DCAT.DataService, FOAF.Agent)
FIRST = (RDF.type, DCTERMS.title, FOAF.name, VCARD.fn, DCTERMS.description)
_NAME = re.compile(r"[A-Za-z_À-ÖØ-öø-ÿ][\w.\-·]*")  # of an element, without a prefix
Said = list[tuple[URIRef, list[Node]]]


def _steady(graph: Graph) -> Graph:
    """The same graph with our prefixes, in which nothing is named by chance."""
    steady = terms.empty()
    for prefix, namespace in graph.namespaces():
        steady.bind(prefix, namespace, override=False)
    for triple in named.triples(graph):
        steady.add(triple)
    return steady


def _place(node: Node) -> tuple[int, str, str]:
    """Where a value stands among others: by kind, text, language."""
    if isinstance(node, Literal):
        return (2, str(node), f"{node.language or ''} {node.datatype or ''}")
    return (0 if isinstance(node, URIRef) else 1, str(node), "")


def _rank(name: Node) -> tuple[int, str]:
    return (FIRST.index(name) if name in FIRST else len(FIRST), str(name))


def _subjects(graph: Graph) -> list[tuple[Node, Said]]:
    """Each thing with what is said of it, in order."""
    said: dict[Node, dict[Any, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for subject, name, value in graph:
        said[subject][name].append(value)

    def kind(subject: Node) -> tuple[int, int, str]:
        of = said[subject].get(RDF.type, [])
        rank = min((KINDS.index(one) for one in of if one in KINDS), default=len(KINDS))
        return (rank, isinstance(subject, BNode), str(subject))

    return [
        (
            subject,
            [
                (name, sorted(said[subject][name], key=_place))
                for name in sorted(said[subject], key=_rank)
            ],
        )
        for subject in sorted(said, key=kind)
    ]


class _Names:
    """Short names of properties and kinds; a namespace without a prefix gets ns1, ns2 ..."""

    def __init__(self, graph: Graph) -> None:
        known = sorted((str(namespace), prefix) for prefix, namespace in graph.namespaces())
        self.known = {namespace: prefix for namespace, prefix in known if prefix}
        self.used: dict[str, str] = {}

    def of(self, iri: str) -> str:
        """prefix:name. ``ValueError`` where no element of XML can be called so."""
        for end in range(len(iri) - 1, 0, -1):
            if iri[end - 1] in "/#:" and _NAME.fullmatch(iri[end:]):
                break
        else:
            raise ValueError("no name")
        namespace = iri[:end]
        if namespace not in self.known:
            taken = set(self.known.values())
            self.known[namespace] = next(f"ns{i}" for i in range(1, 999) if f"ns{i}" not in taken)
        self.used[self.known[namespace]] = namespace
        return f"{self.known[namespace]}:{iri[end:]}"


def _text(said: str) -> str:
    """A text between tags; a carriage return would not survive being read."""
    return escape(said, {"\r": "&#13;"})


def _attribute(said: str) -> str:
    return quoteattr(said, {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})


def _reference(node: Node) -> str:
    return (
        f"rdf:nodeID={_attribute(f'b{node}')}"
        if isinstance(node, BNode)
        else f"rdf:resource={_attribute(str(node))}"
    )


def _property(name: str, value: Node) -> str:
    if not isinstance(value, Literal):
        return f"    <{name} {_reference(value)}/>"
    more = f" xml:lang={_attribute(value.language)}" if value.language else ""
    if value.datatype and not value.language:
        more = f" rdf:datatype={_attribute(str(value.datatype))}"
    return f"    <{name}{more}>{_text(str(value))}</{name}>"


def _element(names: _Names, subject: Node, said: Said) -> Iterator[str]:
    kinds = next((values for name, values in said if name == RDF.type), [])
    named = next((one for one in kinds if isinstance(one, URIRef)), None)
    tag = names.of(str(named)) if named else "rdf:Description"
    about = (
        f"rdf:nodeID={_attribute(f'b{subject}')}"
        if isinstance(subject, BNode)
        else f"rdf:about={_attribute(str(subject))}"
    )
    yield f"  <{tag} {about}>"
    for name, values in said:
        for value in values:
            if not (name == RDF.type and value == named):
                yield _property(names.of(str(name)), value)
    yield f"  </{tag}>"


def rdf_xml(graph: Graph) -> str:
    """The graph as RDF/XML, in UTF-8. ``ValueError`` where a property has an IRI that no element
    can be called by, as XML forbids it."""
    steady = _steady(graph)
    names = _Names(steady)
    lines = [line for subject, said in _subjects(steady) for line in _element(names, subject, said)]
    used = {"rdf": str(RDF), **names.used}
    spaces = "".join(f"\n  xmlns:{prefix}={_attribute(used[prefix])}" for prefix in sorted(used))
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>'
    return "\n".join([head, *lines, "</rdf:RDF>", ""])


def turtle(graph: Graph) -> str:
    """The graph as Turtle."""
    return _steady(graph).serialize(format="turtle")


def _json_value(value: Node) -> Any:
    if isinstance(value, BNode):
        return {"@id": f"_:b{value}"}
    if not isinstance(value, Literal):
        return {"@id": str(value)}
    if value.language:
        return {"@value": str(value), "@language": value.language}
    return {"@value": str(value), "@type": str(value.datatype)} if value.datatype else str(value)


def json_ld(graph: Graph) -> str:
    """The graph as JSON-LD 1.1, each thing once, its properties by short names."""
    steady = _steady(graph)
    names, things = _Names(steady), []
    for subject, said in _subjects(steady):
        thing: dict[str, Any] = {
            "@id": f"_:b{subject}" if isinstance(subject, BNode) else str(subject)
        }
        for name, values in said:
            if name == RDF.type:
                thing["@type"] = [_kind(names, one) for one in values]
            else:
                thing[_short(names, str(name))] = [_json_value(value) for value in values]
        things.append(thing)
    context = dict(sorted(names.used.items()))
    plain = {"@context": context, "@graph": things}
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _short(names: _Names, iri: str) -> str:
    try:
        return names.of(iri)
    except ValueError:
        return iri


def _kind(names: _Names, node: Node) -> str:
    return f"_:b{node}" if isinstance(node, BNode) else _short(names, str(node))


SYNTAXES = {".rdf": rdf_xml, ".ttl": turtle, ".jsonld": json_ld}


def written(graph: Graph, suffixes: Iterable[str] = tuple(SYNTAXES)) -> dict[str, str]:
    """Suffix -> the graph in that syntax."""
    return {suffix: SYNTAXES[suffix](graph) for suffix in suffixes}
