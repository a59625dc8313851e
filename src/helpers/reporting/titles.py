"""A notebook's title in the reader's language, without opening the notebook."""

from __future__ import annotations

from helpers.messages import texts


def title_of(notebook: str, language: str) -> str:
    """The notebook's first heading."""
    said = texts(language).get(f"notebooks.{notebook}.title", notebook)
    return said.splitlines()[0].lstrip("# ")
