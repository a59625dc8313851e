"""Write the report's pages: the decision page, one page for each candidate, and ``results.json``."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from helpers import escaping, messages
from helpers.reporting.results import results_json

if TYPE_CHECKING:
    from helpers.results import Region


def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("helpers.reporting"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )

    def told(key: str, **values: object) -> str:
        return messages.text(f"reporting.{key}", language, **values)  # type: ignore[arg-type]

    environment.globals |= {"t": told, "language": language}
    environment.filters |= {
        "shown": escaping.shown,
        "number": partial(messages.number, language=language),
        "percent": partial(messages.percent, language=language),
    }
    return environment


def write(region: Region, folder: Path, language: str) -> Path:
    """Write the report of ``region`` into ``folder``; returns the path of ``index.html``. Computes nothing."""
    environment = _environment(language)
    folder.mkdir(parents=True, exist_ok=True)
    for candidate in region.candidates:
        place = folder / "candidates" / candidate.entry.id
        place.mkdir(parents=True, exist_ok=True)
        notebooks = [name for name in ("01_profile.html", "02_quality.html") if (place / name).is_file()]
        page = environment.get_template("candidate.html").render(region=region, c=candidate, notebooks=notebooks)
        (place / "index.html").write_text(page, "utf-8")
    plain = json.dumps(results_json(region), ensure_ascii=False, indent=1, allow_nan=False)
    (folder / "results.json").write_text(plain, "utf-8")
    index = folder / "index.html"
    index.write_text(environment.get_template("index.html").render(region=region), "utf-8")
    return index
