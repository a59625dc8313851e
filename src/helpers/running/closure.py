"""The closure of a module is the code that it imports, itself included, with what that code
declares that it reads.

Found from the text of the modules alone: nothing is imported or run. Imports inside functions
count; those for type checkers only (``if TYPE_CHECKING``) do not, as they never run. A declaration
is a call of ``File``, ``Folder`` or ``Setting`` of ``helpers.words.files.ours`` with texts as
arguments; Python files that a declaration names belong to the closure, so that modules found by
walking a folder are in it.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from helpers.words import paths
from helpers.words.errors import DatakollenError
from helpers.words.files import ours
from helpers.words.files.ours import File, Folder, Setting, digest
from helpers.words.files.writing import write_text

DECLARES: dict[str, type[File | Folder | Setting]] = {
    "File": File,
    "Folder": Folder,
    "Setting": Setting,
}
FORM = "1"  # of what is kept about a module
DISTRIBUTIONS = {"yaml": "pyyaml", "stdnum": "python-stdnum", "docx": "python-docx"}


@dataclass(frozen=True)
class Module:
    """What the text of one module says: ``imports`` by full name, ``libraries`` by top name,
    ``declares`` as calls."""

    imports: list[str] = field(default_factory=list)
    libraries: list[str] = field(default_factory=list)
    declares: list[list[Any]] = field(default_factory=list)  # ["Setting", [arguments], {keywords}]


@dataclass(frozen=True)
class Closure:
    """``modules`` by name with the checksum of their text; ``libraries`` with their version; what
    all of them declare."""

    modules: dict[str, str]
    libraries: dict[str, str]
    declared: tuple[File | Folder | Setting, ...]

    @property
    def key(self) -> str:
        """Another wherever a module, a library's version, or the content of what is declared is
        another."""
        known = [*self.modules.items(), *self.libraries.items()]
        return digest(
            ".".join(map(str, sys.version_info[:2])),
            *(f"{name}={value}" for name, value in sorted(known)),
            *(f"{resource!r}={resource.fingerprint()}" for resource in self.declared),
        )


@cache
def _file(package: Path, name: str) -> Path | None:
    """The file of a module of this package; None for what is no module (a function of one, say)."""
    base = package.joinpath(*name.split(".")[1:])
    candidates = (base / "__init__.py", base.with_suffix(".py"))
    return next((file for file in candidates if file.is_file()), None)


def _runs(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but what stands under ``if TYPE_CHECKING``."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and getattr(node.test, "id", None) == "TYPE_CHECKING":
            for other in node.orelse:
                yield other
                yield from _runs(other)
            continue
        yield node
        yield from _runs(node)


def _declaration(node: ast.Call) -> list[Any] | None:
    called = (
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    )
    name = called.removeprefix("Our")
    arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
    constant = all(isinstance(argument, ast.Constant) for argument in arguments)
    if name not in DECLARES or not arguments or not constant:
        return None
    keywords = {
        str(keyword.arg): keyword.value.value
        for keyword in node.keywords
        if isinstance(keyword.value, ast.Constant)
    }
    return [
        name,
        [argument.value for argument in node.args if isinstance(argument, ast.Constant)],
        keywords,
    ]


def _absolute(node: ast.ImportFrom, importer: str, package: bool) -> str:
    if not node.level:
        return node.module or ""
    parts = importer.split(".")
    parts = parts[: len(parts) - node.level + package]
    return ".".join([*parts, *([node.module] if node.module else [])])


def said(source: str, name: str, *, package: bool) -> Module:
    """What a module's text says. ``name`` and ``package`` (an ``__init__``) tell what relative
    imports mean.

    >>> said("from helpers.reading import dates", "helpers.a", package=False).imports
    ['helpers.reading', 'helpers.reading.dates']
    """
    imports: set[str] = set()
    libraries: set[str] = set()
    declares = []
    for node in _runs(ast.parse(source)):
        if isinstance(node, ast.Call) and (declared := _declaration(node)):
            declares.append(declared)
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, name, package)
            names = [base, *(f"{base}.{alias.name}" for alias in node.names)]
        for imported in names:
            top = imported.split(".")[0]
            if top == "helpers":
                imports.add(imported)
            elif top not in sys.stdlib_module_names:
                libraries.add(top)
    return Module(sorted(imports), sorted(libraries), declares)


class _Said:
    """What modules say, each looked at once in a process: code does not change under a running
    program.

    Kept in ``file`` by the checksum of a module's text, as parsing all of them takes a while.
    """

    def __init__(self, file: Path) -> None:
        self.file, self.changed = file, False
        self.modules: dict[str, tuple[str, Module]] = {}
        try:
            plain = json.loads(file.read_text("utf-8"))
            self.known = {key: Module(**fields) for key, fields in plain[FORM].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            self.known = {}

    def of(self, name: str, file: Path) -> tuple[str, Module]:
        """The checksum of the module's text, and what it says."""
        if name not in self.modules:
            data = file.read_bytes()
            checksum = hashlib.sha256(data).hexdigest()[:32]
            key = f"{name}:{checksum}"
            if key not in self.known:
                package = file.name == "__init__.py"
                self.known[key] = said(data.decode("utf-8"), name, package=package)
                self.changed = True
            self.modules[name] = checksum, self.known[key]
        return self.modules[name]

    def save(self) -> None:
        """Keep what was new; a store that cannot be written costs time, not the answer."""
        if self.changed:
            plain = {FORM: {key: asdict(module) for key, module in sorted(self.known.items())}}
            with suppress(DatakollenError):
                write_text(self.file, json.dumps(plain), private=True)
            self.changed = False


@cache
def _version(library: str) -> str:
    try:
        return importlib.metadata.version(DISTRIBUTIONS.get(library, library))
    except importlib.metadata.PackageNotFoundError:
        owners = importlib.metadata.packages_distributions().get(library, [])
        return ",".join(importlib.metadata.version(owner) for owner in sorted(owners))


def _packages(name: str) -> list[str]:
    """The packages that importing a module runs first: helpers.a.b runs helpers and helpers.a."""
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts))]


def _module_of(file: Path) -> str:
    parts = file.relative_to(ours.PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _said(file: Path) -> _Said:
    return _Said(file)


@cache
def closure(module: str) -> Closure:
    """The closure of ``module`` (``helpers.reading``). What each module says is kept for the next
    process."""
    code = _said(paths.snapshots() / "code.json")
    waiting, modules = [module], {}
    libraries: set[str] = set()
    declared: dict[str, File | Folder | Setting] = {}
    while waiting:
        name = waiting.pop()
        file = None if name in modules else _file(ours.PACKAGE, name)
        if file is None:
            continue
        modules[name], described = code.of(name, file)
        libraries.update(described.libraries)
        waiting += [*_packages(name), *described.imports]
        for kind, arguments, keywords in described.declares:
            made = DECLARES[kind](*arguments, **keywords)
            declared[repr(made)] = made
            if isinstance(made, Folder) and made.pattern.endswith(".py"):
                waiting += [_module_of(python) for python in made.files()]
    code.save()
    versions = {library: _version(library) for library in sorted(libraries)}
    return Closure(modules, versions, tuple(declared[name] for name in sorted(declared)))


@cache
def key(module: str, generation: int) -> str:
    """The key of a module's closure, found once for each look at the files
    (``ours.look_again``)."""
    return closure(module).key
