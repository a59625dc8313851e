"""Each place beside a table that reading names has words, and no words are for a place that reading
does not know."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.reading import surroundings
from helpers.words import messages, paths

READING = Path(paths.__file__).parents[1] / "reading"
PREFIX = "surroundings.place."
# What takes a place, and which of its arguments that is.
TAKES = {"Part": 0, "Tree": 0, "text": 0, "unread": 0, "_runs": 1, "hand_over": 2, "_raw": 2}
TABLES = {"PLACES", "PARTS", "ELEMENTS", "STREAMS", "BY_NAME"}


def texts(node: ast.AST | None) -> Iterator[str]:
    """The strings that an expression may be."""
    match node:
        case ast.Constant(value=str(text)) if text.isidentifier():  # as codes are
            yield text
        case ast.IfExp(body=body, orelse=otherwise):
            yield from texts(body)
            yield from texts(otherwise)
        case ast.BoolOp(values=values):
            for value in values:
                yield from texts(value)


def of_table(node: ast.AST) -> Iterator[str]:
    """The last of each pair, as tables of places are written."""
    for inner in ast.walk(node):
        match inner:
            case ast.Dict(values=values):
                for value in values:
                    yield from texts(value)
            case ast.Call(func=ast.Attribute(attr="fromkeys"), args=[_, value]):
                yield from texts(value)
            case ast.Tuple(elts=[_, last]):
                yield from texts(last)


def used(tree: ast.Module) -> Iterator[str]:
    """The places that a module names."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args):
                at = TAKES.get(name)
                if at is not None and len(args) > at:
                    yield from texts(args[at])
            case ast.Assign(targets=[ast.Name(id="place")], value=value):
                yield from texts(value)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in TABLES:
                yield from of_table(value)


def told(language: str) -> set[str]:
    keys = messages.texts(language)
    return {key.removeprefix(PREFIX) for key in keys if key.startswith(PREFIX)}


@pytest.mark.parametrize("file", sorted(READING.rglob("*.py")), ids=lambda file: file.stem)
def test_each_place_has_words(file: Path) -> None:
    named = set(used(ast.parse(file.read_text("utf-8"))))
    for language in messages.LANGUAGES:
        assert named <= told(language) | set(surroundings.NAMES), language


def test_no_words_are_for_a_place_that_reading_does_not_know() -> None:
    known = {
        node.value
        for file in READING.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant)
    }
    for language in messages.LANGUAGES:
        assert told(language) <= known


def test_no_two_places_have_the_same_words() -> None:
    for language in messages.LANGUAGES:
        words = [messages.text(f"{PREFIX}{code}", language) for code in told(language)]
        assert len(words) == len(set(words))


def test_a_place_is_seen_however_it_is_named() -> None:
    program = """
place = "a" if hidden else "b"
surroundings.add(Part("c", text))
handing.text("d" if x else "e", run)
ELEMENTS = {"x": "f", **dict.fromkeys((1, 2), "g")}
PARTS = ((re.compile("x"), "h"),)
"""
    assert sorted(used(ast.parse(program))) == list("abcdefgh")
