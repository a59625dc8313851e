"""A ``$ref`` in a schema stands for what it points to: a place in the same file or in another of
the schema's folder (JSON Reference and JSON Pointer)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpers.declared.schemas.model import At

MOST = 200  # references in one schema
DEEPEST = 8  # references that stand in what references stand for
Open = Callable[[str, At], Any]  # the content of a file by its path, as the reference has it


class Unresolved(Exception):
    """A reference that stands for nothing; ``at``: where it stands."""

    def __init__(self, at: At, kind: str = "schema_reference") -> None:
        super().__init__(kind)
        self.at, self.kind = at, kind


def pointed(value: Any, pointer: str) -> Any:
    """What lies at a JSON Pointer. ``LookupError`` where nothing does.

    >>> pointed({"a": [{"b/c": 1}]}, "/a/0/b~1c")
    1
    """
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and key.isdecimal() and len(key) < 10:
            value = value[int(key)]
        elif isinstance(value, dict):
            value = value[key]
        else:
            raise LookupError
    return value


class References:
    """Resolves those of one schema. ``open`` gives the content of another file, or raises."""

    def __init__(self, whole: Any, open: Open) -> None:
        self.whole, self.open, self.room = whole, open, MOST

    def resolved(self, value: Any, at: At = (), depth: int = 0) -> Any:
        """The value without references. ``Unresolved`` names the first that stands for nothing."""
        if isinstance(value, list):
            return [self.resolved(one, (*at, n), depth) for n, one in enumerate(value)]
        if not isinstance(value, dict):
            return value
        reference = value.get("$ref")
        if not isinstance(reference, str):
            return {name: self.resolved(one, (*at, name), depth) for name, one in value.items()}
        self.room -= 1
        if self.room < 0 or depth >= DEEPEST:
            raise Unresolved((*at, "$ref"))
        path, _, pointer = reference.partition("#")
        content = self.open(path, (*at, "$ref")) if path else self.whole
        try:
            there = pointed(content, pointer)
        except LookupError:
            raise Unresolved((*at, "$ref")) from None
        inner = References(content, self.open)
        inner.room = self.room
        result = inner.resolved(there, (*at, "$ref"), depth + 1)
        self.room = inner.room
        return result
