"""A deck as one page to show: no network, no program but a browser; all of it reads as a document
where scripts do not run or the window is narrow.

reveal.js 5.2.1 comes from the package sphinx-revealjs, which is never imported. Its style counts on
screens alone, and paper has ours. Every script and style stands in the page's policy by its hash.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import FunctionLoader
from markupsafe import Markup

from helpers.drawing import palette
from helpers.reporting.deck.slide import Bars, Deck, Picture, Slide
from helpers.words import messages, templates
from helpers.words.escaping import script_json
from helpers.words.policy import policy

ASSETS = Path(__file__).parent / "assets"
REVEAL = Path("_static", "revealjs", "dist")
# what the page's script says
IN_THE_BROWSER = (
    "of",
    "current",
    "coming",
    "last",
    "clock",
    "elapsed",
    "restart",
    "blocked",
    "speaker",
    "previous",
    "following",
)
FEW_LETTERS, FEW_BARS, MANY = 330, 4, 4  # what may be larger, and what must be tighter
LOOKS = ("auto", "light", "dark", "contrast")


@cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text("utf-8")


@cache
def reveal(name: str) -> str:
    """A file of reveal.js's ``dist`` as text."""
    found = find_spec("sphinx_revealjs")
    assert found is not None and found.origin is not None, "a dependency of ours"
    text = (Path(found.origin).parent / REVEAL / name).read_text("utf-8")
    return re.sub(r"//# sourceMappingURL=\S+", "", text)


def _bars(bars: Bars) -> list[dict[str, Any]]:
    """Each bar as its label, its figure and its parts: where it begins and how long it is, in
    thousandths of a whole bar."""
    rows = []
    for i, (label, figure) in enumerate(zip(bars.labels, bars.figures, strict=True)):
        parts, begin = [], 0.0
        for series in bars.series:
            length = max(series.values[i], 0.0) / bars.whole * 1000
            parts.append({"x": round(begin, 1), "width": round(length, 1), "faint": series.faint})
            begin += length
        rows.append({"label": label, "figure": figure, "parts": parts})
    return rows


def _kinds(slide: Slide) -> str:
    """The classes of a slide: its own, and what follows from how much stands on it."""
    letters = sum(len(point.label) + len(point.text) for point in slide.points)
    few = not slide.table and not slide.picture and letters <= FEW_LETTERS
    bars = slide.bars
    few = few and (bars is None or (len(bars.labels) <= FEW_BARS and len(bars.series) == 1))
    many = len(slide.points) > MANY
    more = ["few"] * few + ["many"] * many + ["beside"] * bool(slide.picture)
    return " ".join(["slide", f"s-{slide.id}", *more])


def _source(picture: Picture) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture.png).decode()}"


def page(deck: Deck) -> str:
    """The whole page as HTML."""
    sentences = messages.part(deck.language, "deck")
    looks = {name: sentences[f"deck.page.looks.{name}"] for name in LOOKS}
    texts = {name: sentences[f"deck.page.{name}"] for name in IN_THE_BROWSER}
    styles = [f"@media screen{{{reveal('reveal.css')}}}", palette.styles(), _asset("deck.css")]
    scripts = [reveal("reveal.js"), _asset("deck.js")]
    made = templates.environment(FunctionLoader(_asset))
    return made.get_template("deck.html").render(
        deck=deck,
        policy=policy(styles, scripts, images="data:"),
        styles=[Markup(sheet) for sheet in styles],  # noqa: S704 - our own
        scripts=[Markup(source) for source in scripts],  # noqa: S704 - our own
        data=script_json({"texts": texts, "looks": looks}),
        kinds=_kinds,
        bars_of=_bars,
        source_of=_source,
        shapes=palette.SHAPES,
        t=lambda key: messages.text(f"deck.{key}", deck.language),
    )
