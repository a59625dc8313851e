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


def encoding(value: Any) -> bool:
    """True for an encoding of text that Python knows.

    >>> encoding("latin-1"), encoding("utf-16")
    (True, True)
    >>> encoding("rot13"), encoding("punycode"), encoding("a\\0b"), encoding(8)
    (False, False, False, False)
    """
    if (
        not isinstance(value, str)
        or not value.isascii()
        or not value.isprintable()
        or len(value) > LONGEST
    ):
        return False
    try:
        codec = codecs.lookup(value)
    except (LookupError, ValueError):
        return False
    return (
        bool(getattr(codec, "_is_text_encoding", True))
        and codec.name.replace("_", "-") not in NO_TEXT
    )


def delimiter(value: Any) -> bool:
    """True for one sign that can stand between cells.

    >>> delimiter(";"), delimiter("\\t")
    (True, True)
    >>> delimiter(";;"), delimiter(""), delimiter('"'), delimiter("\\n"), delimiter("a")
    (False, False, False, False, False)
    """
    return (
        isinstance(value, str)
        and len(value) == 1
        and (value == "\t" or (value.isprintable() and not value.isalnum() and value not in '"\\'))
    )


def header_row(value: Any) -> bool:
    """True for a row, counted from 1, where a header is looked for."""
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= HEADER_ROW


def text(value: Any) -> bool:
    """True for a short text: the name of a sheet, a format, a coordinate system, the keys that lead
    to the records."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= LONGEST
        and "\0" not in value
        and value.isprintable()
    )


CHECKS = {
    "encoding": encoding,
    "delimiter": delimiter,
    "header_row": header_row,
    "sheet": text,
    "records": text,
    "format": text,
    "crs": text,
}


def accepted(given: Mapping[str, Any], file: str) -> dict[str, Any]:
    """The hints, if each can be meant. ``InputRefused`` names the first that cannot, never what it
    says."""
    for name, value in given.items():
        if name == "encoding" and isinstance(value, str) and not encoding(value):
            raise InputRefused("reading.no_encoding", {"file": file, "encoding": value[:40]})
        if name not in CHECKS or not CHECKS[name](value):
            raise InputRefused("reading.hint", {"file": file, "hint": name[:LONGEST]})
    return dict(given)
