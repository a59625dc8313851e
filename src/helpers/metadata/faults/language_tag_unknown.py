"""A text's language is a code that is none, or one with a country behind it.

Source: the choices of languages have no countries, so that ``sv-SE`` (which BCP 47 allows) is
another language than ``sv`` where texts are chosen; ISO 639 has the codes. What a machine has
translated (``en-t-sv-t0-mtec``) is as it is to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel import Locale
from rdflib import Graph, Literal

from helpers.metadata.faults.fault import Fault, Found, Known, replace, texts


def is_language(tag: str) -> bool:
    """True for a language without a country.

    >>> is_language("sv"), is_language("em"), is_language("sv-SE"), is_language("en-t-sv-t0-mtec")
    (True, False, False, True)
    """
    code, _, rest = tag.partition("-")
    return code.lower() in Locale("en").languages and not re.fullmatch("[A-Za-z]{2}|[0-9]{3}", rest)


def _find(graph: Graph) -> Iterator[Found]:
    for found in texts(graph):
        assert isinstance(found.value, Literal)
        if found.value.language and not is_language(found.value.language):
            yield found


def _mend(graph: Graph, found: Found, known: Known) -> bool:
    assert isinstance(found.value, Literal)
    alone = (found.value.language or "").partition("-")[0]
    if not is_language(alone):
        return False
    return replace(graph, found, Literal(str(found.value), lang=alone))


FAULT = Fault(_find, "catalogue", _mend, rank=9)
