"""A deck as a notebook shows it: its slides beneath each other, with what the speaker says. The
output carries the deck as JSON, so that a report has both its files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers.reporting.deck.slide import Bars, Deck, Slide, Table
from helpers.words.display import Display
from helpers.words.escaping import html
from helpers.words.files import writing
from helpers.words.messages import text

MIME = "application/vnd.datakollen.deck+json"
HTML, PPTX = "webinar.html", "webinar.pptx"
FILES = (HTML, PPTX)


class ShownDeck:
    """The slides; ``write(folder)`` gives them as a page to show and as PowerPoint to edit."""

    def __init__(self, deck: Deck) -> None:
        self.deck = deck

    @property
    def slides(self) -> list[Slide]:
        """All slides, each a plain object."""
        return self.deck.slides

    def write(self, folder: str | Path) -> list[Path]:
        """``webinar.html`` and ``webinar.pptx`` in ``folder``. ``ConfigurationError`` where they
        cannot be written."""
        return write(self.deck, Path(folder))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            "text/html": self._repr_html_(),
            "text/plain": repr(self),
            MIME: self.deck.to_json(),
        }

    def _repr_html_(self) -> str:
        return "".join(_slide(slide, self.deck.language) for slide in self.slides)

    def __repr__(self) -> str:
        return "\n".join(f"{number}. {one.title}" for number, one in enumerate(self.slides, 1))


def _slide(slide: Slide, language: str) -> str:
    parts = [f"<h3>{html(slide.title)}</h3>"]
    parts += [f"<p>{html(said)}</p>" for said in (slide.lead,) if said]
    if slide.points:
        tag = "ol" if slide.numbered else "ul"
        items = "".join(
            f"<li><b>{html(point.label)}</b> {html(point.text)}</li>" for point in slide.points
        )
        parts.append(f"<{tag}>{items}</{tag}>")
    if slide.table:
        parts.append(_table(slide.table, slide.title))
    if slide.bars:
        parts.append(_bars(slide.bars, slide.title))
    if slide.picture:
        said = text("deck.notebook.picture", language, alt=slide.picture.alt)
        parts.append(f'<p class="soft">{html(said)}</p>')
    if slide.notes:
        notes = "".join(f"<p>{html(note)}</p>" for note in slide.notes if note)
        parts.append(
            f"<details><summary>{html(text('deck.notes', language))}</summary>{notes}</details>"
        )
    return f"<section>{''.join(parts)}</section>"


def _table(table: Table, caption: str) -> str:
    return Display(table.head, table.rows, caption=caption)._repr_html_()


def _bars(bars: Bars, caption: str) -> str:
    rows = zip(bars.labels, bars.figures, strict=True)
    return Display(bars.head, rows, caption=caption)._repr_html_()


def write(deck: Deck, folder: Path) -> list[Path]:
    """Both forms of the deck in ``folder``, as ``FILES`` calls them."""
    from helpers.reporting.deck import page, powerpoint  # python-pptx: 0.4 s

    folder.mkdir(parents=True, exist_ok=True)
    written = writing.write_text(folder / HTML, page.page(deck))
    powerpoint.write(deck, folder / PPTX)
    return [written, folder / PPTX]


def move_out(notebook: Any, folder: Path, language: str) -> None:
    """Write the deck that an executed notebook shows to ``folder``, and lead to it."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            plain = output.get("data", {}).pop(MIME, None)
            if plain is None:
                continue
            write(Deck.from_json(plain), folder)
            links = " · ".join(
                f'<a href="{name}">{html(text(f"deck.notebook.{key}", language))}</a>'
                for name, key in zip(FILES, ("html", "pptx"), strict=True)
            )
            output.data["text/html"] = f"<p>{links}</p>{output.data['text/html']}"
