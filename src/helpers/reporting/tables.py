"""Each cell of a table says which column it stands in, so that a phone can show a row as a card."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

from helpers.words.escaping import html

# of our own templates, whose texts are escaped: a "<" begins a tag
TAG = re.compile(r"<(/?)(table|tr|t[dh])\b([^>]*)>")


def labelled(body: Markup, head: Sequence[str]) -> Markup:
    """The rows of a table with ``data-label`` on each cell: the heading of its column. Cells that
    head their row, and those of tables within a cell, stay as they are."""
    inside, column = 0, 0

    def mark(found: re.Match[str]) -> str:
        nonlocal inside, column
        closes, name, more = found.groups()
        if name == "table":
            inside += -1 if closes else 1
        elif not inside and not closes:
            column = 0 if name == "tr" else column + 1
            if name == "td" and column <= len(head) and head[column - 1]:
                return f'<td data-label="{html(head[column - 1])}"{more}>'
        return found.group()

    return Markup(TAG.sub(mark, body))  # noqa: S704 - our own template's, escaped already
