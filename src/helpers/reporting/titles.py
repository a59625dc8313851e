"""A notebook's title in the reader's language, without opening the notebook."""

from __future__ import annotations

from helpers.words.messages import part


def title_of(notebook: str, language: str) -> str:
    """The notebook's first heading."""
    text = part(language, "notebooks").get(f"notebooks.{notebook}.title", notebook)
    return text.splitlines()[0].lstrip("# ")
