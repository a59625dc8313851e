"""Arrays made by hand are those that Arrow makes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.reading import arrays

FLOATS = st.floats(width=64)
WHOLE = st.integers(-(2**63), 2**63 - 1)


@pytest.fixture(autouse=True, scope="module")
def by_hand() -> Any:
    """As in a process without pandas."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "_by_arrow", lambda count: False)
        yield


def same(made: Any, expected: Any) -> None:
    made.validate(full=True)
    assert made.type == expected.type and made.null_count == expected.null_count
    assert np.array_equal(made.is_null(), expected.is_null())
    assert repr(made.to_pylist()) == repr(expected.to_pylist())  # NaN is not itself


@given(st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]))))
def test_texts(values: list[str | None]):
    same(arrays.texts(values), pa.array(values, pa.string()))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_texts_without_empty_ones(values: list[str]):
    same(
        arrays.texts(values, empty=False),
        pa.array([text or None for text in values], pa.string()),
    )


@given(st.lists(st.booleans()))
def test_booleans(values: list[bool]):
    made = arrays.booleans(np.array(values, bool))
    same(made, pa.array(values, pa.bool_()))
    assert arrays.truths(made).tolist() == values


@given(st.lists(WHOLE))
def test_integers(values: list[int]):
    same(arrays.integers(values), pa.array(values, pa.int64()))
    same(arrays.integers(np.array(values, np.int64)), pa.array(values, pa.int64()))


@given(st.lists(st.none() | FLOATS))
def test_floats(values: list[float | None]):
    same(arrays.floats(values), pa.array(values, pa.float64()))


@given(st.lists(FLOATS))
def test_what_was_measured(values: list[float]):
    measured = np.array(values, np.float64)
    same(arrays.measured(measured), pa.array(measured, from_pandas=True))


@pytest.mark.parametrize("make", [arrays.texts, lambda values: pa.array(values, pa.string())])
def test_half_a_letter_is_refused(make: Callable[[list[str]], Any]):
    with pytest.raises(UnicodeEncodeError):
        make(["a", "\ud800"])


def test_a_workbook_of_numbers_is_read_without_pandas(tmp_path: Path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["nummer", "namn"])
    for i in range(5):
        book.active.append([i / 4, f"Badet {i}" if i % 2 else i])
    book.save(tmp_path / "bok.xlsx")
    work = (
        "import sys; from pathlib import Path; from helpers.reading import read;"
        "read(Path(sys.argv[1]), Path(sys.argv[2])); assert 'pandas' not in sys.modules"
    )
    given = [str(tmp_path / "bok.xlsx"), str(tmp_path / "s")]
    subprocess.run([sys.executable, "-c", work, *given], check=True)
