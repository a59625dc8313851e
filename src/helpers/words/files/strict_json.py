"""JSON that others wrote, read strictly: UTF-8, bounded, no key twice, no NaN, no half letter;
every fault with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.words import escaping
from helpers.words.faults import Fault
from helpers.words.files import strict_text
from helpers.words.files.strict_yaml import Document

__all__ = ["DIGITS", "Document", "opened"]

DIGITS = 100  # of a whole number
ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # of a pair too: what stands alone is looked for


class _Reader:
    """Notes what JSON allows and no file of ours has."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def mapping(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            seen: set[str] = set()
            for name, _ in pairs:
                if name in seen:
                    self.document.faults.append(Fault(self.document.file, 0, "twice", name[:60]))
                seen.add(name)
        return made

    def whole(self, digits: str) -> int:
        if len(digits) > DIGITS:
            self.document.faults.append(Fault(self.document.file, 0, "int"))
            return 0
        return int(digits)

    def constant(self, name: str) -> None:
        self.document.faults.append(Fault(self.document.file, 0, "float", name))


def _halves(value: Any) -> Iterator[tuple[Any, ...]]:
    """The path of each text and key with a letter's half in it (a surrogate alone), which JSON can
    escape and no UTF-8 can hold."""
    waiting: list[tuple[tuple[Any, ...], Any]] = [((), value)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            yield from ((*path, key) for key in value if escaping.is_half(key))
            waiting += [((*path, key), inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [((*path, i), value[i]) for i in reversed(range(len(value)))]
        elif isinstance(value, str) and escaping.is_half(value):
            yield path


def opened(path: Path, largest: int) -> Document:
    """The document in a JSON file of at most ``largest`` bytes; whatever is wrong with it stands
    among its faults."""
    text = strict_text.read(path, largest)
    document = Document(path.name, lined=False)
    if isinstance(text, Fault):
        document.faults.append(text)
        return document
    reader = _Reader(document)
    try:
        document.value = json.loads(
            text,
            object_pairs_hook=reader.mapping,
            parse_int=reader.whole,
            parse_constant=reader.constant,
        )
        if ESCAPED_HALF.search(text) is not None:
            halves = list(_halves(document.value))
            if halves:
                document.fault("half_letter", *halves[0], count=len(halves))
    except json.JSONDecodeError as error:
        kind = "json" if text.strip() else "empty"
        document.faults = [Fault(path.name, error.lineno, kind, column=error.colno)]
    except RecursionError:
        document.faults = [Fault(path.name, 1, "deep", values={"most": "1 000"})]
    return document
