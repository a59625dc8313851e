"""What a notebook's cell shows: a note and a table, as HTML or as plain text, everything
escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from helpers.words.escaping import html
from helpers.words.messages import text

MAX_SHOWN = 12
LEFT = 'style="text-align:left"'  # JupyterLab sets all cells to the right
# read aloud, and not seen where the same stands above
OUT_OF_SIGHT = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"

_STYLE = re.compile(r' style="[^"]*"')  # what is shown has its quotes escaped: only ours match


def folded(summary: str, inside: str) -> str:
    """What opens beneath a picture or a sentence, without a frame of its own. ``inside``: HTML."""
    return (
        '<details class="bare" style="border:0;background:none;padding:0;margin:0">'
        '<summary style="font-weight:400;font-size:.92rem;padding:.2rem 0">'
        f"{html(summary)}</summary>{inside}</details>"
    )


def on_our_page(shown: str) -> Markup:
    """HTML made for JupyterLab, which has no sheet of ours, as our own pages take it: their policy
    allows no style on an element, and their sheet says the same by class."""
    return Markup(_STYLE.sub("", shown))  # noqa: S704 - our own, each text escaped


def _style(cell: str) -> str:
    """What is longer than some words keeps a readable width on a narrow screen: the table
    scrolls."""
    wide = 16 if len(cell) > 60 else 10 if len(cell) > 24 else 0
    return f'style="text-align:left;min-width:{wide}rem"' if wide else LEFT


class Display:
    """A heading, a note or a table; HTML in JupyterLab and the report, plain text elsewhere.
    ``caption``: what the table is of, for who hears it."""

    def __init__(
        self,
        head: list[str],
        rows: Iterable[Iterable[Any]],
        note: str = "",
        tone: str = "soft",
        *,
        caption: str = "",
    ) -> None:
        self.head, self.note, self.tone, self.caption = head, note, tone, caption
        self.rows = [[str(cell) for cell in row] for row in rows]

    def _repr_html_(self) -> str:
        note = f'<p class="{self.tone}">{html(self.note)}</p>' if self.note else ""
        if not self.rows:
            return note
        head = "".join(f'<th scope="col" {LEFT}>{html(name)}</th>' for name in self.head)
        caption = (
            f'<caption class="vh" style="{OUT_OF_SIGHT}">{html(self.caption)}</caption>'
            if self.caption
            else ""
        )
        body = "".join(
            "<tr>" + "".join(f"<td {_style(cell)}>{html(cell)}</td>" for cell in row) + "</tr>"
            for row in self.rows
        )
        return (
            f'{note}<div class="scroll" style="overflow-x:auto" tabindex="0">'
            f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def __repr__(self) -> str:
        return "\n".join(
            [self.note, " | ".join(self.head), *(" | ".join(row) for row in self.rows)]
        )


def head(name: str, language: str, *columns: str) -> list[str]:
    """The headings of a table that is shown, ``show.<name>.<column>`` in words."""
    return [text(f"show.{name}.{column}", language) for column in columns]
