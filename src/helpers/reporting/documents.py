"""Write a paper as HTML to print, as a Word file to edit or as Markdown to paste: the one place
that knows how papers look."""

from __future__ import annotations

from pathlib import Path

from helpers.reporting import markdown, word
from helpers.reporting.environment import environment
from helpers.reporting.papers.document import Document
from helpers.words.files import writing


def write(paper: Document, file: Path, *, back: tuple[str, str] | None = None) -> Path:
    """``.docx`` after the file's name gives Word, ``.md`` Markdown, else HTML; ``back``: a link
    back and the key of its text."""
    if file.suffix.lower() == ".docx":
        word.write(paper, file)
    elif file.suffix.lower() == ".md":
        writing.write_text(file, markdown.text(paper))
    else:
        writing.write_text(file, html(paper, back=back))
    return file


def html(paper: Document, *, back: tuple[str, str] | None = None) -> str:
    """The paper as one page that asks the network for nothing."""
    templates = environment(paper.language)
    return templates.get_template("paper.html").render(
        paper=paper, back=back, kind_of=lambda block: type(block).__name__
    )
