"""JSON that others wrote, read strictly: UTF-8, bounded, no key twice, no NaN; every fault with its
place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers.words.faults import Fault
from helpers.words.files import strict_text
from helpers.words.files.strict_yaml import Document

__all__ = ["DIGITS", "Document", "opened"]

DIGITS = 100  # of a whole number


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
    except json.JSONDecodeError as error:
        kind = "json" if text.strip() else "empty"
        document.faults = [Fault(path.name, error.lineno, kind, column=error.colno)]
    except RecursionError:
        document.faults = [Fault(path.name, 1, "deep", values={"most": "1 000"})]
    return document
