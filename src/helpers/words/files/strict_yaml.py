"""The one way in which YAML is read: strictly, with every fault of a file told at once by file,
line and column.

A file is UTF-8, at most 5 MB, one document, at most 60 levels deep, and has no key twice. A value
of another kind than YAML's own plain ones (``!!python/...``, ``<<``), a day that is none, a number
too long to be one or ``.nan`` is a fault, and so is a key that YAML takes for yes or no (``NO``).
Text is text, numbers, days and ``yes``/``no`` mean what they mean in YAML 1.1. Anchors and aliases
are kept, as suites share examples by them, but what they unfold to is counted: a file holds at most
200,000 values, so that a few lines of nested anchors end in a fault instead of in gigabytes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from helpers.words.errors import ConfigurationError
from helpers.words.faults import Fault, Faults
from helpers.words.files import strict_text

LARGEST = 5_000_000  # bytes
DEPTH = 60  # levels of lists and mappings
VALUES = 200_000  # with what aliases stand for
DIGITS = 100  # of a whole number
FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same in C, six times as fast
TAG = "tag:yaml.org,2002:"
NO_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# what a scalar that is none raises
WRONG = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError)

At = tuple[Any, ...]  # (the way to the parent, key): cheaper to hand down than a whole path


class _TooDeep(yaml.YAMLError):
    """More levels than a file of ours has."""


class _TooMany(yaml.YAMLError):
    """More values than a file of ours has, once its aliases are unfolded."""


class _Bounded:
    """Composes nodes no deeper than ``DEPTH``: a hundred thousand brackets end before they are
    nested."""

    depth = 0

    def descend_resolver(self, node: Any, index: Any) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise _TooDeep

    def ascend_resolver(self) -> None:
        self.depth -= 1


class _Fast(_Bounded, FAST):  # type: ignore[misc,valid-type]
    pass


class _Exact(_Bounded, yaml.SafeLoader):
    """Slow, but each node knows the sign where it ends."""


_PLAIN = yaml.SafeLoader("")  # what it makes of a scalar is what YAML makes of it
SCALARS: dict[str, Callable[[Any], Any]] = {
    f"{TAG}null": _PLAIN.construct_yaml_null,
    f"{TAG}bool": _PLAIN.construct_yaml_bool,
    f"{TAG}int": _PLAIN.construct_yaml_int,
    f"{TAG}float": _PLAIN.construct_yaml_float,
    f"{TAG}timestamp": _PLAIN.construct_yaml_timestamp,
}


@dataclass
class Document:
    """The plain content of one file, and every fault in it. ``value`` is None where the file could
    not be understood."""

    file: str
    value: Any = None
    faults: list[Fault] = field(default_factory=list)
    node: Any = None
    lined: bool = True  # False: a fault has its path alone

    def mark(self, *at: Any) -> tuple[int, int]:
        """Line and column (from 1) of what lies at this path, or of the nearest above it that is
        there."""
        node, line, column = self.node, 1, 1
        for key in at:
            if isinstance(node, yaml.MappingNode):
                hit = next(
                    ((name, child) for name, child in node.value if name.value == str(key)), None
                )
            elif isinstance(node, yaml.SequenceNode) and str(key).isdecimal():
                items = node.value[int(key) : int(key) + 1]
                hit = (items[0], items[0]) if items else None
            else:
                hit = None
            if hit is None:
                break
            mark, node = hit[0].start_mark, hit[1]
            line, column = mark.line + 1, mark.column + 1
        return line, column

    def fault(self, kind: str, *at: Any, **values: Any) -> None:
        """One more fault, of what lies at this path."""
        line, column = self.mark(*at) if self.lined else (0, None)
        self.faults.append(
            Fault(self.file, line, kind, ".".join(map(str, at)), values, column if at else None)
        )

    def sound(self) -> Any:
        """The content. ``ConfigurationError`` with every fault, where there is one."""
        if self.faults:
            raise ConfigurationError(
                "files.wrong", {"count": len(self.faults), "errors": Faults(self.faults)}
            )
        return self.value


class _Built:
    """Plain values of nodes; every fault on the way is kept in the document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.room = VALUES

    def _fault(self, node: Any, kind: str, at: At, **values: Any) -> None:
        mark, path = node.start_mark, []
        while at:
            at, key = at
            path.append(str(key))
        place = ".".join(reversed(path))
        self.document.faults.append(
            Fault(self.document.file, mark.line + 1, kind, place, values, mark.column + 1)
        )

    def value(self, node: Any, at: At = (), depth: int = 0) -> Any:
        self.room -= 1
        if self.room < 0 or depth > DEPTH:  # deeper than composed: an anchor that holds itself
            raise _TooMany
        tag = node.tag
        if isinstance(node, yaml.ScalarNode):
            return node.value if tag == f"{TAG}str" else self._scalar(node, at)
        if isinstance(node, yaml.MappingNode) and tag == f"{TAG}map":
            return self._mapping(node, at, depth)
        if isinstance(node, yaml.SequenceNode) and tag == f"{TAG}seq":
            return [self.value(child, (at, i), depth + 1) for i, child in enumerate(node.value)]
        self._fault(node, "tag", at)
        return None

    def _scalar(self, node: Any, at: At) -> Any:
        make = SCALARS.get(node.tag)
        if make is None:
            self._fault(node, "tag", at)
            return None
        try:
            if node.tag == f"{TAG}int" and len(node.value) > DIGITS:
                raise ValueError
            value = make(node)
            if isinstance(value, float) and not math.isfinite(value):
                raise ValueError
        except WRONG:
            kind = node.tag.removeprefix(TAG)
            self._fault(node, kind if kind in ("int", "float", "timestamp") else "tag", at)
            return None
        return value

    def _mapping(self, node: Any, at: At, depth: int) -> dict[Any, Any]:
        content: dict[Any, Any] = {}
        lines: dict[Any, int] = {}
        for named, child in node.value:
            key = (
                named.value
                if named.tag == f"{TAG}str" and isinstance(named.value, str)
                else self._key(named, at)
            )
            if key is None:
                continue
            if key in content:
                self._fault(named, "duplicate", (at, key), first=lines[key])
            lines[key] = named.start_mark.line + 1
            content[key] = self.value(child, (at, key), depth + 1)
        return content

    def _key(self, node: Any, at: At) -> Any:
        """A key that is no text: a number or a day; all else is a fault, and None."""
        if not isinstance(node, yaml.ScalarNode):
            self._fault(node, "key", at)
            return None
        if node.tag == f"{TAG}bool":
            self._fault(node, "bool_key", (at, node.value))
            return None
        if node.tag == f"{TAG}null":
            self._fault(node, "key", at)
            return None
        return self._scalar(node, (at, node.value))


