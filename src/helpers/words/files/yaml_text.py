"""YAML as we write it: whole documents, and single values changed in a text that a person wrote,
with every other character and comment left as it stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import yaml

from helpers.words.files import strict_yaml


def dumped(plain: Any, width: int = 10**9) -> str:
    """The document of plain values, keys in their order, letters as they are."""
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=width)


def readable(text: str, file: str) -> str:
    """The text as it is. ``ConfigurationError`` where we could not read it back."""
    strict_yaml.parsed(text, file).sound()
    return text


def _scalar(value: Any) -> str:
    """A value on one line, safe inside braces too: plain where YAML reads it back alike, else in
    double quotes."""
    if isinstance(value, list):
        return "[" + ", ".join(_scalar(item) for item in value) + "]"
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)
    plain = str(value)
    simple = (
        plain
        and plain == plain.strip()
        and not any(mark in plain for mark in "\n\t\r\"'[]{},#&*!|>%@`:\\\x85\u2028\u2029")
    )
    if simple and plain[0] not in "-?=~" and all(character.isprintable() for character in plain):
        alone, inside = strict_yaml.parsed(plain, ""), strict_yaml.parsed(f"[{plain}]", "")
        if (
            not alone.faults
            and not inside.faults
            and alone.value == plain
            and inside.value == [plain]
        ):
            return plain
    return yaml.safe_dump(plain, allow_unicode=True, default_style='"', width=10**9).strip()


def _end(node: yaml.Node) -> int:
    """Where a node's own text ends: a block's end is its last child's."""
    children = node.value if isinstance(node, yaml.CollectionNode) and not node.flow_style else []
    if not children:
        return node.end_mark.index
    last = children[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _nested(path: tuple[str, ...], value: Any) -> str:
    """``path: value`` inside braces."""
    inner = _scalar(value) if len(path) == 1 else "{" + _nested(path[1:], value) + "}"
    return f"{path[0]}: {inner}"


def _block(path: tuple[str, ...], value: Any, indent: int) -> str:
    lines = [f"{' ' * (indent + 2 * depth)}{key}:" for depth, key in enumerate(path)]
    return "\n".join([*lines[:-1], f"{lines[-1]} {_scalar(value)}"])


def amended(source: str, path: tuple[str, ...], value: Any) -> str:
    """``source`` with the value at ``path`` put in or replaced. Raises ``ValueError`` where a part
    of the path is no mapping."""
    node = strict_yaml.composed(source)
    if node is None:
        return f"{source.rstrip()}\n{_block(path, value, 0)}\n".lstrip()
    for depth, key in enumerate(path):
        if not isinstance(node, yaml.MappingNode):
            if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null":
                return _replaced(source, node, "{" + _nested(path[depth:], value) + "}")
            raise ValueError(".".join(path))
        child = next((value_node for name, value_node in node.value if name.value == key), None)
        if child is None:
            return _inserted(source, node, path[depth:], value)
        node = child
    return _replaced(source, node, _scalar(value))


def changed(source: str, values: Mapping[tuple[str, ...], Any], file: str) -> str:
    """``source`` with each value at its path, held against its own meaning by reading it again: all
    else means what it meant. ``ValueError`` where it would not, ``ConfigurationError`` where the
    text is no YAML."""
    wanted = strict_yaml.parsed(source, file).sound() or {}
    for path, value in values.items():
        source = amended(source, path, value)
        part = wanted
        for parent in path[:-1]:
            if not isinstance(part.get(parent), dict):
                part[parent] = {}
            part = part[parent]
        part[path[-1]] = value
    if strict_yaml.parsed(source, file).sound() != wanted:
        raise ValueError("the text would mean something else")
    return source


def _replaced(source: str, node: yaml.Node, text: str) -> str:
    start, end = node.start_mark.index, _end(node)
    if source[start:end] == "" and source[start - 1 : start] not in (" ", ""):
        text = f" {text}"  # an empty value right after its colon
    elif isinstance(node, yaml.CollectionNode) and not node.flow_style:
        # a flow list where a block stood: indented, or it would be read as a new key
        text = f"  {text}"
    return source[:start] + text + source[end:]


def _inserted(source: str, node: yaml.MappingNode, path: tuple[str, ...], value: Any) -> str:
    start = node.start_mark.index
    if node.flow_style:
        more = ", " if node.value else ""
        return source[: start + 1] + _nested(path, value) + more + source[start + 1 :]
    indent = node.start_mark.column
    end = _end(node)
    line = source.find("\n", end)
    line = len(source) if line < 0 else line
    return source[:line] + "\n" + _block(path, value, indent) + source[line:]


def list_indent(source: str, key: str) -> str | None:
    """The blanks before each dash of the list under ``key``; None where there is no list of lines
    that more can be put after.

    >>> list_indent("pairs:\\n  - a\\n", "pairs"), list_indent("pairs: [a]", "pairs")
    ('  ', None)
    """
    node = strict_yaml.composed(source)
    items = node.value if isinstance(node, yaml.MappingNode) else []
    found = next((value for name, value in items if name.value == key), None)
    if not isinstance(found, yaml.SequenceNode) or found.flow_style or not found.value:
        return None
    return " " * int(found.start_mark.column)
