"""Anybody's file of metadata becomes a graph, safely: within bounds, and nothing is fetched for it.

RDF/XML, Turtle (N-Triples too) and JSON-LD, told apart by what they hold, not by their name. XML
with an entity from elsewhere, or with entities that grow, is refused; so is JSON-LD whose context
lies somewhere else. What is written stays as it is written: ``01`` does not become ``1``.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn
from xml.parsers import expat

from rdflib import Graph

from helpers.metadata import nodes, properties, steady, terms
from helpers.metadata.shapes.making import RELATIVE
from helpers.words.errors import InputRefused
from helpers.words.faults import Fault
from helpers.words.files import strict_text

LARGEST = 10_000_000  # bytes: some three thousand datasets
LONGEST_ENTITY = 200  # characters: namespaces are written so, and nothing else
DEEPEST = 200  # levels of elements
FORMS = {"xml": "RDF/XML", "turtle": "Turtle", "json-ld": "JSON-LD"}

_MARKUP = re.compile(r"\s*<(\?xml\b|!|[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?[\s/>])")
_PAGE = re.compile(r"\s*(<!doctype\s+html|<html[\s>])", re.IGNORECASE)
_TURTLE = re.compile(r"^\s*(@prefix|@base|prefix\b|base\b|<[a-z][\w+.-]*:|_:|\[)", re.I | re.M)
_ROOM = b" \t\r\n\xef\xbb\xbf"


@dataclass(frozen=True)
class Read:
    """A file's graph. ``form``: ``xml``, ``turtle``, ``json-ld``."""

    graph: Graph
    form: str


class _Refused(Exception):
    """``kind``: what of ``metadata.refused`` is said."""

    def __init__(self, kind: str, **values: Any) -> None:
        super().__init__(kind)
        self.kind, self.values = kind, values


def _form(data: bytes) -> str:
    start = data[:2000].decode("utf-8", "replace").lstrip("\ufeff")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or _MARKUP.match(start):
        if _PAGE.match(start):
            raise _Refused("page")
        return "xml"
    if data.lstrip(_ROOM)[:1] in (b"{", b"["):
        return "json-ld"
    return "turtle"


class _Watch:
    """Goes through XML before it is taken as RDF: what would grow or reach out is refused."""

    def __init__(self, most: int) -> None:
        self.left = 2 * most
        self.depth = 0

    def entity(self, name: str, parameter: int, value: str | None, *_: Any) -> None:
        if value is None or parameter:
            raise _Refused("outside")
        if "&" in value or "<" in value or len(value) > LONGEST_ENTITY:
            raise _Refused("growing")

    def count(self, text: str) -> None:
        self.left -= len(text)
        if self.left < 0:
            raise _Refused("growing")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Refused("deep", most=DEEPEST)
        for value in attributes.values():
            self.count(value)

    def end(self, name: str) -> None:
        self.depth -= 1


def _watched(data: bytes) -> None:
    watch = _Watch(max(len(data), 10_000))
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.EntityDeclHandler = watch.entity
    parser.StartElementHandler, parser.EndElementHandler = watch.start, watch.end
    parser.CharacterDataHandler = watch.count
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise _Refused("broken", line=error.lineno, form=FORMS["xml"]) from None
    except (ValueError, LookupError):
        raise _Refused("encoding") from None


def _text(data: bytes, file: str) -> str:
    text = strict_text.decoded(data, file)
    if isinstance(text, Fault):
        raise _Refused("encoding")
    return text


def _contexts(value: Any) -> Iterator[Any]:
    """All that stands under ``@context`` and ``@import``, however deep."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield from (one[name] for name in ("@context", "@import") if name in one)
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _json(data: bytes, file: str) -> str:
    text = _text(data, file)
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise _Refused("broken", line=error.lineno, form=FORMS["json-ld"]) from None
    for context in _contexts(document):
        if any(
            isinstance(one, str) for one in (context if isinstance(context, list) else [context])
        ):
            raise _Refused("context")
    return text


def _parsed(data: bytes, form: str, file: str) -> Graph:
    graph = terms.empty()
    if form == "xml":
        _watched(data)  # which encoding it is in, the document says itself
    else:
        data = (_json(data, file) if form == "json-ld" else _text(data, file)).encode()
    with terms.as_written():
        graph.parse(source=io.BytesIO(data), format=form, publicID=RELATIVE)
    return _steady(graph)


def _steady(graph: Graph) -> Graph:
    """The same graph, whose blank nodes have the same names each time that it is read."""
    named = terms.empty()
    for prefix, namespace in graph.namespaces():
        named.bind(prefix, namespace)
    for statement in steady.triples(graph):
        named.add(statement)
    return named


def _line(error: Exception) -> int:
    """The line that a parser names, or 0: its own words may hold what stands there."""
    for name in ("lines", "lineno"):
        if isinstance(getattr(error, name, None), int):
            return int(getattr(error, name)) + (name == "lines")
    named = re.search(r"(?:line |>:)(\d+)", str(error)[:200])
    return int(named[1]) if named else 0


def parsed(data: bytes, file: str) -> Read:
    """The graph of a file's bytes. Raises ``InputRefused`` for more than is read, for what is none
    of the three forms, for what would fetch or grow, and for what describes no catalogue or
    dataset."""
    try:
        if not data.strip(_ROOM):
            raise _Refused("empty")
        form = _form(data)
        try:
            graph = _parsed(data, form, file)
        except RecursionError:
            raise _Refused("deep", most=DEEPEST) from None
        except (_Refused, MemoryError, KeyboardInterrupt):
            raise
        except Exception as error:
            if form == "turtle" and not _TURTLE.search(data[:5_000].decode("utf-8", "replace")):
                raise _Refused("unknown") from None
            raise _Refused("broken", line=_line(error), form=FORMS[form]) from None
        if not any(nodes.of_class(graph, name) for name in properties.ROOTS):
            raise _Refused("nothing", form=FORMS[form])
    except _Refused as refused:
        _refuse(refused, file)
    return Read(graph, form)


def _refuse(refused: _Refused, file: str) -> NoReturn:
    kind = refused.kind
    if kind == "broken" and not refused.values["line"]:
        kind = "broken_somewhere"
    values = {"file": file} | refused.values
    raise InputRefused(f"metadata.refused.{kind}", values) from None


def read(path: Path) -> Read:
    """The graph in a file. Raises ``InputRefused`` as ``parsed`` does, and where the file is not
    there or larger than is read."""
    try:
        if not path.is_file():
            raise _Refused("absent")
        if path.stat().st_size > LARGEST:
            raise _Refused("large", most=LARGEST // 1_000_000)
        data = path.read_bytes()
    except OSError:
        _refuse(_Refused("absent"), path.name)
    except _Refused as refused:
        _refuse(refused, path.name)
    return parsed(data, path.name)
