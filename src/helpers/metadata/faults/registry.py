"""Every fault by its name: the modules beside this one that hold a ``FAULT``."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from helpers.metadata import faults
from helpers.metadata.faults.fault import Fault

ELSE = {"fault", "registry"}


@cache
def all_faults() -> dict[str, Fault]:
    """Name -> fault: the ten commonest in their order, then the others by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(faults.__path__))
    found = {
        name: importlib.import_module(f"{faults.__name__}.{name}").FAULT
        for name in names
        if name not in ELSE
    }
    return dict(sorted(found.items(), key=lambda item: (item[1].rank or 99, item[0])))
