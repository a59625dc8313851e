"""Every text, attribute, comment, instruction and name of an XML document, with what it stands
under; entities are never unfolded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from xml.parsers import expat

PIECE = 1 << 20  # bytes parsed at a time


@dataclass(frozen=True)
class Found:
    """A text in a document. ``kind``: text | attribute | comment | instruction | name (of an
    element or an attribute, each once). ``path``: the elements that it lies in, without prefixes;
    ``named``: what the innermost two of them are called by their attribute ``name``."""

    kind: str
    text: str
    path: tuple[str, ...]
    named: str = ""
    attribute: str = ""

    @property
    def label(self) -> str:
        """What it stands under: the name that it was given, else the two innermost elements."""
        if self.kind in ("comment", "instruction", "name"):
            return ""
        return self.named or " ".join([*self.path[-2:], self.attribute]).strip()


@dataclass
class _Walk:
    open: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    text: list[list[str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    found: list[Found] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._tell()
        self._name(name)
        self.open.append(name.rpartition(":")[2])
        self.named.append(attributes.get("name", ""))
        self.text.append([])
        for key, value in attributes.items():
            self._name(key)
            self._hand("attribute", value, attribute=key.rpartition(":")[2])

    def end(self, _: str) -> None:
        self._tell()
        for each in (self.open, self.named, self.text):
            each.pop()

    def data(self, text: str) -> None:
        if self.text:
            self.text[-1].append(text)

    def comment(self, text: str) -> None:
        self._hand("comment", text)

    def instruction(self, target: str, text: str) -> None:
        self._hand("instruction", f"{target} {text}")

    def doctype(self, name: str, system: str | None, public: str | None, _: Any) -> None:
        for text in (name, system, public):
            self._hand("instruction", text or "")

    def _name(self, name: str) -> None:
        if name not in self.names:
            self.names.add(name)
            self._hand("name", name.replace("_", " "))

    def _tell(self) -> None:
        """What was written in the innermost element so far."""
        if self.text and self.text[-1]:
            named = self.named[-1] or (self.named[-2] if len(self.named) > 1 else "")
            self._hand("text", "".join(self.text[-1]).strip(), named)
            self.text[-1].clear()

    def _hand(self, kind: str, text: str, named: str = "", attribute: str = "") -> None:
        if text:
            self.found.append(Found(kind, text, tuple(self.open), named, attribute))


def texts(stream: BinaryIO) -> Iterator[Found]:
    """All texts of the document, in order.

    Raises ``ValueError`` where it is no XML, or declares entities.
    """
    walk, parser = _Walk(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.data
    parser.CommentHandler = walk.comment
    parser.ProcessingInstructionHandler = walk.instruction
    parser.StartDoctypeDeclHandler = walk.doctype
    parser.EntityDeclHandler = _no_entities
    try:
        while piece := stream.read(PIECE):
            parser.Parse(piece, False)
            yield from walk.found
            walk.found.clear()
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError):
        raise ValueError("no XML") from None
    yield from walk.found


def _no_entities(*_: Any) -> None:
    raise ValueError("entities are not unfolded")
