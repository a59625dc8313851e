"""A delimiter is called by its name: a comma or a tab between other words shows nothing."""

from __future__ import annotations

from helpers.words.messages import text

NAMES = {",": "comma", ";": "semicolon", "\t": "tab", " ": "blank", "|": "pipe"}


def named(delimiter: str, language: str) -> str:
    """The delimiter in words; one that has no name as it is.

    >>> named(";", "en"), named("^", "en")
    ('semicolon (;)', '^')
    """
    name = NAMES.get(delimiter)
    return text(f"reporting.delimiter.{name}", language) if name else delimiter
