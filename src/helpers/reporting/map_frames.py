"""Maps in a report: each lies in a file of its own, ``map_<key>.html``, and is framed by address,
never by ``srcdoc``.

A ``srcdoc`` frame inherits the policy of the page around it; a file has its own.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.reporting.titles import title_of
from helpers.words.escaping import html
from helpers.words.files import writing
from helpers.words.messages import text

KEY = re.compile(r"[a-z0-9_]{1,40}")  # it names files


def frame(key: str, title: str) -> str:
    """The frame of ``map_<key>.html``, which lies beside the page; ``title`` is escaped already."""
    return (
        f'<iframe class="map" data-map="{key}" title="{title}" sandbox="allow-scripts" '
        f'allow="fullscreen" src="map_{key}.html"></iframe>'
    )


def _maps(notebook: Any) -> Iterator[tuple[Any, str, str]]:
    """The outputs of an executed notebook that are maps, with the key and the title of each."""
    from helpers.drawing.map import MARK  # draws: 0.7 s

    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            marked = output.get("metadata", {}).get(MARK)
            if marked and KEY.fullmatch(str(marked["key"])):
                yield output, marked["key"], marked["title"]


def move_out(notebook: Any, folder: Path, language: str) -> None:
    """Write each map that an executed notebook shows to ``folder``, page and still pictures, and
    frame it there."""
    from helpers.drawing.page import framed  # draws: 0.7 s

    for output, key, title in _maps(notebook):
        writing.write_text(folder / f"map_{key}.html", framed(output.data["text/html"]))
        if "image/png" in output.data:
            writing.write_bytes(
                folder / f"map_{key}.png", base64.b64decode(output.data.pop("image/png"))
            )
        if "image/svg+xml" in output.data:
            writing.write_text(folder / f"map_{key}.svg", output.data.pop("image/svg+xml"))
        output.data["text/html"] = (
            frame(key, html(title)) + f'<p class="soft screen">{links(folder, key, language)}</p>'
        )


def leave_links(notebook: Any, folder: Path, language: str) -> None:
    """In the place of each map that was moved out: where it lies. A notebook that does not hold it
    once more is a twentieth as large. What was noted of each message goes too."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # when each message came: papermill has the times
    for output, key, title in _maps(notebook):
        output.data["text/html"] = f"<p>{html(title)}: {links(folder, key, language)}</p>"


def links(folder: Path, key: str, language: str) -> str:
    """HTML: the map alone, and its still pictures where they are."""
    files = [(f"map_{key}.html", "alone"), (f"map_{key}.png", "png"), (f"map_{key}.svg", "svg")]
    anchors = [
        f'<a href="{name}">{html(text(f"maps.page.{what}", language))}</a>'
        for name, what in files
        if (folder / name).is_file()
    ]
    return " · ".join(anchors)


def in_folder(folder: Path, language: str) -> list[dict[str, str]]:
    """The maps of a candidate's folder: their heading, frame and links."""
    maps = []
    for file in sorted(folder.glob("map_*.html")):
        key = file.stem.removeprefix("map_")
        title = title_of(f"03_map_{key}", language)
        maps.append(
            {
                "title": title,
                "frame": frame(key, html(title)),
                "links": links(folder, key, language),
            }
        )
    return maps
