"""The files that a schema is made of: JSON of a bounded size in the schema's own folder, never
fetched from a network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from helpers.declared import hints
from helpers.declared.schemas.model import At, NotTried
from helpers.declared.schemas.references import References, Unresolved
from helpers.words.errors import ConfigurationError
from helpers.words.faults import Faults
from helpers.words.files import strict_json, validated
from helpers.words.files.strict_json import Document

LARGEST = 5_000_000  # bytes
DEEPEST = 60  # levels
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://?|//")
M = TypeVar("M", bound=BaseModel)


class Foreign(BaseModel):
    """A part of a schema. What the model does not know is kept, to be told as not tried."""

    model_config = ConfigDict(
        extra="allow", frozen=True, strict=True, defer_build=True, alias_generator=to_camel
    )

    def unknown(self) -> list[str]:
        """The properties that the model does not know, but for those with a prefix: they are
        annotations of whoever wrote the schema."""
        return [name for name in self.model_extra or {} if not name.startswith(("$", "@", "_"))]


def is_address(path: str) -> bool:
    """True for what lies on a network.

    >>> is_address("https://example.org/a.json"), is_address("//host/a"), is_address("C:/a.json")
    (True, True, False)
    """
    return ADDRESS.match(path) is not None


def _deep(value: Any) -> bool:
    level, depth = [value], 0
    while level and depth <= DEEPEST:
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
        depth += 1
    return bool(level)


def _refers(value: Any) -> bool:
    if isinstance(value, list):
        return any(map(_refers, value))
    return isinstance(value, dict) and ("$ref" in value or any(map(_refers, value.values())))


class Documents:
    """The files of one schema: ``files`` that were read or are referred to, faults told all at
    once, ``not_tried`` parts as they are met."""

    def __init__(self, file: Path) -> None:
        self.folder = file.absolute().parent
        self.files: list[Path] = []
        self.not_tried: list[NotTried] = []
        self.read: list[Document] = []

    def opened(self, file: Path) -> Document:
        """The document, its references resolved; ``ConfigurationError`` where it cannot be
        understood."""
        document = self._parsed(file)
        if _refers(document.value):
            self._resolve(document)
        return document

    def _resolve(self, document: Document) -> None:
        def other(path: str, at: At) -> Any:
            file = self.within(document, path, at)
            self.sound()
            assert file is not None
            return self._parsed(file).value

        try:
            document.value = References(document.value, other).resolved(document.value)
            if _deep(document.value):
                document.fault("deep", most=DEEPEST)
            if not isinstance(document.value, dict):
                document.fault("no_mapping")
        except Unresolved as nothing:
            document.fault(nothing.kind, *nothing.at)
        self.sound()

    def _parsed(self, file: Path) -> Document:
        document = strict_json.opened(file, LARGEST)
        if not document.faults and _deep(document.value):
            document.fault("deep", most=DEEPEST)
        if not document.faults and not isinstance(document.value, dict):
            document.fault("no_mapping")
        self.read.append(document)
        if document.faults:
            self.sound()
        self.files.append(file)
        return document

    def taken(self, document: Document, value: Any, model: type[M], at: At = ()) -> M:
        """What lies at ``at`` as ``model`` has it. ``ConfigurationError`` with every fault."""
        try:
            return model.model_validate(value)
        except ValidationError as error:
            own = Document(document.file, lined=False)
            validated.tell(own, error)
            for fault in own.faults:
                document.fault(fault.kind, *at, *fault.place.split("."), **fault.values)
        self.sound()
        raise AssertionError  # a fault was told

    def within(self, document: Document, path: Any, at: At) -> Path | None:
        """The file at a path relative to the schema's folder; None where it may not be: the fault
        is told."""
        if not isinstance(path, str) or not path:
            document.fault("text", *at)
            return None
        if is_address(path):
            document.fault("schema_address", *at)
            return None
        file = self.folder / unquote(path)
        try:
            inside = file.resolve().is_relative_to(self.folder.resolve())
        except (OSError, ValueError, RuntimeError):
            document.fault("path", *at)
            return None
        if not inside or Path(path).is_absolute():
            document.fault("schema_outside", *at)
            return None
        return file

    def skip(self, at: At, *names: str, why: str = "unknown") -> None:
        """These parts at ``at`` are not tried."""
        self.not_tried += [NotTried((*at, name), why) for name in names]

    def sound(self) -> None:
        """Raises ``ConfigurationError`` with every fault of the files read so far, if there is
        one."""
        faults = Faults(fault for document in self.read for fault in document.faults)
        if faults:
            raise ConfigurationError(
                "schemas.wrong",
                {"file": self.read[0].file, "count": len(faults), "errors": faults},
            )


def hinted(documents: Documents, given: Mapping[str, Any], at: At) -> dict[str, Any]:
    """What a Data Resource or a CSVW table says of how the file is written, as hints to reading."""
    taken: dict[str, Any] = {}
    for name, value in given.items():
        if value is None:
            continue
        if hints.CHECKS[name](value):
            taken[name] = value
        else:
            documents.skip(at, name, why="dialect")
    return taken
