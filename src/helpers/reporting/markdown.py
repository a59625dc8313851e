"""A paper as Markdown (CommonMark, with GitHub's tables), to paste where others write together;
nothing in a text is taken for markup."""

from __future__ import annotations

import re

from helpers.reporting.papers.document import Block, Document, Facts, Heading, Items, Table, Text

# what begins markup inside a line, and what begins it at the line's head
_INSIDE = re.compile(r"([\\`*_\[\]<>&|~#!])")
_HEAD = re.compile(r"^(\s*)([-+=>]|\d{1,9}[.)])")
BLANK = "\u00a0"


def _plain(said: str) -> str:
    """A text on one line, with all that Markdown would read as markup escaped."""
    return _HEAD.sub(lambda found: f"{found[1]}{_escaped(found[2])}", _inside(said))


def _inside(said: str) -> str:
    """The same within a line, where nothing begins a list."""
    return _INSIDE.sub(r"\\\1", " ".join(said.split()))


def _escaped(mark: str) -> str:
    """``-`` -> ``\\-``; ``1.`` -> ``1\\.``"""
    return f"{mark[:-1]}\\{mark[-1]}"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(_inside(cell) or BLANK for cell in cells)} |"


def _table(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join([_row(head), f"|{' --- |' * len(head)}", *(_row(row) for row in rows)])


def _with_label(label: str, said: str) -> str:
    return f"**{_plain(label)}** {_plain(said)}".strip() if label else _plain(said)


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_plain(block.text)}"
    if isinstance(block, Text):
        said = _with_label(block.label, block.text)
        return f"> {said}" if block.style == "note" else said
    if isinstance(block, Items):
        return "\n".join(
            f"{f'{number}.' if block.numbered else '-'} {_with_label(*item)}"
            for number, item in enumerate(block.items, start=1)
        )
    if isinstance(block, Table):
        return _table(block.head, block.rows)
    assert isinstance(block, Facts)
    return _table([block.name, ""], [list(pair) for pair in block.pairs])


def text(paper: Document) -> str:
    """The whole paper. A blank to fill in is an empty cell."""
    parts = [
        _plain(paper.kind),
        f"# {_plain(paper.title)}",
        *(_block(block) for block in paper.blocks if not isinstance(block, Items) or block.items),
        "---",
        _plain(paper.footer),
    ]
    return "\n\n".join(parts) + "\n"
