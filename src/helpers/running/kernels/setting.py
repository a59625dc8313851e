"""Which kernels a run has: ``DATAKOLLEN_KERNELS`` is ``warm`` (where nothing is said) or
``ordinary``."""

from __future__ import annotations

import os
import sys

from helpers.words.errors import ConfigurationError

KERNELS = "DATAKOLLEN_KERNELS"
WARM, ORDINARY = "warm", "ordinary"


def possible() -> bool:
    """True where a process can be forked safely: macOS' own libraries do not bear it, Windows
    cannot."""
    return os.name == "posix" and sys.platform != "darwin"


def warm() -> bool:
    """True where kernels are to be forked. ``ConfigurationError`` for a setting that is none."""
    said = os.environ.get(KERNELS, "").strip() or WARM
    if said not in (WARM, ORDINARY):
        raise ConfigurationError("running.wrong_kernels", {"setting": KERNELS})
    return said == WARM and possible()
