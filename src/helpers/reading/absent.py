"""Which of Arrow's texts stand for no value: what the SQL of ``missing.is_token`` says, of a whole
column at once.

What needs a look is found by its first and last byte and its length, so that the dear steps
(trimming, comparing with every token) meet few cells.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from helpers.reading import arrays, missing

# What DuckDB's ``trim`` takes away: of its blanks all but one have only bytes from 0x80 on.
BLANKS = " \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
BLANK, HIGH = 0x20, 0x80


def _among(found: set[int]) -> NDArray[np.bool_]:
    """Of each byte whether it is among these."""
    return np.isin(np.arange(256), sorted(found))


# bytes that a blank begins with, and that one ends with
FIRST = _among({blank.encode()[0] for blank in BLANKS})
LAST = _among({blank.encode()[-1] for blank in BLANKS})


@cache
def _listed() -> Any:
    return arrays.texts(sorted(missing.TOKENS))


def padded(texts: Any) -> NDArray[np.int64]:
    """The places of the texts (a ``pa.StringArray``) that begin or end with a blank: what DuckDB's
    ``trim`` makes shorter.

    >>> padded(arrays.texts(["a", " NA", None, "", "å\u00a0", "-1"]))
    array([1, 4])
    """
    offsets, data = arrays.content(texts)
    filled = np.flatnonzero(offsets[1:] > offsets[:-1])
    first, last = data[offsets[filled]], data[offsets[filled + 1] - 1]
    likely = filled[FIRST[first] | LAST[last]]
    if not len(likely):
        return likely
    cells = texts.take(arrays.integers(likely))
    shorter = pc.less(pc.binary_length(pc.utf8_trim(cells, BLANKS)), pc.binary_length(cells))
    return likely[arrays.truths(shorter.fill_null(False))]


def are_filled(texts: Any) -> bool:
    """True where each text surely holds more than blanks: none is missing or empty, none begins as
    a blank does.

    >>> are_filled(arrays.texts(["a", "1 "])), are_filled(arrays.texts(["a", " "]))
    (True, False)
    """
    offsets, data = arrays.content(texts)
    if texts.null_count or not (offsets[1:] > offsets[:-1]).all():
        return False
    return not FIRST[data[offsets[:-1]]].any()


def tokens(texts: Any) -> tuple[NDArray[np.int64], list[str]]:
    """The places of the texts (a ``pa.StringArray``) that stand for no value, and what stands
    there, trimmed: ' ' for blanks, '' for nothing. Nulls are not among them.

    >>> tokens(arrays.texts(["a", " NA", None, "", "  ", "-1"]))
    (array([1, 3, 4]), ['NA', '', ' '])
    """
    if not len(texts):
        return np.zeros(0, np.int64), []
    offsets, data = arrays.content(texts)
    lengths = np.diff(offsets)
    known = arrays.known(texts)
    filled = np.flatnonzero((lengths > 0) & known)
    first, last = data[offsets[filled]], data[offsets[filled + 1] - 1]
    likely = lengths[filled] <= missing.LONGEST_BYTES
    likely |= (first < ord("$")) | (first >= HIGH) | (last == BLANK) | (last >= HIGH)
    likely &= (first < ord("0")) | (first > ord("9"))
    near = filled[likely]
    empty = np.flatnonzero((lengths == 0) & known)
    if not len(near):
        return empty, [""] * len(empty)
    trimmed = pc.utf8_trim(texts.take(arrays.integers(near)), BLANKS)
    held = pc.is_in(trimmed, value_set=_listed())
    said = [text or " " for text in trimmed.filter(held).to_pylist()]
    places = np.concatenate([empty, near[arrays.truths(held)]])
    order = np.argsort(places, kind="stable")
    words = [""] * len(empty) + said
    return places[order], [words[place] for place in order.tolist()]
