"""Imports without a grammar that costs two seconds: jsonschema builds one of IRIs each time, and
nothing here checks an IRI."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

GRAMMAR = "rfc3987_syntax"  # jsonschema goes on without it where it is not installed


@contextmanager
def imports() -> Iterator[None]:
    """What is imported inside may bring jsonschema along; the grammar itself can be imported again
    afterwards."""
    if GRAMMAR in sys.modules:
        yield
        return
    sys.modules[GRAMMAR] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[GRAMMAR]
