"""A text written plainly: every digit as 0-9, every dash as ``-``, every blank as a blank, codes
of web pages and programs as what they stand for, and what is not seen left out.

Each place of the plain text knows its place in the original, so that what is found can be hidden
there.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

# An entity of HTML, bytes of a web address, an escape of JSON or a programming language.
_CODE = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});"
    r"|(?:%[0-9a-fA-F]{2})+"
    r"|\\u\{[0-9a-fA-F]{1,6}\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[nrt]"
)
# RE2 and Python: what a text has that is not plain. ``&`` and ``%`` only where they can stand
# between digits or for one.
CODED = r"&#|&[A-Za-z]{2,8};|%3[0-9]|[0-9]\s*%[0-9A-Fa-f]{2}|\\[uxnrt]"
_CODED = re.compile(CODED)
# Swedish letters and signs of everyday texts are plain: most texts need no unfolding.
_STRANGE = re.compile(r"[^\x00-\x7fåäöÅÄÖéÉüÜèàôæøÆØ§€”»«…²³µ°]")
_MOST_ROUNDS = 3  # a code within a code within a code: &amp;#45;
_DASHES = "\u00ad\u02d7\u2043\u207b\u2212\u23af\u30fc\uff70"
_LIKE = {
    **dict.fromkeys("\u2019\u2018\u02bc\u2032\u00b4`", "'"),
    **dict.fromkeys("\u2044\u2215\u29f8", "/"),
    **dict.fromkeys("\u00b7\u2024\u2027\u2022\u066b\u30fb", "."),
    "\u066c": ",",
}
Places = list[tuple[int, int]]


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    """One character written plainly; "" for what is not seen: joiners, marks of direction, accents
    over what stands before."""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if character in _LIKE:
        return _LIKE[character]
    category = unicodedata.category(character)
    if category == "Pd" or character in _DASHES:
        return "-"
    if category in ("Zs", "Zl", "Zp") or character in "\t\n\r\x0b\x0c\x85\u2800\u3164":
        return " "
    if category in ("Cf", "Mn", "Me"):
        return ""
    wide = unicodedata.normalize("NFKC", character)
    return wide if len(wide) == 1 and not wide.isdigit() else character


def _decoded(code: str) -> str:
    if code[0] == "&":
        return html.unescape(code)
    if code[0] == "%":
        return bytes.fromhex(code.replace("%", "")).decode("utf-8", "replace")
    if code[1] in "nrt":
        return " "
    number = int(code[2:].strip("{}"), 16)
    return chr(number) if number < 0x110000 else "\ufffd"


def _decode(text: str, places: Places) -> tuple[str, Places]:
    parts: list[str] = []
    kept: Places = []
    end = 0
    for code in _CODE.finditer(text):
        decoded = _decoded(code.group())
        parts += [text[end : code.start()], decoded]
        kept += places[end : code.start()]
        kept += [(places[code.start()][0], places[code.end() - 1][1])] * len(decoded)
        end = code.end()
    return "".join([*parts, text[end:]]), [*kept, *places[end:]]


def unfold(text: str) -> tuple[str, Places | None]:
    """The text written plainly, and for each of its characters the start and the end of where it
    stands in ``text``; None where nothing is moved.

    >>> unfold("850709&#45;９８０５")[0], unfold("850709\\u2013\\u200d9805")[0], unfold("Hej 12")
    ('850709-9805', '850709-9805', ('Hej 12', None))
    """
    coded = _CODED.search(text) is not None
    if not coded and _STRANGE.search(text) is None:
        return text, None
    places: Places = [(place, place + 1) for place in range(len(text))]
    for _ in range(_MOST_ROUNDS if coded else 0):
        if _CODE.search(text) is None:
            break
        text, places = _decode(text, places)
    plain = list(map(_plain, text))
    return "".join(plain), [
        place for place, written in zip(places, plain, strict=True) for _ in written
    ]
