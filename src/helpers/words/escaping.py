"""The one escaping layer: every value of a file that reaches HTML, JavaScript, CSV or a terminal
passes here."""

from __future__ import annotations

import html as _html
import json
import re
from typing import Any

from markupsafe import Markup

from helpers.words import personal_numbers

_HALF = re.compile(r"[\ud800-\udfff]")  # half a letter, or a byte of a file's name that is no text
# Controls of a terminal (C0, C1) but tab and line breaks, and what turns the direction of a text.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile(r"[\r\n\t\u2028\u2029]+")

# What a spreadsheet may run, as patterns that Python and DuckDB (RE2) read alike. Sources: OWASP,
# CSV Injection; LibreOffice 7.4, measured: a cell that begins with = is a formula, after blanks too
# where they are taken away at import; + - @ and full-width signs are not. Excel runs + - @ as well,
# and full-width signs where East Asian forms are folded; those are here by what they fold to.
_BLANK = (
    "\\x01-\\x20\\x7f-\\xa0\\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f"
    '\u3000\ufeff"'
)
_EQUALS, _SIGNS = "=＝﹦⁼₌", "+＋﹢⁺₊\ufb29＠﹫@\\-－﹣"
RUN = f"^(?:[\\t\\r\\n]|[{_BLANK}]*[{_EQUALS}{_SIGNS}])"
# A program set for another separator begins a cell in the middle of ours: there only what can call
# something, as texts with "a, - b" are many.
RUN_WITHIN = f"([,;\\t\\r\\n][{_BLANK}]*)([{_EQUALS}]|[{_SIGNS}][{_BLANK}]*[^{_BLANK},;]+[(|])"
# Nothing is run in these: signs alone, a number that stays that number, with its unit, and a phone
# number whose country code is followed by a blank, which is no arithmetic.
_GAP = "[ \u00a0\u2009\u202f]"
_DIGITS = (
    f"(?:[0-9]{{1,3}}(?:{_GAP}[0-9]{{3}})+(?:[.,][0-9]+)?"
    r"|[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"
    r"|[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
)
_PHONE = rf"\+[1-9][0-9]{{0,2}}{_GAP}(?:\(0\){_GAP}?)?[0-9]{{1,12}}(?:(?:{_GAP}|-)[0-9]{{1,12}})*"
NOT_RUN = f"{_GAP}*(?:[+-]+|[+-]{_GAP}?{_DIGITS}{_GAP}?(?:%|‰|kr|SEK)?|{_PHONE}){_GAP}*"  # whole
_RUN, _WITHIN, _NOT_RUN = re.compile(RUN), re.compile(RUN_WITHIN), re.compile(NOT_RUN)


def _clean(text: str) -> str:
    """Without control characters; what no file can hold is shown as lost."""
    return _HALF.sub("\ufffd", _CONTROL.sub("", text))


def without_controls(text: str) -> str:
    """A text for a file of XML, which may hold no control characters."""
    return _clean(text)


def is_half(text: str) -> bool:
    """Whether half a letter (a surrogate alone), which no file can hold, stands in the text."""
    return _HALF.search(text) is not None


def html(value: Any) -> Markup:
    """Text for an HTML element or a quoted attribute."""
    return Markup(_html.escape(_clean("" if value is None else str(value)), quote=True))  # noqa: S704


def script_json(value: Any) -> Markup:
    """A JSON literal that is safe inside ``<script>`` and in a JavaScript template string."""
    plain = json.dumps(
        value, ensure_ascii=False, allow_nan=False, default=str, separators=(",", ":")
    )
    text = _HALF.sub("\ufffd", plain)
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


def _leads(text: str) -> bool:
    return bool(_RUN.match(text)) and not _NOT_RUN.fullmatch(text)


def is_run(text: str) -> bool:
    """Whether a spreadsheet may take ``text``, or a part of it after a separator, for a formula.

    >>> is_run("=1+1"), is_run("-12,5"), is_run("+46 70-123 45 67"), is_run("- se bilaga")
    (True, False, False, True)
    """
    return _leads(text) or bool(_WITHIN.search(text))


def guarded(text: str) -> str:
    """``text`` with an apostrophe before whatever a spreadsheet would run, else as it is."""
    return ("'" if _leads(text) else "") + _WITHIN.sub(r"\1'\2", text)


def csv_cell(value: Any) -> str:
    """A CSV cell that no spreadsheet runs as a formula (OWASP: CSV injection); plain numbers stay
    numbers."""
    return guarded(_clean("" if value is None else str(value)))


def terminal(value: Any) -> str:
    """Text without control sequences; its line breaks stay. Whoever prints it knows no markup."""
    return _clean(str(value)).replace("\r", "")


def one_line(value: Any) -> Any:
    """A text that fills a sentence, on one line and without control sequences: a value begins no
    line of its own. Anything else as it is."""
    return _BREAKS.sub(" ", _clean(value)) if isinstance(value, str) else value


def json_line(value: Any, *, indent: int | None = None) -> str:
    """JSON for a terminal or a pipe: what would control a terminal is written as ``\\u009b``."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    unsafe = lambda found: f"\\u{ord(found.group()):04x}"  # noqa: E731
    return _HALF.sub(unsafe, re.sub(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069]", unsafe, text))


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
