"""What notebooks and dataset types are called in the reader's language; no notebook is opened."""

from __future__ import annotations

from helpers.declared import specifications
from helpers.words.messages import part, text


def title_of(notebook: str, language: str) -> str:
    """The notebook's first heading."""
    title = part(language, "notebooks").get(f"notebooks.{notebook}.title", notebook)
    return title.splitlines()[0].lstrip("# ")


def of_type(type: str, language: str) -> str:
    """What a dataset type is called by people."""
    known = type in specifications.types()
    return (
        specifications.load(type).title[language]
        if known
        else text("reporting.other_type", language)
    )
