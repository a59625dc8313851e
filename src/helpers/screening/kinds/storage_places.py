"""A text about an artwork names where it is kept or guarded: a storeroom, a staff area, an alarm.

Positions of movable works indoors are a matter of security (theft), not of persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.screening.column import Found, Seen, Texts, Weighed

WORDS = (
    r"förråd|magasin(?:et|erad)?\b|personalrum|personalmatsal|personalutrymme|konstdepå|\bdepå"
    r"|låst rum|larmad|larmkod|kassaskåp|arkivrum"
)
_WORDS = re.compile(WORDS, re.I)


def sieve(column: Seen) -> str | None:
    return f"(?i:{WORDS})" if column.type == "offentlig_konst" and column.value == "text" else None


def find(text: str, column: Seen) -> str | None:
    """place, where a word of storing or guarding stands in the text.

    >>> column = Seen("t", "placering")
    >>> find("Magasin 3, hylla 12", column), find("Stortorget", column)
    ('place', None)
    """
    return "place" if _WORDS.search(text) else None


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    yield Weighed("storage_place", "probable", "granska", ("place",))
