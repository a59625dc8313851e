"""What no command may write over, whatever it is told: the catalogue's entries, their sources, what
the command reads.

An entry that is not right still protects itself, and the source that can be made out of it.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from helpers.words import paths
from helpers.words.files import folders, shapefiles, strict_yaml

READ = 1_000_000  # bytes of an entry
BRACKETS = 1_000  # of more than this a parser's time grows with the square
PATH = re.compile(
    r"""(?:^|[\s{,"'])path["']?[ \t]*:[ \t]*("(?:\\.|[^"\\\n])*"|'[^'\n]*'|[^,}#\n]+)"""
)

Place = tuple[int, int]  # device and number of a file: the same for all its names


def _place(path: Path | str) -> Place | None:
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino) if status.st_ino else None


@dataclass
class Protected:
    """Why each file is protected: ``source``, ``entry`` or ``input``; by its names and by where it
    lies on disk."""

    names: dict[str, str] = field(default_factory=dict)
    places: dict[Place, str] = field(default_factory=dict)
    catalogues: set[Place] = field(default_factory=set)

    def add(self, file: Path, why: str) -> None:
        """Protect ``file``; of several reasons the first counts."""
        try:
            real, plain = os.path.realpath(file), os.path.abspath(file)  # noqa: PTH100
            spelt = {os.path.normcase(spelling) for spelling in (real, plain)}
        except (OSError, ValueError):  # no path at all: nothing to protect
            return
        for name in spelt:
            self.names.setdefault(name, why)
        place = _place(file)
        if place:
            self.places.setdefault(place, why)

    def why(self, target: Path) -> str | None:
        """Why ``target`` may not be written, by any spelling or link; None where it may."""
        place = _place(target)
        real = Path(os.path.realpath(target))
        reason = self.names.get(os.path.normcase(real)) or (
            self.places.get(place) if place else None
        )
        if (
            reason is None
            and real.suffix.lower() == ".yaml"
            and _place(real.parent) in self.catalogues
        ):
            return "entry"  # it would be read as one
        return reason

    def inside(self, folder: Path) -> bool:
        """True where a protected file lies in ``folder`` or anywhere below it."""
        place, real = _place(folder), os.path.normcase(os.path.realpath(folder))
        above = {parent for name in self.names for parent in Path(name).parents}
        return any(str(parent) == real for parent in above) or (
            place is not None and place in map(_place, above)
        )


def protected_by(catalogue: Path | None = None, inputs: Iterable[Path] = ()) -> Protected:
    """What the catalogue in use, the project's own and a command's arguments protect."""
    protection = Protected()
    for file in inputs:
        for part in _with_parts(file):
            protection.add(part, "input")
    for folder in (catalogue or paths.catalogue(), paths.catalogue()):
        place = _place(folder)
        if place is None or place in protection.catalogues:
            continue
        protection.catalogues.add(place)
        for entry in sorted(folder.glob("*.yaml")):
            protection.add(entry, "entry")
            for source in sources(entry):
                for part in _with_parts(source):
                    protection.add(part, "source")
                if source.suffix.lower() == ".shp":
                    for suffix in shapefiles.PARTS:
                        protection.add(source.with_suffix(suffix), "source")
    return protection


def _with_parts(source: Path) -> list[Path]:
    """The source itself and its files: of a shapefile, of a folder that is one dataset, as far as
    it can be opened."""
    try:
        if source.is_dir() and not folders.holds_one(source):
            return [source]
        return [source, *folders.parts_of(source)]
    except (OSError, ValueError):
        return [source]


def sources(entry: Path) -> Iterator[Path]:
    """The source of an entry, as far as it can be made out of a file that may not be right."""
    try:
        with entry.open("rb") as stream:
            text = _text(stream.read(READ))
    except OSError:  # a folder, a link to nothing, not ours to read
        return
    for path in _declared(text):
        if "\0" not in path:
            yield entry.parent / path


def _text(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _declared(text: str) -> list[str]:
    try:
        if text.count("[") + text.count("{") > BRACKETS:
            raise ValueError("not parsed")
        return list(_of_mapping(strict_yaml.composed(text)))
    except (yaml.YAMLError, ValueError, RecursionError):
        return [_scalar(hit.group(1).strip()) for hit in PATH.finditer(text)]


def _of_mapping(node: yaml.Node | None) -> Iterator[str]:
    """``source.path``, each of them where a key is written twice."""
    for key, child in node.value if isinstance(node, yaml.MappingNode) else []:
        if key.value == "source" and isinstance(child, yaml.MappingNode):
            yield from (str(value.value) for name, value in child.value if name.value == "path")


def _scalar(text: str) -> str:
    try:
        node = strict_yaml.composed(text)
    except yaml.YAMLError:
        return text
    return node.value if isinstance(node, yaml.ScalarNode) else text
