"""Markup is walked whole: each text, attribute, comment and instruction, with the elements that it
stands in.

XML is walked as a stream and to its end or not at all; HTML, and what is called XML and is none, by
its tags as they come. Entities are never expanded. A text that styles part into runs is one text,
for a number may be bold in its second half.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn
from xml.parsers import expat

from helpers.reading.around import tags

# Elements that style or part a text and do not end it, in OOXML, OpenDocument and VML.
INLINE = frozenset("t r span a font b i u sub sup em strong fld ruby ruby-base rich".split())
BLANK = frozenset("br s tab line-break cr".split())
LONGEST = 1 << 20  # letters held of one text
OVERLAP = 100
SHORT = 2  # letters that are nobody's name
FEWEST_DIGITS = 8
REMEMBERED = 100_000
STALLED = 64 << 20  # bytes without an element: such a text would be held whole
MOST = 5_000_000  # elements of a file: more take minutes, and so many stand in sheets alone
DEEPEST = 500  # elements in each other
DEEPEST_UNENDED = 100  # of what nothing ends


def may_tell(text: str) -> bool:
    """False for what is too short to be anybody's name, number or address.

    >>> may_tell("B2"), may_tell("1:16384"), may_tell("19121212-1212"), may_tell("Eva")
    (False, False, True, True)
    """
    letters = sum(map(str.isalpha, text))
    return letters > SHORT or sum(map(str.isdigit, text)) >= FEWEST_DIGITS


class Unreadable(Exception):
    """The XML is broken, declares entities or holds a text beyond bounds."""


@dataclass
class Bound:
    """How many elements may still be walked, of all the parts of a file together."""

    left: int = MOST


@dataclass(slots=True)
class Node:
    """An element: its name without prefix, and its attributes by theirs."""

    name: str
    attributes: dict[str, str]


@dataclass(slots=True)
class Piece:
    """``text`` in the innermost of ``path``: its own ('' as ``name``), an attribute's (its name),
    a ``#comment`` or an ``#instruction``; or the ``#name`` of that element or of an attribute, each
    once where they are asked for. An attribute that elements of one name share is given once."""

    path: tuple[Node, ...]
    name: str
    text: str

    def within(self, *names: str) -> Node | None:
        """The innermost element around it that has one of the names."""
        return next((node for node in reversed(self.path) if node.name in names), None)

    @property
    def label(self) -> str:
        """The attribute or the element that the text is of, '' for what is of none."""
        if self.name:
            return "" if self.name.startswith("#") else self.name
        return self.path[-1].name if self.path else ""

    @property
    def address(self) -> str:
        """What the text's element, or the one around it, is called by its attribute ``name``; of an
        attribute, or where it is not called so, the two innermost elements and the attribute."""
        if self.name.startswith("#"):
            return ""
        around = self.path[-2:]
        if not self.name:
            for node in reversed(around):
                if node.attributes.get("name"):
                    return node.attributes["name"]
        return " ".join([*(node.name for node in around), self.name]).strip()


@lru_cache(10_000)
def local(name: str) -> str:
    """A name without its prefix: ``t`` of ``a:t``. A declaration of a prefix keeps ``xmlns``."""
    prefix, _, rest = name.rpartition(":")
    return prefix if prefix == "xmlns" else rest


class _Walk:
    """Turns tags, texts and comments, as they come, into pieces."""

    def __init__(self, bound: Bound, *, names: bool = False) -> None:
        self.bound = bound
        self.names: set[str] | None = set() if names else None
        self.pieces: list[Piece] = []
        self.told: set[tuple[str, str, str]] = set()  # attributes: those of a row come again
        self.path: tuple[Node, ...] = ()
        self.texts: list[list[str]] = [[]]
        self.letters = 0

    def emit(self, name: str, text: str) -> None:
        self.pieces.append(Piece(self.path, name, text))

    def given(self) -> list[Piece]:
        """The pieces since this was last asked."""
        pieces, self.pieces = self.pieces, []
        return pieces

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.bound.left -= 1
        if self.bound.left < 0 or len(self.path) >= DEEPEST:
            raise Unreadable
        named = self.names is not None and {name, *attributes} - self.names
        if attributes:
            attributes = {local(key): value for key, value in attributes.items()}
        node = Node(local(name), attributes)
        if node.name in BLANK:
            self.text(" ")
        elif node.name not in INLINE:
            self.flush()
        self.path = (*self.path, node)
        self.texts.append([])
        if named:
            self._name(named)
        for key, value in node.attributes.items():
            told = (node.name, key, value)
            if len(value) > SHORT and told not in self.told and may_tell(value):
                self.told.add(told)
                self.emit(key, value)
        if len(self.told) > REMEMBERED:
            self.told.clear()

    def _name(self, names: set[str]) -> None:
        """Names that were not given before."""
        assert self.names is not None
        self.names |= names
        for name in sorted(names):
            self.emit("#name", name.replace("_", " "))

    def flush(self) -> None:
        """What stands before a block inside a text is a text of its own."""
        text = "".join(self.texts[-1])
        if text.strip():
            self.emit("", text)
        self.texts[-1] = []

    def end(self, _: str) -> None:
        held = self.texts.pop()
        node, outer = self.path[-1], self.path[:-1]
        if node.name in INLINE and outer:
            self.texts[-1] += held
        else:
            text = "".join(held)
            if text.strip():
                self.emit("", text)
        self.path = outer

    def text(self, text: str) -> None:
        self.texts[-1].append(text)
        self.letters += len(text)
        if self.letters > LONGEST:
            self.letters = 0
            whole = "".join(self.texts[-1])
            if whole.strip():
                # parted at blanks, where there are any: half a position is no position
                end = max(whole.rfind(blank, -OVERLAP) for blank in " \n\t")
                self.emit("", whole[:end] if end > 0 else whole)
            _, _, rest = whole[-OVERLAP:].replace("\n", " ").partition(" ")
            self.texts[-1] = [rest or whole[-OVERLAP:]]


def _parser(walk: _Walk) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    parser.CommentHandler = lambda text: walk.emit("#comment", text)
    parser.ProcessingInstructionHandler = lambda target, text: walk.emit(
        "#instruction", f"{target} {text}"
    )
    parser.EntityDeclHandler = _entity
    parser.StartDoctypeDeclHandler = lambda name, system, public, _: walk.emit(
        "#instruction", f"{name} {system or ''} {public or ''}"
    )
    return parser


def _entity(*_: object) -> NoReturn:
    raise Unreadable


def pieces(chunks: Iterable[bytes], bound: Bound, *, names: bool = False) -> Iterator[Piece]:
    """All that a document of XML says, in its order, with its ``names`` or without. Raises
    ``Unreadable`` where it cannot be walked to its end; what came before it has been given."""
    walk, quiet = _Walk(bound, names=names), 0
    parser = _parser(walk)
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            quiet = 0 if walk.pieces else quiet + len(chunk)
            yield from walk.given()
            if quiet > STALLED:
                raise Unreadable
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        raise Unreadable from None
    yield from walk.given()


def pieces_of_text(text: str, *, names: bool = False) -> Iterator[Piece]:
    """All that a text in XML or HTML says, however broken. Takes time in proportion to its length.

    >>> text = '<p class="Ek">1912<b>1212</b>-1212<br>x <!-- y --></i><a:k c="&#197;sa">'
    >>> [(piece.name or piece.path[-1].name, piece.text) for piece in pieces_of_text(text)]
    [('#comment', ' y '), ('p', '19121212-1212 x '), ('c', 'Åsa')]
    """
    walk = _Walk(Bound(len(text)), names=names)
    for token in tags.tokens(text):
        if token.kind == "start":
            if len(walk.path) >= DEEPEST_UNENDED:
                _close(walk, 0)
            walk.start(token.text, token.attributes)
            if walk.path[-1].name.lower() in tags.VOID or token.empty:
                walk.end("")
        elif token.kind == "end":
            named = [node.name for node in walk.path]
            if local(token.text) in named:
                _close(walk, len(named) - 1 - named[::-1].index(local(token.text)))
        elif token.kind == "text":
            walk.text(token.text)
        else:
            walk.emit(token.kind, token.text)
        if walk.pieces:
            yield from walk.given()
    _close(walk, 0)
    walk.flush()
    yield from walk.given()


def _close(walk: _Walk, depth: int) -> None:
    while len(walk.path) > depth:
        walk.end("")


def is_markup(start: bytes) -> bool:
    """True where the first bytes begin a document of XML, in any coding."""
    return start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
