"""The pages about all candidates: the decision, the whole order, each type of dataset, the method,
and the history. They tell of the run itself, and are written in each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from helpers.advising import by_type, leading
from helpers.advising.by_type import OfType
from helpers.declared import specifications
from helpers.reading import bounds
from helpers.reporting import history_page, paper_files, titles
from helpers.reporting.parts import Parts, where
from helpers.screening import questions
from helpers.words import suppression
from helpers.words.escaping import html
from helpers.words.files import writing
from helpers.words.messages import text

if TYPE_CHECKING:
    from jinja2 import Environment

    from helpers.advising.nights import Night
    from helpers.advising.results import Region
    from helpers.drawing.region_map import County

OVERVIEW = "04_publish_first"
TOGETHER = "07_together"
HISTORY = "history.html"
MAP, MAPS = "map_region.html", 3  # how many counties the decision page shows


def _figure(region: Region, language: str) -> str:
    """The maps of the counties with most candidates, their first municipality marked."""
    from helpers.drawing import region_map  # geopandas, where a map is to be drawn: 0.7 s

    first = next(iter(leading.ranked(region.candidates)), None)
    owners = [one.entry.organisation for one in region.candidates]
    found = region_map.counties(owners, first.entry.organisation if first else "")
    if not found:
        return ""
    panels = "".join(
        f'<div class="panel">{region_map.svg(one, language, small=number > 0)}'
        f"<p>{html(one.name)}: {html(text('site.map.count', language, count=one.total))}"
        f"{_whole(one, language)}</p></div>"
        for number, one in enumerate(found[:MAPS])
    )
    more = text("site.map.more", language, count=len(found) - MAPS) if len(found) > MAPS else ""
    caption = html(f"{text('site.map.caption', language)} {more}".strip())
    return f'<figure class="where">{panels}<figcaption>{caption}</figcaption></figure>'


def _whole(county: County, language: str) -> str:
    """How many of a county's are about several municipalities, where that is not all of them."""
    if not county.whole or not county.held:
        return ""
    return html(f", {text('site.map.of_them_whole', language, count=county.whole)}")


def _map(region: Region, folder: Path, language: str, parts: Parts) -> Markup:
    """The same as it was made for an earlier report, where it shows nothing else."""
    file = folder / MAP

    def draw() -> None:
        writing.write_text(file, _figure(region, language))

    parts.made("map", where(region), folder, draw)
    drawn = Markup(file.read_text("utf-8"))  # noqa: S704 - our own, escaped as it was made
    file.unlink()
    return drawn


def _choices(region: Region, types: list[OfType], language: str) -> dict[str, Any]:
    """What the whole order can be narrowed to: values of a row's properties, and their names."""
    owners = {
        one.entry.organisation: titles.owner_of(one.entry, language) for one in region.candidates
    }
    kinds = [kind for kind, count in region.counted.items() if count]
    return {
        "organisation": sorted(owners.items(), key=lambda one: one[1]),
        "type": [(one.type, specifications.title_of(one.type, language)) for one in types],
        "kind": [(kind, text(f"site.kind.{kind}", language)) for kind in kinds],
    }


def _together(type: str, folder: Path, language: str) -> list[tuple[str, str]]:
    """Address, from the type's page, and name of each page where several organisations' rows of
    the type, or of a kind of it, stand together."""
    if type not in specifications.types():
        return []
    known = specifications.load(type)
    named = {type: known.title} | {one.name: one.title for one in known.variants}
    pages = {name: f"{titles.together_folder(name)}/{TOGETHER}.html" for name in named}
    return [
        (f"../{page}", named[name][language])
        for name, page in pages.items()
        if (folder / page).is_file()
    ]


def _bounds() -> dict[str, Any]:
    """What a file may be, and how small a number may be told, by the names of their texts."""
    return {"rows": bounds.MAX_ROWS, "columns": bounds.MAX_COLUMNS, "k": suppression.K}


def write(
    region: Region,
    folder: Path,
    language: str,
    templates: Environment,
    nights: Sequence[Night],
    parts: Parts,
) -> Path:
    """All of them; returns the decision page."""
    types = by_type.types(region.candidates)
    overview = f"{OVERVIEW}.html" if (folder / f"{OVERVIEW}.html").is_file() else None
    common: dict[str, Any] = {
        "region": region,
        "finished": dt.datetime.fromisoformat(region.finished).date(),
        "types": types,
        "with_history": bool(nights),
        "together": lambda type: _together(type, folder, language),
    }

    def page(name: str, **more: Any) -> str:
        return templates.get_template(name).render(**common, **more)

    order = page("order.html", overview=overview, choices=_choices(region, types, language))
    writing.write_text(folder / "order.html", order)
    writing.write_text(folder / "types.html", page("types.html"))
    run = region.run
    versions = {"Datakollen": run.get("version"), "Python": run.get("python")}
    versions |= run.get("packages", {})
    method = page(
        "method.html",
        legal=questions.every(),
        bounds=_bounds(),
        versions=versions if run.get("version") else {},
    )
    writing.write_text(folder / "method.html", method)
    for one in types:
        known = one.type in specifications.types()
        specification = specifications.load(one.type) if known else None
        file = folder / titles.type_page(one.type)
        file.parent.mkdir(exist_ok=True)
        writing.write_text(file, page("type.html", of=one, specification=specification))
    if nights:
        history = history_page.page(region, nights, templates, language)
        writing.write_text(folder / HISTORY, history)
    drawn = _map(region, folder, language, parts)
    papers = [*paper_files.of_deck(folder, language), *paper_files.of_region(language)]
    index = page("index.html", drawn=drawn, papers=papers)
    return writing.write_text(folder / "index.html", index)
