"""SEMIC's shapes of DCAT-AP 3.0.1, without what no catalogue's own file can answer.

Left out when they are read: ``sh:class`` (it asks for descriptions of licences, themes and formats,
which stand in the vocabularies and not in the file), and property shapes that name no path or two,
which no validator takes. The file is SEMIC's as it is, with a head that says so.
"""

from __future__ import annotations

from rdflib import SH, Graph

from helpers.words.files.ours import File, remembered

FILE = File("data/reference/dcat_ap_se/dcat-ap-3.0.1.ttl")


@remembered
def shapes() -> Graph:
    """The shapes as a graph."""
    graph = Graph().parse(data=FILE.text(), format="turtle")
    graph.remove((None, SH["class"], None))
    for shape, _, constraint in list(graph.triples((None, SH.property, None))):
        if len(list(graph.objects(constraint, SH.path))) != 1:
            graph.remove((shape, SH.property, constraint))
    return graph