def parsed(text: str, file: str) -> Document:
    """The document in a text; ``file`` is what its faults call it."""
    document = Document(file)
    built = _Built(document)
    try:
        loader = _Fast(text)
        try:
            document.node = loader.get_single_node()
        finally:
            loader.dispose()
        document.value = built.value(document.node) if document.node is not None else None
    except _TooDeep:
        document.faults = [Fault(file, 1, "deep", values={"most": DEPTH})]
    except _TooMany:
        document.faults = [Fault(file, 1, "many", values={"most": VALUES})]
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        document.faults = [_syntax(text, file, error)]
    if document.faults and document.faults[0].fatal:
        document.value = None
    return document


def composed(text: str) -> Any:
    """The nodes of a text that was read before, with the signs at which each begins and ends; None
    of an empty one."""
    return _Exact(text).get_single_node()


def _syntax(text: str, file: str, error: Exception) -> Fault:
    """Where a text stops being YAML, and why in the cases that are usual."""
    odd = NO_TEXT.search(text)
    if odd is not None:
        line = text.count("\n", 0, odd.start()) + 1
        return Fault(file, line, "character", column=odd.start() - text.rfind("\n", 0, odd.start()))
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    lines = text.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    kind = "syntax"
    if "alias" in problem:
        kind = "alias"
    elif "document" in problem and "single" in problem:
        kind = "documents"
    if kind == "syntax" and "\t" in here[: len(here) - len(here.lstrip())]:
        kind = "tab"
    return Fault(file, line, kind, column=column)


def opened(path: Path) -> Document:
    """The document in a file of ours; whatever is wrong with it stands among its faults."""
    text = strict_text.read(path, LARGEST)
    return (
        Document(path.name, faults=[text]) if isinstance(text, Fault) else parsed(text, path.name)
    )


def mapping(path: Path) -> dict[Any, Any]:
    """The mapping in a file. ``ConfigurationError`` where it holds something else, or nothing, or a
    fault."""
    document = opened(path)
    if not document.faults and not isinstance(document.value, dict):
        document.fault("empty" if document.value is None else "no_mapping")
    content: dict[Any, Any] = document.sound()
    return content
