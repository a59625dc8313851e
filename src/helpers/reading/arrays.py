"""Arrow's arrays of Python's and NumPy's values, without pandas where they are few.

Arrow imports pandas to look at the first values that it is given, which takes 0.2 s: as long as a
million cells made by hand here.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

FEW = 20_000


def _by_arrow(count: int) -> bool:
    return count > FEW or "pandas" in sys.modules


def _known(known: NDArray[np.bool_]) -> Any:
    """Arrow's bits of which values are there; None where all are."""
    return None if known.all() else pa.py_buffer(np.packbits(known, bitorder="little"))


def texts(values: Sequence[str | None], *, empty: bool = True) -> Any:
    """Of texts, null where None; not ``empty``: null too where nothing stands.
    ``UnicodeEncodeError`` where one holds half a letter.

    They are encoded all at once: one by one takes ten times as long.
    """
    known = None
    if None in values:
        known = np.array([value is not None for value in values], bool)
    whole = [value or "" for value in values] if known is not None else values
    data, ends = "\0".join(whole).encode(), np.zeros(len(whole) + 1, np.int64)  # type: ignore[arg-type]
    parted = np.flatnonzero(np.frombuffer(data, np.uint8) == 0)
    if len(parted) == len(whole) - 1:
        ends[1:-1] = parted - np.arange(len(parted))
        data = data.translate(None, b"\0")
        ends[-1] = len(data)
    else:  # a NUL is in one of them, or there are none
        encoded = [(value or "").encode() for value in whole]
        np.cumsum([len(one) for one in encoded], out=ends[1:])
        data = b"".join(encoded)
    if not empty:
        known = ends[1:] > ends[:-1]
    bits = None if known is None else _known(known)
    wide = pa.py_buffer(ends.astype(np.int32))
    return pa.StringArray.from_buffers(len(values), wide, pa.py_buffer(data), bits)


def integers(values: Sequence[int] | NDArray[np.int64]) -> Any:
    """Of whole numbers, none of them missing."""
    if not isinstance(values, np.ndarray) and _by_arrow(len(values)):
        return pa.array(values, pa.int64())
    buffer = pa.py_buffer(np.ascontiguousarray(values, np.int64))
    return pa.Array.from_buffers(pa.int64(), len(values), [None, buffer])


def floats(values: Sequence[float | None]) -> Any:
    """Of numbers, null where None."""
    known = np.array([value is not None for value in values], bool)
    numbers = [np.nan if value is None else value for value in values]
    return _floats(np.array(numbers, np.float64), known)


def measured(values: NDArray[np.float64]) -> Any:
    """Of numbers, null where NaN."""
    return _floats(values, ~np.isnan(values))


def _floats(values: NDArray[np.float64], known: NDArray[np.bool_]) -> Any:
    buffer = pa.py_buffer(np.ascontiguousarray(values, np.float64))
    return pa.Array.from_buffers(pa.float64(), len(values), [_known(known), buffer])


def booleans(values: NDArray[np.bool_]) -> Any:
    """Of yes and no, none of them missing."""
    bits = pa.py_buffer(np.packbits(values, bitorder="little"))
    return pa.Array.from_buffers(pa.bool_(), len(values), [None, bits])


def truths(values: Any) -> NDArray[np.bool_]:
    """Which values of an array of yes and no, none of them missing, are yes."""
    return _bits(values.buffers()[1], values.offset, len(values))


def known(values: Any) -> NDArray[np.bool_]:
    """Which values of an array are there."""
    bits = values.buffers()[0]
    if bits is None:
        return np.ones(len(values), bool)
    return _bits(bits, values.offset, len(values))


def _bits(buffer: Any, first: int, count: int) -> NDArray[np.bool_]:
    packed = np.frombuffer(buffer, np.uint8)
    return np.unpackbits(packed, bitorder="little", count=first + count)[first:].astype(bool)


def content(texts: Any) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Where each text begins, and the last ends, among the bytes of them all."""
    _, ends, data = texts.buffers()
    offsets = np.frombuffer(ends or bytes(4), np.int32)[
        texts.offset : texts.offset + len(texts) + 1
    ]
    return offsets.astype(np.int64), np.frombuffer(data or b"", np.uint8)


def letters(texts: Any) -> bytes:
    """The bytes of all texts behind one another."""
    offsets, data = content(texts)
    return data[offsets[0] : offsets[-1]].tobytes()


def places(values: Any) -> NDArray[np.int32]:
    """The places of a dictionary's texts, those of missing ones left out."""
    held = values.drop_null() if values.null_count else values
    return np.frombuffer(held.buffers()[1], np.int32)[held.offset : held.offset + len(held)]


def table(columns: Sequence[Any], schema: pa.Schema) -> pa.Table:
    """Of arrays, in the order of the schema."""
    return pa.Table.from_arrays(list(columns), schema=schema)
