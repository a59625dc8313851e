"""Hold a document against what is wanted of it: every fault is collected with its place and line,
so that all are told at once."""

from __future__ import annotations

from typing import Any

from helpers.words.errors import ConfigurationError
from helpers.words.files.strict_yaml import Document
from helpers.words.messages import LANGUAGES


class Checker:
    """Collects every fault as ``place (line)``; what was wrong with the file as YAML is among
    them."""

    def __init__(self, document: Document) -> None:
        """``ConfigurationError`` where the document could not be understood at all."""
        if any(fault.fatal for fault in document.faults):
            document.sound()
        self.document = document
        self.faults = [f"{fault.place or '-'} ({fault.line})" for fault in document.faults]

    def refuse(self, key: str) -> None:
        """``ConfigurationError`` ``key`` naming every fault; nothing where there is none."""
        if self.faults:
            places = ", ".join(dict.fromkeys(self.faults))
            raise ConfigurationError(key, {"file": self.document.file, "places": places})

    def fault(self, *at: str) -> None:
        """One more fault, at this path."""
        path = [int(part) if part.isdigit() else part for part in at]
        self.faults.append(f"{'.'.join(at) or '-'} ({self.document.line(*path)})")

    def keys(self, node: Any, names: tuple[str, ...], *at: str) -> dict[str, Any]:
        """``node`` as a mapping with just these keys; what is missing or unknown is a fault."""
        given = node if isinstance(node, dict) else {}
        if not isinstance(node, dict):
            self.fault(*at)
        for name in [
            *(name for name in names if name not in given),
            *(str(key) for key in given if key not in names),
        ]:
            self.fault(*at, name)
        return {name: given.get(name) for name in names}

    def said(self, node: Any, *at: str) -> dict[str, str]:
        """``node`` as a text in each language; what is missing or blank is a fault."""
        texts = self.keys(node, LANGUAGES, *at) if node is not None else {}
        if node is None or not all(
            isinstance(text, str) and text.strip() for text in texts.values()
        ):
            self.fault(*at)
        return {name: str(text) for name, text in texts.items()}

    def number(self, node: Any, least: float, most: float, *at: str, whole: bool = False) -> Any:
        """``node`` as a number from ``least`` to ``most``; else a fault, and ``least``."""
        fits = isinstance(node, int if whole else (int, float)) and not isinstance(node, bool)
        if not fits or not least <= node <= most:
            self.fault(*at)
            return least
        return node

    def items(self, node: Any, *at: str, length: int | None = None) -> list[Any]:
        """``node`` as a list that is not empty; a fault, and an empty one, where it is none."""
        if not isinstance(node, list) or not node or (length is not None and len(node) != length):
            self.fault(*at)
            return []
        return node

    def words(self, node: Any, *at: str) -> tuple[str, ...]:
        """``node`` as texts, none of them empty; whatever else is a fault."""
        words = self.items(node, *at)
        if not all(isinstance(word, str) and word for word in words):
            self.fault(*at)
        return tuple(str(word) for word in words)
