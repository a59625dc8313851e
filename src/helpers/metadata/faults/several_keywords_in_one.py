"""Several keywords stand in one: nobody who picks one of them finds the dataset.

Source: DCAT-AP-SE, recommendation 10: one keyword in each field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import Graph, Literal

from helpers.metadata.faults.fault import Fault, Found, Known, replace, texts

_BETWEEN = re.compile(r"\s*[,;|]\s*|\s*\n\s*")


def parted(text: str) -> list[str]:
    """The keywords that stand in a text, each once. A comma in a number parts nothing.

    >>> parted("bad, badplats; strand"), parted("1,5 meter")
    (['bad', 'badplats', 'strand'], ['1,5 meter'])
    """
    if re.search(r"\d,\d", text):
        return [text]
    return list(dict.fromkeys(word for word in _BETWEEN.split(text.strip()) if word))


def _find(graph: Graph) -> Iterator[Found]:
    for found in texts(graph):
        if found.predicate == "dcat:keyword" and len(parted(str(found.value))) > 1:
            yield found


def _mend(graph: Graph, found: Found, known: Known) -> bool:
    assert isinstance(found.value, Literal)
    language = found.value.language
    return replace(
        graph, found, *(Literal(word, lang=language) for word in parted(str(found.value)))
    )


FAULT = Fault(_find, "catalogue", _mend)
