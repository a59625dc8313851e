"""A text is in another language than it is said to be in: English that is tagged as Swedish, or the
other way.

Told by the small words of the two languages, and only of texts of eight words and more of which one
in eight is such a word and none is of the language that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import Graph, Literal

from helpers.metadata.faults.fault import Fault, Found, texts

SMALL = {
    "sv": set("och att det som en ett på är av för den till med inte om har från eller".split()),
    "en": set("the and of to is that for with this are from by be which or was it as".split()),
}
LEAST = 8


def spoken(text: str) -> str | None:
    """``sv`` or ``en`` where it is plain, else None.

    >>> spoken("Information about the homes in the municipality, that services the elderly")
    'en'
    >>> spoken("Badplatser i kommunen")
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < LEAST:
        return None
    counts = {code: sum(word in small for word in words) for code, small in SMALL.items()}
    for code, count in counts.items():
        if count * LEAST >= len(words) and not any(
            other for name, other in counts.items() if name != code
        ):
            return code
    return None


def _find(graph: Graph) -> Iterator[Found]:
    for found in texts(graph):
        assert isinstance(found.value, Literal)
        said = found.value.language
        if said in SMALL and spoken(str(found.value)) not in (None, said):
            yield found


FAULT = Fault(_find, "catalogue", rank=9)
