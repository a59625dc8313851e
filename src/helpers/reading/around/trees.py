"""Objects, lists and values within one another, as parts: every value under its key, and every key.

Of a number only what has as many digits as a person's number, at least, is a part: coordinates,
counters and sizes are not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from helpers.reading.surroundings import Part

# Fewer than nine digits before the point: an identity number has nine when its zero is lost, and
# so has a telephone number.
SMALL = re.compile(r"\s*[+-]?\d{0,8}(?:\.\d*)?(?:[eE]-\d{1,3})?\s*")


def is_small(value: Any) -> bool:
    """True for nothing, yes and no, and for numbers too small to be somebody's.

    >>> is_small("6674012.5"), is_small(17), is_small("191212121212"), is_small(None), is_small("a")
    (True, True, False, True, False)
    """
    if value is None or isinstance(value, bool):
        return True
    return SMALL.fullmatch(str(value)) is not None


def object_in(text: str) -> Any:
    """The object or the list that a text is in JSON; None where it is no such text."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


@dataclass
class Tree:
    """Parts of one ``place``, of what lies ``within``. Each key is a part once."""

    place: str
    within: str = ""
    keys: set[str] = field(default_factory=set)

    def parts(
        self, value: Any, label: str = "", row: int = 0, known: Iterable[str] = ()
    ) -> Iterator[Part]:
        """The value's texts, each under the innermost key, and its keys but for those ``known``."""
        self.keys.update(known)
        waiting = [(label, value)]
        while waiting:
            key, value = waiting.pop()
            if isinstance(value, dict):
                for name, inner in value.items():
                    yield from self.key(str(name), row)
                    waiting.append((str(name), inner))
            elif isinstance(value, (list, tuple)):
                waiting += [(key, inner) for inner in value]
            elif not is_small(value):
                inner = object_in(value) if isinstance(value, str) else None
                if inner is None:
                    yield Part(self.place, str(value), self.within, key, row)
                else:
                    waiting.append((key, inner))

    def key(self, name: str, row: int = 0) -> Iterator[Part]:
        """The key as a part, where it was none before."""
        if name not in self.keys:
            self.keys.add(name)
            yield Part(self.place, name.replace("_", " "), self.within, "", row)
