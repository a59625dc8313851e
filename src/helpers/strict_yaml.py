"""Read a YAML file of ours strictly: every fault is collected with its place and line, so that all are told at once."""

from __future__ import annotations

from typing import Any

import yaml

from helpers.errors import ConfigurationError
from helpers.messages import LOADER

TEXTS = ("sv", "en")


def opened(source: str, file: str, key: str) -> tuple[Checker, Any]:
    """The checker and the plain content of the text ``source``. ``ConfigurationError`` where it is no YAML."""
    try:
        return Checker(source), yaml.load(source, LOADER)  # noqa: S506  a safe one
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ConfigurationError(key, {"file": file, "places": f"- ({mark.line + 1 if mark else 1})"}) from None


class Checker:
    """Collects every fault with its line, so that all are told at once."""

    def __init__(self, source: str) -> None:
        self.faults: list[str] = []
        self.lines: dict[tuple[str, ...], int] = {}
        self._walk(yaml.compose(source, Loader=LOADER), ())

    def _walk(self, node: yaml.Node | None, at: tuple[str, ...]) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, child in node.value:
                inner = (*at, str(key.value))
                if inner in self.lines:
                    self.lines[inner] = key.start_mark.line + 1
                    self.fault(*inner)
                self.lines[inner] = key.start_mark.line + 1
                self._walk(child, inner)
        elif isinstance(node, yaml.SequenceNode):
            for number, child in enumerate(node.value):
                self.lines[(*at, str(number))] = child.start_mark.line + 1
                self._walk(child, (*at, str(number)))

    def refuse(self, file: str, key: str) -> None:
        """``ConfigurationError`` ``key`` naming every fault as ``place (line)``; nothing where there is none."""
        if self.faults:
            raise ConfigurationError(key, {"file": file, "places": ", ".join(dict.fromkeys(self.faults))})

    def fault(self, *at: str) -> None:
        known = next((self.lines[at[:end]] for end in range(len(at), 0, -1) if at[:end] in self.lines), 1)
        self.faults.append(f"{'.'.join(at) or '-'} ({known})")

    def keys(self, node: Any, names: tuple[str, ...], *at: str) -> dict[str, Any]:
        """``node`` as a mapping with just these keys; what is missing or unknown is a fault."""
        found = node if isinstance(node, dict) else {}
        if not isinstance(node, dict):
            self.fault(*at)
        for name in [*(name for name in names if name not in found), *(str(key) for key in found if key not in names)]:
            self.fault(*at, name)
        return {name: found.get(name) for name in names}

    def said(self, node: Any, *at: str) -> dict[str, str]:
        found = self.keys(node, TEXTS, *at) if node is not None else {}
        if node is None or not all(isinstance(text, str) and text.strip() for text in found.values()):
            self.fault(*at)
        return {name: str(text) for name, text in found.items()}

    def number(self, node: Any, least: float, most: float, *at: str, whole: bool = False) -> Any:
        fits = isinstance(node, int if whole else (int, float)) and not isinstance(node, bool)
        if not fits or not least <= node <= most:
            self.fault(*at)
            return least
        return node

    def items(self, node: Any, *at: str, length: int | None = None) -> list[Any]:
        if not isinstance(node, list) or not node or (length is not None and len(node) != length):
            self.fault(*at)
            return []
        return node

    def words(self, node: Any, *at: str) -> tuple[str, ...]:
        found = self.items(node, *at)
        if not all(isinstance(word, str) and word for word in found):
            self.fault(*at)
        return tuple(str(word) for word in found)
