"""An executed notebook as one page: own template, everything inlined, code hidden, static text in
the reader's language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers.drawing.page import style
from helpers.reporting import map_frames
from helpers.reporting.deck import shown
from helpers.reporting.environment import environment
from helpers.reporting.titles import title_of
from helpers.words import light
from helpers.words.display import LEFT, OUT_OF_SIGHT
from helpers.words.files import writing
from helpers.words.messages import part, text
from helpers.words.policy import policy

with light.imports():
    import nbformat
    from nbconvert import HTMLExporter
    from nbconvert.preprocessors import Preprocessor

TEMPLATES = Path(__file__).parent / "notebook_template"


class Language(Preprocessor):
    """Puts the other language in the place of the notebook's Swedish: a cell's id is its message
    key."""

    def __init__(self, notebook: str, language: str) -> None:
        super().__init__(enabled=True)
        self.notebook, self.language = notebook, language

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        translation = part(self.language, "notebooks").get(
            f"notebooks.{self.notebook}.{cell.get('id')}"
        )
        if cell.cell_type == "markdown" and translation:
            cell.source = translation
        return cell, resources


def notebook_page(
    executed: Path,
    html: Path,
    language: str,
    *,
    about: str = "",
    synthetic: bool = False,
    back: tuple[str, str] | None = None,
) -> Path:
    """Write the page of an executed notebook, ``about`` what it is about ("": the region); asks the
    network for nothing. Of a candidate it lies in its folder; of a type, ``back`` says where one
    goes back to from two folders down: an address and its text. The maps that it shows lie beside
    it, and the executed notebook leads there. ``synthetic``: its data are made up."""
    notebook = nbformat.read(executed, as_version=4)
    exporter = HTMLExporter(
        template_name="datakollen",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_anchor_links=True,
        exclude_output_prompt=True,
    )
    exporter.register_preprocessor(Language(executed.stem, language), enabled=True)
    map_frames.move_out(notebook, html.parent, language)
    shown.move_out(notebook, html.parent, language)
    here = "types/" if back else "order/"
    if back is None:
        key = "reporting.back_one" if about else "site.pages.order"
        back = ("index.html" if about else "order.html", text(key, language))
    resources = {
        "metadata": {"name": title_of(executed.stem, language)},
        "page_language": language,
        "policy": policy([style()], frames=True, attributes=True),
        "style": style(),
        "about": about,
        "back": back[0],
        "back_text": back[1],
        "crumbs": text("reporting.crumbs", language),
        "top": environment(language)
        .get_template("_top.html")
        .render(root="../../" if about else "", here=here, synthetic=synthetic),
    }
    body, _ = exporter.from_notebook_node(notebook, resources)
    for said in (LEFT, f'style="{OUT_OF_SIGHT}"'):  # our sheet says the same by itself
        body = body.replace(f" {said}", "")
    map_frames.leave_links(notebook, html.parent, language)
    plain = json.loads(nbformat.writes(notebook))  # which always writes a line for each bracket
    writing.write_text(executed, json.dumps(plain, ensure_ascii=False, separators=(",", ":")))
    return writing.write_text(html, body)
