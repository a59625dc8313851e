"""Which of many cases of one kind are tried each time, and which are left to the slow proofs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest


def some(count: int, cases: Iterable[Any]) -> list[Any]:
    """Parameters of which each ``count``-th is ``slow``, and the others are ``long``."""
    return [
        pytest.param(case, marks=[pytest.mark.long if number % count else pytest.mark.slow])
        for number, case in enumerate(cases)
    ]


def every(
    count: int, cases: Iterable[Any], ids: Callable[[Any], str] | None = None, long: int = 1
) -> list[Any]:
    """Parameters of which each ``count``-th, from the first on, is in the quick set; of the others
    each ``long``-th is ``slow``, the rest ``long``. A case that is a tuple is several arguments."""
    return [
        pytest.param(
            *(case if isinstance(case, tuple) else (case,)),
            id=ids(case) if ids else None,
            marks=[]
            if number % count == 0
            else [pytest.mark.long if number % long else pytest.mark.slow],
        )
        for number, case in enumerate(cases)
    ]
