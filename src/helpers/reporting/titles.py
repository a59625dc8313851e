"""What notebooks and dataset types are called in the reader's language, and where the page of a
type lies; no notebook is opened."""

from __future__ import annotations

from helpers.declared import organisations
from helpers.declared.catalogue import Entry
from helpers.words.messages import part, text


def title_of(notebook: str, language: str) -> str:
    """The notebook's first heading."""
    title = part(language, "notebooks").get(f"notebooks.{notebook}.title", notebook)
    return title.splitlines()[0].lstrip("# ")


def type_page(type: str) -> str:
    """Where the page of a dataset type lies, from the report's folder."""
    return f"types/{organisations.identity(type)}.html"


def together_folder(name: str) -> str:
    """Where the notebook of a type, or kind, that several organisations have lies, from the
    report's folder."""
    return f"together/{organisations.identity(name)}"


def owner_of(entry: Entry, language: str) -> str:
    """Whose the data are; a guess is said to be one."""
    owner = organisations.organisation(entry.organisation)
    if owner is None:
        return text("reporting.unknown_organisation", language)
    guess = entry.is_guessed("organisation")
    return text("reporting.guessed", language, name=owner.name) if guess else owner.name
