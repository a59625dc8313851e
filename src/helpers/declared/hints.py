"""What a catalogue entry says that reading should not guess, held to what can be meant by it."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import Any

from helpers.words.errors import InputRefused

HEADER_ROW = 300  # as far down as a header is looked for
LONGEST = 200  # letters of a hint
# Codecs of Python that are no encoding of a file's text, or another one on each machine.
NO_TEXT = frozenset(
    "charmap idna mbcs oem palmos punycode raw-unicode-escape undefined unicode-escape".split()
)


def encoding(said: Any) -> bool:
    """True for an encoding of text that Python knows.

    >>> encoding("latin-1"), encoding("utf-16"), encoding("rot13"), encoding("punycode"), encoding("a\\0b"), encoding(8)
    (True, True, False, False, False, False)
    """
    if (
        not isinstance(said, str)
        or not said.isascii()
        or not said.isprintable()
        or len(said) > LONGEST
    ):
        return False
    try:
        found = codecs.lookup(said)
    except (LookupError, ValueError):
        return False
    return (
        bool(getattr(found, "_is_text_encoding", True))
        and found.name.replace("_", "-") not in NO_TEXT
    )


def delimiter(said: Any) -> bool:
    """True for one sign that can stand between cells.

    >>> delimiter(";"), delimiter("\\t"), delimiter(";;"), delimiter(""), delimiter('"'), delimiter("\\n"), delimiter("a")
    (True, True, False, False, False, False, False)
    """
    return (
        isinstance(said, str)
        and len(said) == 1
        and (said == "\t" or (said.isprintable() and not said.isalnum() and said not in '"\\'))
    )


def header_row(said: Any) -> bool:
    """True for a row, counted from 1, where a header is looked for."""
    return isinstance(said, int) and not isinstance(said, bool) and 1 <= said <= HEADER_ROW


def text(said: Any) -> bool:
    """True for a short text: the name of a sheet, a format, a coordinate system."""
    return (
        isinstance(said, str)
        and 0 < len(said) <= LONGEST
        and "\0" not in said
        and said.isprintable()
    )


CHECKS = {
    "encoding": encoding,
    "delimiter": delimiter,
    "header_row": header_row,
    "sheet": text,
    "format": text,
    "crs": text,
}


def accepted(given: Mapping[str, Any], file: str) -> dict[str, Any]:
    """The hints, if each can be meant. ``InputRefused`` names the first that cannot, never what it
    says."""
    for name, said in given.items():
        if name == "encoding" and isinstance(said, str) and not encoding(said):
            raise InputRefused("reading.no_encoding", {"file": file, "encoding": said[:40]})
        if name not in CHECKS or not CHECKS[name](said):
            raise InputRefused("reading.hint", {"file": file, "hint": name[:LONGEST]})
    return dict(given)
