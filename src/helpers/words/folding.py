"""A word as it is compared: without case, spaces, punctuation and the dots and rings of å, ä, ö."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(1 << 14)  # screening asks for the same words in every text of a column
def fold(name: str) -> str:
    """The letters a-z and digits of a name.

    >>> fold("Leverantör ID")
    'leverantorid'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]", "", plain)
