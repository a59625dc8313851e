"""XML is walked whole and as a stream: each text, attribute, comment and instruction, with the
elements that it stands in.

Entities are never expanded. A text that styles part into runs is one text, for a number may be bold
in its second half.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn
from xml.parsers import expat

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
    a ``#comment`` or an ``#instruction``. An attribute that elements of one name share is given
    once."""

    path: tuple[Node, ...]
    name: str
    text: str

    def within(self, *names: str) -> Node | None:
        """The innermost element around it that has one of the names."""
        return next((node for node in reversed(self.path) if node.name in names), None)


@lru_cache(10_000)
def local(name: str) -> str:
    """A name without its prefix: ``t`` of ``a:t``. A declaration of a prefix keeps ``xmlns``."""
    prefix, _, rest = name.rpartition(":")
    return prefix if prefix == "xmlns" else rest


class _Walk:
    """Turns what the parser tells into pieces."""

    def __init__(self, bound: Bound) -> None:
        self.bound = bound
        self.pieces: list[Piece] = []
        self.told: set[tuple[str, str, str]] = set()  # attributes: those of a row come again
        self.path: tuple[Node, ...] = ()
        self.texts: list[list[str]] = [[]]
        self.letters = 0
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = lambda text: self._emit("#comment", text)
        parser.ProcessingInstructionHandler = lambda target, text: self._emit(
            "#instruction", f"{target} {text}"
        )
        parser.EntityDeclHandler = self._entity
        parser.StartDoctypeDeclHandler = self._doctype

    def _emit(self, name: str, text: str) -> None:
        self.pieces.append(Piece(self.path, name, text))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.bound.left -= 1
        if self.bound.left < 0 or len(self.path) >= DEEPEST:
            raise Unreadable
        node = Node(local(name), {local(key): value for key, value in attributes.items()})
        if node.name in BLANK:
            self._text(" ")
        elif node.name not in INLINE:
            self._flush()
        self.path = (*self.path, node)
        self.texts.append([])
        for key, value in node.attributes.items():
            told = (node.name, key, value)
            if len(value) > SHORT and told not in self.told and may_tell(value):
                self.told.add(told)
                self._emit(key, value)
        if len(self.told) > REMEMBERED:
            self.told.clear()

    def _flush(self) -> None:
        """What stands before a block inside a text is a text of its own."""
        text = "".join(self.texts[-1])
        if text.strip():
            self._emit("", text)
        self.texts[-1] = []

    def _end(self, _: str) -> None:
        held = self.texts.pop()
        node, outer = self.path[-1], self.path[:-1]
        if node.name in INLINE and outer:
            self.texts[-1] += held
        else:
            text = "".join(held)
            if text.strip():
                self._emit("", text)
        self.path = outer

    def _text(self, text: str) -> None:
        self.texts[-1].append(text)
        self.letters += len(text)
        if self.letters > LONGEST:
            self.letters = 0
            whole = "".join(self.texts[-1])
            if whole.strip():
                self._emit("", whole)
            self.texts[-1] = [whole[-OVERLAP:]]

    def _entity(self, *_: object) -> NoReturn:
        raise Unreadable

    def _doctype(self, name: str, system: str | None, public: str | None, _: bool) -> None:
        self._emit("#instruction", f"{name} {system or ''} {public or ''}")


def pieces(chunks: Iterable[bytes], bound: Bound) -> Iterator[Piece]:
    """All that the document says, in its order. Raises ``Unreadable`` where it cannot be walked to
    its end; what came before it has been given."""
    walk, quiet = _Walk(bound), 0
    try:
        for chunk in chunks:
            walk.parser.Parse(chunk, False)
            quiet = 0 if walk.pieces else quiet + len(chunk)
            yield from walk.pieces
            walk.pieces.clear()
            if quiet > STALLED:
                raise Unreadable
        walk.parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        raise Unreadable from None
    finally:
        rest, walk.pieces = walk.pieces, []
    yield from rest


def is_markup(start: bytes) -> bool:
    """True where the first bytes begin a document of XML, in any coding."""
    return start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
