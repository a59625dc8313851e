"""The one escaping layer: every value of a file that reaches HTML, JavaScript, CSV or a terminal
passes here."""

from __future__ import annotations

import html as _html
import json
import re
from typing import Any

from markupsafe import Markup

from helpers.words import personal_numbers

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?\Z")
_HALF = re.compile(r"[\ud800-\udfff]")  # half a letter, or a byte of a file's name that is no text
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x1b\u202a-\u202e\u2066-\u2069]")


def _clean(text: str) -> str:
    """Without control characters; what no file can hold is shown as lost."""
    return _HALF.sub("\ufffd", _CONTROL.sub("", text))


def html(value: Any) -> Markup:
    """Text for an HTML element or a quoted attribute."""
    return Markup(_html.escape(_clean("" if value is None else str(value)), quote=True))  # noqa: S704


def script_json(value: Any) -> Markup:
    """A JSON literal that is safe inside ``<script>`` and in a JavaScript template string."""
    text = _HALF.sub("\ufffd", json.dumps(value, ensure_ascii=False, allow_nan=False, default=str))
    for raw, safe in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
        ("`", "\\u0060"),
        ("${", "\\u0024{"),
    ):
        text = text.replace(raw, safe)
    return Markup(text)  # noqa: S704


def csv_cell(value: Any) -> str:
    """A CSV cell that no spreadsheet runs as a formula (OWASP: CSV injection); plain numbers stay
    numbers."""
    text = _clean("" if value is None else str(value))
    return "'" + text if text.startswith(_FORMULA) and not _NUMBER.match(text) else text


def terminal(value: Any) -> str:
    """Text without control sequences and without rich's markup."""
    return _clean(str(value)).replace("[", "\\[")


def shape(value: Any) -> str:
    """The masked shape of a value: a personal number as ``ÅÅMMDD-XXXX``, else letters A and digits
    9; at most 40 long.

    >>> shape("19121212-1212"), shape("Anna 17")
    ('ÅÅÅÅMMDD-XXXX', 'AAAA 99')
    """
    text = str(value)
    numbers = list(personal_numbers.find(text.strip())) if len(text) < 30 else []
    whole = len(numbers) == 1 and numbers[0].end - numbers[0].start == len(text.strip())
    if whole and (numbers[0].right or not numbers[0].weak):
        return personal_numbers.shape(text.strip())
    text = re.sub(r"[^\W\d_]", "A", re.sub(r"\d", "9", text))
    return text[:40] + ("…" if len(text) > 40 else "")


def shown(value: Any, *, marked: bool = False) -> str:
    """A cell's value for display: its shape where its column is marked, else as it is but for what
    looks personal."""
    if value is None:
        return ""
    if marked:
        return shape(value)
    return personal_numbers.hide(_clean(str(value)))
