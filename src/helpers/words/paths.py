"""Where things lie: the project's folders, found from the package, never from the working
directory."""

from __future__ import annotations

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


def project_root() -> Path:
    """The folder that holds ``notebooks/`` and ``quality_suites/``.

    ``DATAKOLLEN_HOME`` wins (a relative one counts from the checkout); else the checkout that this
    package is installed from (an editable install).
    """
    declared = os.environ.get("DATAKOLLEN_HOME")
    return CHECKOUT / declared if declared else CHECKOUT


def notebooks() -> Path:
    return project_root() / "notebooks"


def suites() -> Path:
    return project_root() / "quality_suites"


def catalogue() -> Path:
    return project_root() / "data" / "catalogue"


def specifications() -> Path:
    return project_root() / "data" / "specifications"


def reference() -> Path:
    return project_root() / "data" / "reference"


def organisations() -> Path:
    return project_root() / "data" / "organisations.yaml"


def snapshots() -> Path:
    """Private: snapshots hold personal data. ``DATAKOLLEN_SNAPSHOTS`` moves it; never under
    ``reports/``.

    A relative one counts from the project, so that it is the same folder wherever a process works.
    """
    declared = os.environ.get("DATAKOLLEN_SNAPSHOTS")
    return project_root() / (declared or "data/snapshots")


def reports() -> Path:
    return project_root() / "reports"
