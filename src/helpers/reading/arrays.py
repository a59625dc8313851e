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


def texts(values: Sequence[str | None]) -> Any:
    """Of texts, null where None. ``UnicodeEncodeError`` where one holds half a letter."""
    if _by_arrow(len(values)):
        return pa.array(values, pa.string())
    encoded = [b"" if value is None else value.encode() for value in values]
    ends = np.zeros(len(encoded) + 1, np.int32)
    np.cumsum([len(one) for one in encoded], out=ends[1:])
    known = _known(np.array([value is not None for value in values], bool))
    buffers = known, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))
    return pa.StringArray.from_buffers(len(encoded), buffers[1], buffers[2], buffers[0])


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


def places(values: Any) -> NDArray[np.int32]:
    """The places of a dictionary's texts, those of missing ones left out."""
    held = values.drop_null() if values.null_count else values
    return np.frombuffer(held.buffers()[1], np.int32)[held.offset : held.offset + len(held)]


def table(columns: Sequence[Any], schema: pa.Schema) -> pa.Table:
    """Of arrays, in the order of the schema."""
    return pa.Table.from_arrays(list(columns), schema=schema)
