"""What a result may rest on besides the data, our own files and the environment, is read through
here and nowhere else.

A module declares what it reads as a constant (``BORDERS = File("data/reference/regions.yaml")``),
so that the key of a stage can be made from the code alone. Whatever is read is noted besides,
declared or not, by every ``noting`` that is open: a result is kept with what was noted while it was
computed.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from helpers.words import paths

PACKAGE = Path(__file__).resolve().parents[2]
ABSENT = "-"
LIST = "list:"  # before what a listing is noted as: its folder, a bar, its pattern

P = ParamSpec("P")
T = TypeVar("T")
Noted = dict[str, str]  # name of what was read -> its state then

_open: list[Noted] = []
_digests: dict[Path, tuple[tuple[int, int, int], str]] = {}
_generation = 0


def digest(*parts: str) -> str:
    """32 hexadecimal digits that tell these texts, in this order, from any others."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def place(name: str) -> Path:
    """Where a name lies: ``helpers/...`` in the package, an absolute path as it is, all else in the
    project."""
    return (
        PACKAGE / name.removeprefix("helpers/")
        if name.startswith("helpers/")
        else paths.project_root() / name
    )


def named(path: Path) -> str:
    """The name of a path of ours, the same wherever the project lies; an absolute path
    elsewhere."""
    for root, prefix in ((PACKAGE, "helpers/"), (paths.project_root(), "")):
        if path.is_relative_to(root):
            return prefix + path.relative_to(root).as_posix()
    return path.absolute().as_posix()


def _parted(pattern: str) -> tuple[str, str]:
    """A pattern as the folder before its first part with a wildcard, and the rest."""
    parts = pattern.split("/")
    first = next(i for i, part in enumerate(parts) if "*" in part)
    return "/".join(parts[:first]), "/".join(parts[first:])


def _listed(folder: Path, pattern: str) -> list[Path]:
    """The files that the pattern finds in a folder, in order of name."""
    return sorted(file for file in folder.glob(pattern) if file.is_file())


def _content(file: Path) -> str:
    """The checksum of a file's bytes; read again only where its size, its time or the file itself
    is another."""
    try:
        stat = file.stat()
        sign = stat.st_mtime_ns, stat.st_size, stat.st_ino
        if file not in _digests or _digests[file][0] != sign:
            _digests[file] = sign, hashlib.sha256(file.read_bytes()).hexdigest()[:32]
        return _digests[file][1]
    except OSError:
        return ABSENT


def state(name: str) -> str:
    """What tells whether this is as it was: a file's checksum, the names a pattern finds, a
    setting's value."""
    if name.startswith("$"):
        value = os.environ.get(name[1:])
        return ABSENT if value is None else digest(value)
    if name.startswith(LIST):
        folder, _, pattern = name.removeprefix(LIST).rpartition("|")
        return digest(*(named(file) for file in _listed(place(folder), pattern)))
    return _content(place(name))


def unchanged(noted: Mapping[str, str]) -> bool:
    """True where all that was noted is as it was."""
    return all(state(name) == was for name, was in noted.items())


def _note(noted: Mapping[str, str]) -> None:
    for notes in _open:
        notes.update(noted)


@contextmanager
def noting() -> Iterator[Noted]:
    """All that is read of ours inside, by any thread, with its state."""
    noted: Noted = {}
    _open.append(noted)
    try:
        yield noted
    finally:
        _open[:] = [notes for notes in _open if notes is not noted]


def use(path: Path) -> Path:
    """Note a file that a library reads itself."""
    name = named(path)
    _note({name: state(name)})
    return path


def read_bytes(path: Path) -> bytes:
    """The bytes of a file of ours. ``OSError`` where it cannot be read; that it is absent is noted
    too."""
    return use(path).read_bytes()


def read_text(path: Path) -> str:
    """The text of a UTF-8 file of ours. ``OSError`` or ``UnicodeDecodeError`` where it cannot be
    read."""
    return read_bytes(path).decode("utf-8").replace("\r\n", "\n")


def listed(folder: Path, pattern: str) -> list[Path]:
    """The files of ``folder`` that the pattern finds, in order of name. Which they are is noted,
    not their contents."""
    name = f"{LIST}{named(folder)}|{pattern}"
    _note({name: state(name)})
    return _listed(folder, pattern)


@dataclass(frozen=True)
class File:
    """A file of the project (``data/...``) or of the package (``helpers/...``), declared where it
    is read."""

    name: str

    @property
    def path(self) -> Path:
        return place(self.name)

    def text(self) -> str:
        return read_text(self.path)

    def fingerprint(self) -> str:
        return state(self.name)


@dataclass(frozen=True)
class Folder:
    """The files of a pattern (``data/specifications/*.yaml``), declared where they are read."""

    pattern: str

    def files(self) -> list[Path]:
        """In order of name. Which they are is noted; their contents when they are read."""
        folder, pattern = _parted(self.pattern)
        return listed(place(folder), pattern)

    def fingerprint(self) -> str:
        folder, pattern = _parted(self.pattern)
        return digest(
            *(f"{named(file)}:{_content(file)}" for file in _listed(place(folder), pattern))
        )


@dataclass(frozen=True)
class Setting:
    """A variable of the environment, declared where it is read. ``of_file``: it names a file, whose
    content counts. ``of_folder``: it names a folder, whose YAML counts, its folders' too."""

    name: str
    of_file: bool = False
    of_folder: bool = False

    def value(self) -> str | None:
        """As it is set; None where it is not set or empty."""
        _note({f"${self.name}": state(f"${self.name}")})
        return os.environ.get(self.name) or None

    def fingerprint(self) -> str:
        value = os.environ.get(self.name)
        content = _content(Path(value)) if self.of_file and value else ABSENT
        if self.of_folder and value:
            content = Folder(f"{place(value).as_posix()}/**/*.yaml").fingerprint()
        return digest(state(f"${self.name}"), content)


def look_again() -> None:
    """What is ``remembered`` is held against the files once more before it is used."""
    global _generation
    _generation += 1


def generation() -> int:
    """How many times ``look_again`` was called."""
    return _generation


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Like ``functools.cache``, but what the function read of ours is noted each time, and read
    anew when it changed."""
    kept: dict[Any, tuple[T, Noted, int]] = {}

    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (args, tuple(sorted(kwargs.items()))) if kwargs else args
        if key in kept:
            value, noted, seen = kept[key]
            if seen == _generation or unchanged(noted):
                kept[key] = value, noted, _generation
                if _open:
                    _note(noted)
                return value
        with noting() as noted:
            value = function(*args, **kwargs)
        kept[key] = value, dict(noted), _generation
        return value

    return wrapper
