"""A word as it is compared: without case, spaces, punctuation and the dots and rings of å, ä, ö."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# letters that no decomposition takes apart
_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "ß": "ss"})


@lru_cache(1 << 14)  # screening asks for the same words in every text of a column
def fold(name: str) -> str:
    """The letters a-z and digits of a name.

    >>> fold("Leverantör ID"), fold("Fødselsnummer")
    ('leverantorid', 'fodselsnummer')
    """
    plain = (
        unicodedata.normalize("NFKD", name.translate(_LETTERS))
        .encode("ascii", "ignore")
        .decode()
        .casefold()
    )
    return re.sub(r"[^a-z0-9]", "", plain)
