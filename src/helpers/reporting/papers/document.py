"""A paper as headings, texts, lists and tables in one language: what is written as HTML, Word
and Markdown. Says nothing of looks."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """A heading within the paper."""

    text: str
    level: int = 2  # 2 | 3; the paper's title is 1


@dataclass(frozen=True)
class Text:
    """A paragraph. ``label`` stands in bold before it; ``style``: "" | lead | soft | note."""

    text: str
    label: str = ""
    style: str = ""


@dataclass(frozen=True)
class Items:
    """A list; an item is a text, or a label in bold and a text."""

    items: list[tuple[str, str]]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a header row. ``widths`` are shares of the page; a cell that is "" is a blank to
    fill in. ``row_heads``: the first cell of a row says what the row is about."""

    name: str
    head: list[str]
    rows: list[list[str]]
    widths: list[float]
    row_heads: bool = False


@dataclass(frozen=True)
class Facts:
    """Labels with their values, one pair a row; a value that is "" is a blank to fill in."""

    name: str
    pairs: list[tuple[str, str]]


Block = Heading | Text | Items | Table | Facts


@dataclass(frozen=True)
class Document:
    """A whole paper. ``compact``: set tight, to stand on one A4. ``footer`` stands on every page
    beside the page number."""

    title: str
    kind: str  # the sort of paper, above its title
    language: str
    footer: str
    date: str  # ISO
    compact: bool = False
    blocks: list[Block] = field(default_factory=list)
