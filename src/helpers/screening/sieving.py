"""Of many texts only those that pass a kind's sieve (RE2) are looked at closely: hardly one in a
thousand may hold what is looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import compress

from helpers.reading.surroundings import Part

BATCH = 4 << 20  # letters
_LETTERS = r"A-Za-z\x{80}-\x{10FFFF}"
_LATIN = re.compile(r"[\0-\x7f\xc0-\xd6\xd8-\xf6\xf8-\u02af]*")
PART = 100  # as many letters as a part itself takes


def loosely(sieve: str) -> str:
    """A sieve that lets through all that ``sieve`` does, with all that is no ASCII for letters: a
    class of all letters takes RE2 ten times as long to compile, for each column anew."""
    return sieve.replace(r"[\p{L}", f"[{_LETTERS}").replace(r"\p{L}", f"[{_LETTERS}]")


def as_strictly(text: str) -> bool:
    """True of a text that passes a sieve if it does so loosely: what is no ASCII in it are letters.

    >>> as_strictly("Åsa Ek"), as_strictly("10–12 Ek")
    (True, False)
    """
    return _LATIN.fullmatch(text) is not None


def batches(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """The parts in the order given, in lists of about 4 million letters."""
    batch: list[Part] = []
    letters = 0
    for part in parts:
        batch.append(part)
        letters += len(part.text or "") + PART
        if letters > BATCH:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def passing(parts: list[Part], sieve: str | None) -> Iterator[Part]:
    """The parts in whose text the sieve finds something, blanks of any kind taken for one; all of
    them where there is none.

    >>> parts = [Part("row", "Fatima\\n Ek"), Part("row", "Park")]
    >>> [part.text for part in passing(parts, "[a-z] [A-Z]")]
    ['Fatima\\n Ek']
    """
    if sieve is None:
        yield from parts
        return
    import pyarrow.compute as pc  # 0.2 s

    from helpers.reading import arrays  # Arrow: 0.2 s

    # half letters stand in no name or number, and no array holds them
    plain = [
        " ".join((part.text or "").split()).encode("utf-8", "replace").decode() for part in parts
    ]
    yield from compress(parts, pc.match_substring_regex(arrays.texts(plain), sieve).to_pylist())
