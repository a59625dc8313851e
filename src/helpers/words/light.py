"""Imports without what is heavy in them and never used here: a grammar of IRIs that jsonschema
builds each time, statistics and drawings that a library may want, a factory of much else."""

from __future__ import annotations

import gc
import importlib
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from types import ModuleType
from typing import Any

GRAMMAR = "rfc3987_syntax"  # 2 s; jsonschema goes on without it where it is not installed
_alone = threading.RLock()


@contextmanager
def imports() -> Iterator[None]:
    """What is imported inside may bring jsonschema along; the grammar itself can be imported again
    afterwards. Nothing is collected meanwhile: of what an import makes next to nothing is garbage,
    and looking for it takes a sixth of the time."""
    absent = GRAMMAR not in sys.modules
    if absent:
        sys.modules[GRAMMAR] = None  # type: ignore[assignment]
    try:
        with uncollected():
            yield
    finally:
        if absent:
            del sys.modules[GRAMMAR]


@contextmanager
def uncollected() -> Iterator[None]:
    """Nothing is looked through for garbage meanwhile: of many rows held at once, none of them in a
    ring, that takes as long as making them."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Whoever imports these modules inside is told that they are not installed; who imports them
    afterwards has them."""
    with _alone:
        absent = [name for name in names if name not in sys.modules]
        sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
        try:
            yield
        finally:
            for name in absent:
                if sys.modules.get(name, name) is None:
                    del sys.modules[name]


class _Later(ModuleType):
    """Stands for a module until something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # the import system asks, not a user
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def later(*names: str) -> Iterator[None]:
    """Who imports these modules inside has them when it first uses them; who imports them
    afterwards, at once."""
    with _alone:
        waiting = {name: _Later(name) for name in names if name not in sys.modules}
        sys.modules.update(waiting)
        try:
            yield
        finally:
            for name, module in waiting.items():
                if sys.modules.get(name) is module:
                    del sys.modules[name]


@contextmanager
def parts_of(package: str) -> Iterator[None]:
    """Modules of ``package`` are imported inside without what the package itself imports first.
    They are forgotten afterwards, so that a later import is whole. ``ImportError`` where there is
    no such package."""
    with _alone:
        if package in sys.modules:
            yield
            return
        found = find_spec(package)
        if found is None or found.submodule_search_locations is None:
            raise ImportError(name=package)
        bare = ModuleType(package)
        bare.__path__ = list(found.submodule_search_locations)
        sys.modules[package] = bare
        try:
            yield
        finally:
            for name in [*sys.modules]:
                if name == package or name.startswith(f"{package}."):
                    del sys.modules[name]
